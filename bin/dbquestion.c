#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/mail/text.h"

enum { OPTION_DIGEST = 768, OPTION_ADDRESS, OPTION_HOST, OPTION_LINK };

static const struct argp_option option_table[] = {
	{ "digest", OPTION_DIGEST, "HEX", 0,
	    "who-voted: on the mail whose digest begins so (8 digits or more)",
	    1 },
	{ "address", OPTION_ADDRESS, "ADDRESS", 0,
	    "who-voted: on mail of this sender, or of a domain", 1 },
	{ "host", OPTION_HOST, "IP", 0,
	    "who-voted: on mail by this host, or a network", 1 },
	{ "link", OPTION_LINK, "HOST-OR-URL", 0,
	    "who-voted: who reported this link", 1 },
	{ 0 },
};

/* Fewer hex digits would soon name two mails. */
#define DIGEST_LEAST 8

static void
check_digest(const char *digest, struct argp_state *state)
{
	size_t length = strspn(digest, "0123456789abcdef");

	if (digest[length] == '\0' && length >= DIGEST_LEAST && length <= 64)
		return;
	g_autofree char *shown = hisho_text_for_terminal(digest);
	argp_error(state, "--digest: '%s' is not 8 to 64 digits 0-9a-f", shown);
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	DbQuestion *question = state->input;
	const struct {
		const char *name;
		const char **value;
	} ways[] = {
		[OPTION_DIGEST - OPTION_DIGEST] = { "--digest",
		    &question->digest },
		[OPTION_ADDRESS -
		    OPTION_DIGEST] = { "--address", &question->address },
		[OPTION_HOST - OPTION_DIGEST] = { "--host", &question->host },
		[OPTION_LINK - OPTION_DIGEST] = { "--link", &question->link },
	};

	if (key < OPTION_DIGEST || key > OPTION_LINK)
		return ARGP_ERR_UNKNOWN;
	const char *name = ways[key - OPTION_DIGEST].name;
	if (question->given != NULL)
		argp_error(state, "%s and %s: say in one way what is meant",
		    question->given, name);
	if (key == OPTION_DIGEST)
		check_digest(arg, state);
	question->given = name;
	*ways[key - OPTION_DIGEST].value = arg;
	return 0;
}

const struct argp db_question_argp = { option_table, parse_option, NULL, NULL,
	NULL, NULL, NULL };
