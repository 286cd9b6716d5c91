/* chain.h - what is odd about the hops that the sender claims
 *
 * Below the boundary nothing is certain, and most chains are a little odd:
 * servers have inner names, and clocks are wrong.  So this is told, and only
 * what no honest sender can write is a reason to warn. */
#pragma once

#include <glib.h>

#include "libhisho/route/received.h"

/* Sets the delay and the oddity of HOPS (HishoHop, topmost first), of which
 * the first N_TRUSTED are ours:
 * own-name: it says that our own server wrote it, but the hop above came
 * from elsewhere (OWN_HOSTS, and the servers of the trusted hops);
 * time-ahead: it is more than an hour later than the boundary's;
 * chain-break: its server is not the client of the hop above. */
void hisho_chain_check(
    const GPtrArray *hops, guint n_trusted, const char *const *own_hosts);

/* The first hop with an own name, or NULL. */
const HishoHop *hisho_chain_find_forged(const GPtrArray *hops);

/* The client of the lowest claimed hop that names one with a public address:
 * where the mail claims to come from.  NULL when there is none. */
const char *hisho_chain_origin(const GPtrArray *hops, guint n_trusted);
