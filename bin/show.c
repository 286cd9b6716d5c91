#include "bin/show.h"

#include "libhisho/mail/domain.h"
#include "libhisho/store/lists.h"
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

static void
add_entry(GPtrArray *entries, char *taken)
{
	if (taken != NULL &&
	    !g_ptr_array_find_with_equal_func(
		entries, taken, g_str_equal, NULL))
		g_ptr_array_add(entries, taken);
	else
		g_free(taken);
}

/* The hosts and the organisations that answer for them: a report may be of
 * either. */
static GPtrArray *
report_entries(const GPtrArray *hosts)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < hosts->len; i++) {
		add_entry(entries, g_strdup(hosts->pdata[i]));
		add_entry(entries, hisho_domain_organization(hosts->pdata[i]));
	}
	return entries;
}

static bool
show_reports(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autoptr(GPtrArray) entries = report_entries(ballot->links);
	g_autoptr(GPtrArray) all = hisho_lists_reports(
	    ballot->database, receipt->user, entries, error);

	for (guint i = 0; all != NULL && i < all->len; i++) {
		const HishoReports *reports = all->pdata[i];
		if (reports->own || reports->others > 0)
			ballot_add(said,
			    "  link %s: reported by %s%" G_GINT64_FORMAT
			    " others",
			    reports->entry, reports->own ? "you and " : "",
			    reports->others);
	}
	return all != NULL;
}

HishoChange
show_mail(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = ballot_dup_name(receipt);

	ballot_add(said, "%s", name);
	ballot_add(said, "  digest %s", receipt->digest);
	for (guint i = 0; i < ballot->kept->len; i++)
		show_receipt(ballot->kept->pdata[i], said);
	if (ballot->kept->len == 0)
		ballot_add(said, "  your vote: none, nor did you receive it");
	if (!show_permit(ballot, said, error) ||
	    !show_reports(ballot, said, error))
		return HISHO_CHANGE_FAILED;
	return HISHO_CHANGE_NONE;
}
