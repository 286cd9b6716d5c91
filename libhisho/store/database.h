/* database.h - one database for many short processes
 *
 * Any process may be killed or stopped at any moment: it costs the next one
 * a recovery, or the wait it allowed.  A writer's whole life is one
 * transaction.  One open database at a time; place.h tells what an open one
 * means for root and for the umask. */
#pragma once

#include "libhisho/store/berkeley.h"

typedef struct HishoDatabase HishoDatabase;

/* Opens the database in DIRECTORY; WAIT_MS bounds the wait for others.  What
 * is not there reads as empty.  A database that was not closed well is
 * recovered first.  Who may not read it, or not write when that is needed,
 * or finds it locked gets HISHO_ERROR_TEMPORARY "reputation unavailable:
 * ...".  HISHO_ERROR_CONFIG: a DB_CONFIG, a network file system, a newer
 * schema. */
HishoDatabase *hisho_database_open_for_reading(
    const char *directory, int wait_ms, GError **error);

/* Lets others in until the reader resumes, however long that takes.  What was
 * read stays at hand for as long as nobody writes.  Only resume or close may
 * follow, also after a resume that failed: as opening does. */
void hisho_database_rest(HishoDatabase *database);
bool hisho_database_resume(
    HishoDatabase *database, int wait_ms, GError **error);

/* Opens it alone and with one transaction, which commit ends; DIRECTORY and
 * database are made if missing. */
HishoDatabase *hisho_database_open_for_writing(
    const char *directory, int wait_ms, GError **error);

/* A reader of a private copy, which holds no lock: for long work. */
HishoDatabase *hisho_database_open_copy(
    const char *directory, int wait_ms, GError **error);

/* A copy of the database's file, without a name; -1 without error for none. */
int hisho_database_copy(const char *directory, int wait_ms, GError **error);

/* An empty one of this process alone, to be read and changed at once, without
 * commit.  It is gone when it is closed, or however the process ends: what does
 * not fit into memory lies in DIRECTORY, in a file without a name. */
HishoDatabase *hisho_database_open_scratch(
    const char *directory, GError **error);

/* Lets others in.  What was not committed was never there. */
void hisho_database_close(HishoDatabase *database);

/* What time it is for a writer, as a unix time: of what has none of its own,
 * such as a withdrawal.  0 until it is set. */
void hisho_database_set_time(HishoDatabase *database, gint64 time);
gint64 hisho_database_time(const HishoDatabase *database);

/* The value of KEY; NULL without error if there is none. */
GBytes *hisho_database_get(
    HishoDatabase *database, HishoSlice key, GError **error);

/* For writers.  Deleting what is not there is no change. */
bool hisho_database_put(
    HishoDatabase *database, HishoSlice key, HishoSlice value, GError **error);
HishoChange hisho_database_delete(
    HishoDatabase *database, HishoSlice key, GError **error);

/* Visits the pairs of WALK (berkeley.h) in the order of their keys' bytes.
 * False only when the database fails. */
bool hisho_database_walk(
    HishoDatabase *database, const HishoWalk *walk, GError **error);

/* The pairs themselves, DATABASE's own, for what works on any file of them;
 * a writer's changes by that door are noted in no journal. */
HishoBerkeley *hisho_database_pairs(HishoDatabase *database);

/* See hisho_berkeley_free_bytes(); 0 for what is not there. */
gint64 hisho_database_free_bytes(HishoDatabase *database, GError **error);

/* Makes all changes last: they do when it returns true, whatever happens
 * then.  Only close may follow.  After false they may have been kept or not,
 * whole in either case. */
bool hisho_database_commit(HishoDatabase *database, GError **error);

/* Checks every page of a copy of the database in DIRECTORY; damage is
 * HISHO_ERROR_CONFIG.  What is not there is in order. */
bool hisho_database_verify(const char *directory, int wait_ms, GError **error);

typedef struct {
	gint64 database_bytes;
	gint64 log_bytes;
	gint64 recovered; /* unix time of the last recovery, 0 for never */
} HishoDatabaseState;

/* Sizes and the last recovery; all 0 for what is not there. */
bool hisho_database_inspect(const char *directory, int wait_ms,
    HishoDatabaseState *state, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoDatabase, hisho_database_close)
