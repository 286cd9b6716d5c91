/* account.h - of two accounts of one mail, which is kept
 *
 * Several hosts may have received a mail, or one of them only have heard of
 * it.  Pure. */
#pragma once

#include "libhisho/store/opinion.h"
#include "libhisho/store/receipt.h"

/* What is known of the mail, and what was said of it there. */
typedef struct {
	const HishoReceipt *receipt;
	HishoVote vote;
} HishoAccount;

/* Whether A is kept, not B: a receipt before none; without receipts that on
 * which the vote was made that COUNTS; the earlier; else either, but the same
 * on all hosts. */
bool hisho_account_is_better(
    const HishoAccount *a, const HishoAccount *b, HishoVote counts);

/* RECEIPT as it is kept, of one host: without its vote, and the time when
 * another received it. */
HishoReceipt *hisho_account_dup_bare(const HishoReceipt *receipt);

/* When the last host received what A and B (NULL for none) are of, for KEPT,
 * one of both: 0 if that is its own time. */
gint64 hisho_account_again(
    const HishoReceipt *kept, const HishoReceipt *a, const HishoReceipt *b);
