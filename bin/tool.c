#include "bin/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "bin/setgid.h"
#include "bin/user.h"
#include "libhisho/base/error.h"
#include "libhisho/base/network.h"
#include "libhisho/mail/text.h"

#define SYSTEM_DATABASE "/var/lib/hisho"
#define SYSTEM_CONFIG "/etc/hisho/hisho.conf"

const char *argp_program_version = "hisho 0.1";
const char *argp_program_bug_address = NULL;

enum { OPTION_LANG = 512, OPTION_NOW };

static const struct argp_option option_table[] = {
	{ "database", 'd', "DIR", 0, "The directory of the database", 90 },
	{ "config", 'c', "FILE", 0,
	    "Read FILE instead of the system's and the user's configuration",
	    90 },
	{ "user", 'u', "NAME", 0,
	    "Whose votes and lists (for root and the database's owner)", 90 },
	{ "lang", OPTION_LANG, "LANG", 0, "The language of warnings: en, ja",
	    90 },
	{ "now", OPTION_NOW, "RFC3339", 0,
	    "Take this for the present time (tests and replays)", 90 },
	{ "verbose", 'v', NULL, 0, "Tell more on standard error", 90 },
	{ 0 },
};

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	ToolOptions *options = state->input;

	switch (key) {
	case 'd':
		options->database = arg;
		return 0;
	case 'c':
		options->config = arg;
		return 0;
	case 'u':
		options->user = arg;
		return 0;
	case OPTION_LANG:
		if (strcmp(arg, "en") != 0 && strcmp(arg, "ja") != 0)
			argp_error(
			    state, "--lang: '%s' is neither en nor ja", arg);
		options->lang = arg;
		return 0;
	case OPTION_NOW:
		options->now = arg;
		return 0;
	case 'v':
		options->verbose = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp tool_argp = { option_table, parse_option, NULL, NULL, NULL,
	NULL, NULL };

/* The directory VARIABLE names, or FALLBACK below the home directory. */
static char *
dup_xdg_directory(const char *variable, const char *fallback)
{
	const char *directory = getenv(variable);

	if (directory != NULL && g_path_is_absolute(directory))
		return g_strdup(directory);
	const char *home = getenv("HOME");
	const struct passwd *account =
	    home != NULL && *home != '\0' ? NULL : getpwuid(getuid());
	if (account != NULL)
		home = account->pw_dir;
	return home != NULL ? g_build_filename(home, fallback, NULL) : NULL;
}

static bool
read_config(Tool *tool, const ToolOptions *options, GError **error)
{
	if (options->config != NULL)
		return hisho_config_read(
		    tool->config, options->config, true, error);
	g_autofree char *directory =
	    dup_xdg_directory("XDG_CONFIG_HOME", ".config");
	g_autofree char *own = directory == NULL
	    ? NULL
	    : g_build_filename(directory, "hisho", "hisho.conf", NULL);
	if (!hisho_config_read(tool->config, SYSTEM_CONFIG, false, error))
		return false;
	if (own == NULL)
		return true;
	return tool->is_setgid
	    ? setgid_read_config(tool->config, SYSTEM_CONFIG, own, error)
	    : hisho_config_read(tool->config, own, false, error);
}

/* PATH with %u as the user's login name, or number where he has none, and %h
 * as the home directory; NULL where he has none of that. */
static char *
expand(const char *path)
{
	const struct passwd *account = getpwuid(getuid());
	g_autofree char *number = g_strdup_printf("%lu", (gulong)getuid());
	g_autoptr(GString) out = g_string_new(path);

	if (account == NULL && strstr(path, "%h") != NULL)
		return NULL;
	g_string_replace(
	    out, "%u", account != NULL ? account->pw_name : number, 0);
	if (account != NULL)
		g_string_replace(out, "%h", account->pw_dir, 0);
	return g_strdup(out->str);
}

char *
tool_dup_personal_directory(void)
{
	g_autofree char *data =
	    dup_xdg_directory("XDG_DATA_HOME", ".local/share");

	if (data == NULL)
		return NULL;
	char *directory = g_build_filename(data, "hisho", NULL);
	g_mkdir_with_parents(directory, 0700);
	return directory;
}

static char *
dup_database(const Tool *tool, const ToolOptions *options)
{
	const char *named = options->database != NULL
	    ? options->database
	    : getenv("HISHO_DATABASE");

	if (named != NULL && *named != '\0')
		return g_strdup(named);
	if (tool->config->database != NULL)
		return expand(tool->config->database);
	if (g_file_test(SYSTEM_DATABASE, G_FILE_TEST_IS_DIR))
		return g_strdup(SYSTEM_DATABASE);
	return tool_dup_personal_directory();
}

/* Records hold 0 for never: time begins a second later. */
static bool
find_time(Tool *tool, const ToolOptions *options, GError **error)
{
	tool->now = MAX(time(NULL), 1);
	if (options->now == NULL)
		return true;
	g_autoptr(GDateTime) now =
	    g_date_time_new_from_iso8601(options->now, NULL);
	if (now != NULL && g_date_time_to_unix(now) > 0) {
		tool->now = g_date_time_to_unix(now);
		return true;
	}
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "--now: '%s' is no time since 1970 like 2026-01-31T12:00:00Z",
	    options->now);
	return false;
}

