#include "libhisho/score/forgery.h"

#include <string.h>

#include "libhisho/links/brand.h"
#include "libhisho/links/guise.h"
#include "libhisho/links/lookalike.h"
#include "libhisho/links/redirect.h"
#include "libhisho/links/service.h"
#include "libhisho/mail/domain.h"

#define FINDING "lookalike"

/* What HOST imitates, or NULL, looked up once: ANSWERS are by host, borrowed
 * from the links. */
static const char *
find_imitated(GHashTable *answers, const HishoKnown *known, const char *host)
{
	HishoLookalike found = { 0 };
	gpointer answer = NULL;

	if (g_hash_table_lookup_extended(answers, host, NULL, &answer))
		return answer;
	if (!hisho_lookalike_find(known, host, &found))
		found.imitated = NULL;
	g_hash_table_insert(
	    answers, (gpointer)(gsize)host, (gpointer)(gsize)found.imitated);
	return found.imitated;
}

static void
unmark(HishoLink *link)
{
	guint at;

	g_clear_pointer(&link->imitates, g_free);
	if (g_ptr_array_find_with_equal_func(
		link->findings, FINDING, g_str_equal, &at))
		g_ptr_array_remove_index(link->findings, at);
}

void
hisho_forgery_mark(HishoLinksFound *found, const HishoKnown *known)
{
	g_autoptr(GHashTable) answers =
	    g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < found->links->len; i++) {
		HishoLink *link = found->links->pdata[i];
		unmark(link);
		if (link->host == NULL)
			continue;
		link->imitates =
		    g_strdup(find_imitated(answers, known, link->host));
		if (link->imitates != NULL)
			hisho_link_add_finding(link, FINDING);
	}
}

static bool
is_known(const HishoWarningCase *about, const char *organization)
{
	return organization != NULL &&
	    hisho_known_rank(about->known, organization) >= HISHO_KNOWN_BRAND;
}

/* Whether LINK is one to follow, or where such a one leads on. */
static bool
is_followed(const HishoLink *link)
{
	return g_strcmp0(link->kind, "click") == 0 ||
	    g_strcmp0(link->kind, "text") == 0 ||
	    g_strcmp0(link->kind, "redirect") == 0 ||
	    g_strcmp0(link->kind, "form") == 0;
}

static bool
is_senders_own(const HishoLink *link)
{
	return g_strcmp0(link->relation, "same") == 0 ||
	    g_strcmp0(link->relation, "sub") == 0;
}

/* Whether From is who it says, and somebody who is known. */
static bool
is_vouched(const HishoWarningCase *about)
{
	const HishoMailbox *from = hisho_warning_from(about->facts);

	return about->is_proven && from != NULL &&
	    is_known(about, from->organization);
}

/* Whether From gives itself as the owner of SHOWN. */
static bool
is_by_owner(const HishoWarningCase *about, const char *shown)
{
	const HishoMailbox *from = hisho_warning_from(about->facts);

	return from != NULL && from->organization != NULL &&
	    (strcmp(from->organization, shown) == 0 ||
		hisho_known_same_owner(
		    about->known, from->organization, shown));
}

/* Whether a text that reads as SHOWN lends weight to a link: pages that
 * everybody has, and other correspondents, are linked to by newsletters. */
static bool
is_guarded(const HishoWarningCase *about, const char *shown)
{
	HishoKnownRank rank = hisho_known_rank(about->known, shown);
	unsigned flags = hisho_known_flags(about->known, shown);

	return rank == HISHO_KNOWN_PROTECTED ||
	    (rank == HISHO_KNOWN_BRAND && !(flags & HISHO_BRAND_PLACE));
}

/* Whether it is no news that LINK is behind a text that reads as HOST: those
 * who send newsletters count clicks, by a service or themselves.  But what
 * reads as a known name must not lead to a stranger because he says he sent it,
 * nor what reads as a bank's by a service that anybody can use. */
static bool
is_usual(const HishoWarningCase *about, const char *host, const HishoLink *link)
{
	g_autofree char *shown = hisho_domain_organization(host);

	if (shown == NULL ||
	    (link->domain != NULL &&
		hisho_known_same_owner(about->known, shown, link->domain)))
		return true;
	if (hisho_service_is_tracker(link->host) &&
	    (!(hisho_known_flags(about->known, shown) & HISHO_BRAND_PURSE) ||
		is_by_owner(about, shown)))
		return true;
	return is_senders_own(link) &&
	    (!is_guarded(about, shown) || is_vouched(about));
}

/* Where link I of LINKS leads, if not to SHOWN, as far as it tells: a filter
 * before it, or another redirector, is not whom to judge it by. */
static const HishoLink *
find_end(const GPtrArray *links, guint i, const char *shown)
{
	const HishoLink *end = links->pdata[i];
	guint n = 0;

	if (end->host != NULL && hisho_redirect_is_known(end->host))
		n = hisho_link_n_targets(links, i);
	for (guint at = i + 1; at <= i + n; at++) {
		const HishoLink *target = links->pdata[at];
		if (target->host != NULL &&
		    !hisho_redirect_is_known(target->host) &&
		    !hisho_domain_same_organization(target->host, shown))
			end = target;
	}
	return end;
}

static void
find_in_link(const HishoWarningCase *about, guint i, GPtrArray *warnings)
{
	const GPtrArray *links = about->facts->found->links;
	const HishoLink *link = links->pdata[i];

	if (link->imitates != NULL)
		hisho_warning_add(warnings, "link-lookalike", "host",
		    link->host, "imitates", link->imitates, NULL);
	if (link->shown == NULL || link->host == NULL)
		return;
	const HishoLink *end = find_end(links, i, link->shown);
	if (!is_usual(about, link->shown, end))
		hisho_warning_add(warnings, "link-text-differs", "host",
		    end->host, "text", link->text, NULL);
}

/* A name may be what the address is not. */
static void
find_in_name(const HishoWarningCase *about, const HishoMailbox *mailbox,
    GPtrArray *warnings)
{
	const char *claimed = mailbox->name != NULL
	    ? hisho_guise_find(about->known, mailbox->name)
	    : NULL;
	const char *organization = mailbox->organization;

	if (claimed == NULL || about->is_local || is_vouched(about))
		return;
	if (organization == NULL ||
	    !hisho_known_same_owner(about->known, claimed, organization))
		hisho_warning_add(warnings, "from-name-differs", "name",
		    mailbox->name, "address", mailbox->address, NULL);
}

static void
find_in_from(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *from = about->facts->letter->from;
	HishoLookalike found;

	for (guint i = 0; i < from->len; i++) {
		const HishoMailbox *mailbox = from->pdata[i];
		if (mailbox->domain != NULL &&
		    hisho_lookalike_find(about->known, mailbox->domain, &found))
			hisho_warning_add(warnings, "from-lookalike", "from",
			    mailbox->address, "imitates", found.imitated, NULL);
		find_in_name(about, mailbox, warnings);
	}
}

void
hisho_forgery_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *links = about->facts->found->links;

	find_in_from(about, warnings);
	for (guint i = 0; i < links->len; i++)
		if (is_followed(links->pdata[i]))
			find_in_link(about, i, warnings);
}
