/* hisho-db - keep the one database: look, check, mend, save */
#include <string.h>
#include <sysexits.h>

#include "bin/dbcase.h"
#include "bin/setgid.h"
#include "bin/user.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/text.h"

typedef struct {
	const char *name;
	DbAction act;
	bool takes_file;
	bool needs_file;
	bool takes_expiry;
	bool takes_question;
	bool is_for_keepers; /* user_may_keep() */
	bool is_slow;	     /* others wait: where they are strangers, too */
} Action;

typedef struct {
	ToolOptions common;
	const Action *action;
	DbCase about;
} DbOptions;

static const Action actions[] = {
	{ .name = "stat", .act = db_stat },
	{ .name = "dump", .act = db_dump, .is_for_keepers = true },
	{ .name = "load",
	    .act = db_load,
	    .takes_file = true,
	    .is_for_keepers = true },
	{ .name = "verify", .act = db_verify },
	{ .name = "rebuild", .act = db_rebuild, .is_slow = true },
	{ .name = "backup",
	    .act = db_backup,
	    .takes_file = true,
	    .needs_file = true,
	    .is_for_keepers = true },
	{ .name = "restore",
	    .act = db_restore,
	    .takes_file = true,
	    .needs_file = true,
	    .is_for_keepers = true },
	{ .name = "expire",
	    .act = db_expire,
	    .takes_expiry = true,
	    .is_for_keepers = true },
	{ .name = "export", .act = db_export, .is_for_keepers = true },
	{ .name = "import",
	    .act = db_import,
	    .takes_file = true,
	    .is_for_keepers = true },
	{ .name = "who-voted",
	    .act = db_who_voted,
	    .takes_question = true,
	    .is_for_keepers = true },
};

static const Action *
find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

static char *
dup_names(void)
{
	GString *names = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		g_string_append_printf(
		    names, "%s%s", i > 0 ? ", " : "", actions[i].name);
	return g_string_free(names, FALSE);
}

/* The action, then its FILE. */
static void
take_operand(DbOptions *options, const char *arg, struct argp_state *state)
{
	g_autofree char *shown = hisho_text_for_terminal(arg);

	if (options->action == NULL) {
		options->action = find_action(arg);
		g_autofree char *names = dup_names();
		if (options->action == NULL)
			argp_error(state, "'%s' is no ACTION; it is one of %s",
			    shown, names);
		return;
	}
	if (!options->action->takes_file || options->about.file != NULL)
		argp_error(state, "'%s' is one %s too many", shown,
		    options->action->takes_file ? "FILE" : "operand");
	options->about.file = arg;
}

static void
check_expiry(const DbOptions *options, struct argp_state *state)
{
	const DbExpiry *expiry = &options->about.expiry;
	const char *name = options->action->name;

	if (!options->action->takes_expiry && expiry->given != NULL)
		argp_error(
		    state, "%s does not go with %s", expiry->given, name);
	if (options->action->takes_expiry && !expiry->has_age &&
	    expiry->bytes == 0)
		argp_error(
		    state, "%s: say --older-than, --down-to or both", name);
}

static void
check_question(const DbOptions *options, struct argp_state *state)
{
	const char *given = options->about.question.given;
	const char *name = options->action->name;

	if (!options->action->takes_question && given != NULL)
		argp_error(state, "%s does not go with %s", given, name);
	if (options->action->takes_question && given == NULL)
		argp_error(state,
		    "%s: about what? Say --digest, --address, --host or"
		    " --link",
		    name);
}

static void
check_operands(const DbOptions *options, struct argp_state *state)
{
	if (options->action == NULL)
		argp_error(state, "what shall be done? ACTION is missing");
	if (options->action->needs_file && options->about.file == NULL)
		argp_error(state, "%s: FILE is missing", options->action->name);
	check_expiry(options, state);
	check_question(options, state);
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	DbOptions *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->common;
		state->child_inputs[1] = &options->about.expiry;
		state->child_inputs[2] = &options->about.question;
		return 0;
	case ARGP_KEY_ARG:
		take_operand(options, arg, state);
		return 0;
	case ARGP_KEY_END:
		check_operands(options, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static bool
may_act(const Tool *tool, const Action *action, GError **error)
{
	bool is_for_keepers =
	    action->is_for_keepers || (action->is_slow && tool->is_setgid);

	return !is_for_keepers || user_may_keep(tool, error);
}

int
main(int argc, char *argv[])
{
	static const struct argp_child children[] = {
		{ &tool_argp, 0, NULL, 0 },
		{ &db_expiry_argp, 0, NULL, 0 },
		{ &db_question_argp, 0, NULL, 0 },
		{ 0 },
	};
	g_autofree char *names = dup_names();
	g_autofree char *doc = g_strdup_printf(
	    "Look at the database, check it, save it, mend it.\v"
	    "ACTION is one of %s.",
	    names);
	const struct argp argp = { NULL, parse_option, "ACTION [FILE]", doc,
		children, NULL, NULL };
	DbOptions options = { 0 };
	Tool tool = { 0 };
	g_autoptr(GError) error = NULL;

	tool_start();
	argp_err_exit_status = EX_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, &options);
	options.about.tool = &tool;
	bool ok = tool_open(&tool, &options.common, &error) &&
	    may_act(&tool, options.action, &error) &&
	    setgid_check_time(&tool, &options.common, &error);
	options.about.only_user =
	    options.common.user != NULL ? tool.user : NULL;
	ok = ok && options.action->act(&options.about, &error);
	ok = ok && tool_close_output(&error);
	if (!ok)
		tool_complain(tool.database, error);
	tool_close(&tool);
	return ok ? EX_OK : hisho_error_exit_status(error);
}
