#include "bin/action.h"

#include <string.h>

#include "bin/report.h"
#include "libhisho/score/score.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/permits.h"

/* What the mail is called in an answer. */
static char *
dup_name(const HishoReceipt *receipt)
{
	return g_strdup_printf("mail %.12s from %s by %s", receipt->digest,
	    receipt->from != NULL ? receipt->from : "(no single From)",
	    *receipt->host != '\0' ? receipt->host : "(no host)");
}

/* The danger warnings that stand, or stood when the mail came. */
static char *
dup_dangers(const Ballot *ballot)
{
	if (ballot->assessment == NULL)
		return g_strdup(ballot->receipt->dangers);
	GString *codes = g_string_new(NULL);
	const GPtrArray *warnings = ballot->assessment->verdict->warnings;
	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "danger") == 0)
			g_string_append_printf(codes, " %s", warning->code);
	}
	return g_string_free(codes, codes->len == 0);
}

/* Trust in a mail that warns of danger must be meant. */
static bool
is_meant(const Ballot *ballot, GError **error)
{
	g_autofree char *dangers = dup_dangers(ballot);

	if (dangers == NULL || ballot->despite_warnings)
		return true;
	return ballot_refuse(error,
	    "this mail carries a danger warning (%s); if you"
	    " are sure, say --despite-warnings",
	    g_strstrip(dangers));
}

static HishoChange
vote(const Ballot *ballot, const char *word, GString *said, GError **error)
{
	g_autofree char *name = dup_name(ballot->receipt);
	g_autofree char *done = g_strdup_printf("voted %s", word);

	g_free(ballot->receipt->vote);
	ballot->receipt->vote = g_strdup(word);
	ballot->receipt->voted = ballot->tool->now;
	HishoChange change =
	    hisho_ledger_vote(ballot->database, ballot->receipt, error);
	if (change != HISHO_CHANGE_FAILED)
		ballot_say(said, change, done, name);
	return change;
}

static HishoChange
trust(const Ballot *ballot, GString *said, GError **error)
{
	return is_meant(ballot, error) ? vote(ballot, "trust", said, error)
				       : HISHO_CHANGE_FAILED;
}

static HishoChange
distrust(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "distrust", said, error);
}

static HishoChange
receive(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "receive", said, error);
}

static HishoChange
discard(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "delete", said, error);
}

static HishoChange
undo(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = dup_name(receipt);
	HishoChange change = hisho_ledger_undo(
	    ballot->database, receipt->user, receipt->digest, error);

	if (change == HISHO_CHANGE_MADE)
		ballot_say(said, change, "took back your votes on", name);
	if (change == HISHO_CHANGE_NONE)
		ballot_say(said, HISHO_CHANGE_MADE, "you had no vote on", name);
	return change;
}

static bool
can_permit(const Ballot *ballot, GError **error)
{
	const char *from = ballot->receipt->from;

	if (from == NULL)
		return ballot_refuse(error, "%s",
		    "this mail has not exactly one From"
		    " address: nobody can be permitted by it");
	if (hisho_score_is_own(ballot->tool->config, from))
		return ballot_refuse(error,
		    "'%s' is your own address, which every"
		    " forger knows: it is never permitted",
		    from);
	return is_meant(ballot, error);
}

/* On the list, pinned to this route, and trusted: all or nothing, for the
 * caller commits. */
static HishoChange
permit(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;

	if (!can_permit(ballot, error))
		return HISHO_CHANGE_FAILED;
	g_autoptr(HishoPermit) entry = hisho_record_new(&hisho_permit_type);
	entry->address = g_strdup(receipt->from);
	entry->since = ballot->tool->now;
	if (*receipt->host != '\0')
		g_ptr_array_add(entry->hosts, g_strdup(receipt->host));
	if (receipt->host_net != NULL)
		g_ptr_array_add(entry->nets, g_strdup(receipt->host_net));
	HishoChange listed =
	    hisho_permits_add(ballot->database, receipt->user, entry, error);
	if (listed == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	ballot_say(said, listed, "permitted", receipt->from);
	return ballot_graver(listed, vote(ballot, "trust", said, error));
}

static HishoChange
forbid(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;

	if (receipt->from == NULL) {
		ballot_refuse(
		    error, "%s", "this mail has not exactly one From address");
		return HISHO_CHANGE_FAILED;
	}
	HishoChange change = hisho_permits_remove(
	    ballot->database, receipt->user, receipt->from, error);
	if (change != HISHO_CHANGE_FAILED)
		ballot_say(said, HISHO_CHANGE_MADE,
		    change == HISHO_CHANGE_MADE ? "no longer permitted"
						: "was not permitted",
		    receipt->from);
	return change;
}

static void
say_time(GString *said, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *text = moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%d %H:%M:%SZ")
	    : NULL;

	if (time > 0 && text != NULL)
		g_string_append_printf(said, "  %s %s\n", label, text);
}

static HishoChange
show(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = dup_name(receipt);
	g_autoptr(HishoPermit) entry = receipt->from == NULL
	    ? NULL
	    : hisho_permits_find(
		  ballot->database, receipt->user, receipt->from, error);

	if (error != NULL && *error != NULL)
		return HISHO_CHANGE_FAILED;
	g_string_append_printf(
	    said, "%s\n  digest %s\n", name, receipt->digest);
	g_string_append_printf(said, "  your vote: %s\n",
	    ballot->is_kept && receipt->vote != NULL ? receipt->vote : "none");
	if (ballot->is_kept) {
		say_time(said, "received", receipt->received);
		say_time(said, "voted", receipt->voted);
	}
	g_string_append_printf(said, "  its From is %s\n",
	    entry != NULL ? "on your permit list" : "not on your permit list");
	return HISHO_CHANGE_NONE;
}

static const Action actions[] = {
	{ .name = "trust", .act = trust, .needs_route = true },
	{ .name = "distrust", .act = distrust, .needs_route = true },
	{ .name = "receive", .act = receive, .needs_route = true },
	{ .name = "delete", .act = discard, .needs_route = true },
	{ .name = "undo", .act = undo },
	{ .name = "permit", .act = permit, .needs_route = true },
	{ .name = "forbid", .act = forbid },
	{ .name = "report", .act = report_add, .takes_link = true },
	{ .name = "unreport", .act = report_remove, .takes_link = true },
	{ .name = "show", .act = show, .only_reads = true },
};

const Action *
action_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

char *
action_dup_names(void)
{
	GString *names = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		g_string_append_printf(
		    names, "%s%s", i > 0 ? ", " : "", actions[i].name);
	return g_string_free(names, FALSE);
}
