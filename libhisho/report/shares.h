/* shares.h - how much of the mail was trusted, distrusted, neither
 *
 * Over messages, not over votes, and never without how many they are.  Votes
 * on mail that was not received may be more than the messages; then they are
 * the whole. */
#pragma once

#include <glib.h>

#include "libhisho/store/tally.h"

typedef struct {
	gint64 trusted;
	gint64 distrusted;
	gint64 unrated;
	gint64 of; /* their sum */
} HishoShares;

HishoShares hisho_shares(gint64 trusted, gint64 distrusted, gint64 messages);

/* Those of ROW. */
HishoShares hisho_shares_of_row(const HishoRow *row);

/* "1 trusted, 3 distrusted, 6 unrated of 10"; "none" of 0. */
char *hisho_shares_dup_text(HishoShares shares);

/* The same with percentages: "of 4: 0 trusted (0 %), ...". */
char *hisho_shares_dup_percent(HishoShares shares);

/* "1/3/6 of 10". */
char *hisho_shares_dup_short(HishoShares shares);
