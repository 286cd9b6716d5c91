#include "libhisho/store/database.h"

#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dbpage.h"
#include "libhisho/store/gate.h"
#include "libhisho/store/journal.h"
#include "libhisho/store/schema.h"
#include "libhisho/store/swap.h"

struct HishoDatabase {
	char *directory;
	gint64 deadline_us;
	gint64 time;
	bool writing;
	bool has_journal; /* for what a writer changes */
	HishoPlace *place;
	HishoGate *gate;
	HishoBerkeley *berkeley; /* NULL reads as empty */
	gint64 writers;		 /* when a reader opened that ... */
	guint64 inode;		 /* ... which was this file */
};

static void
set_deadline(HishoDatabase *database, int wait_ms)
{
	database->deadline_us = g_get_monotonic_time() + (gint64)wait_ms * 1000;
}

static HishoDatabase *
new_database(const char *directory, int wait_ms)
{
	HishoDatabase *database = g_new0(HishoDatabase, 1);

	database->directory = g_strdup(directory);
	set_deadline(database, wait_ms);
	return database;
}

static void
leave(HishoDatabase *database)
{
	g_clear_pointer(&database->gate, hisho_gate_leave);
	g_clear_pointer(&database->place, hisho_place_close);
}

/* Whether REASON is none; else it becomes the caller's. */
static bool
succeed(GError *reason, GError **error)
{
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

/* Goes in.  What is not there, which only readers can find, leaves NULLs;
 * *THERE tells whether a file is under the database's name. */
static bool
enter(HishoDatabase *database, bool writing, bool *there, GError **error)
{
	GError *reason = NULL;

	*there = false;
	leave(database);
	database->place =
	    hisho_place_open(database->directory, writing, &reason);
	if (database->place != NULL)
		database->gate = hisho_gate_enter(
		    database->place, database->deadline_us, &reason);
	if (database->place != NULL && reason == NULL)
		*there = hisho_place_has_database(database->place, &reason);
	return succeed(reason, error);
}

/* Opens the file for change, or only recovers it.  The mark must be on disk
 * before the first page or log record is. */
static bool
begin(HishoDatabase *database, bool only_recover, GError **error)
{
	bool recover = !hisho_gate_is_clean(database->gate);

	if (recover && !hisho_swap_finish(database->place, NULL, error))
		return false;
	HishoBerkeleyRequest request = {
		.directory = database->directory,
		.name = HISHO_PLACE_DATABASE,
		.mode = hisho_place_file_mode(database->place),
		.recover = recover,
		.stay_closed = only_recover,
		.adopt = hisho_place_log_bytes(database->place) == 0 &&
		    hisho_place_database_bytes(database->place) > 0,
	};

	if (!hisho_gate_mark(database->gate, false, error) ||
	    (recover &&
		!hisho_place_trim_database(
		    database->place, HISHO_DBPAGE_BYTES, error)))
		return false;
	database->berkeley = hisho_berkeley_open_for_change(&request, error);
	if (database->berkeley != NULL && recover)
		hisho_gate_note_recovery(database->gate);
	return database->berkeley != NULL;
}

/* Ends what begin() began; only what is whole is marked so. */
static bool
end(HishoDatabase *database, GError **error)
{
	if (hisho_berkeley_close(g_steal_pointer(&database->berkeley)))
		return hisho_gate_mark(database->gate, true, error);
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
	    "%s: could not be recovered", database->directory);
	return false;
}

static bool
check_schema(HishoDatabase *database, GError **error)
{
	HishoSchema schema =
	    hisho_schema_check(database->berkeley, database->directory, error);

	if (schema == HISHO_SCHEMA_NONE && database->writing)
		return hisho_berkeley_put(database->berkeley,
		    hisho_slice(HISHO_SCHEMA_KEY), hisho_slice(HISHO_SCHEMA),
		    error);
	return schema != HISHO_SCHEMA_WRONG;
}

static bool
open_for_writing(HishoDatabase *database, GError **error)
{
	bool there;

	return enter(database, true, &there, error) &&
	    begin(database, false, error) && check_schema(database, error) &&
	    hisho_journal_is_kept(
		database->berkeley, &database->has_journal, error);
}

