/* hisho-db - keep the one database: look and check */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bin/tool.h"
#include "libhisho/base/error.h"
#include "libhisho/store/database.h"
#include "libhisho/store/rebuild.h"

typedef struct {
	ToolOptions common;
	const char *action;
} DbOptions;

typedef bool (*DbAction)(const Tool *tool, GError **error);

/* Room for what one pair of the database becomes as text. */
static void
append_escaped(GString *line, HishoSlice slice)
{
	for (size_t i = 0; i < slice.length; i++) {
		guchar c = (guchar)slice.data[i];
		if (c == '\\' || c < 0x20 || c == 0x7f)
			g_string_append_printf(line, "\\x%02x", c);
		else
			g_string_append_c(line, (char)c);
	}
}

typedef struct {
	GError *error;
} DumpState;

static bool
dump_pair(HishoSlice key, HishoSlice value, void *context)
{
	DumpState *state = context;
	g_autoptr(GString) line = g_string_new(NULL);

	append_escaped(line, key);
	g_string_append_c(line, '\t');
	append_escaped(line, value);
	g_string_append_c(line, '\n');
	return tool_write(line->str, line->len, &state->error);
}

/* From a private copy: output may block, and no lock may wait for it. */
static bool
dump(const Tool *tool, GError **error)
{
	DumpState state = { NULL };
	const HishoWalk walk = {
		.prefix = hisho_slice(""), .visit = dump_pair, .context = &state
	};
	g_autoptr(HishoDatabase) database = hisho_database_open_copy(
	    tool->database, (int)tool->config->database_ms, error);

	if (database == NULL || !hisho_database_walk(database, &walk, error))
		return false;
	if (state.error != NULL)
		g_propagate_error(error, state.error);
	return state.error == NULL;
}

typedef struct {
	gint64 mails, receipts, votes;
	gint64 oldest;
} Counts;

static bool
count_record(const HishoReceipt *receipt, void *context)
{
	Counts *counts = context;

	counts->mails++;
	counts->receipts += receipt->received > 0;
	counts->votes += receipt->vote != NULL;
	if (receipt->received > 0 &&
	    (counts->oldest == 0 || receipt->received < counts->oldest))
		counts->oldest = receipt->received;
	return true;
}

static void
append_time(GString *text, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *shown = time > 0 && moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ")
	    : g_strdup("never");

	g_string_append_printf(text, "%s\t%s\n", label, shown);
}

static bool
stat_database(const Tool *tool, GError **error)
{
	int wait_ms = (int)tool->config->database_ms;
	Counts counts = { 0 };
	HishoDatabaseState state;
	const HishoLedgerWalk walk = { NULL, count_record, &counts };
	g_autoptr(GString) text = g_string_new(NULL);

	if (!hisho_database_inspect(tool->database, wait_ms, &state, error))
		return false;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(tool->database, wait_ms, error);
	if (database == NULL || !hisho_ledger_walk(database, &walk, error))
		return false;
	g_string_append_printf(text, "directory\t%s\n", tool->database);
	const struct {
		const char *label;
		gint64 number;
	} numbers[] = { { "records", counts.mails },
		{ "receipts", counts.receipts }, { "votes", counts.votes },
		{ "database-bytes", state.database_bytes },
		{ "log-bytes", state.log_bytes } };
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		g_string_append_printf(text, "%s\t%" G_GINT64_FORMAT "\n",
		    numbers[i].label, numbers[i].number);
	append_time(text, "oldest-receipt", counts.oldest);
	append_time(text, "last-recovery", state.recovered);
	return tool_write(text->str, text->len, error);
}

static bool
verify(const Tool *tool, GError **error)
{
	int wait_ms = (int)tool->config->database_ms;

	if (!hisho_database_verify(tool->database, wait_ms, error))
		return false;
	const char said[] = "every page of the database is in order\n";
	return tool_write(said, sizeof said - 1, error);
}

static bool
rebuild(const Tool *tool, GError **error)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_for_writing(
	    tool->database, (int)tool->config->database_ms, error);
	g_autoptr(GPtrArray) differences =
	    database != NULL ? hisho_rebuild(database, error) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);

	if (differences == NULL ||
	    (differences->len > 0 && !hisho_database_commit(database, error)))
		return false;
	for (guint i = 0; i < differences->len; i++)
		g_string_append_printf(
		    text, "%s\n", (const char *)differences->pdata[i]);
	g_string_append_printf(
	    text, "%u sum(s) differed from the ledger\n", differences->len);
	return tool_write(text->str, text->len, error);
}

static const struct {
	const char *name;
	DbAction action;
} actions[] = {
	{ "stat", stat_database },
	{ "dump", dump },
	{ "verify", verify },
	{ "rebuild", rebuild },
};

static DbAction
find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return actions[i].action;
	return NULL;
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	DbOptions *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->common;
		return 0;
	case ARGP_KEY_ARG:
		if (options->action != NULL)
			argp_error(state, "'%s' is one ACTION too many", arg);
		if (find_action(arg) == NULL)
			argp_error(state,
			    "'%s' is no ACTION; it is one of "
			    "stat, dump, verify, rebuild",
			    arg);
		options->action = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "what shall be done? ACTION is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int
main(int argc, char *argv[])
{
	static const struct argp_child children[] = {
		{ &tool_argp, 0, NULL, 0 }, { 0 }
	};
	const struct argp argp = { NULL, parse_option, "ACTION",
		"Look at the database, check it, mend its sums.\v"
		"ACTION is one of stat, dump, verify, rebuild.",
		children, NULL, NULL };
	DbOptions options = { 0 };
	Tool tool = { 0 };
	g_autoptr(GError) error = NULL;

	tool_start();
	argp_err_exit_status = EX_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, &options);
	bool ok = tool_open(&tool, &options.common, &error) &&
	    find_action(options.action)(&tool, &error);
	ok = ok && tool_close_output(&error);
	if (!ok)
		tool_complain(tool.database, error);
	tool_close(&tool);
	return ok ? EX_OK : hisho_error_exit_status(error);
}
