/* hisho-vote - what do you say: trust, distrust, permit, report */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bin/action.h"
#include "bin/poll.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/reader.h"
#include "libhisho/mail/text.h"

/* Fewer hex digits would soon name two mails. */
#define DIGEST_LEAST 8

enum {
	OPTION_DIGEST = 256,
	OPTION_HOST,
	OPTION_URL,
	OPTION_ADDRESS,
	OPTION_DESPITE,
	OPTION_WITHDRAW,
	OPTION_LISTS,
};

static const struct argp_option option_table[] = {
	{ "digest", OPTION_DIGEST, "HEX", 0,
	    "The mail that a report names so (8 digits or more)", 1 },
	{ "host", OPTION_HOST, "HOST", 0,
	    "report, unreport, allow-link, show: this host and all below it",
	    1 },
	{ "url", OPTION_URL, "URL", 0,
	    "report, unreport, allow-link, show: all that begins with URL", 1 },
	{ "address", OPTION_ADDRESS, "ADDRESS", 0,
	    "block, unblock: this address, or all of a domain", 1 },
	{ "despite-warnings", OPTION_DESPITE, NULL, 0,
	    "trust, permit: though the mail carries a danger warning", 1 },
	{ "lists", OPTION_LISTS, NULL, 0,
	    "show: whom and what you permit, block, allow and reported", 1 },
	{ "withdraw", OPTION_WITHDRAW, NULL, 0,
	    "allow-link: allow it no longer", 1 },
	{ 0 },
};

static void
set_operands(VoteOptions *options, struct argp_state *state)
{
	const char *name = state->argv[state->next];

	options->action = action_find(name);
	if (options->action == NULL) {
		g_autofree char *shown = hisho_text_for_terminal(name);
		g_autofree char *names = action_dup_names();
		argp_error(
		    state, "'%s' is no ACTION; it is one of %s", shown, names);
	}
	options->files = state->argv + state->next + 1;
}

static void
set_once(const char **option, const char *name, const char *arg,
    struct argp_state *state)
{
	if (*option != NULL)
		argp_error(state, "%s: one at a time", name);
	*option = arg;
}

static void
set_digest(VoteOptions *options, const char *arg, struct argp_state *state)
{
	size_t length = strspn(arg, "0123456789abcdef");

	g_autofree char *shown = hisho_text_for_terminal(arg);

	if (arg[length] != '\0' || length < DIGEST_LEAST || length > 64)
		argp_error(state, "--digest: '%s' is not 8 to 64 digits 0-9a-f",
		    shown);
	set_once(&options->digest, "--digest", arg, state);
}

/* One way to say what is meant, and whether the action knows it. */
typedef struct {
	const char *name;
	bool is_given;
	bool is_taken;
} Way;

/* One mail is meant, or one link or sender: named in one way. */
static void
check_options(const VoteOptions *options, struct argp_state *state)
{
	const Action *action = options->action;
	const Way ways[] = {
		{ "--host", options->host != NULL, action->takes_link },
		{ "--url", options->url != NULL, action->takes_link },
		{ "--address", options->address != NULL,
		    action->takes_address },
		{ "--lists", options->is_of_lists, action->takes_lists },
		{ "--digest", options->digest != NULL, true },
		{ "FILE", *options->files != NULL, true },
	};
	const char *first = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (!ways[i].is_given)
			continue;
		if (!ways[i].is_taken)
			argp_error(state, "%s does not go with %s",
			    ways[i].name, action->name);
		if (first != NULL)
			argp_error(state,
			    "%s and %s: say in one way what is meant", first,
			    ways[i].name);
		first = ways[i].name;
	}
	if (options->is_withdrawn && !action->takes_back)
		argp_error(
		    state, "--withdraw does not go with %s", action->name);
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
		set_once(&options->host, "--host", arg, state);
		return 0;
	case OPTION_URL:
		set_once(&options->url, "--url", arg, state);
		return 0;
	case OPTION_ADDRESS:
		set_once(&options->address, "--address", arg, state);
		return 0;
	case OPTION_LISTS:
		options->is_of_lists = true;
		return 0;
	case OPTION_WITHDRAW:
		options->is_withdrawn = true;
		return 0;
	case OPTION_DESPITE:
		options->despite_warnings = true;
		return 0;
	case ARGP_KEY_ARGS:
		set_operands(options, state);
		check_options(options, state);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "what do you say? ACTION is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int
complain(const char *subject, const GError *error)
{
	tool_complain(subject, error);
	return hisho_error_exit_status(error);
}

/* Votes on the next mail of READER; false behind the last. */
static bool
vote_on_next(Poll *poll, HishoReader *reader, const char *path, int *status)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoRawMail) raw = hisho_reader_next(reader, &error);

	if (raw == NULL && error == NULL)
		return false;
	if (raw != NULL && raw->path != NULL)
		path = raw->path;
	if (raw == NULL || !poll_mail(poll, raw, &error)) {
		int failure = complain(path, error);
		*status = MAX(*status, failure);
	}
	return true;
}

/* One mail, or all of a Maildir. */
static int
vote_on_file(Poll *poll, const char *path)
{
	const char *name = path != NULL ? path : "(standard input)";
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReader) reader = hisho_reader_open(path, false, &error);
	int status = EX_OK;
	guint n_mails = 0;

	if (reader == NULL)
		return complain(name, error);
	while (vote_on_next(poll, reader, name, &status))
		n_mails++;
	if (n_mails > 0)
		return status;
	ballot_refuse(&error, "there is no mail in it");
	return complain(name, error);
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
		ok = poll_digest(poll, &error);
	else if (options->host != NULL || options->url != NULL ||
	    options->address != NULL || options->is_of_lists)
		ok = poll_name(poll, &error);
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
		"permit, forbid, block, unblock, report, unreport, "
		"allow-link, show.  Without FILE the message is read from "
		"standard input.",
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
