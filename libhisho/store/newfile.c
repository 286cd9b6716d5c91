#include "libhisho/store/newfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/place.h"

#define MARK ".new-"
#define RANDOM "XXXXXX"

struct HishoNewFile {
	char *path;
	char *path_for_now;
	int fd; /* locked, so that others see that its maker lives */
	bool placed;
};

static bool
fail(const HishoNewFile *file, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s",
	    file->path, g_strerror(errno));
	return false;
}

/* Takes away the file NAME in DIRECTORY if nobody is at work on it. */
static void
remove_dead(int directory, const char *name)
{
	struct stat status;
	int fd = openat(directory, name,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(directory, name, 0);
	close(fd);
}

static void
remove_all_dead(const HishoNewFile *file)
{
	g_autofree char *directory = g_path_get_dirname(file->path);
	g_autofree char *base = g_path_get_basename(file->path);
	g_autofree char *prefix = g_strconcat(base, MARK, NULL);
	DIR *entries = opendir(directory);

	if (entries == NULL)
		return;
	for (struct dirent *e; (e = readdir(entries)) != NULL;)
		if (g_str_has_prefix(e->d_name, prefix) &&
		    strlen(e->d_name) == strlen(prefix) + strlen(RANDOM))
			remove_dead(dirfd(entries), e->d_name);
	closedir(entries);
}

/* One that came by may take the file for dead before it is locked: then it
 * has no name any more. */
static bool
is_still_there(const HishoNewFile *file)
{
	struct stat status;

	return flock(file->fd, LOCK_EX | LOCK_NB) == 0 &&
	    fstat(file->fd, &status) == 0 && status.st_nlink > 0;
}

static bool
make(HishoNewFile *file, mode_t mode, GError **error)
{
	do {
		if (file->fd >= 0)
			close(file->fd);
		g_free(file->path_for_now);
		file->path_for_now = g_strconcat(file->path, MARK RANDOM, NULL);
		file->fd = mkostemp(file->path_for_now, O_CLOEXEC);
		if (file->fd < 0)
			return fail(file, error);
	} while (!is_still_there(file));
	return fchmod(file->fd, mode) == 0 || fail(file, error);
}

HishoNewFile *
hisho_new_file_make(const char *path, mode_t mode, GError **error)
{
	g_autoptr(HishoNewFile) file = g_new0(HishoNewFile, 1);

	file->path = g_strdup(path);
	file->fd = -1;
	remove_all_dead(file);
	return make(file, mode, error) ? g_steal_pointer(&file) : NULL;
}

void
hisho_new_file_free(HishoNewFile *file)
{
	if (file == NULL)
		return;
	if (file->fd >= 0 && !file->placed)
		unlink(file->path_for_now);
	if (file->fd >= 0)
		close(file->fd);
	g_free(file->path_for_now);
	g_free(file->path);
	g_free(file);
}

const char *
hisho_new_file_path(const HishoNewFile *file)
{
	return file->path_for_now;
}

gint64
hisho_new_file_copy(HishoNewFile *file, int source, GError **error)
{
	struct stat status;

	if (lseek(source, 0, SEEK_SET) == 0 &&
	    hisho_place_copy_bytes(source, file->fd) &&
	    fstat(file->fd, &status) == 0)
		return status.st_size;
	fail(file, error);
	return -1;
}

static bool
sync_directory(const char *path)
{
	g_autofree char *directory = g_path_get_dirname(path);
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return synced;
}

bool
hisho_new_file_sync(HishoNewFile *file, GError **error)
{
	return fsync(file->fd) == 0 || fail(file, error);
}

bool
hisho_new_file_place(HishoNewFile *file, GError **error)
{
	if (!hisho_new_file_sync(file, error))
		return false;
	if (rename(file->path_for_now, file->path) != 0)
		return fail(file, error);
	file->placed = true;
	return sync_directory(file->path) || fail(file, error);
}
