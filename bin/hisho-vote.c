/* hisho-vote - what do you say: trust, distrust, permit, report */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bin/action.h"
#include "bin/round.h"
#include "bin/selection.h"
#include "bin/setgid.h"
#include "libhisho/base/error.h"
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
	OPTION_NTH,
};

static const struct argp_option option_table[] = {
	{ "digest", OPTION_DIGEST, "HEX", 0,
	    "The mail that a report names so (8 digits or more), in FILE if"
	    " there is one",
	    1 },
	{ "mbox", 'M', NULL, 0, "FILE is an mbox: all its mails are meant", 1 },
	{ "nth", OPTION_NTH, "N[-M][,...]", 0,
	    "Only the mails with these numbers, from 1, in FILE", 1 },
	{ "jobs", 'j', "N", 0, "Workers for many mails (default: processors)",
	    1 },
	{ "host", OPTION_HOST, "HOST", 0,
	    "report, unreport, allow-link, show: this host and all below it",
	    1 },
	{ "url", OPTION_URL, "URL", 0,
	    "report, unreport, allow-link, show: all that begins with URL", 1 },
	{ "address", OPTION_ADDRESS, "ADDRESS", 0,
	    "forbid, block, unblock: this address; for the last two "
	    "also all of a domain",
	    1 },
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

/* Sorted, so that the mails can be gone through in order. */
static void
set_numbers(VoteOptions *options, const char *arg, struct argp_state *state)
{
	g_autofree char *shown = hisho_text_for_terminal(arg);

	if (options->numbers != NULL)
		argp_error(state, "--nth: one at a time; say --nth=N,M");
	options->numbers = selection_parse_ranges(arg);
	if (options->numbers == NULL)
		argp_error(state, "--nth: '%s' is not like 3 or 1,4-7 (from 1)",
		    shown);
}

static void
set_jobs(VoteOptions *options, const char *arg, struct argp_state *state)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(arg, 10, 1, 1000, &number, NULL))
		argp_error(state, "--jobs: give a number from 1 to 1000");
	options->n_jobs = (unsigned)number;
}

/* One way to say what is meant, whether the action knows it, and whether it
 * looks at mails, which may lie in a file. */
typedef struct {
	const char *name;
	bool is_given;
	bool is_taken;
	bool picks;
} Way;

/* FILE, too: it says where to look. */
static bool
is_about_files(const VoteOptions *options)
{
	return *options->files != NULL || options->is_mbox;
}

/* One mail is meant, or one link or sender: named in one way. */
static void
check_options(const VoteOptions *options, struct argp_state *state)
{
	const Action *action = options->action;
	const char *place = *options->files != NULL ? "FILE" : "--mbox";
	const Way ways[] = {
		{ "--host", options->host != NULL, action->takes_link, false },
		{ "--url", options->url != NULL, action->takes_link, false },
		{ "--address", options->address != NULL, action->takes_address,
		    false },
		{ "--lists", options->is_of_lists, action->takes_lists, false },
		{ "--digest", options->digest != NULL, true, true },
		{ "--nth", options->numbers != NULL, true, true },
		{ place, is_about_files(options), true, true },
	};
	const Way *first = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (!ways[i].is_given)
			continue;
		if (!ways[i].is_taken)
			argp_error(state, "%s does not go with %s",
			    ways[i].name, action->name);
		bool is_place = i + 1 == G_N_ELEMENTS(ways);
		if (first != NULL && !(is_place && first->picks))
			argp_error(state,
			    "%s and %s: say in one way what is meant",
			    first->name, ways[i].name);
		first = &ways[i];
	}
	if (options->numbers != NULL && *options->files != NULL &&
	    options->files[1] != NULL)
		argp_error(state, "--nth: one FILE at a time");
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
	case 'M':
		options->is_mbox = true;
		return 0;
	case OPTION_NTH:
		set_numbers(options, arg, state);
		return 0;
	case 'j':
		set_jobs(options, arg, state);
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
complain(const GError *error)
{
	tool_complain(NULL, error);
	return hisho_error_exit_status(error);
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
	bool ok = tool_open(&poll.tool, &options.common, &error) &&
	    (options.action->only_reads ||
		setgid_check_time(&poll.tool, &options.common, &error));
	int status = ok ? round_hold(&poll) : complain(error);
	poll_clear(&poll);
	g_clear_pointer(&options.numbers, g_array_unref);
	g_clear_error(&error);
	return tool_close_output(&error) ? status : complain(error);
}
