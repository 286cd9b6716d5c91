/* ledger.h - what each user received, and the votes on it: the truth
 *
 * One record per user, digest and host.  All deeds here keep the sums equal
 * to the ledger, in the transaction that the caller commits; repeated, they
 * change nothing. */
#pragma once

#include "libhisho/store/opinion.h"
#include "libhisho/store/receipt.h"

/* The record with the user, digest and host of LIKE; NULL without error if
 * there is none. */
HishoReceipt *hisho_ledger_find(
    HishoDatabase *database, const HishoReceipt *like, GError **error);

/* All records of USER on the mail with DIGEST, one per host. */
GPtrArray *hisho_ledger_find_mail(HishoDatabase *database, const char *user,
    const char *digest, GError **error);

/* Counts RECEIPT, once: of a record that has a receipt, or whose receipt was
 * folded into a summary, nothing is changed.
 * A vote that was there before stays; RECEIPT's own is not looked at. */
HishoChange hisho_ledger_record(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error);

/* Sets the vote of RECEIPT at its time VOTED; once the database has met
 * another, later than what it changes.  An implicit vote (receive, delete) does
 * not replace an explicit one.  The facts of RECEIPT are kept only if there is
 * no record yet, and then without a receipt.  A vote that is none is
 * HISHO_ERROR_INPUT. */
HishoChange hisho_ledger_vote(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error);

/* Takes back all votes of USER on the mail with DIGEST, at the time of the
 * DATABASE; what then is neither receipt nor vote is gone, but for the mark
 * that withdrawn.h speaks of. */
HishoChange hisho_ledger_undo(HishoDatabase *database, const char *user,
    const char *digest, GError **error);

/* What is known elsewhere of a record. */
typedef struct {
	const HishoReceipt *receipt; /* its facts; user, digest and host */
	bool has_facts;		     /* or these three alone */
	HishoOpinion opinion;
} HishoLedgerNews;

/* Joins NEWS with what is here.  Of two receipts the earlier is kept, and
 * the time of the last. */
HishoChange hisho_ledger_join(
    HishoDatabase *database, const HishoLedgerNews *news, GError **error);

/* Looks at one record, which lives for the call; false ends the walk. */
typedef bool (*HishoLedgerVisit)(const HishoReceipt *receipt, void *context);

typedef struct {
	const char *user; /* NULL for all */
	HishoLedgerVisit visit;
	void *context;
} HishoLedgerWalk;

/* Visits the records of WALK by user, digest, host.  A record that cannot be
 * read is HISHO_ERROR_CONFIG and ends it. */
bool hisho_ledger_walk(
    HishoDatabase *database, const HishoLedgerWalk *walk, GError **error);

/* The same of those with a vote, and hardly any other: many times as fast. */
bool hisho_ledger_walk_votes(
    HishoDatabase *database, const HishoLedgerWalk *walk, GError **error);
