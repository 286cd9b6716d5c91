#include "bin/history.h"

static HishoOtherRoute *
other_route(const HishoKnownRoute *known)
{
	HishoOtherRoute *route = hisho_record_new(&hisho_other_route_type);

	route->ip = g_strdup(known->host);
	route->messages = known->messages;
	if (known->trusted != known->distrusted)
		route->vote =
		    g_strdup(known->trusted > known->distrusted ? "trusted"
								: "distrusted");
	return route;
}

static void
set_track(HishoTrack **at, const HishoTally *tally, const HishoSeen *seen)
{
	HishoTrack track = hisho_tally_track(tally, seen);

	hisho_track_free(*at);
	*at = hisho_record_dup(&hisho_track_type, &track);
}

static void
set_tracks(HishoRoute *route, const HishoStanding *known)
{
	set_track(&route->seen_route, &known->route, &known->route_seen);
	set_track(&route->seen_host, &known->host, &known->host_seen);
	set_track(&route->seen_from, &known->from, &known->from_seen);
}

void
history_fill(HishoRoute *route, const HishoReceipt *receipt,
    const HishoMemory *memory, const HishoConfig *config)
{
	g_free(route->novelty);
	g_ptr_array_set_size(route->routes, 0);
	route->novelty =
	    g_strdup(hisho_score_grade_route(receipt, memory, config));
	route->messages =
	    hisho_memory_before(memory, memory->standing.route.own.messages);
	for (guint i = 0; i < memory->routes->len; i++)
		g_ptr_array_add(
		    route->routes, other_route(memory->routes->pdata[i]));
	if (memory->unavailable == NULL)
		set_tracks(route, &memory->standing);
}
