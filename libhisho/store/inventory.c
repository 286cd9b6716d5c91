#include "libhisho/store/inventory.h"

#include <string.h>

#include "libhisho/store/key.h"
#include "libhisho/store/schema.h"
#include "libhisho/store/summary.h"

/* What is only counted, by the first part of its keys; which part of them
 * names a user, 0 for none. */
static const struct {
	const char *prefix;
	size_t count;
	guint user;
} kinds[] = {
#define COUNT(member) G_STRUCT_OFFSET(HishoInventory, member)
	{ "permit ", COUNT(permits), 1 },
	{ "block ", COUNT(blocks), 1 },
	{ "report ", COUNT(reports), 2 },
	{ "allow-link ", COUNT(allowances), 1 },
	{ "own ", COUNT(sums), 0 },
	{ "all ", COUNT(sums), 0 },
	{ "withdrawn ", COUNT(withdrawals), 0 },
#undef COUNT
};

/* On the way through all pairs of one kind. */
struct count {
	HishoInventory *inventory;
	GHashTable *users;
	gsize kind;
	GError *error;
};

static void
add_user(struct count *count, const char *user)
{
	if (user != NULL && !g_hash_table_contains(count->users, user))
		g_hash_table_add(count->users, g_strdup(user));
}

static void
add_time(gint64 time, gint64 *oldest, gint64 *newest)
{
	if (time <= 0)
		return;
	*oldest = *oldest == 0 ? time : MIN(*oldest, time);
	*newest = MAX(*newest, time);
}

static bool
count_receipt(HishoSlice key, HishoSlice value, void *context)
{
	struct count *count = context;
	HishoInventory *sum = count->inventory;
	g_autoptr(HishoReceipt) receipt =
	    hisho_receipt_read(key, value, &count->error);

	if (receipt == NULL)
		return false;
	sum->records++;
	sum->receipts += receipt->received > 0;
	add_time(receipt->received, &sum->oldest_receipt, &sum->newest_receipt);
	add_user(count, receipt->user);
	if (!hisho_vote_is_known(receipt->vote))
		return true;
	sum->votes++;
	++*(hisho_vote_is_explicit(receipt->vote) ? &sum->explicit_votes
						  : &sum->implicit_votes);
	add_time(receipt->voted, &sum->oldest_vote, &sum->newest_vote);
	return true;
}

static bool
count_pair(HishoSlice key, HishoSlice value, void *context)
{
	struct count *count = context;

	(void)value;
	++G_STRUCT_MEMBER(gint64, count->inventory, kinds[count->kind].count);
	if (kinds[count->kind].user > 0) {
		g_auto(GStrv) parts = hisho_key_split(key);
		if (g_strv_length(parts) > kinds[count->kind].user)
			add_user(count, parts[kinds[count->kind].user]);
	}
	return true;
}

static bool
count_summary(const HishoSummary *summary, void *context)
{
	struct count *count = context;

	count->inventory->summaries++;
	count->inventory->folded += summary->messages;
	add_user(count, summary->first->user);
	return true;
}

static bool
walk(HishoDatabase *database, const char *prefix, HishoWalkVisit visit,
    struct count *count)
{
	const HishoWalk pairs = {
		.prefix = hisho_slice(prefix), .visit = visit, .context = count
	};
	GError *reason = NULL;

	if (!hisho_database_walk(database, &pairs, &reason)) {
		g_clear_error(&count->error);
		count->error = reason;
	}
	return count->error == NULL;
}

static bool
count_all(HishoDatabase *database, struct count *count)
{
	const HishoSummaryWalk summaries = { count_summary, count };

	for (count->kind = 0; count->kind < G_N_ELEMENTS(kinds); count->kind++)
		if (!walk(
			database, kinds[count->kind].prefix, count_pair, count))
			return false;
	return walk(database, "ledger ", count_receipt, count) &&
	    hisho_summary_walk(database, &summaries, &count->error);
}

static bool
read_schema(HishoDatabase *database, HishoInventory *inventory, GError **error)
{
	GError *reason = NULL;
	g_autoptr(GBytes) value = hisho_database_get(
	    database, hisho_slice(HISHO_SCHEMA_KEY), &reason);

	if (value != NULL)
		inventory->schema = g_strndup(
		    g_bytes_get_data(value, NULL), g_bytes_get_size(value));
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

bool
hisho_inventory_take(
    HishoDatabase *database, HishoInventory *inventory, GError **error)
{
	g_autoptr(GHashTable) users =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct count count = { inventory, users, 0, NULL };

	*inventory = (HishoInventory){ 0 };
	if (!count_all(database, &count)) {
		g_propagate_error(error, count.error);
		return false;
	}
	inventory->users = g_hash_table_size(users);
	inventory->free_bytes = hisho_database_free_bytes(database, error);
	return inventory->free_bytes >= 0 &&
	    read_schema(database, inventory, error);
}

void
hisho_inventory_clear(HishoInventory *inventory)
{
	g_clear_pointer(&inventory->schema, g_free);
}
