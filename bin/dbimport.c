#include <errno.h>
#include <stdio.h>

#include "bin/dbcase.h"
#include "libhisho/base/error.h"
#include "libhisho/store/import.h"
#include "libhisho/store/stroll.h"
#include "libhisho/store/withdrawn.h"

/* Nobody waits for an import; but everybody for its lock, so that it is done
 * in pieces: so long one reads, and so much it may leave to write home. */
#define PIECE_US 100000
#define PIECE_RECORDS 1000

/* Clocks differ, but not by more: what is later would win for years. */
#define AHEAD_SECONDS (24 * 60 * 60)

typedef FILE File;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(File, fclose)

typedef struct {
	const DbCase *about;
	FILE *text;
	GString *line;
	gint64 number; /* of the line */
	gint64 records, changed, ahead, others;
} Import;

static bool
fail_io(GError **error)
{
	g_set_error(
	    error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s", g_strerror(errno));
	return false;
}

static bool
copy_all(FILE *from, FILE *to, GError **error)
{
	char block[1 << 16];
	size_t n;

	while ((n = fread(block, 1, sizeof block, from)) > 0)
		if (fwrite(block, 1, n, to) != n)
			return fail_io(error);
	return (!ferror(from) && fflush(to) == 0) || fail_io(error);
}

/* Everything is looked at before anything is taken, so twice: pipes cannot
 * be read again, and files may change. */
static FILE *
dup_text(const char *path, GError **error)
{
	g_autoptr(File) file = path != NULL ? fopen(path, "re") : NULL;
	g_autoptr(File) copy = tmpfile();

	if ((path != NULL && file == NULL) || copy == NULL) {
		fail_io(error);
		return NULL;
	}
	if (!copy_all(path != NULL ? file : stdin, copy, error))
		return NULL;
	rewind(copy);
	return g_steal_pointer(&copy);
}

static bool
refuse(const Import *import, GError *reason, GError **error)
{
	g_prefix_error(&reason, "line %" G_GINT64_FORMAT ": ", import->number);
	g_propagate_error(error, reason);
	return false;
}

/* The next line; false without error behind the last. */
static bool
next_line(Import *import, GError **error)
{
	int c;

	import->number++;
	g_string_truncate(import->line, 0);
	while ((c = getc_unlocked(import->text)) != EOF && c != '\n') {
		g_string_append_c(import->line, (char)c);
		if (import->line->len > HISHO_FOREIGN_LINE_BYTES)
			return refuse(import,
			    g_error_new(HISHO_ERROR, HISHO_ERROR_INPUT,
				"longer than any record"),
			    error);
	}
	if (ferror(import->text))
		return fail_io(error);
	return c != EOF || import->line->len > 0;
}

static bool
check_first(Import *import, GError **error)
{
	GError *reason = NULL;

	rewind(import->text);
	import->number = 0;
	if (!next_line(import, &reason) && reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	return hisho_foreign_is_first(
		   import->line->str, import->line->len, &reason) ||
	    refuse(import, reason, error);
}

/* The record of the next line; NULL without error behind the last. */
static HishoForeign *
next_record(Import *import, GError **error)
{
	GError *reason = NULL;

	if (!next_line(import, error))
		return NULL;
	HishoForeign *foreign =
	    hisho_foreign_parse(import->line->str, import->line->len, &reason);
	if (foreign == NULL)
		refuse(import, reason, error);
	return foreign;
}

/* Whether every line can be taken. */
static bool
check_all(Import *import, GError **error)
{
	GError *reason = NULL;
	HishoForeign *foreign;

	if (!check_first(import, error))
		return false;
	while ((foreign = next_record(import, &reason)) != NULL)
		hisho_foreign_free(foreign);
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

/* A piece of the import: one transaction. */
typedef struct {
	Import *import;
	bool is_changed;
	bool is_last;
} Piece;

static bool
take_record(Piece *piece, HishoDatabase *database, const HishoForeign *foreign,
    GError **error)
{
	Import *import = piece->import;
	const DbCase *about = import->about;

	import->records++;
	if (about->only_user != NULL &&
	    !g_str_equal(about->only_user, foreign->user)) {
		import->others++;
		return true;
	}
	if (foreign->time > about->tool->now + AHEAD_SECONDS) {
		import->ahead++;
		return true;
	}
	HishoChange change = hisho_import(database, foreign, error);
	import->changed += change == HISHO_CHANGE_MADE;
	piece->is_changed |= change == HISHO_CHANGE_MADE;
	return change != HISHO_CHANGE_FAILED;
}

static bool
take_records(Piece *piece, HishoDatabase *database, GError **error)
{
	const gint64 deadline_us = g_get_monotonic_time() + PIECE_US;
	GError *reason = NULL;

	for (int i = 0;
	     i < PIECE_RECORDS && g_get_monotonic_time() < deadline_us; i++) {
		g_autoptr(HishoForeign) foreign =
		    next_record(piece->import, &reason);
		piece->is_last = foreign == NULL;
		if (foreign == NULL)
			break;
		if (!take_record(piece, database, foreign, error))
			return false;
	}
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

static HishoChange
take_piece(HishoDatabase *database, void *context, GError **error)
{
	Piece *piece = context;

	*piece = (Piece){ .import = piece->import };
	hisho_database_set_time(database, piece->import->about->tool->now);
	HishoChange begun = hisho_withdrawn_begin(database, error);
	if (begun == HISHO_CHANGE_FAILED ||
	    !take_records(piece, database, error))
		return HISHO_CHANGE_FAILED;
	return piece->is_changed ? HISHO_CHANGE_MADE : begun;
}

static bool
say(const Import *import, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append_printf(text,
	    "%" G_GINT64_FORMAT " record(s), %" G_GINT64_FORMAT
	    " of them new here\n",
	    import->records, import->changed);
	if (import->others > 0)
		g_string_append_printf(text,
		    "%" G_GINT64_FORMAT " of other users left out\n",
		    import->others);
	if (import->ahead > 0)
		g_string_append_printf(text,
		    "%" G_GINT64_FORMAT " left out: more than a day ahead of"
		    " this clock\n",
		    import->ahead);
	return tool_write(text->str, text->len, error);
}

static bool
import_text(Import *import, GError **error)
{
	Piece piece = { .import = import };
	const HishoStrollStep step = { import->about->tool->database,
		take_piece, &piece };
	gint64 held_ms;

	if (!check_all(import, error) || !check_first(import, error))
		return false;
	while (!piece.is_last)
		if (!hisho_stroll_step(&step, &held_ms, error))
			return false;
	return say(import, error);
}

bool
db_import(const DbCase *about, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	GError *reason = NULL;
	g_autoptr(File) text = dup_text(about->file, &reason);
	Import import = { .about = about, .text = text, .line = line };

	if (text != NULL && import_text(&import, &reason))
		return true;
	if (about->file != NULL)
		g_prefix_error(&reason, "%s: ", about->file);
	g_propagate_error(error, reason);
	return false;
}
