/* route.h - by which host one mail really came */
#pragma once

#include <glib.h>

#include "libhisho/route/authres.h"
#include "libhisho/route/boundary.h"
#include "libhisho/route/dns.h"
#include "libhisho/route/received.h"
#include "libhisho/route/track.h"

/* Another route of the same sender. */
typedef struct {
	char *ip;
	gint64 messages;
	char *vote; /* mine: "trusted", "distrusted", or NULL */
} HishoOtherRoute;

/* The route of one mail, with the keys of the JSON object "route".  What
 * the boundary did not record is NULL, ip too for local mail. */
typedef struct {
	char *ip;
	char *rdns;
	char *helo;
	char *by;
	char *with;
	char *tls;
	gint64 hop; /* 1 is the topmost; 0 when no field tells of the host */
	char *why;  /* see HishoBoundary, as the next */
	char *confidence;
	char *origin;  /* where the mail claims to come from: chain.h */
	char *forward; /* of DNS: pass fail none temperror not-checked */
	char *reverse;
	char *measured;	 /* "receipt" or "now" */
	HishoDns *dns;	 /* all that was measured; NULL for nothing */
	GPtrArray *hops; /* HishoHop, topmost first */
	HishoAuth *auth; /* NULL when nothing is known for certain */
	/* Filled when the database is asked: JSON "new", one of same same-net
	 * same-organization pool unrelated first, or NULL. */
	char *novelty;
	gint64 messages;
	GPtrArray *routes; /* HishoOtherRoute */
	HishoTrack *seen_route, *seen_host, *seen_from;
} HishoRoute;

extern const HishoRecordType hisho_other_route_type;
extern const HishoRecordType hisho_route_type;

void hisho_other_route_free(void *route);
void hisho_route_free(void *route);

typedef struct {
	HishoBoundaryOptions boundary;
	const GArray *auth_fields; /* HishoAuthField from the top, or NULL */
	const GArray *spf_fields;  /* the same of Received-SPF, or NULL */
	const char *const *auth_names; /* authserv-ids of ours, or NULL */
	bool auth_below;	       /* see HishoAuthOptions */
	const char *from_domain;       /* of the one From address, or NULL */
} HishoRouteOptions;

/* The route that HOPS (HishoHop, topmost first) and OPTIONS tell of; HOPS
 * are copied, those written by our own servers marked as trusted.  Asks
 * neither DNS nor the database: forward and reverse are "not-checked",
 * measured is "now", novelty NULL. */
HishoRoute *hisho_route_find(
    const GPtrArray *hops, const HishoRouteOptions *options);

/* Takes what was measured: forward, reverse and measured follow from it.  It
 * was at the receipt if that was less than an hour away. */
void hisho_route_take_dns(HishoRoute *route, HishoDns *dns);

/* Whether what was measured still says something of the mail, written at
 * WRITTEN by its own word: it was at the receipt, or within seven days. */
bool hisho_route_dns_holds(const HishoRoute *route, gint64 written);

/* When the boundary took the mail, in seconds since 1970; 0 unknown. */
gint64 hisho_route_time(const HishoRoute *route);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoRoute, hisho_route_free)
