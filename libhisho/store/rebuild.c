#include "libhisho/store/rebuild.h"

#include "libhisho/store/seen.h"
#include "libhisho/store/summary.h"

/* What ledger and summaries add up to: sums, and times as text by key. */
struct account {
	HishoSums *sums;
	GHashTable *seen;
};

static bool
add_receipt(const HishoReceipt *receipt, void *context)
{
	const struct account *account = context;
	HishoContribution contribution = { hisho_receipt_axes(receipt),
		hisho_receipt_share(receipt) };

	hisho_sums_add(account->sums, &contribution);
	hisho_seen_add(account->seen, &contribution.axes, receipt->received);
	hisho_seen_add(account->seen, &contribution.axes, receipt->again);
	return true;
}

static bool
add_summary(const HishoSummary *summary, void *context)
{
	const struct account *account = context;
	HishoContribution contribution = hisho_summary_contribution(summary);

	hisho_sums_add(account->sums, &contribution);
	hisho_seen_add(
	    account->seen, &contribution.axes, summary->first->received);
	hisho_seen_add(account->seen, &contribution.axes, summary->last);
	return true;
}

/* Moves what is in FROM, with its texts, into INTO. */
static void
move_all(GHashTable *into, GHashTable *from)
{
	GHashTableIter iterator;
	gpointer key, value;

	g_hash_table_iter_init(&iterator, from);
	while (g_hash_table_iter_next(&iterator, &key, &value)) {
		g_hash_table_iter_steal(&iterator);
		g_hash_table_insert(into, key, value);
	}
}

/* What the sums should be, by key. */
static GHashTable *
compute(HishoDatabase *database, GError **error)
{
	g_autoptr(HishoSums) sums = hisho_sums_new();
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct account account = { sums, seen };
	HishoLedgerWalk walk = { NULL, add_receipt, &account };

	const HishoSummaryWalk folded = { add_summary, &account };

	if (!hisho_ledger_walk(database, &walk, error) ||
	    !hisho_summary_walk(database, &folded, error))
		return NULL;
	GHashTable *table = hisho_sums_dup_table(sums);
	move_all(table, seen);
	return table;
}

/* What is and what should be; right sums leave EXPECTED, wrong ones go to
 * WRONG as they are. */
struct comparison {
	GHashTable *expected;
	GHashTable *wrong;
	bool is_mending; /* or else only looking */
};

static bool
compare_sum(HishoSlice key, HishoSlice value, void *context)
{
	struct comparison *comparison = context;
	g_autofree char *name = g_strndup(key.data, key.length);
	g_autofree char *found = g_strndup(value.data, value.length);
	const char *expected = g_hash_table_lookup(comparison->expected, name);

	if (g_strcmp0(expected, found) == 0)
		g_hash_table_remove(comparison->expected, name);
	else
		g_hash_table_insert(comparison->wrong, g_steal_pointer(&name),
		    g_steal_pointer(&found));
	return true;
}

static bool
compare(HishoDatabase *database, struct comparison *comparison, GError **error)
{
	static const char *const prefixes[] = { "own ", "all ", "seen " };

	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
		HishoWalk walk = { .prefix = hisho_slice(prefixes[i]),
			.visit = compare_sum,
			.context = comparison };
		if (!hisho_database_walk(database, &walk, error))
			return false;
	}
	return true;
}

static char *
describe(const char *key, const char *was, const char *is)
{
	return g_strdup_printf("%s: was %s, is %s", key,
	    was == NULL ? "missing" : was, is == NULL ? "gone" : is);
}

/* Deletes what should not be; what should be otherwise is put right later. */
static bool
remove_wrong(HishoDatabase *database, const struct comparison *comparison,
    GPtrArray *lines, GError **error)
{
	GHashTableIter iterator;
	gpointer key, was;

	g_hash_table_iter_init(&iterator, comparison->wrong);
	while (g_hash_table_iter_next(&iterator, &key, &was)) {
		if (g_hash_table_contains(comparison->expected, key))
			continue;
		g_ptr_array_add(lines, describe(key, was, NULL));
		if (comparison->is_mending &&
		    hisho_database_delete(database, hisho_slice(key), error) ==
			HISHO_CHANGE_FAILED)
			return false;
	}
	return true;
}

static bool
put_expected(HishoDatabase *database, const struct comparison *comparison,
    GPtrArray *lines, GError **error)
{
	GHashTableIter iterator;
	gpointer key, is;

	g_hash_table_iter_init(&iterator, comparison->expected);
	while (g_hash_table_iter_next(&iterator, &key, &is)) {
		g_ptr_array_add(lines,
		    describe(
			key, g_hash_table_lookup(comparison->wrong, key), is));
		if (comparison->is_mending &&
		    !hisho_database_put(
			database, hisho_slice(key), hisho_slice(is), error))
			return false;
	}
	return true;
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
look_through(HishoDatabase *database, bool is_mending, GError **error)
{
	g_autoptr(GHashTable) expected = compute(database, error);
	g_autoptr(GHashTable) wrong =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct comparison comparison = { expected, wrong, is_mending };

	if (expected == NULL || !compare(database, &comparison, error) ||
	    !remove_wrong(database, &comparison, lines, error) ||
	    !put_expected(database, &comparison, lines, error))
		return NULL;
	g_ptr_array_sort(lines, compare_lines);
	return g_steal_pointer(&lines);
}

GPtrArray *
hisho_rebuild(HishoDatabase *database, GError **error)
{
	return look_through(database, true, error);
}

GPtrArray *
hisho_rebuild_check(HishoDatabase *database, GError **error)
{
	return look_through(database, false, error);
}
