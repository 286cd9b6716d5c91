/* axes.h - the keys a mail is scored by */
#pragma once

#include <stdbool.h>

#include "libhisho/cell/facts.h"
#include "libhisho/route/route.h"
#include "libhisho/store/ledger.h"

/* The receipt that the mail of FACTS, come by ROUTE, is for USER: its keys
 * are validated and canonical, NULL where the mail gives none.  Not marked
 * as received. */
HishoReceipt *hisho_axes_new_receipt(
    const HishoFacts *facts, const HishoRoute *route, const char *user);

/* Whether LINK is one that a reader sees and may click, to some host. */
bool hisho_axes_is_visible_link(const HishoLink *link);

/* The envelope sender as the boundary recorded it, borrowed from FACTS; NULL
 * if it did not: a Return-Path below the boundary is the sender's own. */
const char *hisho_axes_envelope(
    const HishoFacts *facts, const HishoRoute *route);

/* Whether From belongs to the sender of RECEIPT: the same address or the
 * same organisation, a public provider aside. */
bool hisho_axes_sender_owns_from(const HishoReceipt *receipt);
