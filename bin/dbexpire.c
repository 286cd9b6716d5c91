#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/text.h"
#include "libhisho/store/slim.h"

#define DAY_S 86400

/* A hundred years: before that nobody had mail. */
#define DAYS_MOST 36525

/* Hosts that exchange votes have met again by then. */
#define MARKS_DAYS 365

enum { OPTION_OLDER_THAN = 256, OPTION_DOWN_TO, OPTION_DRY_RUN };

static const struct argp_option option_table[] = {
	{ "older-than", OPTION_OLDER_THAN, "DAYS", 0,
	    "expire: receipts without votes that are older", 1 },
	{ "down-to", OPTION_DOWN_TO, "SIZE", 0,
	    "expire: the oldest of them, until the file has SIZE bytes (or k,"
	    " M, G)",
	    1 },
	{ "dry-run", OPTION_DRY_RUN, NULL, 0,
	    "expire: say what would be done, and do nothing", 1 },
	{ 0 },
};

static void
set_days(DbExpiry *expiry, const char *arg, struct argp_state *state)
{
	g_autofree char *shown = hisho_text_for_terminal(arg);

	expiry->given = "--older-than";
	expiry->has_age = g_ascii_string_to_signed(
	    arg, 10, 0, DAYS_MOST, &expiry->days, NULL);
	if (!expiry->has_age)
		argp_error(
		    state, "--older-than: '%s' is no number of days", shown);
}

/* A number of bytes, or of 1024, 1024 * 1024 or so of them. */
static void
set_bytes(DbExpiry *expiry, const char *arg, struct argp_state *state)
{
	static const char units[] = "kMG";
	g_autofree char *number = g_strdup(arg);
	g_autofree char *shown = hisho_text_for_terminal(arg);
	size_t length = strlen(number);
	const char *unit = length > 0 && number[length - 1] != '\0'
	    ? strchr(units, number[length - 1])
	    : NULL;
	int shift = unit == NULL ? 0 : 10 * (int)(unit - units + 1);

	expiry->given = "--down-to";
	if (unit != NULL)
		number[length - 1] = '\0';
	if (!g_ascii_string_to_signed(
		number, 10, 1, G_MAXINT64 >> shift, &expiry->bytes, NULL))
		argp_error(state,
		    "--down-to: '%s' is no size like 500M, 2G or 1000000",
		    shown);
	expiry->bytes <<= shift;
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
	DbExpiry *expiry = state->input;

	switch (key) {
	case OPTION_OLDER_THAN:
		set_days(expiry, arg, state);
		return 0;
	case OPTION_DOWN_TO:
		set_bytes(expiry, arg, state);
		return 0;
	case OPTION_DRY_RUN:
		expiry->given = "--dry-run";
		expiry->is_dry = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp db_expiry_argp = { option_table, parse_option, NULL, NULL,
	NULL, NULL, NULL };

static bool
read_bytes(const DbCase *about, gint64 *bytes, GError **error)
{
	HishoDatabaseState state;
	bool ok = hisho_database_inspect(about->tool->database,
	    (int)about->tool->config->database_ms, &state, error);

	*bytes = state.database_bytes;
	return ok;
}

static bool
slim(const DbCase *about, HishoExpired *expired, GError **error)
{
	const DbExpiry *wish = &about->expiry;
	const gint64 now = about->tool->now;
	const HishoSlimming receipts = { about->tool->database,
		wish->has_age ? now - wish->days * DAY_S : 0, wish->bytes,
		wish->is_dry };
	const HishoExpiry marks = { about->tool->database,
		now - MARKS_DAYS * DAY_S, wish->is_dry };

	return hisho_expire_marks(&marks, expired, error) &&
	    hisho_slim(&receipts, expired, error);
}

static bool
say(const DbCase *about, const HishoExpired *expired, const gint64 bytes[2],
    GError **error)
{
	const bool is_dry = about->expiry.is_dry;
	g_autoptr(GString) text = g_string_new(NULL);
	const struct {
		const char *label;
		gint64 number;
		bool is_known;
	} lines[] = {
		{ "receipts-folded", expired->receipts, true },
		{ "summaries-made", expired->summaries, !is_dry },
		{ "withdrawals-forgotten", expired->marks, true },
		{ "bytes-before", bytes[0], true },
		{ "bytes-after", bytes[1], !is_dry },
	};

	if (is_dry)
		g_string_append(text, "dry-run\tnothing was changed\n");
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		if (lines[i].is_known)
			g_string_append_printf(text,
			    "%s\t%" G_GINT64_FORMAT "\n", lines[i].label,
			    lines[i].number);
	return tool_write(text->str, text->len, error);
}

bool
db_expire(const DbCase *about, GError **error)
{
	HishoExpired expired = { 0 };
	gint64 bytes[2];

	return read_bytes(about, &bytes[0], error) &&
	    slim(about, &expired, error) &&
	    read_bytes(about, &bytes[1], error) &&
	    say(about, &expired, bytes, error);
}
