/* place.h - the directory a database lives in, and whose it is */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#define HISHO_PLACE_DATABASE "reputation.db"

typedef struct HishoPlace HishoPlace;

/* Opens DIRECTORY.  If it is missing: made with mode 0700 when WRITING, else
 * NULL without error.  HISHO_ERROR_CONFIG for one with a DB_CONFIG in it, on
 * a network file system, one that anybody may write to, or where what a group
 * would WRITE would not be the group's; HISHO_ERROR_TEMPORARY for what the
 * system says.
 *
 * Until hisho_place_close(), root's file accesses in the calling thread are
 * made as the directory's owner, so that no file in it ever becomes root's;
 * those of a set-gid program that keeps its group as the saved one are made
 * by that group, if it is the directory's; and when WRITING the process's
 * umask is the directory's.  Closing puts back what was before: so another
 * may be opened meanwhile, and closed first. */
HishoPlace *hisho_place_open(
    const char *directory, bool writing, GError **error);
void hisho_place_close(HishoPlace *place);

/* Opens the regular file NAME in PLACE without following links; with O_CREAT
 * in FLAGS as hisho_place_file_mode() says.  -1 without error if it is not
 * there; anything else but a regular file is HISHO_ERROR_CONFIG. */
int hisho_place_open_file(
    const HishoPlace *place, const char *name, int flags, GError **error);

bool hisho_place_is_for_writing(const HishoPlace *place);

/* DIRECTORY as it was given, with NAME in it. */
char *hisho_place_dup_path(const HishoPlace *place, const char *name);

/* The mode of files in it: 0600, or 0660 where a group shares. */
mode_t hisho_place_file_mode(const HishoPlace *place);

/* The directory itself, PLACE's own. */
int hisho_place_fd(const HishoPlace *place);

/* Whether there is a database file.  False with an error for something else
 * under its name. */
bool hisho_place_has_database(const HishoPlace *place, GError **error);

/* The same of DIRECTORY, which need not be there; true where nobody can tell.
 */
bool hisho_place_may_have_database(const char *directory);

/* Cuts off what is behind the last whole page of PAGE_BYTES: a write that a
 * full disk or a limit stopped halfway.  For recovery, which has that page in
 * its log but refuses such a file. */
bool hisho_place_trim_database(
    const HishoPlace *place, gint64 page_bytes, GError **error);

/* A copy of the database file without a name, gone when the descriptor is
 * closed.  For holders of the lock. */
int hisho_place_copy_database(const HishoPlace *place, GError **error);

/* Copies what SOURCE has from where it stands; false with errno. */
bool hisho_place_copy_bytes(int source, int target);

/* Which file the database is, 0 for none. */
guint64 hisho_place_database_inode(const HishoPlace *place);

/* Bytes in the database file and in its log files. */
gint64 hisho_place_database_bytes(const HishoPlace *place);
gint64 hisho_place_log_bytes(const HishoPlace *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoPlace, hisho_place_close)
