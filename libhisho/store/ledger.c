#include "libhisho/store/ledger.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/account.h"
#include "libhisho/store/folded.h"
#include "libhisho/store/key.h"
#include "libhisho/store/past.h"
#include "libhisho/store/seen.h"
#include "libhisho/store/withdrawn.h"

HishoReceipt *
hisho_ledger_find(
    HishoDatabase *database, const HishoReceipt *like, GError **error)
{
	g_autofree char *key = hisho_receipt_dup_key(like);
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), error);

	if (value == NULL)
		return NULL;
	return hisho_receipt_read(
	    hisho_slice(key), hisho_slice_bytes(value), error);
}

/* A walk with its visitor and the trouble on the way. */
struct reading {
	const HishoLedgerWalk *walk;
	bool only_votes;
	GError *error;
};

static bool
visit_pair(HishoSlice key, HishoSlice value, void *context)
{
	struct reading *reading = context;

	if (reading->only_votes && !hisho_receipt_may_have_vote(value))
		return true;
	g_autoptr(HishoReceipt) receipt =
	    hisho_receipt_read(key, value, &reading->error);
	return receipt != NULL &&
	    reading->walk->visit(receipt, reading->walk->context);
}

static bool
read_prefix(HishoDatabase *database, const char *prefix,
    struct reading *reading, GError **error)
{
	HishoWalk pairs = { .prefix = hisho_slice(prefix),
		.visit = visit_pair,
		.context = reading };

	if (!hisho_database_walk(database, &pairs, error)) {
		g_clear_error(&reading->error);
		return false;
	}
	if (reading->error != NULL)
		g_propagate_error(error, reading->error);
	return reading->error == NULL;
}

static bool
walk_prefix(HishoDatabase *database, const char *prefix,
    const HishoLedgerWalk *walk, GError **error)
{
	struct reading reading = { .walk = walk };

	return read_prefix(database, prefix, &reading, error);
}

static char *
dup_prefix(const HishoLedgerWalk *walk)
{
	return walk->user == NULL
	    ? hisho_key_join("ledger", "", NULL)
	    : hisho_key_join("ledger", walk->user, "", NULL);
}

bool
hisho_ledger_walk(
    HishoDatabase *database, const HishoLedgerWalk *walk, GError **error)
{
	g_autofree char *prefix = dup_prefix(walk);

	return walk_prefix(database, prefix, walk, error);
}

bool
hisho_ledger_walk_votes(
    HishoDatabase *database, const HishoLedgerWalk *walk, GError **error)
{
	g_autofree char *prefix = dup_prefix(walk);
	struct reading reading = { .walk = walk, .only_votes = true };

	return read_prefix(database, prefix, &reading, error);
}

static bool
collect(const HishoReceipt *receipt, void *context)
{
	g_ptr_array_add(
	    context, hisho_record_dup(&hisho_receipt_type, receipt));
	return true;
}

GPtrArray *
hisho_ledger_find_mail(HishoDatabase *database, const char *user,
    const char *digest, GError **error)
{
	g_autofree char *prefix =
	    hisho_key_join("ledger", user, digest, "", NULL);
	g_autoptr(GPtrArray) receipts =
	    g_ptr_array_new_with_free_func(hisho_receipt_free);
	HishoLedgerWalk walk = { NULL, collect, receipts };

	if (!walk_prefix(database, prefix, &walk, error))
		return NULL;
	return g_steal_pointer(&receipts);
}

static HishoContribution
contribution(const HishoReceipt *receipt)
{
	if (receipt == NULL)
		return (HishoContribution){ 0 };
	return (HishoContribution){ hisho_receipt_axes(receipt),
		hisho_receipt_share(receipt) };
}

/* Both times lie in what is seen of RECEIPT then. */
static bool
widen_seen(HishoDatabase *database, const HishoReceipt *receipt, GError **error)
{
	HishoAxes axes = hisho_receipt_axes(receipt);

	return hisho_seen_widen(database, &axes, receipt->received, error) &&
	    hisho_seen_widen(database, &axes, receipt->again, error);
}

