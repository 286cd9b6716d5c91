#include "libhisho/score/axes.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/links/redirect.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/freemail.h"
#include "libhisho/route/sender.h"

static char *
dup_from_key(const HishoLetter *letter)
{
	const HishoMailbox *from =
	    letter->has_one_from ? letter->from->pdata[0] : NULL;

	return from != NULL && from->address != NULL
	    ? hisho_address_key(from->address)
	    : NULL;
}

static const char *
first_address(const GPtrArray *mailboxes)
{
	const HishoMailbox *first =
	    mailboxes->len > 0 ? mailboxes->pdata[0] : NULL;

	return first != NULL ? first->address : NULL;
}

/* Of an address key or a List-Id. */
static const char *
domain_of(const char *key)
{
	const char *at = key != NULL ? strrchr(key, '@') : NULL;

	return at != NULL ? at + 1 : key;
}

static char *
dup_organization(const char *key)
{
	return key != NULL ? hisho_domain_organization(domain_of(key)) : NULL;
}

/* The organisation if there is one, else the whole domain. */
static char *
dup_domain(const char *key)
{
	char *organization = dup_organization(key);

	return organization != NULL ? organization : g_strdup(domain_of(key));
}

/* "" is the host of mail that came by none. */
static void
set_host(HishoReceipt *receipt, const char *text)
{
	HishoIp ip;
	bool is_known =
	    text != NULL && hisho_network_parse_ip(text, strlen(text), &ip);

	g_free(receipt->host);
	receipt->host =
	    is_known ? hisho_network_dup_ip_text(&ip) : g_strdup("");
	receipt->host_net = is_known ? hisho_network_dup_key(&ip) : NULL;
}

/* A name counts when it leads back to the host, and was found to do so when
 * the mail came. */
static void
set_dns(HishoReceipt *receipt, const HishoRoute *route, gint64 written)
{
	if (route->dns == NULL)
		return;
	hisho_receipt_set_dns(receipt, route->dns);
	if (g_strcmp0(route->dns->reverse, "pass") == 0 &&
	    hisho_route_dns_holds(route, written))
		receipt->host_organization =
		    hisho_domain_organization(route->dns->ptr);
}

/* Whether LINK is one that a reader sees and may click, to some host. */
static bool
is_visible_link(const HishoLink *link)
{
	bool is_form = g_strcmp0(link->kind, "form") == 0;
	bool is_click = g_strcmp0(link->kind, "click") == 0 ||
	    g_strcmp0(link->kind, "text") == 0;

	if (link->host == NULL)
		return false;
	return (is_click && link->visible) || (is_form && link->reason == NULL);
}

/* Whether LINK is where CARRIER, which stands before it, leads on to. */
static bool
is_target(const HishoLink *carrier, const HishoLink *link)
{
	return g_strcmp0(link->kind, "redirect") == 0 &&
	    g_strcmp0(link->reason, "target") == 0 &&
	    link->offset == carrier->offset &&
	    g_strcmp0(link->where, carrier->where) == 0;
}

static void
add_host(GPtrArray *hosts, GHashTable *seen, const HishoLink *link)
{
	if (link->host != NULL && g_hash_table_add(seen, link->host))
		g_ptr_array_add(hosts, g_strdup(link->host));
}

/* Adds the last of the N links from TARGETS on, which a wrapper leads to, and
 * what else of them is no wrapper again. */
static void
add_targets(
    GPtrArray *hosts, GHashTable *seen, HishoLink *const *targets, guint n)
{
	for (guint i = 0; i < n; i++)
		if (i + 1 == n ||
		    (targets[i]->host != NULL &&
			!hisho_redirect_is_known(targets[i]->host)))
			add_host(hosts, seen, targets[i]);
}

/* The wrapper belongs to nobody's mail.  But only a known one: what else
 * carries the name of a host is the sender's, and the name may be a bank's. */
void
hisho_axes_add_click_hosts(GPtrArray *hosts, const GPtrArray *links)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < links->len; i++) {
		HishoLink *const *link = (HishoLink **)links->pdata + i;
		guint n = 0;
		while (i + n + 1 < links->len && is_target(*link, link[n + 1]))
			n++;
		if (is_visible_link(*link) && n > 0 &&
		    hisho_redirect_is_known((*link)->host))
			add_targets(hosts, seen, link + 1, n);
		else if (is_visible_link(*link))
			add_host(hosts, seen, *link);
		i += n;
	}
}

const char *
hisho_axes_envelope(const HishoFacts *facts, const HishoRoute *route)
{
	bool is_below = route->hop > 0 && facts->return_path_hops >= route->hop;

	return is_below ? NULL : facts->letter->return_path;
}

HishoReceipt *
hisho_axes_new_receipt(const HishoFacts *facts, const HishoRoute *route,
    const char *user, const HishoEdits *providers)
{
	const HishoLetter *letter = facts->letter;
	HishoReceipt *receipt = hisho_receipt_new();

	receipt->user = g_strdup(user);
	receipt->digest = g_strdup(letter->digest);
	set_host(receipt, route->ip);
	receipt->helo = g_strdup(route->helo);
	receipt->rdns = g_strdup(route->rdns);
	receipt->tls = g_strdup(route->tls);
	set_dns(receipt, route, letter->time);
	receipt->aligned = route->auth != NULL && route->auth->aligned;
	hisho_axes_add_click_hosts(receipt->links, facts->found->links);
	if (receipt->links->len > HISHO_RECEIPT_LINKS)
		g_ptr_array_set_size(receipt->links, HISHO_RECEIPT_LINKS);
	receipt->from = dup_from_key(letter);
	receipt->from_domain = dup_domain(receipt->from);
	receipt->from_organization = dup_organization(receipt->from);
	const HishoSenderClaims sender = {
		.list_id = letter->list != NULL ? letter->list->id : NULL,
		.envelope = hisho_axes_envelope(facts, route),
		.sender = first_address(letter->sender),
		.from = receipt->from,
	};
	receipt->sender = hisho_sender_key(&sender, providers);
	receipt->sender_domain = dup_domain(receipt->sender);
	const char *reply_to = first_address(letter->reply_to);
	receipt->reply_to =
	    reply_to != NULL ? hisho_address_key(reply_to) : NULL;
	return receipt;
}

bool
hisho_axes_sender_owns_from(
    const HishoReceipt *receipt, const HishoEdits *providers)
{
	const char *organization = receipt->from_organization;

	if (receipt->sender == NULL || receipt->from == NULL)
		return false;
	if (strcmp(receipt->sender, receipt->from) == 0)
		return true;
	return organization != NULL &&
	    !hisho_freemail_has(organization, providers) &&
	    g_strcmp0(receipt->sender_domain, organization) == 0;
}
