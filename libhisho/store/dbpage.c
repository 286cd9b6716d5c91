#include "libhisho/store/dbpage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where Berkeley DB keeps the number of a page. */
#define NUMBER_OFFSET 8

/* Whoever may write into the directory can put there, under the name of a log
 * file, a link to a file of another user who comes by, or a FIFO.  Only a
 * descriptor of our own is a link that may be followed. */
int
hisho_dbpage_open(const char *path, int flags, ...)
{
	bool own = g_str_has_prefix(path, HISHO_DBPAGE_DESCRIPTORS);
	struct stat status;
	va_list rest;

	va_start(rest, flags);
	mode_t mode = (mode_t)va_arg(rest, int);
	va_end(rest);
	flags |= O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	int fd = open(path, flags | (own ? 0 : O_NOFOLLOW), mode);
	if (fd < 0 || (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)))
		return fd;
	close(fd);
	errno = EACCES;
	return -1;
}

static bool
is_number(const char *page, guint32 expected)
{
	guint32 number;

	memcpy(&number, page + NUMBER_OFFSET, sizeof(number));
	return number == expected || GUINT32_SWAP_LE_BE(number) == expected;
}

/* An error would only have Berkeley DB read it again by other means. */
ssize_t
hisho_dbpage_read(int fd, void *bytes, size_t length, off_t from)
{
	ssize_t n = pread(fd, bytes, length, from);

	if (n == HISHO_DBPAGE_BYTES && from % HISHO_DBPAGE_BYTES == 0 &&
	    !is_number(bytes, (guint32)(from / HISHO_DBPAGE_BYTES)))
		memset(bytes, 0xff, HISHO_DBPAGE_BYTES);
	return n;
}