/* Puts AFTER in the place of BEFORE, either of which may be NULL: nothing. */
static HishoChange
replace(HishoDatabase *database, const HishoReceipt *before,
    const HishoReceipt *after, GError **error)
{
	HishoContribution old = contribution(before);
	HishoContribution new = contribution(after);
	g_autofree char *key =
	    hisho_receipt_dup_key(after == NULL ? before : after);
	g_autofree char *value =
	    after == NULL ? NULL : hisho_receipt_dup_value(after);

	bool is_new = new.share.messages > 0 &&
	    (old.share.messages == 0 || after->received != before->received ||
		after->again != before->again);

	if (!hisho_sums_change(database, &old, &new, error) ||
	    (is_new && !widen_seen(database, after, error)))
		return HISHO_CHANGE_FAILED;
	bool written = value == NULL
	    ? hisho_database_delete(database, hisho_slice(key), error) !=
		HISHO_CHANGE_FAILED
	    : hisho_database_put(
		  database, hisho_slice(key), hisho_slice(value), error);
	return written ? HISHO_CHANGE_MADE : HISHO_CHANGE_FAILED;
}

static HishoChange
fail(GError *reason, GError **error)
{
	g_propagate_error(error, reason);
	return HISHO_CHANGE_FAILED;
}

HishoChange
hisho_ledger_record(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error)
{
	GError *reason = NULL;
	g_autoptr(HishoReceipt) kept = hisho_receipt_dup_as_kept(receipt);
	g_autoptr(HishoReceipt) before =
	    hisho_ledger_find(database, kept, &reason);

	if (reason != NULL)
		return fail(reason, error);
	if (before != NULL && before->received != 0)
		return HISHO_CHANGE_NONE;
	bool folded;
	if (!hisho_folded_has(database, kept, &folded, error))
		return HISHO_CHANGE_FAILED;
	if (folded)
		return HISHO_CHANGE_NONE;
	g_free(kept->vote);
	kept->vote = before == NULL ? NULL : g_strdup(before->vote);
	kept->voted = before == NULL ? 0 : before->voted;
	return replace(database, before, kept, error);
}

/* One record with its opinion, as it was and as it shall be. */
struct turn {
	const HishoReceipt *before; /* NULL for none */
	HishoReceipt *after;	    /* its vote is yet to be set */
	HishoPastChange opinion;
};

static bool
is_same_receipt(const HishoReceipt *a, const HishoReceipt *b)
{
	g_autofree char *one = hisho_receipt_dup_value(a);
	g_autofree char *other = hisho_receipt_dup_value(b);

	return strcmp(one, other) == 0;
}