/* Recovers as a writer would, then stays as a reader. */
static bool
recover(HishoDatabase *database, bool *there, GError **error)
{
	hisho_berkeley_close(g_steal_pointer(&database->berkeley));
	if (!enter(database, true, there, error))
		return false;
	if (!hisho_gate_is_clean(database->gate) &&
	    (!begin(database, true, error) || !end(database, error)))
		return false;
	hisho_gate_share(database->gate);
	GError *reason = NULL;
	*there = hisho_place_has_database(database->place, &reason);
	return succeed(reason, error);
}

/* Comes in as a reader; *THERE tells whether there is a database. */
static bool
enter_for_reading(HishoDatabase *database, bool *there, GError **error)
{
	if (!enter(database, false, there, error))
		return false;
	bool settled = database->gate == NULL
	    ? !*there
	    : hisho_gate_is_clean(database->gate);
	return settled || recover(database, there, error);
}

/* Opens the copy at PATH, or the file itself for NULL. */
static bool
open_file(HishoDatabase *database, const char *path, GError **error)
{
	g_autofree char *name =
	    g_build_filename(database->directory, HISHO_PLACE_DATABASE, NULL);

	database->berkeley =
	    hisho_berkeley_open_file(path != NULL ? path : name, name, error);
	return database->berkeley != NULL && check_schema(database, error);
}

/* What was opened before and nobody wrote to since is still good. */
static bool
open_for_reading(HishoDatabase *database, GError **error)
{
	bool there;

	if (!enter_for_reading(database, &there, error))
		return false;
	gint64 writers = there ? hisho_gate_writers(database->gate) : 0;
	guint64 inode = there ? hisho_place_database_inode(database->place) : 0;
	if (there && database->berkeley != NULL &&
	    writers == database->writers && inode == database->inode)
		return true;
	hisho_berkeley_close(g_steal_pointer(&database->berkeley));
	database->writers = writers;
	database->inode = inode;
	return !there || open_file(database, NULL, error);
}

/* Comes in, copies the file and leaves.  A way to the copy that lasts as
 * long as *COPY is open; NULL without error for what is not there. */
static char *
take_copy(HishoDatabase *database, int *copy, GError **error)
{
	bool there;

	*copy = -1;
	if (enter_for_reading(database, &there, error) && there)
		*copy = hisho_place_copy_database(database->place, error);
	leave(database);
	return *copy < 0
	    ? NULL
	    : g_strdup_printf(HISHO_DBPAGE_DESCRIPTORS "%d", *copy);
}

/* Copies, and gives the copy to LOOK. */
static bool
with_copy(HishoDatabase *database,
    bool (*look)(HishoDatabase *, const char *, GError **), GError **error)
{
	GError *reason = NULL;
	int copy;
	g_autofree char *path = take_copy(database, &copy, &reason);

	if (path == NULL)
		return succeed(reason, error);
	bool fine = look(database, path, error);
	close(copy);
	return fine;
}

int
hisho_database_copy(const char *directory, int wait_ms, GError **error)
{
	HishoDatabase *database = new_database(directory, wait_ms);
	int copy;

	g_free(take_copy(database, &copy, error));
	hisho_database_close(database);
	return copy;
}

static bool
open_copy(HishoDatabase *database, GError **error)
{
	return with_copy(database, open_file, error);
}

static bool
verify_file(HishoDatabase *database, const char *path, GError **error)
{
	g_autofree char *name =
	    g_build_filename(database->directory, HISHO_PLACE_DATABASE, NULL);

	return hisho_berkeley_verify(path, name, error);
}

static bool
verify_copy(HishoDatabase *database, GError **error)
{
	return with_copy(database, verify_file, error);
}

static void
explain(GError *take_reason, GError **error)
{
	if (g_error_matches(take_reason, HISHO_ERROR, HISHO_ERROR_TEMPORARY))
		g_prefix_error(&take_reason, "reputation unavailable: ");
	g_propagate_error(error, take_reason);
}

