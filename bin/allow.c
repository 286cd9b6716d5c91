#include "bin/allow.h"

#include "bin/linkname.h"
#include "libhisho/store/lists.h"

static HishoListEntry
entry_of(const Ballot *ballot, HishoList list, const char *entry)
{
	return (HishoListEntry){ list, ballot->receipt->user, entry,
		ballot->tool->now };
}

/* The last word holds: what I allow I do not report. */
static HishoChange
allow(const Ballot *ballot, const char *entry, GString *said, GError **error)
{
	const HishoListEntry allowed =
	    entry_of(ballot, HISHO_LIST_ALLOW_LINK, entry);
	const HishoListEntry report =
	    entry_of(ballot, HISHO_LIST_REPORT, entry);
	HishoChange added = hisho_lists_add(ballot->database, &allowed, error);

	if (added == HISHO_CHANGE_FAILED)
		return added;
	ballot_say(said, added, "allowed for you", entry);
	HishoChange removed =
	    hisho_lists_remove(ballot->database, &report, error);
	if (removed == HISHO_CHANGE_MADE)
		ballot_say(said, removed, "report withdrawn", entry);
	return ballot_graver(added, removed);
}

static HishoChange
withdraw(const Ballot *ballot, const char *entry, GString *said, GError **error)
{
	const HishoListEntry allowed =
	    entry_of(ballot, HISHO_LIST_ALLOW_LINK, entry);
	HishoChange change =
	    hisho_lists_remove(ballot->database, &allowed, error);

	if (change == HISHO_CHANGE_MADE)
		ballot_say(said, change, "no longer allowed", entry);
	return change;
}

static HishoChange
allow_named(const Ballot *ballot, GString *said, GError **error)
{
	g_autofree char *entry = linkname_dup_entry(ballot, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	if (!ballot->is_withdrawn)
		return allow(ballot, entry, said, error);
	HishoChange change = withdraw(ballot, entry, said, error);
	if (change == HISHO_CHANGE_NONE)
		ballot_say(said, HISHO_CHANGE_MADE, "was not allowed", entry);
	return change;
}

/* Whether REPORTS is one of those that are meant. */
static bool
is_meant(const Ballot *ballot, const HishoReports *reports)
{
	if (ballot->is_withdrawn)
		return reports->is_allowed;
	return !reports->is_expired && (reports->own || reports->others > 0);
}

static HishoChange
allow_reported(const Ballot *ballot, GString *said, GError **error)
{
	g_autoptr(GPtrArray) all = ballot_find_reports(ballot, error);
	HishoChange change = HISHO_CHANGE_NONE;
	guint n_meant = 0;

	if (all == NULL)
		return HISHO_CHANGE_FAILED;
	for (guint i = 0; i < all->len; i++) {
		const HishoReports *reports = all->pdata[i];
		if (!is_meant(ballot, reports))
			continue;
		HishoChange one = ballot->is_withdrawn
		    ? withdraw(ballot, reports->entry, said, error)
		    : allow(ballot, reports->entry, said, error);
		if (one == HISHO_CHANGE_FAILED)
			return one;
		n_meant++;
		change = ballot_graver(change, one);
	}
	if (n_meant == 0)
		ballot_add(said,
		    ballot->is_withdrawn
			? "you had allowed no reported link of this mail"
			: "no link of this mail is reported; name one with"
			  " --host or --url");
	return change;
}

HishoChange
allow_link(const Ballot *ballot, GString *said, GError **error)
{
	return ballot->host != NULL || ballot->url != NULL
	    ? allow_named(ballot, said, error)
	    : allow_reported(ballot, said, error);
}
