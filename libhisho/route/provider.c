#include "libhisho/route/provider.h"

#include <string.h>

#include "libhisho/base/network.h"

#define SUFFIXES 4

struct HishoProvider {
	const char *name;
	const char *by[SUFFIXES]; /* its servers, as they call themselves */
	/* Both must hold for a client to be one of its servers: the name is
	 * the client's word, the network is often open to customers. */
	const char *networks;
	const char *names[SUFFIXES];
};

static const struct HishoProvider providers[] = {
	/* Incoming mail is taken by *.mail.protection.outlook.com and passed
	 * on over these networks; what other tenants send comes out of
	 * *.outbound.protection.outlook.com and is a client like any. */
	{ "microsoft-365",
	    { ".outlook.com", ".office365.com", ".exchangelabs.com", NULL },
	    "2603:1096::/32 2603:10a6::/32 2603:10b6::/32 2603:10c6::/32 "
	    "2603:10d6::/32 2a01:111:e400::/40 2a01:111:f400::/48 "
	    "2a01:111:f403::/48",
	    { ".prod.outlook.com", ".prod.exchangelabs.com",
		".prod.protection.outlook.com", NULL } },
	/* Its inner hops name no client; mail of one customer to another
	 * comes from a public address of mail-*.google.com. */
	{ "google", { ".google.com", NULL }, NULL, { NULL } },
	{ "yahoo-japan", { ".yahoo.co.jp", NULL }, NULL, { NULL } },
	{ "icloud", { ".icloud.com", ".me.com", ".mac.com", NULL },
	    "17.0.0.0/8", { ".icloud.com", ".me.com", NULL } },
	{ "fastmail", { ".messagingengine.com", ".fastmail.com", NULL }, NULL,
	    { NULL } },
};

static bool
ends_with_one_of(const char *name, const char *const *suffixes)
{
	size_t length = name == NULL ? 0 : strlen(name);

	for (; *suffixes != NULL; suffixes++) {
		size_t tail = strlen(*suffixes);
		if (length > tail &&
		    g_ascii_strcasecmp(name + length - tail, *suffixes) == 0)
			return true;
	}
	return false;
}

const HishoProvider *
hisho_provider_of(const HishoHop *hop)
{
	for (guint i = 0; i < G_N_ELEMENTS(providers); i++)
		if (ends_with_one_of(hop->by, providers[i].by))
			return &providers[i];
	return NULL;
}

const char *
hisho_provider_name(const HishoProvider *provider)
{
	return provider->name;
}

bool
hisho_provider_is_inside(const HishoProvider *provider, const HishoHop *hop)
{
	HishoIp ip;

	/* A customer's own submission is no hop between servers. */
	if (provider->networks == NULL || hop->authenticated ||
	    !ends_with_one_of(hop->helo, provider->names))
		return false;
	if (hop->ip == NULL)
		return true;
	if (!hisho_network_parse_ip(hop->ip, strlen(hop->ip), &ip))
		return false;
	g_autoptr(GArray) networks =
	    hisho_network_parse_list(provider->networks, NULL);
	return hisho_network_list_contains(networks, &ip);
}
