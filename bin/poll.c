#include "bin/poll.h"

#include <string.h>

#include "bin/recall.h"
#include "bin/trusted.h"
#include "libhisho/base/error.h"
#include "libhisho/score/axes.h"
#include "libhisho/store/ledger.h"

static Ballot
new_ballot(const Poll *poll)
{
	return (Ballot){
		.tool = &poll->tool,
		.host = poll->options->host,
		.url = poll->options->url,
		.address = poll->options->address,
		.is_withdrawn = poll->options->is_withdrawn,
		.is_of_lists = poll->options->is_of_lists,
		.despite_warnings = poll->options->despite_warnings,
		.kept = g_ptr_array_new_with_free_func(hisho_receipt_free),
		.links = g_ptr_array_new_with_free_func(g_free),
		.hosts = g_ptr_array_new_with_free_func(g_free),
		.urls = g_ptr_array_new_with_free_func(g_free),
	};
}

static void
clear_ballot(Ballot *ballot)
{
	hisho_database_close(ballot->database);
	hisho_receipt_free(ballot->receipt);
	g_ptr_array_unref(ballot->kept);
	g_ptr_array_unref(ballot->links);
	g_ptr_array_unref(ballot->hosts);
	g_ptr_array_unref(ballot->urls);
	g_clear_pointer(&ballot->trusted, trusted_free);
	g_clear_pointer(&ballot->recalled, hisho_verdict_free);
}

static bool
open_database(const Poll *poll, Ballot *ballot, GError **error)
{
	const char *directory = poll->tool.database;
	int wait_ms = (int)poll->tool.config->database_ms;

	ballot->database = poll->options->action->only_reads
	    ? hisho_database_open_for_reading(directory, wait_ms, error)
	    : hisho_database_open_for_writing(directory, wait_ms, error);
	return ballot->database != NULL;
}

/* One action in one transaction: all of it or nothing. */
static bool
carry_out(const Poll *poll, Ballot *ballot, GError **error)
{
	g_autoptr(GString) said = g_string_new(NULL);
	const Action *action = poll->options->action;

	if (!open_database(poll, ballot, error))
		return false;
	HishoChange change = action->act(ballot, said, error);
	if (change == HISHO_CHANGE_FAILED)
		return false;
	if (change == HISHO_CHANGE_MADE &&
	    !hisho_database_commit(ballot->database, error))
		return false;
	return tool_write(said->str, said->len, error);
}

/* The only receipt; NULL if there are none or several. */
static HishoReceipt *
only_received(const GPtrArray *kept)
{
	HishoReceipt *only = NULL;

	for (guint i = 0; i < kept->len; i++) {
		HishoReceipt *receipt = kept->pdata[i];
		if (receipt->received == 0)
			continue;
		if (only != NULL)
			return NULL;
		only = receipt;
	}
	return only;
}

static HishoReceipt *
received_by(const GPtrArray *kept, const char *host)
{
	for (guint i = 0; i < kept->len; i++) {
		HishoReceipt *receipt = kept->pdata[i];
		if (strcmp(receipt->host, host) == 0)
			return receipt;
	}
	return NULL;
}

static bool
refuse_routes(const GPtrArray *kept, GError **error)
{
	g_autoptr(GString) hosts = g_string_new(NULL);

	for (guint i = 0; i < kept->len; i++) {
		const HishoReceipt *receipt = kept->pdata[i];
		g_string_append_printf(hosts, "%s%s", i > 0 ? ", " : "",
		    *receipt->host != '\0' ? receipt->host : "no host");
	}
	return ballot_refuse(error,
	    "this mail came by several hosts (%s): give the message itself,"
	    " as it came by the one you mean",
	    hosts->str);
}

/* The record that is meant: by the host that the header tells of, and by no
 * other.  Where no host is told, the only one received. */
static bool
choose(const Poll *poll, Ballot *ballot, GError **error)
{
	const GPtrArray *kept = ballot->kept;
	bool by_digest = ballot->receipt == NULL;
	const char *host = by_digest ? "" : ballot->receipt->host;
	HishoReceipt *found = by_digest ? NULL : received_by(kept, host);

	if (found == NULL && *host == '\0')
		found = only_received(kept);
	bool is_open = found == NULL && *host == '\0' && kept->len > 0;
	if (is_open && kept->len > 1 && poll->options->action->needs_route)
		return refuse_routes(kept, error);
	if (is_open && by_digest)
		found = kept->pdata[0];
	if (found == NULL)
		return true;
	hisho_receipt_free(ballot->receipt);
	ballot->receipt = hisho_record_dup(&hisho_receipt_type, found);
	ballot->is_kept = true;
	return true;
}

static void
copy_texts(GPtrArray *copies, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		g_ptr_array_add(copies, g_strdup(texts->pdata[i]));
}

/* What the mail leads to: as it stands there, or as its receipt kept it. */
static void
find_links(Ballot *ballot)
{
	if (ballot->assessment == NULL) {
		copy_texts(ballot->links, ballot->receipt->links);
		recall_add_links(ballot->receipt, ballot->hosts, ballot->urls);
		return;
	}
	const HishoLinksFound *found = ballot->assessment->facts->found;
	hisho_axes_add_click_hosts(ballot->links, found->links);
	copy_texts(ballot->hosts, found->hosts);
	for (guint i = 0; i < found->links->len; i++) {
		const HishoLink *link = found->links->pdata[i];
		if (link->url != NULL)
			g_ptr_array_add(ballot->urls, g_strdup(link->url));
	}
}

