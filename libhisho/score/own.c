#include "libhisho/score/own.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/domain.h"
#include "libhisho/score/axes.h"

bool
hisho_own_has_address(const HishoConfig *config, const char *address)
{
	for (char **own = config->addresses; address != NULL && *own != NULL;
	     own++) {
		g_autofree char *key = hisho_address_key(*own);
		if (g_strcmp0(key, address) == 0)
			return true;
	}
	return false;
}

/* By the null sender, or a mail server's name: without them a report is a
 * letter like any other. */
static bool
is_by_server(const HishoFacts *facts, const HishoRoute *route)
{
	const HishoLetter *letter = facts->letter;
	const char *envelope = hisho_axes_envelope(facts, route);
	const HishoMailbox *from =
	    letter->from->len > 0 ? letter->from->pdata[0] : NULL;

	if (envelope != NULL && *envelope == '\0')
		return true;
	return from != NULL &&
	    hisho_bounce_is_daemon(
		from->address != NULL ? from->address : from->name);
}

static bool
is_own_ip(const HishoConfig *config, const char *text)
{
	HishoNetwork network;
	HishoIp ip;

	if (text == NULL || !hisho_network_parse_ip(text, strlen(text), &ip))
		return false;
	for (char **own = config->trusted_networks; *own != NULL; own++)
		if (hisho_network_parse(*own, &network) &&
		    hisho_network_contains(&network, &ip))
			return true;
	return false;
}

/* Whether NAME is a server of ours, or of the house that ADDRESS is of. */
static bool
is_own_name(const HishoConfig *config, const char *name, const char *address)
{
	const char *at = strrchr(address, '@');

	if (name == NULL)
		return false;
	for (char **own = config->own_hosts; *own != NULL; own++)
		if (g_ascii_strcasecmp(*own, name) == 0)
			return true;
	return at != NULL && hisho_domain_same_organization(name, at + 1);
}

/* Whether what was returned, from ADDRESS by its own word, went by HOPS
 * (HishoHop), and by none of our own servers: somebody else wrote it.  Where
 * these are not known, or no hop is told, nobody can say so. */
static bool
is_foreign(
    const GPtrArray *hops, const char *address, const HishoConfig *config)
{
	if (*config->own_hosts == NULL && *config->trusted_networks == NULL)
		return false;
	for (guint i = 0; i < hops->len; i++) {
		const HishoHop *hop = hops->pdata[i];
		if (is_own_ip(config, hop->ip) ||
		    is_own_name(config, hop->rdns, address) ||
		    is_own_name(config, hop->by, address))
			return false;
	}
	return hops->len > 0;
}

void
hisho_own_note(HishoReceipt *receipt, const HishoFacts *facts,
    const HishoRoute *route, const HishoConfig *config)
{
	const HishoBounce *bounce = facts->letter->bounce;
	const char *from = bounce != NULL ? bounce->from : NULL;

	receipt->local = g_strcmp0(route->why, "local") == 0;
	g_clear_pointer(&receipt->bounced, g_free);
	if (from != NULL && is_by_server(facts, route) &&
	    !is_foreign(facts->returned, from, config))
		receipt->bounced = g_strdup(from);
}

HishoOwn
hisho_own_find(const HishoReceipt *receipt, const HishoConfig *config)
{
	bool is_proven = receipt->local || receipt->aligned;

	if (is_proven && hisho_own_has_address(config, receipt->from))
		return HISHO_OWN_MAIL;
	return hisho_own_has_address(config, receipt->bounced)
	    ? HISHO_OWN_BOUNCE
	    : HISHO_OWN_NOT;
}
