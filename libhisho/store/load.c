#include "libhisho/store/load.h"

#include <errno.h>
#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dumpline.h"
#include "libhisho/store/folded.h"
#include "libhisho/store/past.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/replace.h"
#include "libhisho/store/schema.h"
#include "libhisho/store/seen.h"
#include "libhisho/store/summary.h"
#include "libhisho/store/withdrawn.h"

/* Four times what the largest record can come to. */
#define LINE_BYTES (4 << 20)

typedef struct {
	FILE *text;
	GString *line;
	gint64 number; /* of the line */
	gint64 records;
	HishoBerkeley *berkeley;
} Load;

static bool
fail(const char *reason, GError **error)
{
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, reason);
	return false;
}

/* The next line without its end.  False at the end of the text, and with the
 * error if it cannot be read. */
static bool
read_line(Load *load, GError **error)
{
	int c;

	load->number++;
	g_string_truncate(load->line, 0);
	while ((c = getc_unlocked(load->text)) != EOF && c != '\n') {
		if (load->line->len == LINE_BYTES)
			return fail("is too long for a record", error);
		g_string_append_c(load->line, (char)c);
	}
	if (!ferror(load->text))
		return c != EOF || load->line->len > 0;
	g_set_error(
	    error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s", g_strerror(errno));
	return false;
}

static bool
is_record(const HishoPair *pair, GError **error)
{
	g_autoptr(HishoReceipt) receipt =
	    hisho_receipt_read(pair->key, pair->value, NULL);

	return receipt != NULL || fail("is no record of a mail", error);
}

static bool
is_sum(const HishoPair *pair, GError **error)
{
	HishoSum sum;

	return hisho_sum_parse(pair->value, &sum) ||
	    fail("is no sum of five numbers", error);
}

static bool
is_summary(const HishoPair *pair, GError **error)
{
	return hisho_summary_can_be(pair->key, pair->value) ||
	    fail("is no summary of mails", error);
}

static bool
is_span(const HishoPair *pair, GError **error)
{
	return hisho_seen_can_be(pair->value) ||
	    fail("is no time of the first and the last mail", error);
}

static bool
is_folded(const HishoPair *pair, GError **error)
{
	return hisho_folded_can_be(pair->value) ||
	    fail("is no list of mails in summaries", error);
}

static bool
is_time(const HishoPair *pair, GError **error)
{
	return hisho_withdrawn_parse(pair->value) > 0 ||
	    fail("is no time", error);
}

static bool
is_waiting(const HishoPair *pair, GError **error)
{
	HishoVote vote;

	return hisho_past_parse_waiting(pair->value, &vote) ||
	    fail("is no vote that waits", error);
}

static bool
is_permit(const HishoPair *pair, GError **error)
{
	g_autoptr(HishoPermit) permit = hisho_permits_read(pair->value, NULL);

	return permit != NULL || fail("is no permit", error);
}

static bool
is_our_schema(const HishoPair *pair, GError **error)
{
	return (pair->value.length == strlen(HISHO_SCHEMA) &&
		   memcmp(pair->value.data, HISHO_SCHEMA, pair->value.length) ==
		       0) ||
	    fail("is of another version of hisho (its schema is "
		 "not " HISHO_SCHEMA ")",
		error);
}

/* What has such a key, or one that begins so, must be readable: it would stop
 * every later reader. */
static const struct {
	const char *key;
	bool is_beginning;
	bool (*is_fine)(const HishoPair *pair, GError **error);
} kinds[] = {
	{ "ledger ", true, is_record },
	{ "own ", true, is_sum },
	{ "all ", true, is_sum },
	{ "folded ", true, is_summary },
	{ "folded-mails ", true, is_folded },
	{ "seen ", true, is_span },
	{ "permit ", true, is_permit },
	{ "block ", true, is_time },
	{ "allow-link ", true, is_time },
	{ "report ", true, is_time },
	{ "waiting ", true, is_waiting },
	{ HISHO_WITHDRAWN_PREFIX, true, is_time },
	{ HISHO_WITHDRAWN_BEGUN, false, is_time },
	{ HISHO_SCHEMA_KEY, false, is_our_schema },
};

static bool
is_fine(const HishoPair *pair, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		size_t length = strlen(kinds[i].key);
		if ((kinds[i].is_beginning ? pair->key.length >= length
					   : pair->key.length == length) &&
		    memcmp(pair->key.data, kinds[i].key, length) == 0)
			return kinds[i].is_fine(pair, error);
	}
	return true;
}

