#include "bin/trusted.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/store/ledger.h"

/* How many mails speak for each; of mine also by mail, as "DIGEST PARTY". */
struct Trusted {
	GHashTable *hosts;   /* linked to, or in From */
	GHashTable *by_mail; /* of those the ones by my own word */
	GHashTable *mine;    /* in the From of what the user trusts */
};

typedef struct {
	const char *user;
	Trusted *found;
} Search;

/* Who answers for HOST: by that trust goes from one host to the next. */
static char *
dup_party(const char *host)
{
	char *organization = hisho_domain_organization(host);

	return organization != NULL ? organization : g_strdup(host);
}

static guint
count_of(GHashTable *counts, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
}

static void
count_take(GHashTable *counts, char *key)
{
	g_hash_table_replace(
	    counts, key, GUINT_TO_POINTER(count_of(counts, key) + 1));
}

/* MAIL is its digest, if it is one of mine. */
static void
add(Trusted *found, const char *host, const char *mail)
{
	char *party = dup_party(host);

	if (mail != NULL)
		count_take(found->by_mail, g_strconcat(mail, " ", party, NULL));
	count_take(found->hosts, party);
}

static bool
collect(const HishoReceipt *receipt, void *context)
{
	const Search *search = context;
	HishoShare share = hisho_receipt_share(receipt);
	bool is_mine = strcmp(receipt->user, search->user) == 0;
	const char *mail = is_mine ? receipt->digest : NULL;

	if (!share.trusted || (!is_mine && !share.messages))
		return true;
	for (guint i = 0; i < receipt->links->len; i++)
		add(search->found, receipt->links->pdata[i], mail);
	if (receipt->from_domain == NULL)
		return true;
	add(search->found, receipt->from_domain, mail);
	if (is_mine)
		count_take(
		    search->found->mine, dup_party(receipt->from_domain));
	return true;
}

static GHashTable *
new_counts(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static Trusted *
new_trusted(void)
{
	Trusted *trusted = g_new0(Trusted, 1);

	trusted->hosts = new_counts();
	trusted->by_mail = new_counts();
	trusted->mine = new_counts();
	return trusted;
}

void
trusted_free(Trusted *trusted)
{
	if (trusted == NULL)
		return;
	g_hash_table_unref(trusted->hosts);
	g_hash_table_unref(trusted->by_mail);
	g_hash_table_unref(trusted->mine);
	g_free(trusted);
}

Trusted *
trusted_find(const Tool *tool, GError **error)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_copy(
	    tool->database, (int)tool->config->database_ms, error);
	g_autoptr(Trusted) found = new_trusted();
	Search search = { tool->user, found };
	const HishoLedgerWalk walk = { NULL, collect, &search };

	if (database == NULL ||
	    !hisho_ledger_walk_votes(database, &walk, error))
		return NULL;
	return g_steal_pointer(&found);
}

bool
trusted_has(const Trusted *trusted, const char *host, const char *digest)
{
	g_autofree char *party = dup_party(host);
	g_autofree char *own =
	    g_strconcat(digest != NULL ? digest : "", " ", party, NULL);

	return count_of(trusted->hosts, party) >
	    count_of(trusted->by_mail, own);
}

bool
trusted_is_correspondent(const Trusted *trusted, const char *host)
{
	g_autofree char *party = dup_party(host);

	return g_hash_table_contains(trusted->mine, party);
}
