/* axes.h - the keys a mail is scored by */
#pragma once

#include <stdbool.h>

#include "libhisho/base/edits.h"
#include "libhisho/cell/facts.h"
#include "libhisho/route/route.h"
#include "libhisho/store/ledger.h"

/* The receipt that the mail of FACTS, come by ROUTE, is for USER: its keys
 * are validated and canonical, NULL where the mail gives none.  Not marked
 * as received.  PROVIDERS are edits of freemail.h, or
 * NULL. */
HishoReceipt *hisho_axes_new_receipt(const HishoFacts *facts,
    const HishoRoute *route, const char *user, const HishoEdits *providers);

/* Adds to HOSTS (of char *) where those of LINKS (HishoLink, in the order of
 * the mail) lead that a reader sees and may click, each host once: through a
 * wrapper or redirector that is known, to its target. */
void hisho_axes_add_click_hosts(GPtrArray *hosts, const GPtrArray *links);

/* The envelope sender as the boundary recorded it, borrowed from FACTS; NULL
 * if it did not: a Return-Path below the boundary is the sender's own. */
const char *hisho_axes_envelope(
    const HishoFacts *facts, const HishoRoute *route);

/* Whether From belongs to the sender of RECEIPT: the same address or the
 * same organisation, a public provider (as above) aside. */
bool hisho_axes_sender_owns_from(
    const HishoReceipt *receipt, const HishoEdits *providers);
