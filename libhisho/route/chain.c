#include "libhisho/route/chain.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/party.h"
#include "libhisho/route/provider.h"

/* As wrong as clocks and zones are in honest mail. */
#define AHEAD_S 3600

typedef struct {
	const GPtrArray *hops;
	guint n_trusted;
	const char *const *own_hosts;
} Chain;

static HishoHop *
hop_at(const GPtrArray *hops, guint i)
{
	return i < hops->len ? hops->pdata[i] : NULL;
}

static bool
is_address(const char *text, HishoIp *ip)
{
	return text != NULL && hisho_network_parse_ip(text, strlen(text), ip);
}

static bool
is_public(const char *text)
{
	HishoIp ip;

	return is_address(text, &ip) && !hisho_network_ip_is_private(&ip);
}

static bool
is_own_name(const Chain *chain, const char *name)
{
	for (guint i = 0;
	     chain->own_hosts != NULL && chain->own_hosts[i] != NULL; i++)
		if (g_ascii_strcasecmp(chain->own_hosts[i], name) == 0)
			return true;
	for (guint i = 0; i < chain->n_trusted; i++) {
		const char *by = hop_at(chain->hops, i)->by;
		/* "localhost" is everybody's. */
		if (by != NULL && strchr(by, '.') != NULL &&
		    g_ascii_strcasecmp(by, name) == 0)
			return true;
	}
	return false;
}

/* Our own server may have sent the mail to a list or a forwarder, which sends
 * it back.  At the boundary itself the greeting proves nothing. */
static bool
came_from(const Chain *chain, guint i, const char *server)
{
	const HishoHop *hop = hop_at(chain->hops, i);

	return hisho_party_is_same(hop->rdns, server) ||
	    (i >= chain->n_trusted && hisho_party_is_same(hop->helo, server));
}

static bool
is_broken(const HishoHop *above, const HishoHop *hop)
{
	HishoIp ip;

	return above->helo != NULL && strchr(hop->by, '.') != NULL &&
	    !is_address(hop->by, &ip) &&
	    !hisho_party_is_same(above->helo, hop->by) &&
	    !hisho_party_is_same(above->rdns, hop->by) &&
	    !hisho_party_is_same(above->by, hop->by);
}

/* Whether the claimed hop at I says so; then it tells of an inner hop. */
static bool
is_written_by_us(const Chain *chain, guint i)
{
	const char *by = hop_at(chain->hops, i)->by;

	return i >= chain->n_trusted && by != NULL && is_own_name(chain, by);
}

/* What is odd about the claimed hop at I, or NULL.  The servers of a provider
 * take mail from one customer to another under one name. */
static const char *
find_oddity(const Chain *chain, guint i)
{
	const HishoHop *hop = hop_at(chain->hops, i);
	const HishoHop *above = hop_at(chain->hops, i - 1);
	const HishoHop *boundary = hop_at(chain->hops, chain->n_trusted - 1);

	if (hop->by != NULL && is_public(boundary->ip) &&
	    hisho_provider_of(hop) == NULL && is_own_name(chain, hop->by) &&
	    !came_from(chain, i - 1, hop->by) &&
	    !is_written_by_us(chain, i - 1))
		return "own-name";
	if (hop->time != 0 && boundary->time != 0 &&
	    hop->time > boundary->time + AHEAD_S)
		return "time-ahead";
	if (hop->by != NULL && is_broken(above, hop))
		return "chain-break";
	return NULL;
}

void
hisho_chain_check(
    const GPtrArray *hops, guint n_trusted, const char *const *own_hosts)
{
	const Chain chain = { hops, n_trusted, own_hosts };

	for (guint i = 0; i < hops->len; i++) {
		HishoHop *hop = hop_at(hops, i);
		const HishoHop *below = hop_at(hops, i + 1);
		hop->delay = below == NULL || below->time == 0 || hop->time == 0
		    ? 0
		    : hop->time - below->time;
		g_clear_pointer(&hop->odd, g_free);
		if (i >= n_trusted && n_trusted > 0)
			hop->odd = g_strdup(find_oddity(&chain, i));
	}
}

const HishoHop *
hisho_chain_find_forged(const GPtrArray *hops)
{
	for (guint i = 0; i < hops->len; i++)
		if (g_strcmp0(hop_at(hops, i)->odd, "own-name") == 0)
			return hop_at(hops, i);
	return NULL;
}

const char *
hisho_chain_origin(const GPtrArray *hops, guint n_trusted)
{
	for (guint i = hops->len; i-- > n_trusted;)
		if (is_public(hop_at(hops, i)->ip))
			return hop_at(hops, i)->ip;
	return NULL;
}
