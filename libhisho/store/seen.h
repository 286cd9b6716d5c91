/* seen.h - when a host, a From, a route was first and last seen
 *
 * Times of receipts, which are never taken back: they only widen. */
#pragma once

#include "libhisho/store/sums.h"

/* Unix times; zeros where nothing was received. */
typedef struct {
	gint64 first;
	gint64 last;
} HishoSpan;

/* By the user of the axes; by all, with him. */
typedef struct {
	HishoSpan own;
	HishoSpan all;
} HishoSeen;

/* Widens the spans of the From, the host and the route of AXES so that they
 * hold RECEIVED.  A span that is none is HISHO_ERROR_CONFIG. */
bool hisho_seen_widen(HishoDatabase *database, const HishoAxes *axes,
    gint64 received, GError **error);

/* What is known at PLACE, whose axis is one of the three; zeros for nothing.
 * Fails as above. */
bool hisho_seen_read(HishoDatabase *database, HishoSumPlace place,
    HishoSeen *seen, GError **error);

/* Whether VALUE can stand in the database for such a span. */
bool hisho_seen_can_be(HishoSlice value);

/* The same in memory: TABLE holds values (text) by keys, both its own. */
void hisho_seen_add(GHashTable *table, const HishoAxes *axes, gint64 received);
