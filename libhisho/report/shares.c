#include "libhisho/report/shares.h"

#define N "%" G_GINT64_FORMAT

HishoShares
hisho_shares(gint64 trusted, gint64 distrusted, gint64 messages)
{
	gint64 of = MAX(messages, trusted + distrusted);

	return (
	    HishoShares){ trusted, distrusted, of - trusted - distrusted, of };
}

HishoShares
hisho_shares_of_row(const HishoRow *row)
{
	return hisho_shares(row->trusted, row->distrusted, row->messages);
}

char *
hisho_shares_dup_text(HishoShares shares)
{
	if (shares.of == 0)
		return g_strdup("none");
	return g_strdup_printf(N " trusted, " N " distrusted, " N
				 " unrated of " N,
	    shares.trusted, shares.distrusted, shares.unrated, shares.of);
}

/* Rounded; the last of three is what the others leave of 100. */
static gint64
percent(gint64 part, gint64 of)
{
	return (gint64)(100.0 * (double)part / (double)of + 0.5);
}

char *
hisho_shares_dup_percent(HishoShares shares)
{
	if (shares.of == 0)
		return g_strdup("none");
	gint64 trusted = percent(shares.trusted, shares.of);
	gint64 distrusted =
	    MIN(percent(shares.distrusted, shares.of), 100 - trusted);
	return g_strdup_printf("of " N ": " N " trusted (" N " %%), " N
			       " distrusted (" N " %%), " N " unrated (" N
			       " %%)",
	    shares.of, shares.trusted, trusted, shares.distrusted, distrusted,
	    shares.unrated, 100 - trusted - distrusted);
}

char *
hisho_shares_dup_short(HishoShares shares)
{
	return g_strdup_printf(N "/" N "/" N " of " N, shares.trusted,
	    shares.distrusted, shares.unrated, shares.of);
}