static const char *
find_language(const Tool *tool, const ToolOptions *options)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };

	if (options->lang != NULL)
		return options->lang;
	if (tool->config->lang != NULL)
		return tool->config->lang;
	for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
		const char *value = getenv(variables[i]);
		if (value != NULL && *value != '\0')
			return g_str_has_prefix(value, "ja") ? "ja" : "en";
	}
	return "en";
}

/* What tells of a fault of ours must reach us, or nobody drains the input. */
static void
unblock_faults(void)
{
	static const int faults[] = { SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE,
		SIGILL };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		sigaddset(&set, faults[i]);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void
tool_start(void)
{
	setgid_start();
	umask(0077);
	unblock_faults();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null",
			fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(EX_TEMPFAIL);
}

/* Whether the database is the one that the system's administrator keeps for
 * all. */
static bool
is_shared(const Tool *tool)
{
	const char *configured = tool->config->database;

	return g_path_is_absolute(tool->database) &&
	    strcmp(tool->database,
		configured != NULL ? configured : SYSTEM_DATABASE) == 0;
}

static bool
find_database(Tool *tool, const ToolOptions *options, GError **error)
{
	tool->database = dup_database(tool, options);
	if (tool->database == NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "no database: neither --database nor a home directory");
		return false;
	}
	if (tool->is_setgid && !is_shared(tool)) {
		setgid_give_up();
		tool->is_setgid = false;
	}
	return true;
}

bool
tool_open(Tool *tool, const ToolOptions *given, GError **error)
{
	ToolOptions heeded = *given;
	const ToolOptions *options = &heeded;

	tool->is_setgid = setgid_is_on();
	if (tool->is_setgid)
		heeded = setgid_heeded(given);
	tool->config = hisho_config_new();
	if (!read_config(tool, options, error))
		return false;
	g_autofree char *networks =
	    g_strjoinv(" ", tool->config->trusted_networks);
	tool->networks = hisho_network_parse_list(networks, error);
	if (tool->networks == NULL)
		return false;
	if (!find_database(tool, options, error))
		return false;
	tool->user = user_dup_name(tool, options->user, error);
	if (tool->user == NULL || !find_time(tool, options, error))
		return false;
	tool->lang = find_language(tool, options);
	return true;
}

void
tool_close(Tool *tool)
{
	hisho_config_free(tool->config);
	g_clear_pointer(&tool->networks, g_array_unref);
	g_free(tool->database);
	g_free(tool->user);
}

void
tool_complain(const char *subject, const GError *error)
{
	g_autofree char *text =
	    g_strdup_printf("%s%s%s", subject != NULL ? subject : "",
		subject != NULL ? ": " : "", error->message);
	g_autofree char *shown = hisho_text_for_terminal(text);

	fprintf(stderr, "%s: %s\n", program_invocation_short_name, shown);
}

static bool
fail_output(GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
	    "standard output: %s", g_strerror(errno));
	return false;
}

bool
tool_write(const void *data, size_t length, GError **error)
{
	const char *at = data;

	while (length > 0) {
		ssize_t written = write(STDOUT_FILENO, at, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail_output(error);
		at += written;
		length -= (size_t)written;
	}
	return true;
}

bool
tool_close_output(GError **error)
{
	return close(STDOUT_FILENO) == 0 ? true : fail_output(error);
}
