#include "bin/trusted.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/store/ledger.h"

struct Trusted {
	GHashTable *hosts; /* linked to, or in From */
	GHashTable *mine;  /* in the From of what the user trusts */
};

typedef struct {
	const char *user;
	const char *digest;
	Trusted *found;
} Search;

/* Who answers for HOST: by that trust goes from one host to the next. */
static char *
dup_party(const char *host)
{
	char *organization = hisho_domain_organization(host);

	return organization != NULL ? organization : g_strdup(host);
}

static bool
collect(const HishoReceipt *receipt, void *context)
{
	const Search *search = context;
	HishoShare share = hisho_receipt_share(receipt);
	bool is_mine = strcmp(receipt->user, search->user) == 0;
	bool is_this = strcmp(receipt->digest, search->digest) == 0;

	if (!share.trusted || (is_mine ? is_this : !share.messages))
		return true;
	for (guint i = 0; i < receipt->links->len; i++)
		g_hash_table_add(
		    search->found->hosts, dup_party(receipt->links->pdata[i]));
	if (receipt->from_domain == NULL)
		return true;
	g_hash_table_add(search->found->hosts, dup_party(receipt->from_domain));
	if (is_mine)
		g_hash_table_add(
		    search->found->mine, dup_party(receipt->from_domain));
	return true;
}

static Trusted *
new_trusted(void)
{
	Trusted *trusted = g_new0(Trusted, 1);

	trusted->hosts =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	trusted->mine =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return trusted;
}

void
trusted_free(Trusted *trusted)
{
	if (trusted == NULL)
		return;
	g_hash_table_unref(trusted->hosts);
	g_hash_table_unref(trusted->mine);
	g_free(trusted);
}

Trusted *
trusted_find(const Tool *tool, const char *digest, GError **error)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_copy(
	    tool->database, (int)tool->config->database_ms, error);
	g_autoptr(Trusted) found = new_trusted();
	Search search = { tool->user, digest, found };
	const HishoLedgerWalk walk = { NULL, collect, &search };

	if (database == NULL || !hisho_ledger_walk(database, &walk, error))
		return NULL;
	return g_steal_pointer(&found);
}

static bool
has_party(GHashTable *parties, const char *host)
{
	g_autofree char *party = dup_party(host);

	return g_hash_table_contains(parties, party);
}

bool
trusted_has(const Trusted *trusted, const char *host)
{
	return has_party(trusted->hosts, host);
}

bool
trusted_is_correspondent(const Trusted *trusted, const char *host)
{
	return has_party(trusted->mine, host);
}