/* Makes the record what it shall be; what is neither receipt nor vote goes. */
static HishoChange
settle(HishoDatabase *database, const struct turn *turn, GError **error)
{
	HishoReceipt *after = turn->after;
	HishoVote vote = hisho_opinion_now(&turn->opinion.new);

	g_free(after->vote);
	after->vote = g_strdup(vote.word);
	after->voted = vote.time;
	bool is_kept = vote.word != NULL || after->received != 0;
	bool is_same = turn->before != NULL
	    ? is_kept && is_same_receipt(turn->before, after)
	    : !is_kept;
	if (!is_same &&
	    replace(database, turn->before, is_kept ? after : NULL, error) ==
		HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	if (hisho_opinion_equal(&turn->opinion.old, &turn->opinion.new))
		return is_same ? HISHO_CHANGE_NONE : HISHO_CHANGE_MADE;
	return hisho_past_write(database, after, &turn->opinion, error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

HishoChange
hisho_ledger_vote(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error)
{
	GError *reason = NULL;

	if (!hisho_vote_is_known(receipt->vote)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "'%s' is no vote", receipt->vote);
		return HISHO_CHANGE_FAILED;
	}
	g_autoptr(HishoReceipt) facts = hisho_receipt_dup_as_kept(receipt);
	g_autoptr(HishoReceipt) before =
	    hisho_ledger_find(database, facts, &reason);
	if (reason != NULL)
		return fail(reason, error);
	if (before != NULL &&
	    !hisho_vote_gives_way(before->vote, receipt->vote))
		return HISHO_CHANGE_NONE;
	facts->received = 0;
	g_clear_pointer(&facts->vote, g_free);
	g_autoptr(HishoReceipt) after = hisho_record_dup(
	    &hisho_receipt_type, before == NULL ? facts : before);
	struct turn turn = { .before = before, .after = after };
	bool kept;
	if (!hisho_withdrawn_is_kept(database, &kept, error) ||
	    !hisho_past_read(database, after, &turn.opinion.old, error))
		return HISHO_CHANGE_FAILED;
	/* Nobody has the vote that goes: no trace of it is needed. */
	turn.opinion.new = kept
	    ? hisho_opinion_vote(
		  &turn.opinion.old, receipt->vote, receipt->voted)
	    : hisho_opinion_of(receipt->vote, receipt->voted);
	return settle(database, &turn, error);
}

static HishoChange
undo_one(HishoDatabase *database, const HishoReceipt *receipt, GError **error)
{
	bool kept;
	g_autoptr(HishoReceipt) after =
	    hisho_record_dup(&hisho_receipt_type, receipt);
	struct turn turn = { .before = receipt, .after = after };

	if (receipt->vote == NULL)
		return HISHO_CHANGE_NONE;
	if (!hisho_withdrawn_is_kept(database, &kept, error) ||
	    !hisho_past_read(database, receipt, &turn.opinion.old, error))
		return HISHO_CHANGE_FAILED;
	turn.opinion.new = hisho_opinion_withdraw(
	    &turn.opinion.old, hisho_database_time(database));
	if (!kept)
		turn.opinion.new.withdrawn = 0;
	return settle(database, &turn, error);
}

HishoChange
hisho_ledger_undo(HishoDatabase *database, const char *user, const char *digest,
    GError **error)
{
	g_autoptr(GPtrArray) receipts =
	    hisho_ledger_find_mail(database, user, digest, error);
	HishoChange sum = HISHO_CHANGE_NONE;

	if (receipts == NULL)
		return HISHO_CHANGE_FAILED;
	for (guint i = 0; i < receipts->len; i++) {
		HishoChange one = undo_one(database, receipts->pdata[i], error);
		if (one == HISHO_CHANGE_FAILED)
			return one;
		sum = MAX(sum, one);
	}
	return sum;
}

/* NEWS as they count here: a receipt that a summary counts is not counted
 * again. */
static HishoReceipt *
dup_news(HishoDatabase *database, const HishoReceipt *news, GError **error)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_dup_as_kept(news);
	bool folded = false;

	if (receipt->received != 0 &&
	    !hisho_folded_has(database, receipt, &folded, error))
		return NULL;
	if (folded)
		receipt->received = receipt->again = 0;
	return g_steal_pointer(&receipt);
}

HishoChange
hisho_ledger_join(
    HishoDatabase *database, const HishoLedgerNews *news, GError **error)
{
	GError *reason = NULL;
	g_autoptr(HishoReceipt) before =
	    hisho_ledger_find(database, news->receipt, &reason);

	if (reason != NULL)
		return fail(reason, error);
	g_autoptr(HishoReceipt) theirs = before == NULL || before->received == 0
	    ? dup_news(database, news->receipt, error)
	    : hisho_receipt_dup_as_kept(news->receipt);
	g_autoptr(HishoReceipt) ours = theirs == NULL
	    ? NULL
	    : hisho_account_dup_bare(before != NULL ? before : theirs);
	HishoOpinion old;
	if (ours == NULL ||
	    !hisho_past_read(
		database, before != NULL ? before : ours, &old, error))
		return HISHO_CHANGE_FAILED;
	HishoOpinion new = hisho_opinion_join(&old, &news->opinion);
	HishoVote counts = hisho_opinion_now(&new);
	const HishoAccount here = { ours, hisho_opinion_now(&old) };
	const HishoAccount there = { theirs,
		hisho_opinion_now(&news->opinion) };
	bool is_taken = before == NULL ||
	    (news->has_facts && hisho_account_is_better(&there, &here, counts));
	HishoReceipt *after = is_taken ? theirs : ours;
	after->again = hisho_account_again(after, before, theirs);
	const struct turn turn = { before, after, { old, new } };
	return settle(database, &turn, error);
}
