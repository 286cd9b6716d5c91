#include "bin/options.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bin/dnsoptions.h"
#include "libhisho/base/error.h"
#include "libhisho/base/network.h"

enum {
	OPTION_RECORD = 256,
	OPTION_CLIENT_IP,
	OPTION_HELO,
	OPTION_CLIENT_NAME,
	OPTION_ENVELOPE_FROM,
	OPTION_HOP,
	OPTION_IS,
	OPTION_HIDDEN_ONLY,
	OPTION_EVALUATE,
};

static const struct argp_option mail_options[] = {
	{ "mbox", 'M', NULL, 0, "The input is an mbox", 1 },
	{ "format", 'f', "FORMAT", 0,
	    "message (default), json; hisho-links and hisho-score also list, "
	    "report; hisho-parse and hisho-score also text",
	    1 },
	{ "jobs", 'j', "N", 0, "Workers for many mails (default: processors)",
	    1 },
	{ "no-record", 'n', NULL, 0, "Count no receipt", 1 },
	{ "record", OPTION_RECORD, NULL, 0,
	    "Count a receipt also where it is not the default (hisho-score)",
	    1 },
	{ 0 },
};

static const struct argp_option route_options[] = {
	{ "client-ip", OPTION_CLIENT_IP, "IP", 0,
	    "The host that spoke to the MTA, as it says", 2 },
	{ "helo", OPTION_HELO, "NAME", 0, "What that host called itself", 2 },
	{ "client-name", OPTION_CLIENT_NAME, "NAME", 0,
	    "Its name as the MTA looked it up", 2 },
	{ "envelope-from", OPTION_ENVELOPE_FROM, "ADDRESS", 0,
	    "The envelope sender; empty for the null sender", 2 },
	{ "hop", OPTION_HOP, "N", 0,
	    "The boundary by hand: the Nth Received field from above", 2 },
	{ 0 },
};

static const struct argp_option score_options[] = {
	{ "is", OPTION_IS, "WORD", 0,
	    "Print nothing; exit 0 if the folder (main, gray, spam) or the "
	    "advice (trusted, distrusted, unrated) is WORD, 1 if not, 75 if "
	    "that cannot be told",
	    4 },
	{ "evaluate", OPTION_EVALUATE, NULL, 0,
	    "Judge and vote on the mails of two FILEs (each an mbox or a "
	    "Maildir), the good and the bad, in the order of time, and print "
	    "how often that was right; no database is changed",
	    4 },
	{ 0 },
};

static const struct argp_option links_options[] = {
	{ "is", OPTION_IS, "WORD", 0,
	    "Print nothing; exit 0 if a link is WORD (reported: on the shared "
	    "list of malicious links), 1 if none is, 75 if that cannot be told",
	    3 },
	{ "hidden-only", OPTION_HIDDEN_ONLY, NULL, 0,
	    "In a report, only links that the reader does not see", 3 },
	{ 0 },
};

static bool
is_printed(Format format, HishoStage stage)
{
	if (format == FORMAT_TEXT)
		return stage == HISHO_STAGE_PARSE || stage == HISHO_STAGE_SCORE;
	return format <= FORMAT_JSON || stage == HISHO_STAGE_LINKS ||
	    stage == HISHO_STAGE_SCORE;
}

static void
set_format(StageOptions *options, const char *arg, struct argp_state *state)
{
	static const char *const words[] = { [FORMAT_MESSAGE] = "message",
		[FORMAT_JSON] = "json",
		[FORMAT_LIST] = "list",
		[FORMAT_REPORT] = "report",
		[FORMAT_TEXT] = "text" };

	for (int i = 0; i < (int)G_N_ELEMENTS(words); i++) {
		if (strcmp(arg, words[i]) != 0)
			continue;
		options->format = (Format)i;
		if (!is_printed(options->format, options->stage->stage))
			argp_error(state, "--format: %s does not print '%s'",
			    state->name, arg);
		return;
	}
	argp_error(state,
	    "--format: '%s' is none of message, json, list, report, "
	    "text",
	    arg);
}

unsigned
stage_options_read_number(
    const char *arg, const char *name, unsigned most, struct argp_state *state)
{
	guint64 number = 0;

	if (!g_ascii_string_to_unsigned(arg, 10, 1, most, &number, NULL))
		argp_error(state, "%s: '%s' is no number from 1 to %u", name,
		    arg, most);
	return (unsigned)number;
}

