/* summary.h - many receipts, folded into one record
 *
 * One for each user and all keys that mails are counted under.  It counts as
 * its receipts did, so that no sum and no time changes when they go. */
#pragma once

#include "libhisho/store/receipt.h"

typedef struct {
	HishoReceipt *first; /* what all have in common, at the first time */
	gint64 last;
	gint64 messages;
} HishoSummary;

/* Takes RECEIPT, which no vote is on, into its summary; its own record is the
 * caller's to delete.  *MADE (or NULL) is set if it is the first in it.  A
 * summary that is damaged is HISHO_ERROR_CONFIG. */
bool hisho_summary_fold(HishoDatabase *database, const HishoReceipt *receipt,
    bool *made, GError **error);

/* Whether VALUE is a summary that can be under KEY. */
bool hisho_summary_can_be(HishoSlice key, HishoSlice value);

/* What SUMMARY counts, borrowed from it. */
HishoContribution hisho_summary_contribution(const HishoSummary *summary);

/* Looks at one summary, which lives for the call; false ends the walk. */
typedef bool (*HishoSummaryVisit)(const HishoSummary *summary, void *context);

typedef struct {
	HishoSummaryVisit visit;
	void *context;
} HishoSummaryWalk;

/* Visits all summaries.  Fails as above. */
bool hisho_summary_walk(
    HishoDatabase *database, const HishoSummaryWalk *walk, GError **error);
