#include "bin/show.h"

#include "bin/linkname.h"
#include "bin/mylists.h"
#include "libhisho/score/own.h"
#include "libhisho/store/linkentry.h"
#include "libhisho/store/memory.h"
#include "libhisho/store/permits.h"

static void
say_time(GString *said, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *text = moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%d %H:%M:%SZ")
	    : NULL;

	if (time > 0 && text != NULL)
		ballot_add(said, "    %s %s", label, text);
}

static void
show_receipt(const HishoReceipt *receipt, GString *said)
{
	ballot_add(said, "  by %s",
	    *receipt->host != '\0' ? receipt->host : "(no host)");
	ballot_add(said, "    your vote: %s",
	    receipt->vote != NULL ? receipt->vote : "none");
	say_time(said, "received", receipt->received);
	say_time(said, "voted", receipt->voted);
	if (receipt->received == 0)
		ballot_add(said, "    no receipt");
}

static bool
show_permit(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoPermit) entry = receipt->from == NULL
	    ? NULL
	    : hisho_permits_find(
		  ballot->database, receipt->user, receipt->from, &reason);

	if (reason != NULL) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	ballot_add(said, "  its From is %s",
	    entry != NULL ? "on your permit list" : "not on your permit list");
	return true;
}

static char *
dup_day(gint64 time)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(time);

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d")
			   : g_strdup("long ago");
}

static void
say_reports(const HishoReports *reports, GString *said)
{
	g_autofree char *first = dup_day(reports->first);
	g_autofree char *last = dup_day(reports->last);

	ballot_add(said,
	    "  link %s: reported by %s%" G_GINT64_FORMAT
	    " others, first on %s, last on %s%s%s",
	    reports->entry, reports->own ? "you and " : "", reports->others,
	    first, last, reports->is_expired ? "; expired" : "",
	    reports->is_allowed ? "; allowed by you" : "");
}

static bool
show_reports(const Ballot *ballot, GString *said, GError **error)
{
	g_autoptr(GPtrArray) all = ballot_find_reports(ballot, error);

	for (guint i = 0; all != NULL && i < all->len; i++)
		say_reports(all->pdata[i], said);
	return all != NULL;
}

/* The first entry of my block list that the mail falls under. */
static bool
show_block(const Ballot *ballot, GString *said, GError **error)
{
	g_autoptr(GPtrArray) entries =
	    hisho_memory_block_entries(ballot->receipt);

	for (guint i = 0; i < entries->len; i++) {
		const HishoListEntry entry = { HISHO_LIST_BLOCK,
			ballot->receipt->user, entries->pdata[i], 0 };
		gint64 since =
		    hisho_lists_since(ballot->database, &entry, error);
		if (since < 0)
			return false;
		if (since > 0)
			ballot_add(said, "  you block %s", entry.entry);
	}
	return true;
}

static HishoChange
show_link(const Ballot *ballot, GString *said, GError **error)
{
	g_autofree char *entry = linkname_dup_entry(ballot, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	ballot_add(said, "%s", entry);
	if (hisho_linkentry_is_page(entry))
		g_ptr_array_add(ballot->urls, g_strconcat("//", entry, NULL));
	else
		g_ptr_array_add(ballot->hosts, g_strdup(entry));
	gsize before = said->len;
	if (!show_reports(ballot, said, error))
		return HISHO_CHANGE_FAILED;
	if (said->len == before)
		ballot_add(said, "  nobody reported it");
	return HISHO_CHANGE_NONE;
}

static void
show_own(const Ballot *ballot, GString *said)
{
	HishoOwn own = hisho_own_find(ballot->receipt, ballot->tool->config);

	if (own != HISHO_OWN_NOT)
		ballot_add(said, "  %s: there is no vote on it",
		    own == HISHO_OWN_MAIL ? "it is your own mail"
					  : "it returns a mail of your own");
}

HishoChange
show_mail(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return show_link(ballot, said, error);
	if (ballot->is_of_lists)
		return mylists_say(ballot, said, error) ? HISHO_CHANGE_NONE
							: HISHO_CHANGE_FAILED;
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = ballot_dup_name(receipt);
	ballot_add(said, "%s", name);
	ballot_add(said, "  digest %s", receipt->digest);
	show_own(ballot, said);
	for (guint i = 0; i < ballot->kept->len; i++)
		show_receipt(ballot->kept->pdata[i], said);
	if (ballot->kept->len == 0)
		ballot_add(said, "  your vote: none, nor did you receive it");
	if (!show_permit(ballot, said, error) ||
	    !show_block(ballot, said, error) ||
	    !show_reports(ballot, said, error))
		return HISHO_CHANGE_FAILED;
	return HISHO_CHANGE_NONE;
}
