#include "libhisho/store/dbpage.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* Where Berkeley DB keeps the number of a page. */
#define NUMBER_OFFSET 8

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
