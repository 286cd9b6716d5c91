/* past.h - what is kept of the votes on a receipt besides the one that counts
 *
 * "withdrawn KEY" (withdrawn.h) and "waiting KEY", TIME and VOTE of an
 * implicit vote behind the explicit one, where KEY is that of the record. */
#pragma once

#include "libhisho/store/opinion.h"
#include "libhisho/store/receipt.h"

/* All that is said of RECEIPT, which is as it is kept. */
bool hisho_past_read(HishoDatabase *database, const HishoReceipt *receipt,
    HishoOpinion *opinion, GError **error);

/* The vote that waits in VALUE, as it stands in the database; false for what
 * is none. */
bool hisho_past_parse_waiting(HishoSlice value, HishoVote *waiting);

/* Only the vote that waits; no word where none does. */
bool hisho_past_read_waiting(HishoDatabase *database,
    const HishoReceipt *receipt, HishoVote *waiting, GError **error);

/* Keeps of NEW on RECEIPT what the record does not hold, in place of OLD. */
typedef struct {
	HishoOpinion old, new;
} HishoPastChange;

bool hisho_past_write(HishoDatabase *database, const HishoReceipt *receipt,
    const HishoPastChange *change, GError **error);
