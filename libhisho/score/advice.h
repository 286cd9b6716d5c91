/* advice.h - trusted, distrusted or unrated, from votes alone */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What the rows cannot tell. */
typedef struct {
	bool is_applicable;    /* it came by a host, from somebody else */
	bool has_one_from;     /* exactly one From, else nothing is trusted */
	bool is_proven;	       /* the route is proven for this From */
	bool sender_owns_from; /* From belongs to the sender's organisation */
	bool is_pool;	       /* the host serves many organisations */
	bool is_pool_net;      /* its network does */
	bool is_pool_organization; /* its organisation does */
	gint64 others_green;	   /* users it takes to make green */
	gint64 others_red;	   /* users it takes to make red */
} HishoAdviceCase;

typedef struct {
	const char *advice; /* trusted distrusted unrated */
	const char *reason; /* voted tied no-votes unproven-route
			     * not-applicable */
	int row;	    /* of the deciding row, -1 for none */
} HishoAdvice;

/* The first of ROWS (HishoRow, own before others) that decides.  Distrust
 * needs no proof; trust needs a proven route, an exact level and one From. */
HishoAdvice hisho_advice_decide(
    const GPtrArray *rows, const HishoAdviceCase *about);