static error_t
parse_mail_option(int key, char *arg, struct argp_state *state)
{
	StageOptions *options = state->input;

	switch (key) {
	case 'M':
		options->is_mbox = true;
		return 0;
	case 'f':
		set_format(options, arg, state);
		return 0;
	case 'j':
		options->n_jobs =
		    stage_options_read_number(arg, "--jobs", 1000, state);
		return 0;
	case 'n':
		options->record = -1;
		return 0;
	case OPTION_RECORD:
		options->record = 1;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Servers say nothing, or "unknown", of mail from their own host. */
static void
set_client_ip(StageOptions *options, const char *arg, struct argp_state *state)
{
	HishoIp ip;

	options->boundary.client_ip = NULL;
	if (*arg == '\0' || g_ascii_strcasecmp(arg, "unknown") == 0)
		return;
	if (!hisho_network_parse_ip(arg, strlen(arg), &ip))
		argp_error(state, "--client-ip: '%s' is no IP address", arg);
	options->boundary.client_ip = arg;
}

/* What a host calls itself may be anything; what is no name is told as the
 * field tells it, so that later stages read the same. */
static const char *
dns_name(const char *arg)
{
	bool is_name = strlen(arg) <= 255;

	for (const char *at = arg; *at != '\0'; at++)
		is_name &= g_ascii_isalnum(*at) || strchr(".-_[]:", *at);
	return is_name ? arg : "invalid";
}

static error_t
parse_route_option(int key, char *arg, struct argp_state *state)
{
	StageOptions *options = state->input;

	switch (key) {
	case OPTION_CLIENT_IP:
		set_client_ip(options, arg, state);
		break;
	case OPTION_HELO:
		options->boundary.helo = dns_name(arg);
		break;
	case OPTION_CLIENT_NAME:
		options->boundary.client_name = dns_name(arg);
		break;
	case OPTION_ENVELOPE_FROM:
		/* RFC 5321 4.5.3.1.3 allows 256 bytes. */
		options->envelope_from = strlen(arg) <= 512 ? arg : "invalid";
		break;
	case OPTION_HOP:
		options->boundary.hop =
		    stage_options_read_number(arg, "--hop", 1000, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	options->is_told = true;
	return 0;
}

static void
set_question(StageOptions *options, const char *arg, struct argp_state *state)
{
	static const char *const of_links[] = { "reported", NULL };
	static const char *const of_score[] = { "main", "gray", "spam",
		"trusted", "distrusted", "unrated", NULL };
	const char *const *words =
	    options->stage->stage == HISHO_STAGE_LINKS ? of_links : of_score;

	options->question = arg;
	if (g_strv_contains(words, arg))
		return;
	g_autofree char *known = g_strjoinv(", ", (char **)(gsize)words);
	argp_error(state, "--is: '%s' is none of %s", arg, known);
}

static error_t
parse_own_option(int key, char *arg, struct argp_state *state)
{
	StageOptions *options = state->input;

	switch (key) {
	case OPTION_IS:
		set_question(options, arg, state);
		return 0;
	case OPTION_EVALUATE:
		options->is_evaluation = true;
		return 0;
	case OPTION_HIDDEN_ONLY:
		options->is_hidden_only = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* All filters take the same options, so that one list serves a pipeline;
 * these have some of their own. */
static const struct argp_option *
own_options(const StageTool *tool)
{
	if (tool->stage == HISHO_STAGE_LINKS)
		return links_options;
	return tool->stage == HISHO_STAGE_SCORE ? score_options : NULL;
}

static int
n_groups(const StageTool *tool)
{
	return own_options(tool) != NULL ? 5 : 4;
}

/* Hands each group of options its part of the input. */
static error_t
parse_stage(int key, char *arg G_GNUC_UNUSED, struct argp_state *state)
{
	StageOptions *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		for (int i = 0; i < n_groups(options->stage); i++)
			state->child_inputs[i] = options;
		state->child_inputs[1] = &options->common;
		return 0;
	case ARGP_KEY_ARGS:
		options->operands = state->argv + state->next;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Receipts are counted by the filter that judges, and nowhere else. */
static bool
is_counted(const StageOptions *options)
{
	if (options->stage->stage != HISHO_STAGE_SCORE)
		return false;
	return options->record > 0 ||
	    (options->record == 0 && !options->is_batch &&
		options->format == FORMAT_MESSAGE && options->question == NULL);
}

void
stage_options_parse(StageOptions *options, int argc, char *argv[])
{
	static char *no_operands[] = { NULL };
	static const struct argp mail = { mail_options, parse_mail_option, NULL,
		NULL, NULL, NULL, NULL };
	static const struct argp route = { route_options, parse_route_option,
		NULL, NULL, NULL, NULL, NULL };
	const struct argp own = { own_options(options->stage), parse_own_option,
		NULL, NULL, NULL, NULL, NULL };
	struct argp_child children[] = { { &mail, 0, NULL, 0 },
		{ &tool_argp, 0, NULL, 0 }, { &route, 0, NULL, 0 },
		{ &dns_argp, 0, NULL, 0 }, { &own, 0, NULL, 0 }, { 0 } };
	const struct argp argp = { NULL, parse_stage, "[FILE...]",
		options->stage->doc, children, NULL, NULL };

	children[n_groups(options->stage)].argp = NULL;
	options->operands = no_operands;
	argp_err_exit_status = EX_TEMPFAIL;
	argp_parse(&argp, argc, argv, 0, NULL, options);
	options->is_batch = options->is_mbox || *options->operands != NULL;
	if (options->question != NULL &&
	    (options->is_mbox || (*options->operands && options->operands[1])))
		argp_failure(NULL, EX_TEMPFAIL, 0, "--is asks of one message");
	options->is_counted = is_counted(options);
	options->is_made_up = options->is_told || options->again ||
	    options->common.now != NULL || options->dns_servers != NULL;
}

void
stage_options_resolve(StageOptions *options, const Tool *tool)
{
	if (tool->is_setgid && options->is_made_up)
		options->is_counted = false;
	options->boundary.networks = tool->networks;
	options->boundary.clients_hidden = tool->config->clients_hidden;
	options->boundary.hosts = (const char *const *)tool->config->own_hosts;
	dns_options_resolve(options, tool->config);
	if (!options->is_batch)
		options->n_jobs = 1;
	if (options->n_jobs == 0)
		options->n_jobs = g_get_num_processors();
}
