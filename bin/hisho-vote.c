/* hisho-vote - what do you say: trust, distrust, permit, report */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bin/action.h"
#include "bin/assess.h"
#include "bin/clock.h"
#include "bin/tool.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/reader.h"
#include "libhisho/store/ledger.h"

/* Fewer hex digits would soon name two mails. */
#define DIGEST_LEAST 8

enum { OPTION_DIGEST = 256, OPTION_HOST, OPTION_URL, OPTION_DESPITE };

typedef struct {
	ToolOptions common;
	BallotAction action;
	char **files;
	const char *digest;
	const char *host;
	const char *url;
	bool despite_warnings;
} VoteOptions;

typedef struct {
	const VoteOptions *options;
	Tool tool;
	HishoCell *cell;
} Poll;

static const struct argp_option option_table[] = {
	{ "digest", OPTION_DIGEST, "HEX", 0,
	    "The mail that a report names so (8 digits or more)", 1 },
	{ "host", OPTION_HOST, "HOST", 0,
	    "report, unreport: this host, whatever the mail", 1 },
	{ "url", OPTION_URL, "URL", 0,
	    "report, unreport: all that begins with URL", 1 },
	{ "despite-warnings", OPTION_DESPITE, NULL, 0,
	    "trust, permit: though the mail carries a danger warning", 1 },
	{ 0 },
};

static void
set_operands(VoteOptions *options, struct argp_state *state)
{
	const char *name = state->argv[state->next];

	options->action = action_find(name);
	if (options->action == NULL) {
		g_autofree char *names = action_dup_names();
		argp_error(
		    state, "'%s' is no ACTION; it is one of %s", name, names);
	}
	options->files = state->argv + state->next + 1;
}

static void
set_digest(VoteOptions *options, const char *arg, struct argp_state *state)
{
	size_t length = strspn(arg, "0123456789abcdef");

	if (arg[length] != '\0' || length < DIGEST_LEAST || length > 64)
		argp_error(
		    state, "--digest: '%s' is not 8 to 64 digits 0-9a-f", arg);
	options->digest = arg;
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	VoteOptions *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->common;
		return 0;
	case OPTION_DIGEST:
		set_digest(options, arg, state);
		return 0;
	case OPTION_HOST:
		options->host = arg;
		return 0;
	case OPTION_URL:
		options->url = arg;
		return 0;
	case OPTION_DESPITE:
		options->despite_warnings = true;
		return 0;
	case ARGP_KEY_ARGS:
		set_operands(options, state);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "what do you say? ACTION is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

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

	HishoChange change = poll->options->action(ballot, said, error);
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
static bool
vote_on_mail(Poll *poll, const HishoRawMail *raw, GError **error)
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

static bool
vote_on_digest(Poll *poll, GError **error)
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
static bool
vote_on_name(Poll *poll, GError **error)
{
	Ballot ballot = new_ballot(poll, error);
	ballot.receipt = hisho_receipt_new();
	ballot.receipt->user = g_strdup(poll->tool.user);
	bool ok = ballot.database != NULL && carry_out(poll, &ballot, error);

	clear_ballot(&ballot);
	return ok;
}

static int
complain(const char *subject, const GError *error)
{
	tool_complain(subject, error);
	return hisho_error_exit_status(error);
}

static int
vote_on_file(Poll *poll, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReader) reader = hisho_reader_open(path, false, &error);
	g_autoptr(HishoRawMail) raw =
	    reader != NULL ? hisho_reader_next(reader, &error) : NULL;

	if (raw != NULL && vote_on_mail(poll, raw, &error))
		return EX_OK;
	if (error == NULL)
		g_set_error(&error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "there is no mail in it");
	return complain(path != NULL ? path : "(standard input)", error);
}

static int
vote_on_files(Poll *poll)
{
	char **file = poll->options->files;
	int status = *file == NULL ? vote_on_file(poll, NULL) : EX_OK;

	for (; *file != NULL; file++) {
		int more = vote_on_file(poll, *file);
		status = MAX(status, more);
	}
	return status;
}

static int
hold_poll(Poll *poll)
{
	const VoteOptions *options = poll->options;
	g_autoptr(GError) error = NULL;
	bool ok = true;

	if (!tool_open(&poll->tool, &options->common, &error))
		return complain(NULL, error);
	if (options->digest != NULL)
		ok = vote_on_digest(poll, &error);
	else if (options->host != NULL || options->url != NULL)
		ok = vote_on_name(poll, &error);
	else if ((poll->cell = assess_new_cell(poll->tool.config, 1, &error)) !=
	    NULL)
		return vote_on_files(poll);
	else
		ok = false;
	return ok ? EX_OK : complain(NULL, error);
}

int
main(int argc, char *argv[])
{
	static const struct argp_child children[] = {
		{ &tool_argp, 0, NULL, 0 }, { 0 }
	};
	const struct argp argp = { option_table, parse_option,
		"ACTION [FILE...]",
		"Say what you think of a mail, or withdraw it.\v"
		"ACTION is one of trust, distrust, receive, delete, undo, "
		"permit, forbid, report, unreport, show.  Without FILE the "
		"message is read from standard input.",
		children, NULL, NULL };
	VoteOptions options = { 0 };
	Poll poll = { .options = &options };
	g_autoptr(GError) error = NULL;

	tool_start();
	argp_err_exit_status = EX_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, &options);
	int status = hold_poll(&poll);
	hisho_cell_free(poll.cell);
	tool_close(&poll.tool);
	if (!tool_close_output(&error))
		return complain(NULL, error);
	return status;
}
