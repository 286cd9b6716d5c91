#include "libhisho/route/route.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/chain.h"
#include "libhisho/route/witness.h"

#define RECEIPT_S 3600
/* Names change hands in years, addresses of rented hosts in days. */
#define DNS_HOLDS_S (7 * 24 * 3600)

#define FIELD(key, kind, record, member)                                       \
	{                                                                      \
		key, HISHO_RECORD_##kind, G_STRUCT_OFFSET(record, member),     \
		    NULL                                                       \
	}

static const HishoRecordField other_fields[] = {
	FIELD("ip", TEXT, HishoOtherRoute, ip),
	FIELD("messages", NUMBER, HishoOtherRoute, messages),
	FIELD("vote", TEXT, HishoOtherRoute, vote),
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_other_route_type = { sizeof(HishoOtherRoute),
	other_fields, hisho_other_route_free };

static const HishoRecordField route_fields[] = {
	FIELD("ip", TEXT, HishoRoute, ip),
	FIELD("rdns", TEXT, HishoRoute, rdns),
	FIELD("helo", TEXT, HishoRoute, helo),
	FIELD("by", TEXT, HishoRoute, by),
	FIELD("with", TEXT, HishoRoute, with),
	FIELD("tls", TEXT, HishoRoute, tls),
	FIELD("hop", NUMBER, HishoRoute, hop),
	FIELD("why", TEXT, HishoRoute, why),
	FIELD("confidence", TEXT, HishoRoute, confidence),
	FIELD("origin", TEXT, HishoRoute, origin),
	FIELD("forward", TEXT, HishoRoute, forward),
	FIELD("reverse", TEXT, HishoRoute, reverse),
	FIELD("measured", TEXT, HishoRoute, measured),
	{ "dns", HISHO_RECORD_ONE, G_STRUCT_OFFSET(HishoRoute, dns),
	    &hisho_dns_type },
	{ "hops", HISHO_RECORD_MANY, G_STRUCT_OFFSET(HishoRoute, hops),
	    &hisho_hop_type },
	{ "auth", HISHO_RECORD_ONE, G_STRUCT_OFFSET(HishoRoute, auth),
	    &hisho_auth_type },
	FIELD("new", TEXT, HishoRoute, novelty),
	FIELD("messages", NUMBER, HishoRoute, messages),
	{ "routes", HISHO_RECORD_MANY, G_STRUCT_OFFSET(HishoRoute, routes),
	    &hisho_other_route_type },
	{ "seen_route", HISHO_RECORD_ONE,
	    G_STRUCT_OFFSET(HishoRoute, seen_route), &hisho_track_type },
	{ "seen_host", HISHO_RECORD_ONE, G_STRUCT_OFFSET(HishoRoute, seen_host),
	    &hisho_track_type },
	{ "seen_from", HISHO_RECORD_ONE, G_STRUCT_OFFSET(HishoRoute, seen_from),
	    &hisho_track_type },
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_route_type = { sizeof(HishoRoute), route_fields,
	hisho_route_free };

void
hisho_other_route_free(void *route)
{
	hisho_record_free(&hisho_other_route_type, route);
}

void
hisho_route_free(void *route)
{
	hisho_record_free(&hisho_route_type, route);
}

static void
copy_hops(HishoRoute *route, const GPtrArray *hops, guint n_trusted)
{
	for (guint i = 0; i < hops->len; i++) {
		HishoHop *hop =
		    hisho_record_dup(&hisho_hop_type, hops->pdata[i]);
		hop->trusted = i < n_trusted;
		g_ptr_array_add(route->hops, hop);
	}
}

static void
take_over_hop(HishoRoute *route, const HishoHop *hop)
{
	route->ip = g_strdup(hop->ip);
	route->rdns = g_strdup(hop->rdns);
	route->helo = g_strdup(hop->helo);
	route->by = g_strdup(hop->by);
	route->with = g_strdup(hop->with);
	route->tls = g_strdup(hop->tls);
}

static void
replace(char **text, const char *value)
{
	if (value == NULL || *value == '\0' ||
	    g_ascii_strcasecmp(value, "unknown") == 0)
		return;
	g_free(*text);
	*text = g_utf8_make_valid(value, -1);
}

/* What the MTA said by option stands above what a field says. */
static void
take_over_options(HishoRoute *route, const HishoBoundaryOptions *options)
{
	HishoIp ip;

	if (!hisho_network_parse_ip(
		options->client_ip, strlen(options->client_ip), &ip))
		return;
	g_free(route->ip);
	route->ip = hisho_network_dup_ip_text(&ip);
	replace(&route->helo, options->helo);
	replace(&route->rdns, options->client_name);
}

/* The server of the boundary may have written the address down twice. */
static void
hear_witnesses(HishoRoute *route, const HishoRouteOptions *options)
{
	const GArray *testimonies[] = { options->spf_fields,
		options->auth_fields };
	bool below = strcmp(route->why, "google") == 0;

	for (guint i = 0; i < G_N_ELEMENTS(testimonies); i++) {
		if (route->hop == 0 || route->ip == NULL)
			return;
		HishoWitness witness = hisho_witness_ask(
		    testimonies[i], (guint)route->hop, below, route->ip);
		if (witness == HISHO_WITNESS_NONE)
			continue;
		g_free(route->confidence);
		route->confidence =
		    g_strdup(witness == HISHO_WITNESS_AGREES ? "high" : "low");
	}
}

HishoRoute *
hisho_route_find(const GPtrArray *hops, const HishoRouteOptions *options)
{
	HishoBoundary found = hisho_boundary_find(hops, &options->boundary);
	const HishoAuthOptions auth = { found.hop, options->auth_names,
		found.why, options->from_domain, options->auth_below };
	HishoRoute *route = hisho_record_new(&hisho_route_type);

	route->hop = found.hop;
	route->why = g_strdup(found.why);
	route->confidence = g_strdup(found.confidence);
	route->forward = g_strdup("not-checked");
	route->reverse = g_strdup("not-checked");
	route->measured = g_strdup("now");
	copy_hops(route, hops, found.n_trusted);
	hisho_chain_check(
	    route->hops, found.n_trusted, options->boundary.hosts);
	route->origin =
	    g_strdup(hisho_chain_origin(route->hops, found.n_trusted));
	if (found.hop > 0)
		take_over_hop(route, hops->pdata[found.hop - 1]);
	if (strcmp(found.why, "client-ip") == 0)
		take_over_options(route, &options->boundary);
	hear_witnesses(route, options);
	if (options->auth_fields != NULL)
		route->auth = hisho_authres_find(options->auth_fields, &auth);
	return route;
}

gint64
hisho_route_time(const HishoRoute *route)
{
	if (route->hop < 1 || route->hop > (gint64)route->hops->len)
		return 0;
	return ((const HishoHop *)route->hops->pdata[route->hop - 1])->time;
}

static void
set(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
}

/* Where no field tells when the mail came, the server that hands it over now
 * can only be the one that received it. */
static bool
is_at_receipt(const HishoRoute *route)
{
	gint64 received = hisho_route_time(route);

	if (received == 0)
		return g_strcmp0(route->why, "client-ip") == 0;
	return ABS(route->dns->time - received) <= RECEIPT_S;
}

void
hisho_route_take_dns(HishoRoute *route, HishoDns *dns)
{
	hisho_dns_free(route->dns);
	route->dns = dns;
	set(&route->forward, dns->forward);
	set(&route->reverse, dns->reverse);
	set(&route->measured, is_at_receipt(route) ? "receipt" : "now");
}

bool
hisho_route_dns_holds(const HishoRoute *route, gint64 written)
{
	gint64 received = hisho_route_time(route);

	if (route->dns == NULL)
		return false;
	return g_strcmp0(route->measured, "receipt") == 0 ||
	    ABS(route->dns->time - (received != 0 ? received : written)) <=
	    DNS_HOLDS_S;
}
