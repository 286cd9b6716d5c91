#include "libhisho/store/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/rights.h"

#define COPY_BYTES (1 << 20)

struct HishoPlace {
	char *directory;
	int fd;
	struct stat status;
	bool writing;
	mode_t umask_before;
	HishoRights rights_before;
};

/* Locks do not hold between hosts there, or nobody can say whether they do
 * (FUSE, 9P), and a database that two writers enter is lost. */
static const struct {
	guint32 magic;
	const char *name;
} refused_file_systems[] = {
	{ NFS_SUPER_MAGIC, "NFS" },
	{ SMB_SUPER_MAGIC, "SMB" },
	{ SMB2_SUPER_MAGIC, "SMB" },
	{ CIFS_SUPER_MAGIC, "CIFS" },
	{ NCP_SUPER_MAGIC, "NCP" },
	{ AFS_SUPER_MAGIC, "AFS" },
	{ AFS_FS_MAGIC, "AFS" },
	{ CODA_SUPER_MAGIC, "Coda" },
	{ CEPH_SUPER_MAGIC, "Ceph" },
	{ OCFS2_SUPER_MAGIC, "OCFS2" },
	{ 0x01161970, "GFS2" },
	{ 0x0BD00BD0, "Lustre" },
	{ V9FS_MAGIC, "9P" },
	{ FUSE_SUPER_MAGIC, "FUSE" },
};

static bool
fail(const HishoPlace *place, const char *name, GError **error)
{
	int reason = errno;
	g_autofree char *advice =
	    reason == EACCES ? hisho_rights_dup_advice(place->directory) : NULL;

	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s%s%s: %s%s",
	    place->directory, *name == '\0' ? "" : "/", name,
	    g_strerror(reason), advice != NULL ? advice : "");
	return false;
}

static bool
refuse(const HishoPlace *place, const char *name, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%s/%s: not a regular file", place->directory, name);
	return false;
}

static bool
check_file_system(const HishoPlace *place, GError **error)
{
	struct statfs system;

	if (fstatfs(place->fd, &system) != 0)
		return fail(place, "", error);
	for (gsize i = 0; i < G_N_ELEMENTS(refused_file_systems); i++) {
		if ((guint32)system.f_type != refused_file_systems[i].magic)
			continue;
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "%s: a database cannot be kept on %s", place->directory,
		    refused_file_systems[i].name);
		return false;
	}
	return true;
}

/* Berkeley DB obeys such a file without asking, and it can name any other
 * directory for data and logs. */
