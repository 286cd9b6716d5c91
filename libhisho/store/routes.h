/* routes.h - by which hosts mail of a From came before */
#pragma once

#include "libhisho/base/record.h"
#include "libhisho/store/sums.h"

typedef struct {
	char *host;
	gint64 messages; /* to me */
	gint64 trusted;	 /* by me */
	gint64 distrusted;
	gint64 others_messages;
	gint64 users_trusted; /* of the others */
	gint64 users_distrusted;
} HishoKnownRoute;

extern const HishoRecordType hisho_known_route_type;
void hisho_known_route_free(void *route);

/* The HishoKnownRoutes of the From of AXES; those with most messages, first
 * to me, then to others, in front.  1,000 of mine and 1,000 of all are looked
 * at. */
GPtrArray *hisho_routes_find(
    HishoDatabase *database, const HishoAxes *axes, GError **error);
