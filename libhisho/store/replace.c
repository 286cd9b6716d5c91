#include "libhisho/store/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/store/gate.h"
#include "libhisho/store/schema.h"
#include "libhisho/store/swap.h"

/* What a recovery may take: its log has 256 kB, or a few of those. */
#define RECOVERY_S 60

/* Left for the lock after a recovery that took its time. */
#define LEAST_US (1 * G_USEC_PER_SEC)

struct HishoReplacement {
	char *directory;
	HishoPlace *place;
	HishoNewFile *file;
	int before; /* the database of the beginning, so that no other file
		     * can have its number; -1 for none */
};

HishoReplacement *
hisho_replacement_begin(const char *directory, GError **error)
{
	g_autoptr(HishoReplacement) replacement = g_new0(HishoReplacement, 1);

	replacement->directory = g_strdup(directory);
	replacement->before = -1;
	replacement->place = hisho_place_open(directory, true, error);
	if (replacement->place == NULL)
		return NULL;
	g_autofree char *path =
	    hisho_place_dup_path(replacement->place, HISHO_SWAP_NEXT);
	replacement->before = hisho_place_open_file(
	    replacement->place, HISHO_PLACE_DATABASE, O_RDONLY, NULL);
	replacement->file = hisho_new_file_make(
	    path, hisho_place_file_mode(replacement->place), error);
	return replacement->file == NULL ? NULL : g_steal_pointer(&replacement);
}

void
hisho_replacement_end(HishoReplacement *replacement)
{
	if (replacement == NULL)
		return;
	hisho_new_file_free(replacement->file);
	if (replacement->before >= 0)
		close(replacement->before);
	hisho_place_close(replacement->place);
	g_free(replacement->directory);
	g_free(replacement);
}

HishoNewFile *
hisho_replacement_file(HishoReplacement *replacement)
{
	return replacement->file;
}

/* Ends at the first key that says more than the schema does. */
static bool
is_no_more_than_schema(HishoSlice key, HishoSlice value, void *context)
{
	bool *empty = context;

	(void)value;
	*empty = key.length == strlen(HISHO_SCHEMA_KEY) &&
	    memcmp(key.data, HISHO_SCHEMA_KEY, key.length) == 0;
	return *empty;
}

static const HishoWalk *
find_more_than_schema(HishoWalk *walk, bool *empty)
{
	*empty = true;
	*walk = (HishoWalk){ .prefix = hisho_slice(""),
		.visit = is_no_more_than_schema,
		.context = empty };
	return walk;
}

bool
hisho_replacement_is_blank(HishoBerkeley *berkeley)
{
	HishoWalk walk;
	bool empty;

	return hisho_berkeley_has_our_form(berkeley) &&
	    hisho_berkeley_walk(
		berkeley, find_more_than_schema(&walk, &empty), NULL) &&
	    empty;
}

bool
hisho_replacement_is_timely(const HishoReplacement *replacement, GError **error)
{
	struct stat status;

	if (fstat(replacement->before, &status) == 0 &&
	    status.st_ino == hisho_place_database_inode(replacement->place))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
	    "%s: another database came into its place", replacement->directory);
	return false;
}

static bool
is_ours(HishoBerkeley *berkeley, const char *name, GError **error)
{
	HishoSchema schema = hisho_schema_check(berkeley, name, error);

	if (schema == HISHO_SCHEMA_WRONG)
		return false;
	if (schema == HISHO_SCHEMA_OURS ? hisho_berkeley_has_our_form(berkeley)
					: hisho_replacement_is_blank(berkeley))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%s: is no database of hisho", name);
	return false;
}

/* What Berkeley DB finds wrong with the file of somebody is not to be mended
 * as damage to a database in use is. */
static bool
is_sound(const char *path, const char *name, GError **error)
{
	GError *reason = NULL;
	HishoBerkeley *berkeley = hisho_berkeley_verify(path, name, &reason)
	    ? hisho_berkeley_open_file(path, name, &reason)
	    : NULL;
	bool ours = berkeley != NULL && is_ours(berkeley, name, error);

	hisho_berkeley_close(berkeley);
	if (g_error_matches(reason, HISHO_ERROR, HISHO_ERROR_CONFIG)) {
		g_clear_error(&reason);
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "%s: is damaged, or no database of hisho", name);
	}
	if (reason != NULL)
		g_propagate_error(error, reason);
	return ours;
}

