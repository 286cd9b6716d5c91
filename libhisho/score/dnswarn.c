#include "libhisho/score/dnswarn.h"

#include <string.h>

#include "libhisho/mail/domain.h"

/* What is measured of ABOUT, with the names in one spelling. */
typedef struct {
	const HishoWarningCase *about;
	const HishoDns *dns;
	const HishoMailbox *from; /* NULL unless there is just one */
	const char *helo;	  /* "invalid" for what is no name */
	char *helo_organization;
	char *ptr_organization; /* of a name that leads back to the host */
} Findings;

static void
clear_findings(Findings *findings)
{
	g_free(findings->helo_organization);
	g_free(findings->ptr_organization);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Findings, clear_findings)

static bool
is(const char *result, const char *word)
{
	return g_strcmp0(result, word) == 0;
}

static Findings
find_names(const HishoWarningCase *about)
{
	const HishoRoute *route = about->route;
	const HishoLetter *letter = about->facts->letter;
	Findings findings = {
		.about = about,
		.dns = route->dns,
		.from = letter->has_one_from ? letter->from->pdata[0] : NULL,
		.helo = hisho_dns_is_host_name(route->helo) ? route->helo
							    : "invalid",
	};
	g_autofree char *helo = g_ascii_strdown(findings.helo, -1);

	findings.helo_organization = hisho_domain_organization(helo);
	if (is(route->dns->reverse, "pass"))
		findings.ptr_organization =
		    hisho_domain_organization(route->dns->ptr);
	return findings;
}

static const char *
from_organization(const Findings *findings)
{
	return findings->from != NULL ? findings->from->organization : NULL;
}

static bool
is_brand(const Findings *findings, const char *organization)
{
	return organization != NULL && findings->about->known != NULL &&
	    hisho_known_rank(findings->about->known, organization) >=
	    HISHO_KNOWN_BRAND;
}

/* Either may be NULL: nobody. */
static bool
is_same_owner(const Findings *findings, const char *one, const char *other)
{
	if (one == NULL || other == NULL)
		return false;
	return strcmp(one, other) == 0 ||
	    (findings->about->known != NULL &&
		hisho_known_same_owner(findings->about->known, one, other));
}

/* Whether the host goes by a name of the sender's or of somebody well known,
 * and no name of theirs leads to it: the lie that the manual tells of. */
static bool
is_helo_forged(const Findings *findings)
{
	const char *claimed = findings->helo_organization;

	return is_same_owner(findings, claimed, from_organization(findings)) ||
	    is_brand(findings, claimed);
}

/* Whether a name that does lead to the host says as much as the one that does
 * not: it is one of many of its owner's, or stands in an inner network. */
static bool
is_known_by_name(const Findings *findings)
{
	const char *host = findings->ptr_organization;

	return is_same_owner(findings, host, findings->helo_organization) ||
	    (is_same_owner(findings, host, from_organization(findings)) &&
		!is_brand(findings, findings->helo_organization));
}

static void
find_forward(const Findings *findings, GPtrArray *warnings)
{
	if (is(findings->dns->forward, "fail") && !is_known_by_name(findings))
		hisho_warning_add(warnings,
		    is_helo_forged(findings) ? "helo-forged"
					     : "dns-forward-failed",
		    "ip", findings->about->route->ip, "helo", findings->helo,
		    NULL);
}

static void
find_reverse(const Findings *findings, GPtrArray *warnings)
{
	bool has_no_name = is(findings->dns->reverse, "none");

	if (has_no_name || is(findings->dns->reverse, "fail"))
		hisho_warning_add(warnings, "dns-reverse-failed", "ip",
		    findings->about->route->ip, "ptr", findings->dns->ptr,
		    "reason", has_no_name ? "no-name" : NULL, NULL);
}

/* The country of DOMAIN by its last label, in two capitals; NULL for labels
 * that everybody has for their sound. */
static char *
dup_country(const char *domain)
{
	static const char *const sold[] = { "ac", "ai", "am", "bz", "cc", "cd",
		"co", "dj", "eu", "fm", "gg", "gl", "im", "io", "is", "la",
		"li", "ly", "me", "ms", "mu", "nu", "pw", "sc", "sh", "so",
		"st", "su", "tk", "tm", "to", "tv", "ws", NULL };
	const char *dot = domain != NULL ? strrchr(domain, '.') : NULL;

	if (dot == NULL || strlen(dot + 1) != 2 ||
	    g_strv_contains(sold, dot + 1))
		return NULL;
	return strcmp(dot, ".uk") == 0 ? g_strdup("GB")
				       : g_ascii_strup(dot + 1, -1);
}

/* Most senders rent their hosts.  But those who are well known do not rent
 * anywhere, and few rent in a country that neither has to do with. */
static bool
is_unrelated(const Findings *findings)
{
	const char *from = from_organization(findings);
	const char *host = findings->ptr_organization;
	g_autofree char *from_country = dup_country(from);
	g_autofree char *host_country = dup_country(host);

	if (from == NULL || host == NULL || findings->about->is_shared ||
	    is_same_owner(findings, from, host))
		return false;
	return is_brand(findings, from) ||
	    (from_country != NULL && host_country != NULL &&
		strcmp(from_country, host_country) != 0);
}

static bool
is_list(const Findings *findings)
{
	const HishoLetterList *list = findings->about->facts->letter->list;

	return list != NULL && list->id != NULL &&
	    !is_brand(findings, from_organization(findings));
}

static void
find_unrelated(const Findings *findings, GPtrArray *warnings)
{
	if (is_unrelated(findings) && !is_list(findings))
		hisho_warning_add(warnings, "host-unrelated", "host",
		    findings->dns->ptr, "from", findings->from->address, NULL);
}

static void
find_dead(const Findings *findings, GPtrArray *warnings)
{
	const char *result = findings->dns->from_mail;

	if (findings->from != NULL &&
	    (is(result, "fail") || is(result, "none")))
		hisho_warning_add(warnings, "sender-domain-dead", "domain",
		    findings->from->domain, NULL);
}

/* A host abroad is nothing by itself: one whose names hold says who it is. */
static void
find_country(const Findings *findings, GPtrArray *warnings)
{
	const char *country = findings->dns->country;
	g_autofree char *own = dup_country(from_organization(findings));
	bool is_named = is(findings->dns->forward, "pass") &&
	    is(findings->dns->reverse, "pass");

	if (country == NULL || own == NULL || is_named ||
	    strcmp(own, country) == 0 || findings->about->is_shared ||
	    is_list(findings))
		return;
	hisho_warning_add(warnings, "country-contradiction", "domain",
	    findings->from->domain, "ip", findings->about->route->ip, "country",
	    country, NULL);
}

void
hisho_dnswarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	gint64 written = about->facts->letter->time;

	if (!hisho_route_dns_holds(about->route, written))
		return;
	if (about->route->dns->is_cut)
		hisho_warning_add(
		    warnings, "limit-reached", "limit", "dns-names", NULL);
	if (about->is_proven)
		return;
	g_auto(Findings) findings = find_names(about);
	find_forward(&findings, warnings);
	find_reverse(&findings, warnings);
	find_unrelated(&findings, warnings);
	find_dead(&findings, warnings);
	find_country(&findings, warnings);
}
