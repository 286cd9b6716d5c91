#include "libhisho/score/linkwarn.h"

#include <string.h>

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

/* The address that an anchor shows is no link of its own, but it is seen. */
static bool
is_hidden(const HishoLink *link)
{
	return !link->visible && link->reason != NULL &&
	    strcmp(link->reason, "anchor") != 0;
}

/* Whether LINK leads to another organisation than that of From. */
static bool
is_foreign(const HishoLink *link)
{
	return g_strcmp0(link->relation, "same") != 0 &&
	    g_strcmp0(link->relation, "sub") != 0;
}

static void
find_links(const HishoWarningCase *about, GPtrArray *warnings)
{
	static const struct {
		const char *finding;
		const char *code;
	} table[] = {
		{ "text-differs", "link-text-differs" },
		{ "userinfo", "link-userinfo" },
		{ "address", "link-address" },
		{ "mixed-script", "link-mixed-script" },
	};
	const GPtrArray *links = about->facts->found->links;

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		bool is_click = g_strcmp0(link->kind, "click") == 0 ||
		    g_strcmp0(link->kind, "text") == 0 ||
		    g_strcmp0(link->kind, "form") == 0;
		if (!is_click || !is_foreign(link))
			continue;
		for (size_t j = 0; j < G_N_ELEMENTS(table); j++)
			if (hisho_warning_has_finding(
				link->findings, table[j].finding))
				hisho_warning_add(warnings, table[j].code,
				    "host", link->host, "text", link->text,
				    NULL);
		if (is_hidden(link))
			hisho_warning_add(warnings, "link-hidden", "host",
			    link->host, "reason", link->reason, NULL);
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
	find_forms(about, warnings);
}
