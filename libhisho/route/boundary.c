#include "libhisho/route/boundary.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/party.h"
#include "libhisho/route/provider.h"

typedef enum {
	HOP_OURS,	/* another of our own servers: look below */
	HOP_BOUNDARY,	/* its client is the host */
	HOP_UNREADABLE, /* ours, but who was the client? */
	HOP_HIDDEN,	/* somebody behind a private address */
} Verdict;

typedef struct {
	const HishoBoundaryOptions *options;
	bool configured; /* a hop was passed over by configuration ... */
	bool named;	 /* ... for its name, which a stranger's PTR may say */
	bool relayed;	 /* a server that is no provider's is above */
	bool broken;	 /* a private client was passed over on its word */
} Walk;

static bool
is_kind(const HishoHop *hop, const char *kind)
{
	return g_strcmp0(hop->kind, kind) == 0;
}

static bool
read_ip(const char *text, HishoIp *ip)
{
	return text != NULL && hisho_network_parse_ip(text, strlen(text), ip);
}

static bool
is_own_name(const HishoBoundaryOptions *options, const char *name)
{
	for (guint i = 0; name != NULL && options->hosts != NULL &&
	     options->hosts[i] != NULL;
	     i++)
		if (g_ascii_strcasecmp(options->hosts[i], name) == 0)
			return true;
	return false;
}

static bool
is_own_client(Walk *walk, const HishoHop *hop)
{
	const HishoBoundaryOptions *options = walk->options;
	HishoIp ip;

	if (read_ip(hop->ip, &ip) && options->networks != NULL &&
	    hisho_network_list_contains(options->networks, &ip))
		return walk->configured = true;
	if (!is_own_name(options, hop->rdns) &&
	    (hop->ip != NULL || !is_own_name(options, hop->helo)))
		return false;
	return walk->configured = walk->named = true;
}

/* The provider of the mailbox, if that is where HOP was written. */
static const HishoProvider *
find_provider(const Walk *walk, const HishoHop *hop)
{
	return walk->relayed ? NULL : hisho_provider_of(hop);
}

/* Programs of our own side hand over by these, never the sender. */
static bool
is_delivery(const HishoHop *hop)
{
	return is_kind(hop, "fetch") || is_kind(hop, "lmtp") ||
	    (hop->ip == NULL &&
		(is_kind(hop, "local") || is_kind(hop, "queue") ||
		    is_kind(hop, "http")));
}

/* The same host: a content filter, a list manager. */
static bool
is_loopback(const HishoIp *ip)
{
	g_autofree char *text = hisho_network_dup_ip_text(ip);

	return g_str_has_prefix(text, "127.") || strcmp(text, "::1") == 0;
}

/* Whether BELOW was written by the client of HOP, or by a neighbour of the
 * server that wrote HOP. */
static bool
is_continued(const HishoHop *hop, const HishoHop *below)
{
	return below != NULL &&
	    (is_delivery(below) || hisho_party_is_same(hop->helo, below->by) ||
		hisho_party_is_same(hop->rdns, below->by) ||
		hisho_party_is_same(hop->by, below->by));
}

static Verdict
judge_hop(Walk *walk, const HishoHop *hop, const HishoHop *below)
{
	const HishoProvider *provider = find_provider(walk, hop);
	HishoIp ip;

	if (is_kind(hop, "fetch"))
		walk->relayed = false;
	if (is_delivery(hop))
		return HOP_OURS;
	if (is_own_client(walk, hop))
		return HOP_OURS;
	if (provider != NULL && hisho_provider_is_inside(provider, hop))
		return HOP_OURS;
	if (!read_ip(hop->ip, &ip))
		return HOP_UNREADABLE;
	if (!hisho_network_ip_is_private(&ip))
		return HOP_BOUNDARY;
	if (walk->options->clients_hidden && !is_loopback(&ip))
		return HOP_HIDDEN;
	walk->relayed |= provider == NULL;
	walk->broken |= !is_loopback(&ip) && !is_continued(hop, below);
	return HOP_OURS;
}

static const char *
explain(const Walk *walk, const HishoHop *hop)
{
	const HishoProvider *provider = find_provider(walk, hop);

	if (walk->configured)
		return "configured";
	return provider != NULL ? hisho_provider_name(provider)
				: "first-public";
}

static HishoBoundary
found_at(const Walk *walk, const HishoHop *hop, guint number)
{
	const char *why = explain(walk, hop);
	bool told = strcmp(why, "first-public") != 0 && !walk->named;

	return (HishoBoundary){ number, number, why,
		walk->broken ? "low"
		    : told   ? "high"
			     : "medium" };
}

static HishoBoundary
walk_down(const GPtrArray *hops, const HishoBoundaryOptions *options)
{
	Walk walk = { .options = options };

	for (guint i = 0; i < hops->len; i++) {
		const HishoHop *hop = hops->pdata[i];
		const HishoHop *below =
		    i + 1 < hops->len ? hops->pdata[i + 1] : NULL;
		switch (judge_hop(&walk, hop, below)) {
		case HOP_OURS:
			continue;
		case HOP_BOUNDARY:
			return found_at(&walk, hop, i + 1);
		case HOP_UNREADABLE:
			return (HishoBoundary){ 0, i + 1, "unreadable", NULL };
		case HOP_HIDDEN:
			return (HishoBoundary){ 0, i + 1, "hidden", NULL };
		}
	}
	return (HishoBoundary){ 0, hops->len, "local", NULL };
}

/* Whether the MTA named a client that is not on our own side, as it does
 * when a content filter or a fetching program hands the mail in. */
static bool
is_named_client(const HishoBoundaryOptions *options, HishoIp *ip)
{
	return read_ip(options->client_ip, ip) &&
	    !hisho_network_ip_is_private(ip) &&
	    (options->networks == NULL ||
		!hisho_network_list_contains(options->networks, ip));
}

/* The hop that tells of IP, if the walk ends there. */
static HishoBoundary
match_client(
    const GPtrArray *hops, const HishoIp *ip, const HishoBoundary *walked)
{
	HishoBoundary named = { 0, 0, "client-ip", "high" };
	HishoIp other;

	if (walked->hop == 0)
		return named;
	const HishoHop *hop = hops->pdata[walked->hop - 1];
	if (read_ip(hop->ip, &other) && hisho_network_ip_equal(ip, &other))
		named.hop = named.n_trusted = walked->hop;
	return named;
}

HishoBoundary
hisho_boundary_find(const GPtrArray *hops, const HishoBoundaryOptions *options)
{
	HishoIp ip;

	if (options->hop > 0) {
		guint hop = options->hop <= hops->len ? options->hop : 0;
		return (HishoBoundary){ hop, hop, "by-hand",
			hop > 0 ? "high" : NULL };
	}
	HishoBoundary walked = walk_down(hops, options);
	if (is_named_client(options, &ip))
		return match_client(hops, &ip, &walked);
	return walked;
}
