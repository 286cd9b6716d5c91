#include "bin/poll.h"

#include <string.h>

#include "bin/clock.h"
#include "libhisho/base/error.h"
#include "libhisho/store/ledger.h"

/* The receipt of this mail as the ledger has it: by the host that the header
 * tells of, else the only one there is. */
static bool
find_kept(Ballot *ballot, GError **error)
{
	g_autoptr(GPtrArray) kept = hisho_ledger_find_mail(ballot->database,
	    ballot->receipt->user, ballot->receipt->digest, error);

	if (kept == NULL)
		return false;
	for (guint i = 0; i < kept->len; i++) {
		const HishoReceipt *receipt = kept->pdata[i];
		if (kept->len > 1 &&
		    strcmp(receipt->host, ballot->receipt->host) != 0)
			continue;
		hisho_receipt_free(ballot->receipt);
		ballot->receipt =
		    hisho_record_dup(&hisho_receipt_type, receipt);
		ballot->is_kept = true;
		return true;
	}
	return true;
}

/* One action in one transaction: all of it or nothing. */
static bool
carry_out(const Poll *poll, Ballot *ballot, GError **error)
{
	g_autoptr(GString) said = g_string_new(NULL);
	g_autofree char *text = NULL;

	HishoChange change = poll->options->action->act(ballot, said, error);
	if (change == HISHO_CHANGE_FAILED)
		return false;
	if (change == HISHO_CHANGE_MADE &&
	    !hisho_database_commit(ballot->database, error))
		return false;
	return tool_write(said->str, said->len, error);
}

static Ballot
new_ballot(Poll *poll, GError **error)
{
	return (Ballot){
		.tool = &poll->tool,
		.host = poll->options->host,
		.url = poll->options->url,
		.despite_warnings = poll->options->despite_warnings,
		.database = hisho_database_open_for_writing(poll->tool.database,
		    (int)poll->tool.config->database_ms, error),
	};
}

static void
clear_ballot(Ballot *ballot)
{
	hisho_database_close(ballot->database);
	hisho_receipt_free(ballot->receipt);
}

/* Everything hostile is read, and all that is known asked, before the
 * database is opened for writing. */
bool
poll_mail(Poll *poll, const HishoRawMail *raw, GError **error)
{
	const HishoLimits *limits = &poll->tool.config->limits;
	g_autoptr(Assessment) assessment = assess_new(raw->mail, limits);
	g_autoptr(GBytes) request = hisho_facts_new_request(
	    assessment->wire, HISHO_FACTS_LINKS, limits);
	const AssessPlan plan = { .tool = &poll->tool,
		.stage = HISHO_STAGE_SCORE };

	hisho_cell_submit(poll->cell, request);
	g_autoptr(GBytes) answer = hisho_cell_next(poll->cell, error);
	if (answer == NULL)
		return false;
	clock_reset();
	assess_read_answer(assessment, answer, NULL, limits);
	assess_judge(assessment, &plan, NULL);
	if (assessment->memory->unavailable != NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s",
		    assessment->memory->unavailable);
		return false;
	}
	Ballot ballot = new_ballot(poll, error);
	ballot.assessment = assessment;
	ballot.receipt = g_steal_pointer(&assessment->receipt);
	bool ok = ballot.database != NULL && find_kept(&ballot, error) &&
	    carry_out(poll, &ballot, error);
	clear_ballot(&ballot);
	return ok;
}

/* The mails whose digest begins so. */
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

static bool
name_one(const Search *search, Ballot *ballot, GError **error)
{
	if (search->found->len != 1) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "--digest: '%s' names %s", search->prefix,
		    search->found->len == 0
			? "no mail that you received"
			: "several mails; give more digits, or the message");
		return false;
	}
	ballot->receipt = g_ptr_array_steal_index(search->found, 0);
	ballot->is_kept = true;
	return true;
}

bool
poll_digest(Poll *poll, GError **error)
{
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func(hisho_receipt_free);
	Search search = { poll->options->digest, found };
	const HishoLedgerWalk walk = { poll->tool.user, collect, &search };
	Ballot ballot = new_ballot(poll, error);
	bool ok = ballot.database != NULL &&
	    hisho_ledger_walk(ballot.database, &walk, error) &&
	    name_one(&search, &ballot, error) &&
	    carry_out(poll, &ballot, error);

	clear_ballot(&ballot);
	return ok;
}

/* --host and --url need no mail. */
bool
poll_name(Poll *poll, GError **error)
{
	Ballot ballot = new_ballot(poll, error);
	ballot.receipt = hisho_receipt_new();
	ballot.receipt->user = g_strdup(poll->tool.user);
	bool ok = ballot.database != NULL && carry_out(poll, &ballot, error);

	clear_ballot(&ballot);
	return ok;
}
