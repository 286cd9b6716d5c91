#include "bin/action.h"

#include <string.h>

#include "bin/allow.h"
#include "bin/block.h"
#include "bin/report.h"
#include "bin/show.h"
#include "libhisho/score/own.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/permits.h"

/* Whether the database of today is asked for CODE, so that what it said when
 * the mail came is past. */
static bool
is_recalled(const HishoReceipt *receipt, const char *code)
{
	return strcmp(code, "permit-forged") == 0 ||
	    (strcmp(code, "link-reported") == 0 && receipt->reported->len > 0);
}

static void
add_code(GString *codes, GHashTable *seen, const char *code)
{
	if (*code != '\0' && g_hash_table_add(seen, (char *)(gsize)code))
		g_string_append_printf(
		    codes, "%s%s", codes->len > 0 ? " " : "", code);
}

/* The danger warnings that stand, or stood when the mail came; NULL for
 * none. */
static char *
dup_dangers(const Ballot *ballot)
{
	const HishoReceipt *receipt = ballot->receipt;
	const HishoVerdict *verdict = ballot->verdict;
	const char *old = ballot->is_recalled ? receipt->dangers : NULL;
	g_auto(GStrv) stood = g_strsplit(old != NULL ? old : "", " ", -1);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GString *codes = g_string_new(NULL);

	for (char **code = stood; *code != NULL; code++)
		if (!is_recalled(receipt, *code))
			add_code(codes, seen, *code);
	for (guint i = 0; i < verdict->warnings->len; i++) {
		const HishoWarning *warning = verdict->warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "danger") == 0)
			add_code(codes, seen, warning->code);
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
	    dangers);
}

/* Of two votes the explicit one stays. */
static void
say_standing(const HishoReceipt *standing, GString *said)
{
	bool trusts = strcmp(standing->vote, "trust") == 0;

	ballot_add(said, "your explicit vote '%s' stands; say %s to change it",
	    standing->vote, trusts ? "distrust" : "trust");
}

static HishoChange
vote(const Ballot *ballot, const char *word, GString *said, GError **error)
{
	HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = ballot_dup_name(receipt);
	g_autofree char *done = g_strdup_printf("voted %s", word);

	g_free(receipt->vote);
	receipt->vote = g_strdup(word);
	receipt->voted = ballot->tool->now;
	HishoChange change =
	    hisho_ledger_vote(ballot->database, receipt, error);
	if (change == HISHO_CHANGE_FAILED)
		return change;
	g_autoptr(HishoReceipt) standing =
	    hisho_ledger_find(ballot->database, receipt, error);
	if (standing == NULL)
		return HISHO_CHANGE_FAILED;
	if (strcmp(standing->vote, word) != 0)
		say_standing(standing, said);
	else
		ballot_say(said, change, done, name);
	if (standing->received == 0)
		ballot_add(said,
		    "  you have no receipt of it by this host: the vote counts"
		    " for you alone");
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
	g_autofree char *name = ballot_dup_name(receipt);
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
	if (hisho_own_has_address(ballot->tool->config, from))
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
	if (receipt->host_organization != NULL)
		g_ptr_array_add(
		    entry->organizations, g_strdup(receipt->host_organization));
	HishoChange listed =
	    hisho_permits_add(ballot->database, receipt->user, entry, error);
	if (listed == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	ballot_say(said, listed, "permitted", receipt->from);
	if (*receipt->host == '\0')
		ballot_add(said,
		    "  this mail came by no host: the permit is pinned to no"
		    " route");
	return ballot_graver(listed, vote(ballot, "trust", said, error));
}

/* Whom to forbid: who is named, or the From of the mail. */
static char *
dup_forbidden(const Ballot *ballot, GError **error)
{
	char *address = ballot->address != NULL
	    ? ballot_dup_address(ballot->address)
	    : g_strdup(ballot->receipt->from);

	if (address == NULL && ballot->address != NULL)
		ballot_refuse(
		    error, "--address: '%s' is no address", ballot->address);
	else if (address == NULL)
		ballot_refuse(error, "%s",
		    "this mail has not exactly one From address; name whom"
		    " you mean with --address");
	return address;
}

static HishoChange
forbid(const Ballot *ballot, GString *said, GError **error)
{
	g_autofree char *address = dup_forbidden(ballot, error);

	if (address == NULL)
		return HISHO_CHANGE_FAILED;
	HishoChange change = hisho_permits_remove(
	    ballot->database, ballot->receipt->user, address, error);
	if (change != HISHO_CHANGE_FAILED)
		ballot_say(said, HISHO_CHANGE_MADE,
		    change == HISHO_CHANGE_MADE ? "no longer permitted"
						: "was not permitted",
		    address);
	return change;
}

static const Action actions[] = {
	{ .name = "trust", .act = trust, .judges = true, .needs_route = true },
	{ .name = "distrust",
	    .act = distrust,
	    .judges = true,
	    .needs_route = true },
	{ .name = "receive",
	    .act = receive,
	    .judges = true,
	    .needs_route = true },
	{ .name = "delete",
	    .act = discard,
	    .judges = true,
	    .needs_route = true },
	{ .name = "undo", .act = undo },
	{ .name = "permit",
	    .act = permit,
	    .judges = true,
	    .is_alone = true,
	    .needs_route = true },
	{ .name = "forbid", .act = forbid, .takes_address = true },
	{ .name = "block", .act = block_add, .takes_address = true },
	{ .name = "unblock", .act = block_remove, .takes_address = true },
	{ .name = "report",
	    .act = report_add,
	    .judges = true,
	    .takes_link = true,
	    .asks_trusted = true },
	{ .name = "unreport", .act = report_remove, .takes_link = true },
	{ .name = "allow-link",
	    .act = allow_link,
	    .takes_link = true,
	    .takes_back = true },
	{ .name = "show",
	    .act = show_mail,
	    .takes_link = true,
	    .takes_lists = true,
	    .only_reads = true },
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
