#include "libhisho/store/swap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"

#define KEPT HISHO_PLACE_DATABASE ".before"
#define LOG "log."

/* So often is a database kept; then somebody has to tidy up. */
#define KEPT_MOST 100

static bool
fail(const HishoPlace *place, const char *name, GError **error)
{
	g_autofree char *path = hisho_place_dup_path(place, name);

	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s", path,
	    g_strerror(errno));
	return false;
}

static char *
dup_kept_name(int i)
{
	return i == 1 ? g_strdup(KEPT) : g_strdup_printf(KEPT ".%d", i);
}

/* Whether nothing has the name NAME, or the database itself, since the work
 * was begun before. */
static bool
is_free(const HishoPlace *place, const char *name)
{
	struct stat ours, theirs;
	int fd = hisho_place_fd(place);

	if (fstatat(fd, name, &theirs, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	return fstatat(fd, HISHO_PLACE_DATABASE, &ours, AT_SYMLINK_NOFOLLOW) ==
	    0 &&
	    ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

/* Under what the database can be kept; NULL where all names are taken. */
static char *
find_free_name(const HishoPlace *place, GError **error)
{
	for (int i = 1; i <= KEPT_MOST; i++) {
		g_autofree char *name = dup_kept_name(i);
		if (is_free(place, name))
			return g_steal_pointer(&name);
	}
	g_autofree char *path = hisho_place_dup_path(place, KEPT);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%s and so on: there are too many of them, remove some", path);
	return NULL;
}

bool
hisho_swap_is_possible(const HishoPlace *place, GError **error)
{
	GError *reason = NULL;

	hisho_place_has_database(place, &reason);
	if (reason == NULL)
		g_free(find_free_name(place, &reason));
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

/* Gives the database a second name; NULL for failure. */
static char *
keep(const HishoPlace *place, GError **error)
{
	int fd = hisho_place_fd(place);
	g_autofree char *name = find_free_name(place, error);

	if (name == NULL)
		return NULL;
	if (linkat(fd, HISHO_PLACE_DATABASE, fd, name, 0) == 0 ||
	    errno == EEXIST)
		return g_steal_pointer(&name);
	fail(place, name, error);
	return NULL;
}

/* Does DEED to every entry of PLACE that begins with PREFIX, until one
 * fails. */
static bool
for_each(const HishoPlace *place, const char *prefix,
    bool (*deed)(int fd, const char *name, const char *to), const char *to)
{
	int fd = openat(
	    hisho_place_fd(place), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = fd < 0 ? NULL : fdopendir(fd);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	bool done = entries != NULL;

	if (fd >= 0 && entries == NULL)
		close(fd);
	if (entries == NULL)
		return false;
	for (struct dirent *e; (e = readdir(entries)) != NULL;)
		if (g_str_has_prefix(e->d_name, prefix))
			g_ptr_array_add(names, g_strdup(e->d_name));
	for (guint i = 0; done && i < names->len; i++)
		done = deed(fd, names->pdata[i], to);
	closedir(entries);
	return done;
}

/* The log file NAME goes with the database that is kept as TO. */
static bool
move_log(int fd, const char *name, const char *to)
{
	g_autofree char *moved = g_strconcat(to, ".", name, NULL);

	return renameat(fd, name, fd, moved) == 0;
}

static bool
remove_entry(int fd, const char *name, const char *to)
{
	(void)to;
	return unlinkat(fd, name, 0) == 0;
}

/* The old files leave, then the new one comes; on disk in this order. */
static bool
exchange(const HishoPlace *place, const char *kept, GError **error)
{
	int fd = hisho_place_fd(place);

	if (!for_each(place, LOG, move_log, kept) || fsync(fd) != 0 ||
	    renameat(fd, HISHO_SWAP_NEXT, fd, HISHO_PLACE_DATABASE) != 0 ||
	    fsync(fd) != 0)
		return fail(place, HISHO_SWAP_NEXT, error);
	return true;
}

bool
hisho_swap_finish(const HishoPlace *place, char **kept, GError **error)
{
	struct stat status;
	GError *reason = NULL;

	if (kept != NULL)
		*kept = NULL;
	if (fstatat(hisho_place_fd(place), HISHO_SWAP_NEXT, &status,
		AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || fail(place, HISHO_SWAP_NEXT, error);
	bool there = hisho_place_has_database(place, &reason);
	g_autofree char *name = there ? keep(place, &reason) : NULL;
	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	if (!exchange(place, there ? name : KEPT, error))
		return false;
	if (kept != NULL)
		*kept = g_steal_pointer(&name);
	return true;
}

void
hisho_swap_drop(const HishoPlace *place, const char *kept, bool only_logs)
{
	g_autofree char *logs = g_strconcat(kept, "." LOG, NULL);

	for_each(place, logs, remove_entry, NULL);
	if (!only_logs)
		unlinkat(hisho_place_fd(place), kept, 0);
}
