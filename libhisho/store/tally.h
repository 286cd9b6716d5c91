/* tally.h - what the sums say about one mail */
#pragma once

#include "libhisho/base/record.h"
#include "libhisho/route/track.h"
#include "libhisho/store/seen.h"

/* One row of the score, as JSON shows it. */
typedef struct {
	char *scope; /* own, others */
	char *axis;  /* route sender from host sender-domain from-domain */
	char *key;   /* of a route: From and host, as key.h joins them */
	char *level; /* exact, net, organization: of the host */
	gint64 messages;
	gint64 trusted;
	gint64 distrusted;
	gint64 users_trusted; /* 0 in own rows */
	gint64 users_distrusted;
	HishoCounts mine; /* of the same key; not shown */
} HishoRow;

extern const HishoRecordType hisho_row_type;
void hisho_row_free(void *row);

/* What of a mail's host is shared.  A shared host is in a shared net and of
 * a shared organisation. */
typedef struct {
	bool host;
	bool net; /* /24 or /48 */
	bool organization;
} HishoPool;

/* The HishoRows of a mail in the order they are judged: own, then others',
 * without the axes that AXES lack.  Route and host stand for the net of
 * the host, or else its organisation, where only these have votes; the host,
 * by a level that is not in POOL if one has votes. */
GPtrArray *hisho_tally_rows(HishoDatabase *database, const HishoAxes *axes,
    HishoPool pool, GError **error);

/* What else is known of a mail's route: enough to tell whether it is new,
 * proven or a pool. */
typedef struct {
	HishoTally from;
	HishoTally host;
	HishoTally route; /* From by host, by its net, by its organisation */
	HishoTally route_net;
	HishoTally route_organization;
	HishoSeen from_seen;
	HishoSeen host_seen;
	HishoSeen route_seen;
	HishoTally route_tls; /* From by host, encrypted */
	/* Of From by the host, its net, its organisation, each counted up
	 * to 100. */
	gint64 organizations;
	gint64 organizations_by_net;
	gint64 organizations_by_organization;
} HishoStanding;

/* What TALLY and SEEN, of one axis, say together. */
HishoTrack hisho_tally_track(const HishoTally *tally, const HishoSeen *seen);

/* All zeros for axes that AXES lack. */
bool hisho_tally_standing(HishoDatabase *database, const HishoAxes *axes,
    HishoStanding *standing, GError **error);
