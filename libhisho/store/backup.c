#include "libhisho/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/place.h"
#include "libhisho/store/replace.h"
#include "libhisho/store/schema.h"

static bool
fail(const HishoBackup *backup, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s",
	    backup->file, g_strerror(errno));
	return false;
}

static bool
refuse(const char *file, const char *reason, GError **error)
{
	g_set_error(
	    error, HISHO_ERROR, HISHO_ERROR_CONFIG, "%s: %s", file, reason);
	return false;
}

static bool
is_the_same(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Whether the file has a name that means something in the directory of the
 * database. */
static bool
belongs_to_database(const HishoBackup *backup)
{
	static const char *const names[] = { HISHO_PLACE_DATABASE, "gate",
		"log.", "DB_CONFIG", "__db." };
	g_autofree char *directory = g_path_get_dirname(backup->file);
	g_autofree char *base = g_path_get_basename(backup->file);

	if (!is_the_same(directory, backup->directory))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_has_prefix(base, names[i]))
			return true;
	return false;
}

/* Whether an earlier backup is at FILE, of whatever schema. */
static bool
is_backup(const char *file)
{
	HishoBerkeley *berkeley = hisho_berkeley_open_file(file, file, NULL);
	bool is = berkeley != NULL &&
	    (hisho_schema_check(berkeley, file, NULL) != HISHO_SCHEMA_NONE ||
		hisho_replacement_is_blank(berkeley));

	hisho_berkeley_close(berkeley);
	return is;
}

/* A slip of the keyboard must not cost a mailbox or a thesis. */
static bool
may_be_replaced(const HishoBackup *backup, GError **error)
{
	struct stat status;

	if (belongs_to_database(backup))
		return refuse(backup->file,
		    "is a name of the database itself: take another", error);
	if (lstat(backup->file, &status) != 0)
		return errno == ENOENT || fail(backup, error);
	if (!S_ISREG(status.st_mode))
		return refuse(backup->file, "not a regular file", error);
	return status.st_size == 0 || is_backup(backup->file) ||
	    refuse(backup->file,
		"is there already, and is no backup: it stays as it is", error);
}

/* Nobody who may not read the database may read the backup. */
static gint64
write_copy(const HishoBackup *backup, int copy, GError **error)
{
	g_autoptr(HishoNewFile) file =
	    hisho_new_file_make(backup->file, 0600, error);
	g_autofree char *name =
	    g_build_filename(backup->directory, HISHO_PLACE_DATABASE, NULL);

	if (file == NULL)
		return -1;
	gint64 bytes = hisho_new_file_copy(file, copy, error);
	return bytes >= 0 &&
		hisho_berkeley_verify(hisho_new_file_path(file), name, error) &&
		hisho_new_file_place(file, error)
	    ? bytes
	    : -1;
}

/* From a private copy: however slow the disk of the backup is, nobody waits
 * for it. */
gint64
hisho_backup(const HishoBackup *backup, GError **error)
{
	GError *reason = NULL;

	if (!may_be_replaced(backup, error))
		return -1;
	int copy =
	    hisho_database_copy(backup->directory, backup->wait_ms, &reason);
	if (copy < 0) {
		if (reason == NULL)
			refuse(backup->directory,
			    "there is no database here yet", &reason);
		g_propagate_error(error, reason);
		return -1;
	}
	gint64 bytes = write_copy(backup, copy, error);
	close(copy);
	return bytes;
}

/* The file to restore, which must be no link: what is named is what comes.
 * O_NONBLOCK: a FIFO must not hold us. */
static int
open_source(const HishoBackup *backup, GError **error)
{
	g_autofree char *database =
	    g_build_filename(backup->directory, HISHO_PLACE_DATABASE, NULL);
	struct stat status;
	int fd = open(backup->file,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 && errno != ELOOP && errno != ENXIO) {
		fail(backup, error);
		return -1;
	}
	bool regular =
	    fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
	if (regular && !is_the_same(backup->file, database))
		return fd;
	refuse(backup->file,
	    regular ? "is the database itself" : "not a regular file", error);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* The copy is what is checked: the file may change meanwhile. */
static bool
restore_from(const HishoBackup *backup, int source, char **kept, GError **error)
{
	const HishoReplaceTerms terms = { .wait_ms = backup->wait_ms };
	g_autoptr(HishoReplacement) replacement =
	    hisho_replacement_begin(backup->directory, error);

	return replacement != NULL &&
	    hisho_new_file_copy(
		hisho_replacement_file(replacement), source, error) >= 0 &&
	    hisho_replacement_check(replacement, backup->file, error) &&
	    hisho_replacement_adopt(replacement, error) &&
	    hisho_replacement_place(replacement, &terms, kept, error);
}

bool
hisho_restore(const HishoBackup *backup, char **kept, GError **error)
{
	int source = open_source(backup, error);

	*kept = NULL;
	if (source < 0)
		return false;
	bool restored = restore_from(backup, source, kept, error);
	close(source);
	return restored;
}