static bool
find_trusted(const Poll *poll, Ballot *ballot, GError **error)
{
	const char *digest = ballot->receipt->digest;

	if (!poll->options->action->asks_trusted)
		return true;
	ballot->trusted =
	    trusted_find(&poll->tool, digest != NULL ? digest : "", error);
	return ballot->trusted != NULL;
}

/* What must be known beforehand: a database open for writing holds up all
 * others. */
static bool
prepare(const Poll *poll, Ballot *ballot, GError **error)
{
	if (!choose(poll, ballot, error))
		return false;
	find_links(ballot);
	if (ballot->assessment == NULL) {
		ballot->recalled =
		    recall_judge(&poll->tool, ballot->receipt, error);
		if (ballot->recalled == NULL)
			return false;
	}
	return find_trusted(poll, ballot, error);
}

/* The mails of which the digest begins so. */
typedef struct {
	const char *prefix;
	GPtrArray *found; /* HishoReceipt */
} Search;

static bool
collect(const HishoReceipt *receipt, void *context)
{
	Search *search = context;

	if (g_str_has_prefix(receipt->digest, search->prefix))
		g_ptr_array_add(search->found,
		    hisho_record_dup(&hisho_receipt_type, receipt));
	return true;
}

/* Fills `kept` with my records of the mails of which the digest begins with
 * PREFIX. */
static bool
look_up(const Poll *poll, Ballot *ballot, const char *prefix, GError **error)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_for_reading(
	    poll->tool.database, (int)poll->tool.config->database_ms, error);
	Search search = { prefix, ballot->kept };
	const HishoLedgerWalk walk = { poll->tool.user, collect, &search };

	if (database == NULL)
		return false;
	if (strlen(prefix) < 64)
		return hisho_ledger_walk(database, &walk, error);
	g_autoptr(GPtrArray) found =
	    hisho_ledger_find_mail(database, poll->tool.user, prefix, error);
	if (found == NULL)
		return false;
	g_ptr_array_extend_and_steal(ballot->kept, g_steal_pointer(&found));
	return true;
}

static bool
assess(Poll *poll, Assessment *assessment, GError **error)
{
	const HishoLimits *limits = &poll->tool.config->limits;
	g_autoptr(Circle) circle = circle_new(&poll->tool);
	/* Votes go where the filter found the mail to come from. */
	const AssessPlan plan = {
		.tool = &poll->tool,
		.circle = circle,
		.lookup = { .tool = &poll->tool },
		.stage = HISHO_STAGE_SCORE,
		.depth = HISHO_FACTS_LINKS,
		.boundary = {
			.networks = poll->tool.networks,
			.hosts = (const char *const *)
			    poll->tool.config->own_hosts,
			.clients_hidden = poll->tool.config->clients_hidden,
		},
	};

	g_autoptr(GBytes) request =
	    hisho_facts_new_request(assessment->wire, plan.depth, limits);
	hisho_cell_submit(poll->cell, request);
	g_autoptr(GBytes) answer = hisho_cell_next(poll->cell, error);
	if (answer == NULL)
		return false;
	assess_restart_clock(assessment);
	assess_read_answer(assessment, answer, NULL, limits);
	assess_judge(assessment, &plan, NULL);
	if (assessment->memory->unavailable == NULL)
		return true;
	g_set_error(error, HISHO_ERROR,
	    assessment->memory->is_damaged ? HISHO_ERROR_CONFIG
					   : HISHO_ERROR_TEMPORARY,
	    "%s", assessment->memory->unavailable);
	return false;
}

bool
poll_mail(Poll *poll, const HishoRawMail *raw, GError **error)
{
	g_autoptr(Assessment) assessment =
	    assess_new(raw->mail, &poll->tool.config->limits);

	if (hisho_wire_next(assessment->wire, NULL, NULL) == NULL)
		return ballot_refuse(error, "there is no mail in it");
	if (!assess(poll, assessment, error))
		return false;
	Ballot ballot = new_ballot(poll);
	ballot.assessment = assessment;
	ballot.receipt = g_steal_pointer(&assessment->receipt);
	bool ok = look_up(poll, &ballot, assessment->digest, error) &&
	    prepare(poll, &ballot, error) && carry_out(poll, &ballot, error);
	clear_ballot(&ballot);
	return ok;
}

static bool
is_one_mail(const GPtrArray *kept, const char *prefix, GError **error)
{
	if (kept->len == 0)
		return ballot_refuse(error,
		    "--digest: '%s' names no mail that you received", prefix);
	const HishoReceipt *first = kept->pdata[0];
	for (guint i = 1; i < kept->len; i++) {
		const HishoReceipt *other = kept->pdata[i];
		if (strcmp(first->digest, other->digest) != 0)
			return ballot_refuse(error,
			    "--digest: '%s' names several mails; give more"
			    " digits, or the message",
			    prefix);
	}
	return true;
}

bool
poll_digest(Poll *poll, GError **error)
{
	const char *prefix = poll->options->digest;
	Ballot ballot = new_ballot(poll);
	bool ok = look_up(poll, &ballot, prefix, error) &&
	    is_one_mail(ballot.kept, prefix, error) &&
	    prepare(poll, &ballot, error) && carry_out(poll, &ballot, error);

	clear_ballot(&ballot);
	return ok;
}

bool
poll_name(Poll *poll, GError **error)
{
	Ballot ballot = new_ballot(poll);

	ballot.receipt = hisho_receipt_new();
	ballot.receipt->user = g_strdup(poll->tool.user);
	bool ok = find_trusted(poll, &ballot, error) &&
	    carry_out(poll, &ballot, error);
	clear_ballot(&ballot);
	return ok;
}
