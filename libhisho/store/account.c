#include "libhisho/store/account.h"

#include <string.h>

HishoReceipt *
hisho_account_dup_bare(const HishoReceipt *receipt)
{
	HishoReceipt *bare = hisho_receipt_dup_as_kept(receipt);

	g_clear_pointer(&bare->vote, g_free);
	bare->voted = 0;
	bare->again = 0;
	return bare;
}

static gint64
latest(const HishoReceipt *receipt)
{
	return receipt != NULL ? MAX(receipt->received, receipt->again) : 0;
}

gint64
hisho_account_again(
    const HishoReceipt *kept, const HishoReceipt *a, const HishoReceipt *b)
{
	gint64 last = MAX(latest(a), latest(b));

	return kept->received != 0 && last > kept->received ? last : 0;
}

bool
hisho_account_is_better(
    const HishoAccount *a, const HishoAccount *b, HishoVote counts)
{
	bool has_a = a->receipt->received != 0;
	bool has_b = b->receipt->received != 0;
	bool counts_a = hisho_opinion_is_same(a->vote, counts);
	bool counts_b = hisho_opinion_is_same(b->vote, counts);

	if (has_a != has_b)
		return has_a;
	if (!has_a && counts_a != counts_b)
		return counts_a;
	if (a->receipt->received != b->receipt->received)
		return a->receipt->received < b->receipt->received;
	g_autoptr(HishoReceipt) one = hisho_account_dup_bare(a->receipt);
	g_autoptr(HishoReceipt) other = hisho_account_dup_bare(b->receipt);
	g_autofree char *text = hisho_receipt_dup_value(one);
	g_autofree char *same = hisho_receipt_dup_value(other);
	return strcmp(text, same) > 0;
}