/* Opens DATABASE in one WAY. */
static HishoDatabase *
open_database(HishoDatabase *database, bool (*way)(HishoDatabase *, GError **),
    GError **error)
{
	GError *reason = NULL;

	database->writing = way == open_for_writing;
	if (way(database, &reason))
		return database;
	hisho_database_close(database);
	explain(reason, error);
	return NULL;
}

HishoDatabase *
hisho_database_open_for_reading(
    const char *directory, int wait_ms, GError **error)
{
	return open_database(
	    new_database(directory, wait_ms), open_for_reading, error);
}

void
hisho_database_rest(HishoDatabase *database)
{
	leave(database);
}

bool
hisho_database_resume(HishoDatabase *database, int wait_ms, GError **error)
{
	GError *reason = NULL;

	set_deadline(database, wait_ms);
	if (open_for_reading(database, &reason))
		return true;
	leave(database);
	explain(reason, error);
	return false;
}

HishoDatabase *
hisho_database_open_for_writing(
    const char *directory, int wait_ms, GError **error)
{
	return open_database(
	    new_database(directory, wait_ms), open_for_writing, error);
}

HishoDatabase *
hisho_database_open_copy(const char *directory, int wait_ms, GError **error)
{
	return open_database(
	    new_database(directory, wait_ms), open_copy, error);
}

static bool
open_scratch(HishoDatabase *database, GError **error)
{
	database->berkeley =
	    hisho_berkeley_open_scratch(database->directory, error);
	return database->berkeley != NULL;
}

HishoDatabase *
hisho_database_open_scratch(const char *directory, GError **error)
{
	return open_database(new_database(directory, 0), open_scratch, error);
}

bool
hisho_database_verify(const char *directory, int wait_ms, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    open_database(new_database(directory, wait_ms), verify_copy, error);

	return database != NULL;
}

bool
hisho_database_inspect(const char *directory, int wait_ms,
    HishoDatabaseState *state, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(directory, wait_ms, error);

	*state = (HishoDatabaseState){ 0 };
	if (database == NULL || database->gate == NULL)
		return database != NULL;
	state->database_bytes = hisho_place_database_bytes(database->place);
	state->log_bytes = hisho_place_log_bytes(database->place);
	state->recovered = hisho_gate_recovered(database->gate);
	return true;
}

void
hisho_database_close(HishoDatabase *database)
{
	if (database == NULL)
		return;
	if (database->writing && database->berkeley != NULL)
		end(database, NULL);
	hisho_berkeley_close(database->berkeley);
	leave(database);
	g_free(database->directory);
	g_free(database);
}

void
hisho_database_set_time(HishoDatabase *database, gint64 time)
{
	database->time = time;
}

gint64
hisho_database_time(const HishoDatabase *database)
{
	return database->time;
}

GBytes *
hisho_database_get(HishoDatabase *database, HishoSlice key, GError **error)
{
	return database->berkeley == NULL
	    ? NULL
	    : hisho_berkeley_get(database->berkeley, key, error);
}

bool
hisho_database_put(
    HishoDatabase *database, HishoSlice key, HishoSlice value, GError **error)
{
	return (!database->has_journal ||
		   hisho_journal_note(database->berkeley, key, error)) &&
	    hisho_berkeley_put(database->berkeley, key, value, error);
}

HishoChange
hisho_database_delete(HishoDatabase *database, HishoSlice key, GError **error)
{
	if (database->has_journal &&
	    !hisho_journal_note(database->berkeley, key, error))
		return HISHO_CHANGE_FAILED;
	return hisho_berkeley_delete(database->berkeley, key, error);
}

bool
hisho_database_walk(
    HishoDatabase *database, const HishoWalk *walk, GError **error)
{
	return database->berkeley == NULL ||
	    hisho_berkeley_walk(database->berkeley, walk, error);
}

HishoBerkeley *
hisho_database_pairs(HishoDatabase *database)
{
	return database->berkeley;
}

gint64
hisho_database_free_bytes(HishoDatabase *database, GError **error)
{
	return database->berkeley == NULL
	    ? 0
	    : hisho_berkeley_free_bytes(database->berkeley, error);
}

bool
hisho_database_commit(HishoDatabase *database, GError **error)
{
	return hisho_berkeley_commit(database->berkeley, error);
}