/* Puts the pair of the line that was read. */
static bool
put_line(Load *load, GError **error)
{
	HishoPair pair;

	if (!hisho_dumpline_parse(load->line, &pair, error) ||
	    !is_fine(&pair, error))
		return false;
	HishoChange added =
	    hisho_berkeley_add(load->berkeley, pair.key, pair.value, error);
	load->records++;
	return added == HISHO_CHANGE_MADE ||
	    (added == HISHO_CHANGE_NONE &&
		fail("has the key of an earlier line", error));
}

/* Whether the line that was read is the last one, and counts right. */
static bool
check_end(Load *load, GError **error)
{
	g_autofree char *wanted =
	    g_strdup_printf(HISHO_DUMP_LAST "%" G_GINT64_FORMAT, load->records);
	GError *reason = NULL;

	if (!g_str_equal(load->line->str, wanted) ||
	    strlen(wanted) != load->line->len)
		return fail("does not count the records above it: some are "
			    "missing, or too many",
		    error);
	if (read_line(load, &reason))
		return fail("stands behind the end of the dump", error);
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

static bool
read_first(Load *load, GError **error)
{
	GError *reason = NULL;
	bool read = read_line(load, &reason);

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	return (read && g_str_equal(load->line->str, HISHO_DUMP_FIRST)) ||
	    fail("is not '" HISHO_DUMP_FIRST "', with which a dump begins",
		error);
}

static bool
read_all(Load *load, GError **error)
{
	GError *reason = NULL;

	if (!read_first(load, error))
		return false;
	while (read_line(load, &reason)) {
		if (g_str_has_prefix(load->line->str, "~"))
			return check_end(load, error);
		if (!put_line(load, error))
			return false;
	}
	if (reason == NULL)
		return fail("is missing: the dump is cut short", error);
	g_propagate_error(error, reason);
	return false;
}

/* Builds the file at PATH from the text. */
static bool
build(Load *load, const char *path, GError **error)
{
	load->berkeley = hisho_berkeley_create_file(path, path, error);
	bool built = load->berkeley != NULL && read_all(load, error) &&
	    hisho_berkeley_sync(load->berkeley, error);

	hisho_berkeley_close(load->berkeley);
	return built;
}

/* Builds a file beside the database, which nobody has to wait for, and puts
 * it there. */
static bool
load_into(const char *directory, int wait_ms, Load *load, GError **error)
{
	const HishoReplaceTerms terms = { .wait_ms = wait_ms,
		.farewell = hisho_pairs_must_be_none };
	g_autofree char *kept = NULL;
	GError *reason = NULL;
	g_autoptr(HishoReplacement) replacement =
	    hisho_replacement_begin(directory, error);

	if (replacement == NULL)
		return false;
	const char *path =
	    hisho_new_file_path(hisho_replacement_file(replacement));
	if (!build(load, path, &reason)) {
		if (g_error_matches(reason, HISHO_ERROR, HISHO_ERROR_INPUT))
			g_prefix_error(&reason, "line %" G_GINT64_FORMAT " ",
			    load->number);
		g_propagate_error(error, reason);
		return false;
	}
	return load->records == 0 ||
	    (hisho_replacement_check(replacement, "the dump", error) &&
		hisho_replacement_place(replacement, &terms, &kept, error));
}

/* Asked at once, rather than only when all of the text was read. */
static bool
is_empty(const char *directory, int wait_ms, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(directory, wait_ms, error);
	HishoBerkeley *pairs =
	    database == NULL ? NULL : hisho_database_pairs(database);

	return database != NULL &&
	    (pairs == NULL || hisho_pairs_must_be_none(pairs, NULL, error));
}

gint64
hisho_load(const char *directory, int wait_ms, FILE *text, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	Load load = { .text = text, .line = line };

	return is_empty(directory, wait_ms, error) &&
		load_into(directory, wait_ms, &load, error)
	    ? load.records
	    : -1;
}
