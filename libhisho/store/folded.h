/* folded.h - which receipts went into summaries
 *
 * Eight letters for each, so that a mail that comes through the filter again
 * is not counted twice. */
#pragma once

#include "libhisho/store/receipt.h"

/* Remembers that RECEIPT was folded. */
bool hisho_folded_add(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error);

/* Whether VALUE can stand in the database for some of them. */
bool hisho_folded_can_be(HishoSlice value);

/* *FOLDED tells whether the receipt with the user, digest and host of LIKE
 * was. */
bool hisho_folded_has(HishoDatabase *database, const HishoReceipt *like,
    bool *folded, GError **error);