static bool
check_no_db_config(const HishoPlace *place, GError **error)
{
	struct stat status;

	if (fstatat(place->fd, "DB_CONFIG", &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || fail(place, "DB_CONFIG", error);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%s/DB_CONFIG: must be removed, the database is not used with it",
	    place->directory);
	return false;
}

static bool
go_in(HishoPlace *place, GError **error)
{
	hisho_rights_try_group();
	place->fd = open(place->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (place->fd < 0)
		return errno != ENOENT && fail(place, "", error);
	if (fstat(place->fd, &place->status) != 0)
		return fail(place, "", error);
	hisho_rights_settle(&place->status);
	return true;
}

static bool
check_rights(const HishoPlace *place, GError **error)
{
	g_autofree char *complaint =
	    hisho_rights_dup_complaint(&place->status, place->writing);

	if (complaint != NULL)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG, "%s: %s",
		    place->directory, complaint);
	return complaint == NULL;
}

static bool
open_directory(HishoPlace *place, GError **error)
{
	if (place->writing && g_mkdir_with_parents(place->directory, 0700) != 0)
		return fail(place, "", error);
	if (!go_in(place, error))
		return false;
	if (place->writing)
		umask(place->status.st_mode & S_IWGRP ? 0007 : 0077);
	return check_rights(place, error) && check_file_system(place, error) &&
	    check_no_db_config(place, error);
}

HishoPlace *
hisho_place_open(const char *directory, bool writing, GError **error)
{
	g_autoptr(HishoPlace) place = g_new0(HishoPlace, 1);

	place->directory = g_strdup(directory);
	place->fd = -1;
	place->rights_before = hisho_rights_now();
	place->writing = writing;
	if (writing)
		place->umask_before = umask(0077);
	return open_directory(place, error) ? g_steal_pointer(&place) : NULL;
}

void
hisho_place_close(HishoPlace *place)
{
	if (place == NULL)
		return;
	if (place->fd >= 0)
		close(place->fd);
	if (place->writing)
		umask(place->umask_before);
	hisho_rights_return(place->rights_before);
	g_free(place->directory);
	g_free(place);
}

/* O_NONBLOCK: a FIFO under our name must not hold us. */
int
hisho_place_open_file(
    const HishoPlace *place, const char *name, int flags, GError **error)
{
	struct stat status;
	int fd = openat(place->fd, name,
	    flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
	    hisho_place_file_mode(place));

	if (fd < 0 && (errno == ELOOP || errno == ENXIO)) {
		refuse(place, name, error);
		return -1;
	}
	if (fd < 0 && errno == ENOENT)
		return -1;
	if (fd >= 0 && fstat(fd, &status) == 0) {
		if (S_ISREG(status.st_mode))
			return fd;
		refuse(place, name, error);
	} else {
		fail(place, name, error);
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

bool
hisho_place_is_for_writing(const HishoPlace *place)
{
	return place->writing;
}

int
hisho_place_fd(const HishoPlace *place)
{
	return place->fd;
}

char *
hisho_place_dup_path(const HishoPlace *place, const char *name)
{
	return g_build_filename(place->directory, name, NULL);
}

mode_t
hisho_place_file_mode(const HishoPlace *place)
{
	return place->status.st_mode & S_IWGRP ? 0660 : 0600;
}

bool
hisho_place_has_database(const HishoPlace *place, GError **error)
{
	struct stat status;

	if (fstatat(place->fd, HISHO_PLACE_DATABASE, &status,
		AT_SYMLINK_NOFOLLOW) != 0)
		return errno != ENOENT &&
		    fail(place, HISHO_PLACE_DATABASE, error);
	return S_ISREG(status.st_mode) ||
	    refuse(place, HISHO_PLACE_DATABASE, error);
}

bool
hisho_place_may_have_database(const char *directory)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoPlace) place =
	    hisho_place_open(directory, false, &reason);

	return (place != NULL && hisho_place_has_database(place, &reason)) ||
	    reason != NULL;
}

bool
hisho_place_trim_database(
    const HishoPlace *place, gint64 page_bytes, GError **error)
{
	GError *reason = NULL;
	int fd =
	    hisho_place_open_file(place, HISHO_PLACE_DATABASE, O_RDWR, &reason);

	if (fd < 0) {
		if (reason != NULL)
			g_propagate_error(error, reason);
		return reason == NULL;
	}
	gint64 size = hisho_place_database_bytes(place);
	bool whole = size % page_bytes == 0 ||
	    ftruncate(fd, size - size % page_bytes) == 0 ||
	    fail(place, HISHO_PLACE_DATABASE, error);
	close(fd);
	return whole;
}

/* Beside the database, where there should be room; elsewhere if this user
 * may not write there or the file system has no nameless files. */
static int
open_nameless(const HishoPlace *place)
{
	const int flags = O_TMPFILE | O_RDWR | O_CLOEXEC;
	int fd = openat(place->fd, ".", flags, 0600);

	return fd >= 0 ? fd : open("/var/tmp", flags, 0600);
}

/* copy_file_range() shares the blocks where the file system can. */
bool
hisho_place_copy_bytes(int source, int target)
{
	ssize_t n;

	do
		n = copy_file_range(source, NULL, target, NULL, COPY_BYTES, 0);
	while (n > 0);
	if (n == 0)
		return true;
	do
		n = sendfile(target, source, NULL, COPY_BYTES);
	while (n > 0);
	return n == 0;
}

int
hisho_place_copy_database(const HishoPlace *place, GError **error)
{
	int source =
	    hisho_place_open_file(place, HISHO_PLACE_DATABASE, O_RDONLY, error);

	if (source < 0)
		return -1;
	int target = open_nameless(place);
	bool copied = target >= 0 && hisho_place_copy_bytes(source, target);
	if (!copied)
		fail(place, HISHO_PLACE_DATABASE, error);
	close(source);
	if (!copied && target >= 0)
		close(target);
	return copied ? target : -1;
}

static gint64
file_bytes(const HishoPlace *place, const char *name)
{
	struct stat status;

	return fstatat(place->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0
	    ? status.st_size
	    : 0;
}

gint64
hisho_place_database_bytes(const HishoPlace *place)
{
	return file_bytes(place, HISHO_PLACE_DATABASE);
}

guint64
hisho_place_database_inode(const HishoPlace *place)
{
	struct stat status;

	return fstatat(place->fd, HISHO_PLACE_DATABASE, &status,
		   AT_SYMLINK_NOFOLLOW) == 0
	    ? status.st_ino
	    : 0;
}

gint64
hisho_place_log_bytes(const HishoPlace *place)
{
	gint64 sum = 0;
	int fd = openat(place->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = fd < 0 ? NULL : fdopendir(fd);

	if (entries == NULL)
		return 0;
	for (struct dirent *e; (e = readdir(entries)) != NULL;)
		if (g_str_has_prefix(e->d_name, "log."))
			sum += file_bytes(place, e->d_name);
	closedir(entries);
	return sum;
}
