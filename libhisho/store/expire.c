#include "libhisho/store/expire.h"

#include "libhisho/store/folded.h"
#include "libhisho/store/key.h"
#include "libhisho/store/summary.h"
#include "libhisho/store/withdrawn.h"

/* How long one transaction should keep others out, with what it leaves to
 * write home; and how many records that may be. */
#define STEP_MS 150
#define BATCH_FIRST 100
#define BATCH_LEAST 10
#define BATCH_MOST 1000

/* Whether a pair is to go; an error ends the work. */
typedef bool (*Judge)(
    HishoSlice key, HishoSlice value, gint64 before, GError **error);

/* Takes the pair away within a change. */
typedef bool (*Deed)(HishoDatabase *database, HishoSlice key, HishoSlice value,
    HishoExpired *expired, GError **error);

/* What is looked for, and what became of it. */
struct round {
	const HishoExpiry *expiry;
	HishoExpired *expired;
	gint64 *count;
	Judge is_due;
	Deed take;
	GPtrArray *keys; /* text: what is to go next */
	guint batch;
	GError *error;
};

gint64
hisho_expire_time(HishoSlice key, HishoSlice value, GError **error)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_read(key, value, error);

	return receipt == NULL || receipt->vote != NULL ? 0 : receipt->received;
}

/* Each of both has two bytes of index and a head of three, on a multiple of
 * four. */
gint64
hisho_expire_pair_bytes(HishoSlice key, HishoSlice value)
{
	const size_t head = 3, index = 2, unit = 4;
	size_t heads = 2 * (index + head + unit - 1);

	return (gint64)(key.length + value.length + heads);
}

static bool
is_due_receipt(HishoSlice key, HishoSlice value, gint64 before, GError **error)
{
	gint64 time = hisho_expire_time(key, value, error);

	return time > 0 && time < before;
}

static bool
fold(HishoDatabase *database, HishoSlice key, HishoSlice value,
    HishoExpired *expired, GError **error)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_read(key, value, error);
	bool is_new = false;

	if (receipt == NULL ||
	    !hisho_summary_fold(database, receipt, &is_new, error) ||
	    !hisho_folded_add(database, receipt, error))
		return false;
	expired->summaries += is_new;
	return hisho_database_delete(database, key, error) !=
	    HISHO_CHANGE_FAILED;
}

static bool
is_due_mark(HishoSlice key, HishoSlice value, gint64 before, GError **error)
{
	gint64 time = hisho_withdrawn_parse(value);

	(void)key;
	(void)error;
	return time > 0 && time < before;
}

static bool
forget(HishoDatabase *database, HishoSlice key, HishoSlice value,
    HishoExpired *expired, GError **error)
{
	(void)value;
	(void)expired;
	return hisho_database_delete(database, key, error) !=
	    HISHO_CHANGE_FAILED;
}

static void
count(struct round *round, HishoSlice key, HishoSlice value)
{
	++*round->count;
	round->expired->bytes += hisho_expire_pair_bytes(key, value);
}

/* Whoever voted meanwhile is heard: so it is read again. */
static bool
take_one(HishoDatabase *database, struct round *round, const char *text,
    GError **error)
{
	GError *reason = NULL;
	HishoSlice key = hisho_slice(text);
	g_autoptr(GBytes) kept = hisho_database_get(database, key, &reason);
	HishoSlice value = { "", 0 };

	if (kept != NULL)
		value = hisho_slice_bytes(kept);
	bool is_due = kept != NULL &&
	    round->is_due(key, value, round->expiry->before, &reason);
	if (is_due)
		round->take(database, key, value, round->expired, &reason);
	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	if (is_due)
		count(round, key, value);
	return true;
}

static HishoChange
take_batch(HishoDatabase *database, void *context, GError **error)
{
	struct round *round = context;

	for (guint i = 0; i < round->keys->len; i++)
		if (!take_one(database, round, round->keys->pdata[i], error))
			return HISHO_CHANGE_FAILED;
	return HISHO_CHANGE_MADE;
}

/* Larger or smaller batches, by how long the last kept others out. */
static void
adapt(struct round *round, gint64 held_ms)
{
	if (held_ms > STEP_MS)
		round->batch = MAX(round->batch / 2, BATCH_LEAST);
	else if (held_ms < STEP_MS / 3)
		round->batch = MIN(round->batch * 2, BATCH_MOST);
}

/* Only what is committed is counted. */
static bool
work(void *context, GError **error)
{
	struct round *round = context;
	const HishoStrollStep step = { round->expiry->directory, take_batch,
		round };
	HishoExpired before = *round->expired;
	gint64 held_ms;

	if (round->error != NULL) {
		g_propagate_error(error, g_steal_pointer(&round->error));
		return false;
	}
	if (round->keys->len == 0)
		return true;
	if (!hisho_stroll_step(&step, &held_ms, error)) {
		*round->expired = before;
		return false;
	}
	adapt(round, held_ms);
	g_ptr_array_set_size(round->keys, 0);
	return true;
}

static bool
visit(HishoSlice key, HishoSlice value, void *context)
{
	struct round *round = context;

	if (round->is_due(key, value, round->expiry->before, &round->error)) {
		if (round->expiry->only_count)
			count(round, key, value);
		else
			g_ptr_array_add(
			    round->keys, g_strndup(key.data, key.length));
	}
	return round->error == NULL && round->keys->len < round->batch;
}

static bool
go_round(struct round *round, const char *prefix, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
	const HishoStroll stroll = { round->expiry->directory,
		hisho_slice(prefix), visit, work, round };

	round->keys = keys;
	round->batch = BATCH_FIRST;
	return hisho_stroll(&stroll, error);
}

bool
hisho_expire_receipts(
    const HishoExpiry *expiry, HishoExpired *expired, GError **error)
{
	struct round round = { .expiry = expiry,
		.expired = expired,
		.count = &expired->receipts,
		.is_due = is_due_receipt,
		.take = fold };

	return go_round(&round, "ledger ", error);
}

bool
hisho_expire_marks(
    const HishoExpiry *expiry, HishoExpired *expired, GError **error)
{
	struct round round = { .expiry = expiry,
		.expired = expired,
		.count = &expired->marks,
		.is_due = is_due_mark,
		.take = forget };

	return go_round(&round, HISHO_WITHDRAWN_PREFIX, error);
}
