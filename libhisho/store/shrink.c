#include "libhisho/store/shrink.h"

#include "libhisho/store/journal.h"
#include "libhisho/store/place.h"
#include "libhisho/store/replace.h"

/* Pairs that one look takes along: they are in memory until it is over. */
#define LOOK_BYTES (2 << 20)

/* How long a step of catching up should keep others out, and how many pairs
 * that may be. */
#define STEP_MS 100
#define PAIRS_FIRST 200
#define PAIRS_LEAST 20
#define PAIRS_MOST 2000

/* So few are copied when the files are exchanged. */
#define PAIRS_LAST 100

/* Where others change more than can be copied between two of their changes,
 * the last step takes what is left. */
#define STEPS_MOST 1000

/* For others to leave at the end; they wait for whoever waits to write. */
#define LAST_WAIT_MS 10000

typedef struct {
	const char *directory;
	char *journal; /* its name */
	HishoReplacement *replacement;
	HishoBerkeley *copy; /* the new file */
	GPtrArray *pairs;    /* GBytes: keys and values in turn */
	size_t bytes;	     /* of these */
	guint most;
	int caught;
} Shrinking;

static void
shrinking_free(Shrinking *shrinking)
{
	hisho_berkeley_close(shrinking->copy);
	hisho_replacement_end(shrinking->replacement);
	g_ptr_array_unref(shrinking->pairs);
	g_free(shrinking->journal);
	g_free(shrinking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shrinking, shrinking_free)

static Shrinking *
new_shrinking(const char *directory)
{
	Shrinking *shrinking = g_new0(Shrinking, 1);

	shrinking->directory = directory;
	shrinking->journal = g_uuid_string_random();
	shrinking->pairs =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	shrinking->most = PAIRS_FIRST;
	return shrinking;
}

/* Opens the new file in one WAY. */
static bool
open_copy(Shrinking *shrinking,
    HishoBerkeley *(*way)(const char *, const char *, GError **),
    GError **error)
{
	const char *path =
	    hisho_new_file_path(hisho_replacement_file(shrinking->replacement));

	shrinking->copy = way(path, path, error);
	return shrinking->copy != NULL;
}

static void
close_copy(Shrinking *shrinking)
{
	hisho_berkeley_close(g_steal_pointer(&shrinking->copy));
}

static HishoChange
begin_journal(HishoDatabase *database, void *context, GError **error)
{
	const Shrinking *shrinking = context;

	return hisho_journal_begin(
		   hisho_database_pairs(database), shrinking->journal, error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

static HishoChange
end_journal(HishoDatabase *database, void *context, GError **error)
{
	const Shrinking *shrinking = context;

	return hisho_journal_end(
		   hisho_database_pairs(database), shrinking->journal, error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

static HishoChange
catch_up(HishoDatabase *database, void *context, GError **error)
{
	Shrinking *shrinking = context;
	const HishoCatchUp step = { shrinking->journal,
		hisho_database_pairs(database), shrinking->copy,
		shrinking->most, true };

	shrinking->caught = hisho_journal_catch_up(&step, error);
	return shrinking->caught < 0 ? HISHO_CHANGE_FAILED : HISHO_CHANGE_MADE;
}

static bool
take_step(Shrinking *shrinking,
    HishoChange (*change)(HishoDatabase *, void *, GError **), GError **error)
{
	const HishoStrollStep step = { shrinking->directory, change,
		shrinking };
	gint64 held_ms;

	if (!hisho_stroll_step(&step, &held_ms, error))
		return false;
	if (held_ms > STEP_MS)
		shrinking->most = MAX(shrinking->most / 2, PAIRS_LEAST);
	else if (held_ms < STEP_MS / 3)
		shrinking->most = MIN(shrinking->most * 2, PAIRS_MOST);
	return true;
}

/* Copies what changed until that is little; without a copy, forgets it. */
static bool
catch_up_all(Shrinking *shrinking, GError **error)
{
	int steps = 0;

	do
		if (!take_step(shrinking, catch_up, error))
			return false;
	while (shrinking->caught > PAIRS_LAST && ++steps < STEPS_MOST);
	return true;
}

static bool
take_along(HishoSlice key, HishoSlice value, void *context)
{
	Shrinking *shrinking = context;

	if (hisho_journal_owns(key))
		return true;
	g_ptr_array_add(shrinking->pairs, g_bytes_new(key.data, key.length));
	g_ptr_array_add(
	    shrinking->pairs, g_bytes_new(value.data, value.length));
	shrinking->bytes += key.length + value.length;
	return shrinking->bytes < LOOK_BYTES;
}

/* With no lock held: the disk may be slow.  It gets little at once, since what
 * others commit waits behind it. */
static bool
put_pairs(void *context, GError **error)
{
	Shrinking *shrinking = context;
	GPtrArray *pairs = shrinking->pairs;

	for (guint i = 0; i + 1 < pairs->len; i += 2)
		if (!hisho_berkeley_put(shrinking->copy,
			hisho_slice_bytes(pairs->pdata[i]),
			hisho_slice_bytes(pairs->pdata[i + 1]), error))
			return false;
	g_ptr_array_set_size(pairs, 0);
	shrinking->bytes = 0;
	return hisho_new_file_sync(
	    hisho_replacement_file(shrinking->replacement), error);
}

/* The new file, checked page by page. */
static bool
copy_all(Shrinking *shrinking, GError **error)
{
	const HishoStroll stroll = { shrinking->directory, hisho_slice(""),
		take_along, put_pairs, shrinking };

	if (!open_copy(shrinking, hisho_berkeley_create_file, error) ||
	    !hisho_stroll(&stroll, error) ||
	    !hisho_berkeley_sync(shrinking->copy, error))
		return false;
	close_copy(shrinking);
	return hisho_replacement_check(
	    shrinking->replacement, "the smaller file", error);
}

/* What changed since the last step, while nobody can change more. */
static bool
catch_up_last(HishoBerkeley *pairs, void *context, GError **error)
{
	Shrinking *shrinking = context;
	const HishoCatchUp last = { shrinking->journal, pairs, shrinking->copy,
		G_MAXUINT, false };

	if (!hisho_replacement_is_timely(shrinking->replacement, error) ||
	    hisho_journal_catch_up(&last, error) < 0 ||
	    !hisho_berkeley_sync(shrinking->copy, error))
		return false;
	close_copy(shrinking);
	return true;
}

static bool
exchange(Shrinking *shrinking, GError **error)
{
	const HishoReplaceTerms terms = { LAST_WAIT_MS, catch_up_last,
		shrinking };
	g_autofree char *kept = NULL;

	return open_copy(shrinking, hisho_berkeley_open_created, error) &&
	    catch_up_all(shrinking, error) &&
	    hisho_berkeley_sync(shrinking->copy, error) &&
	    hisho_new_file_sync(
		hisho_replacement_file(shrinking->replacement), error) &&
	    hisho_replacement_place(
		shrinking->replacement, &terms, &kept, error);
}

/* After a failure: others need note no more. */
static void
give_up(Shrinking *shrinking)
{
	close_copy(shrinking);
	if (catch_up_all(shrinking, NULL))
		take_step(shrinking, end_journal, NULL);
}

bool
hisho_shrink(const char *directory, GError **error)
{
	g_autoptr(Shrinking) shrinking = new_shrinking(directory);

	if (!hisho_place_may_have_database(directory))
		return true;
	shrinking->replacement = hisho_replacement_begin(directory, error);
	if (shrinking->replacement == NULL ||
	    !take_step(shrinking, begin_journal, error))
		return false;
	if (copy_all(shrinking, error) && exchange(shrinking, error))
		return true;
	give_up(shrinking);
	return false;
}
