#include "libhisho/score/linkwarn.h"

#include <string.h>

#include "libhisho/links/redirect.h"
#include "libhisho/links/shortener.h"

static char *
dup_day(gint64 time)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(time);

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d") : NULL;
}

static void
find_reports(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *reports = about->memory->reports;

	for (guint i = 0; i < reports->len; i++) {
		const HishoReports *one = reports->pdata[i];
		if (!hisho_reports_hold(one, about->config->others_red))
			continue;
		g_autofree char *users = g_strdup_printf(
		    "%" G_GINT64_FORMAT, hisho_reports_users(one));
		g_autofree char *first = dup_day(one->first);
		g_autofree char *last = dup_day(one->last);
		hisho_warning_add(warnings, "link-reported", "link", one->entry,
		    "users", users, "first", first, "last", last, "reason",
		    one->own ? "own" : NULL, NULL);
	}
}

/* Whether LINK leads to another organisation than that of From. */
static bool
is_foreign(const HishoLink *link)
{
	return g_strcmp0(link->relation, "same") != 0 &&
	    g_strcmp0(link->relation, "sub") != 0;
}

/* Whether LINK is one that a reader follows, if it is shown. */
static bool
is_to_follow(const HishoLink *link)
{
	return g_strcmp0(link->kind, "click") == 0 ||
	    g_strcmp0(link->kind, "text") == 0 ||
	    g_strcmp0(link->kind, "form") == 0;
}

static void
find_links(const HishoWarningCase *about, GPtrArray *warnings)
{
	static const struct {
		const char *finding;
		const char *code;
	} table[] = {
		{ "userinfo", "link-userinfo" },
		{ "address", "link-address" },
		{ "mixed-script", "link-mixed-script" },
	};
	const GPtrArray *links = about->facts->found->links;

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		if (!is_to_follow(link) || !is_foreign(link))
			continue;
		for (size_t j = 0; j < G_N_ELEMENTS(table); j++)
			if (hisho_warning_has_finding(
				link->findings, table[j].finding))
				hisho_warning_add(warnings, table[j].code,
				    "host", link->host, "text", link->text,
				    NULL);
	}
}

/* Whether somebody took care that LINK is not seen.  What stands in a comment
 * or behind the last part never was to be, and mailing lists put it there. */
static bool
is_hidden(const HishoLink *link)
{
	static const char *const ways[] = { "clip", "color", "display", "empty",
		"font-size", "hidden", "line-height", "off-screen", "opacity",
		"scale", "size", "visibility" };

	if (link->visible || link->reason == NULL || !is_to_follow(link))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		if (strcmp(link->reason, ways[i]) == 0)
			return true;
	return false;
}

/* Who is behind LINK, as far as its host tells. */
static const char *
owner(const HishoLink *link)
{
	return link->domain != NULL ? link->domain : link->host;
}

/* Newsletters hide half of their links from telephones and the other half
 * from screens: where a shown link leads is no secret. */
static void
find_hidden(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *links = about->facts->found->links;
	g_autoptr(GHashTable) shown = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		if (link->visible && link->host != NULL)
			g_hash_table_add(shown, (void *)(gsize)owner(link));
	}
	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		if (is_hidden(link) && is_foreign(link) && link->host != NULL &&
		    !g_hash_table_contains(shown, owner(link)))
			hisho_warning_add(warnings, "link-hidden", "host",
			    link->host, "reason", link->reason, NULL);
	}
}

/* Whether nobody would know from CARRIER that it leads to TARGET. */
static bool
is_detour(const HishoLink *carrier, const HishoLink *target)
{
	return carrier->host != NULL && target->host != NULL &&
	    is_foreign(carrier) && is_foreign(target) &&
	    g_strcmp0(carrier->domain, target->domain) != 0 &&
	    hisho_redirect_is_open(carrier->host);
}

/* The last link to which link I of LINKS says to lead on, if it does. */
static const HishoLink *
find_target(const GPtrArray *links, guint i)
{
	guint n = hisho_link_n_targets(links, i);

	return n > 0 ? links->pdata[i + n] : NULL;
}

static void
find_detours(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *links = about->facts->found->links;
	const HishoMailbox *from = hisho_warning_from(about->facts);
	const char *sender = from != NULL ? from->organization : NULL;
	const HishoLink *target = NULL;

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		/* What a link that is seen leads on to counts as well. */
		if (g_strcmp0(link->kind, "redirect") != 0)
			target = link->visible ? find_target(links, i) : NULL;
		if (!link->visible && target == NULL)
			continue;
		if (target != NULL && is_detour(link, target))
			hisho_warning_add(warnings, "link-redirect", "host",
			    link->host, "target", target->host, NULL);
		if (link->host != NULL &&
		    hisho_shortener_is(link->host, sender))
			hisho_warning_add(warnings, "link-shortener", "host",
			    link->host, NULL);
	}
}

/* Where a form sends what is written in it, when that is not the sender's
 * own; NULL when it does not say, as in a script. */
static const char *
find_form_host(const GPtrArray *links)
{
	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		if (g_strcmp0(link->kind, "form") == 0 && is_foreign(link))
			return link->host;
	}
	return NULL;
}

/* One field is for a word to look for, or an address to subscribe. */
static void
find_forms(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLinksFound *found = about->facts->found;
	const char *host = find_form_host(found->links);

	if (found->has_password_input)
		hisho_warning_add(
		    warnings, "form-password", "host", host, NULL);
	else if (found->has_form && found->form_fields > 1 && host != NULL)
		hisho_warning_add(warnings, "form", "host", host, NULL);
}

void
hisho_linkwarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	find_reports(about, warnings);
	find_links(about, warnings);
	find_hidden(about, warnings);
	find_detours(about, warnings);
	find_forms(about, warnings);
}