bool
hisho_replacement_check(
    HishoReplacement *replacement, const char *name, GError **error)
{
	const char *path = hisho_new_file_path(replacement->file);

	return is_sound(path, name, error) &&
	    hisho_new_file_sync(replacement->file, error);
}

bool
hisho_replacement_adopt(HishoReplacement *replacement, GError **error)
{
	g_autofree char *base =
	    g_path_get_basename(hisho_new_file_path(replacement->file));

	return hisho_berkeley_forget_log(replacement->directory, base, error) &&
	    hisho_new_file_sync(replacement->file, error);
}

bool
hisho_pairs_must_be_none(HishoBerkeley *pairs, void *context, GError **error)
{
	HishoWalk walk;
	bool empty;

	(void)context;
	if (!hisho_berkeley_walk(
		pairs, find_more_than_schema(&walk, &empty), error))
		return false;
	if (!empty)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "the database holds something: load into a new "
		    "directory (--database=DIR), then 'hisho-db restore' the "
		    "file " HISHO_PLACE_DATABASE " in it");
	return empty;
}

/* For who has the database to himself.  One that is not WHOLE can have votes
 * in its log that are not in the file. */
static bool
bid_farewell(const HishoReplacement *replacement,
    const HishoReplaceTerms *terms, bool whole, GError **error)
{
	GError *reason = NULL;
	bool there = hisho_place_has_database(replacement->place, &reason);
	g_autofree char *path =
	    hisho_place_dup_path(replacement->place, HISHO_PLACE_DATABASE);

	if (reason != NULL)
		g_propagate_error(error, reason);
	if (!there)
		return reason == NULL;
	if (!whole) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "%s: could not be recovered", path);
		return false;
	}
	HishoBerkeley *pairs = hisho_berkeley_open_file(path, path, error);
	bool may_go =
	    pairs != NULL && terms->farewell(pairs, terms->context, error);
	hisho_berkeley_close(pairs);
	return may_go;
}

/* A database that was not closed well is made whole, so that what is kept of
 * it needs no log.  In a child: Berkeley DB may crash or loop on damage, and
 * that must not stop who comes with a sound file. */
static void
recover_in_child(const char *directory, int wait_ms)
{
	pid_t child = fork();

	if (child == 0) {
		alarm(RECOVERY_S);
		hisho_database_open_for_reading(directory, wait_ms, NULL);
		_exit(0);
	}
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
}

/* Begins the new file's log, which only saves the next writer time: without
 * it he would first go through all of the file. */
static void
begin_log(const HishoReplacement *replacement, HishoGate *gate)
{
	const HishoBerkeleyRequest request = {
		.directory = replacement->directory,
		.name = HISHO_PLACE_DATABASE,
		.mode = hisho_place_file_mode(replacement->place),
		.stay_closed = true,
	};
	HishoBerkeley *berkeley =
	    hisho_berkeley_open_for_change(&request, NULL);

	if (berkeley != NULL && hisho_berkeley_close(berkeley))
		hisho_gate_mark(gate, true, NULL);
}

/* A file that came to its place stays there, whatever fails then: the gate
 * says that somebody has to look after it. */
static bool
swap(
    HishoReplacement *replacement, HishoGate *gate, char **kept, GError **error)
{
	return hisho_swap_is_possible(replacement->place, error) &&
	    hisho_gate_mark(gate, false, error) &&
	    hisho_new_file_place(replacement->file, error) &&
	    hisho_swap_finish(replacement->place, kept, error);
}

bool
hisho_replacement_place(HishoReplacement *replacement,
    const HishoReplaceTerms *terms, char **kept, GError **error)
{
	const HishoPlace *place = replacement->place;
	gint64 deadline_us =
	    g_get_monotonic_time() + (gint64)terms->wait_ms * 1000;

	*kept = NULL;
	recover_in_child(replacement->directory, terms->wait_ms);
	g_autoptr(HishoGate) gate = hisho_gate_enter(
	    place, MAX(deadline_us, g_get_monotonic_time() + LEAST_US), error);
	if (gate == NULL)
		return false;
	bool whole = hisho_gate_is_clean(gate);
	if ((!whole && !hisho_swap_finish(place, NULL, error)) ||
	    (terms->farewell != NULL &&
		!bid_farewell(replacement, terms, whole, error)) ||
	    !swap(replacement, gate, kept, error))
		return false;
	if (*kept != NULL && whole)
		hisho_swap_drop(place, *kept, terms->farewell == NULL);
	begin_log(replacement, gate);
	if (terms->farewell != NULL)
		g_clear_pointer(kept, g_free);
	return true;
}
