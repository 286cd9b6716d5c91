#include "bin/report.h"

#include <string.h>

#include "bin/linkname.h"
#include "libhisho/mail/domain.h"
#include "libhisho/store/linkentry.h"
#include "libhisho/store/lists.h"

static HishoListEntry
entry_of(const Ballot *ballot, HishoList list, const char *entry)
{
	return (HishoListEntry){ list, ballot->receipt->user, entry,
		ballot->tool->now };
}

/* Whether my report LISTED has expired: then it is made anew. */
static bool
is_stale(const Ballot *ballot, const HishoListEntry *listed)
{
	const Tool *tool = ballot->tool;
	gint64 since = hisho_lists_since(ballot->database, listed, NULL);

	return since > 0 &&
	    since <= hisho_config_reports_after(tool->config, tool->now);
}

static HishoChange
change_report(
    const Ballot *ballot, const char *entry, bool is_adding, GError **error)
{
	const HishoListEntry listed =
	    entry_of(ballot, HISHO_LIST_REPORT, entry);
	const HishoListEntry allowed =
	    entry_of(ballot, HISHO_LIST_ALLOW_LINK, entry);

	if (!is_adding)
		return hisho_lists_remove(ballot->database, &listed, error);
	/* The last word holds: what I report I do not allow. */
	HishoChange lifted =
	    hisho_lists_remove(ballot->database, &allowed, error);
	if (is_stale(ballot, &listed))
		hisho_lists_remove(ballot->database, &listed, NULL);
	return ballot_graver(
	    lifted, hisho_lists_add(ballot->database, &listed, error));
}

/* Whether ENTRY, which was named, can be reported. */
static bool
can_report(const Ballot *ballot, const char *entry, GError **error)
{
	const char *option = ballot->host != NULL ? "--host" : "--url";
	g_autofree char *host = linkname_dup_host(entry);

	if (linkname_is_shared(ballot, entry))
		return ballot_refuse(error,
		    "%s: '%s' serves everybody, the good and the bad; report"
		    " the page, with its path, by --url",
		    option, host);
	if (!hisho_linkentry_is_page(entry) &&
	    trusted_is_correspondent(ballot->trusted, host))
		return ballot_refuse(error,
		    "%s: you trust mail from '%s'; take that back first, or"
		    " report the page with --url",
		    option, host);
	return true;
}

static HishoChange
report_named(
    const Ballot *ballot, bool is_adding, GString *said, GError **error)
{
	g_autofree char *entry = linkname_dup_entry(ballot, error);

	if (entry == NULL || (is_adding && !can_report(ballot, entry, error)))
		return HISHO_CHANGE_FAILED;
	HishoChange change = change_report(ballot, entry, is_adding, error);
	if (change == HISHO_CHANGE_FAILED)
		return change;
	bool is_there = is_adding || change == HISHO_CHANGE_MADE;
	ballot_say(said, is_adding ? change : HISHO_CHANGE_MADE,
	    is_adding	   ? "reported"
		: is_there ? "report withdrawn"
			   : "you had not reported",
	    entry);
	return change;
}

/* Why HOST is not reported unless it is named; NULL if it is.  A phish links
 * to the real bank, too, and often in its name. */
static const char *
why_left_out(const Ballot *ballot, const char *host)
{
	const HishoReceipt *receipt = ballot->receipt;
	const char *from = receipt->from_domain;

	if (linkname_is_shared(ballot, host))
		return "serves everybody (name the page with --url)";
	if (trusted_has(ballot->trusted, host, receipt->digest))
		return "mail you or others trust links to, or comes from (name"
		       " it with --host, or its page with --url, if you mean"
		       " it)";
	if (!receipt->aligned && from != NULL &&
	    (strcmp(host, from) == 0 ||
		hisho_domain_same_organization(host, from)))
		return "belongs to the From address, which may be forged (name"
		       " it with --host if you mean it)";
	return NULL;
}

static HishoChange
change_and_say(const Ballot *ballot, const char *entry, bool is_adding,
    GString *said, GError **error)
{
	HishoChange change = change_report(ballot, entry, is_adding, error);

	if (change == HISHO_CHANGE_MADE ||
	    (is_adding && change == HISHO_CHANGE_NONE))
		ballot_say(said, change,
		    is_adding ? "reported" : "report withdrawn", entry);
	return change;
}

/* The lines of LEFT_OUT become one sentence, as what is refused has one. */
static HishoChange
refuse_links(GString *left_out, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(g_strchomp(left_out->str), "\n", -1);
	g_autofree char *all = g_strjoinv("; ", lines);

	ballot_refuse(error,
	    "no visible link of this mail leads to a host that can be reported"
	    " as a whole; name one with --host or --url%s%s",
	    *all != '\0' ? "; " : "", all);
	return HISHO_CHANGE_FAILED;
}

static HishoChange
report_links(const Ballot *ballot, GString *said, GError **error)
{
	const GPtrArray *hosts = ballot->links;
	g_autoptr(GString) left_out = g_string_new(NULL);
	HishoChange all = HISHO_CHANGE_NONE;
	guint n_reported = 0;

	for (guint i = 0; i < hosts->len; i++) {
		const char *host = hosts->pdata[i];
		const char *why = why_left_out(ballot, host);
		if (why != NULL) {
			ballot_add(
			    left_out, "left out: %s, which %s", host, why);
			continue;
		}
		n_reported++;
		HishoChange change =
		    change_and_say(ballot, host, true, said, error);
		if (change == HISHO_CHANGE_FAILED)
			return change;
		all = ballot_graver(all, change);
	}
	if (n_reported == 0)
		return refuse_links(left_out, error);
	g_string_append(said, left_out->str);
	return all;
}

/* All of mine that cover this mail, expired or not. */
static HishoChange
withdraw_links(const Ballot *ballot, GString *said, GError **error)
{
	g_autoptr(GPtrArray) reports = ballot_find_reports(ballot, error);
	HishoChange all = HISHO_CHANGE_NONE;

	if (reports == NULL)
		return HISHO_CHANGE_FAILED;
	for (guint i = 0; i < reports->len; i++) {
		const HishoReports *one = reports->pdata[i];
		if (!one->own)
			continue;
		HishoChange change =
		    change_and_say(ballot, one->entry, false, said, error);
		if (change == HISHO_CHANGE_FAILED)
			return change;
		all = ballot_graver(all, change);
	}
	if (all == HISHO_CHANGE_NONE)
		ballot_add(said, "you had reported no host of this mail");
	return all;
}

HishoChange
report_add(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return report_named(ballot, true, said, error);
	return report_links(ballot, said, error);
}

HishoChange
report_remove(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return report_named(ballot, false, said, error);
	return withdraw_links(ballot, said, error);
}
