#include "libhisho/report/worthpage.h"

#include <string.h>

#include "libhisho/base/json.h"
#include "libhisho/report/paint.h"
#include "libhisho/report/worthwords.h"

#define D "%" G_GINT64_FORMAT

/* The widest name of a row with its level, and that of a warning. */
#define ROW_COLUMNS 21
#define NAME_COLUMNS 24

static const char *const side_names[] = {
	[HISHO_WORTH_GOOD] = "good", [HISHO_WORTH_BAD] = "bad"
};

static char *
dup_day(gint64 time)
{
	g_autoptr(GDateTime) day =
	    time != 0 ? g_date_time_new_from_unix_utc(time) : NULL;

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d")
			   : g_strdup("(no date)");
}

/* ", 3 WHAT" where there are any. */
static void
add_count(GString *page, gint64 count, const char *what)
{
	if (count > 0)
		g_string_append_printf(page, ", " D " %s", count, what);
}

static void
add_side(GString *page, const HishoWorthCase *about, HishoSide side)
{
	const HishoWorthSide *counts = &about->worth->sides[side];
	g_autofree char *first = dup_day(counts->first);
	g_autofree char *last = dup_day(counts->last);
	g_autofree char *file = hisho_paint_dup_tail(about->files[side], 60);

	g_string_append_printf(page,
	    "%-5s%s\n     " D " mail(s), %s to %s; judged: " D,
	    side_names[side], file, counts->mails, first, last, counts->judged);
	add_count(page, counts->undated, "without a date, at the end");
	g_string_append(page, "\n");
	GString *left_out = g_string_new(NULL);
	add_count(left_out, counts->copies, "copies of others");
	add_count(left_out, counts->disputed, "said to be good and bad");
	add_count(left_out, counts->damaged, "that could not be analysed");
	if (left_out->len > 0)
		g_string_append_printf(
		    page, "     left out: %s\n", left_out->str + 2);
	g_string_free(left_out, TRUE);
}

/* "     12 100 %", the share only where there is something to share. */
static void
add_share(GString *page, gint64 part, gint64 whole)
{
	g_string_append_printf(page, " %6" G_GINT64_FORMAT, part);
	if (whole > 0)
		g_string_append_printf(page, " %3" G_GINT64_FORMAT " %%",
		    hisho_worth_share(part, whole));
	else
		g_string_append(page, "      ");
}

/* The name of a row without "own-", which all have; its level where it is not
 * the mail's own. */
static char *
dup_name(const HishoWorthLine *line)
{
	const char *name =
	    g_str_has_prefix(line->name, "own-") ? line->name + 4 : line->name;
	bool is_plain =
	    *line->level == '\0' || strcmp(line->level, "exact") == 0;

	return is_plain ? g_strdup(name)
			: g_strdup_printf("%s (%s)", name, line->level);
}

static void
add_hits(
    GString *page, const char *name, const HishoWorthLine *line, HishoSide side)
{
	const HishoHits *hits = &line->hits[side];
	g_autofree char *column = hisho_paint_dup_column(name, ROW_COLUMNS);

	if (hits->mails == 0)
		return;
	g_string_append_printf(page, "%s%-4s %7" G_GINT64_FORMAT, column,
	    side_names[side], hits->mails);
	add_share(page, hits->right, hits->mails);
	add_share(page, hits->wrong, hits->mails);
	add_share(page, hits->mails - hits->right - hits->wrong, hits->mails);
	g_string_append_printf(page, " %6" G_GINT64_FORMAT "\n", hits->held);
}

static void
add_lines(GString *page, const char *title, const GPtrArray *lines)
{
	g_autofree char *column = hisho_paint_dup_column(title, ROW_COLUMNS);

	if (lines->len == 0)
		return;
	g_string_append_printf(page, "\n%s%-4s %7s%13s%13s%13s%7s\n", column,
	    "on", "n", "right", "wrong", "silent", "held");
	for (guint i = 0; i < lines->len; i++) {
		const HishoWorthLine *line = lines->pdata[i];
		g_autofree char *name = dup_name(line);
		bool is_on_good = line->hits[HISHO_WORTH_GOOD].mails > 0;
		add_hits(page, name, line, HISHO_WORTH_GOOD);
		add_hits(page, is_on_good ? "" : name, line, HISHO_WORTH_BAD);
	}
}

/* A warning has only one thing to say. */
static void
add_warnings(GString *page, const HishoWorth *worth)
{
	g_autofree char *title =
	    hisho_paint_dup_column("Warnings", NAME_COLUMNS + 8);

	g_string_append_printf(page,
	    "\n%s%15s of %-6" G_GINT64_FORMAT "%15s of " D "\n", title,
	    "wrong on good", worth->sides[HISHO_WORTH_GOOD].judged,
	    "right on bad", worth->sides[HISHO_WORTH_BAD].judged);
	for (guint i = 0; i < worth->warnings->len; i++) {
		const HishoWorthLine *line = worth->warnings->pdata[i];
		const HishoHits *good = &line->hits[HISHO_WORTH_GOOD];
		const HishoHits *bad = &line->hits[HISHO_WORTH_BAD];
		g_autofree char *name =
		    hisho_paint_dup_column(line->name, NAME_COLUMNS);
		g_string_append_printf(page, "%s%-8s", name, line->level);
		add_share(page, good->wrong, good->mails);
		g_string_append(page, "          ");
		add_share(page, bad->right, bad->mails);
		g_string_append(page, "\n");
	}
	if (worth->warnings->len == 0)
		g_string_append(page, "none\n");
}

char *
hisho_worthpage_dup_text(const HishoWorthCase *about)
{
	const HishoWorth *worth = about->worth;
	GString *page = g_string_new(NULL);

	g_string_append(page,
	    "Old mail replayed: each judged by the votes on"
	    " those before it, then voted on.\n\n");
	add_side(page, about, HISHO_WORTH_GOOD);
	add_side(page, about, HISHO_WORTH_BAD);
	add_lines(page, "What hisho said", worth->verdicts);
	add_lines(page, "Each row, alone", worth->rows);
	add_lines(page, "The row that decided", worth->deciders);
	add_warnings(page, worth);
	g_string_append(page, "\n");
	hisho_worthwords_add(page, worth);
	return g_string_free(page, FALSE);
}

static HishoJson *
hits_to_json(const HishoHits *hits)
{
	HishoJson *json = hisho_json_new_object();

	hisho_json_set_number(json, "mails", hits->mails);
	hisho_json_set_number(json, "right", hits->right);
	hisho_json_set_number(json, "wrong", hits->wrong);
	hisho_json_set_number(
	    json, "silent", hits->mails - hits->right - hits->wrong);
	hisho_json_set_number(json, "held", hits->held);
	return json;
}

static HishoJson *
lines_to_json(const GPtrArray *lines)
{
	HishoJson *array = hisho_json_new_array();

	for (guint i = 0; i < lines->len; i++) {
		const HishoWorthLine *line = lines->pdata[i];
		HishoJson *json = hisho_json_new_object();
		hisho_json_set_text(json, "name", line->name);
		hisho_json_set_text(
		    json, "level", *line->level != '\0' ? line->level : NULL);
		for (int side = 0; side < HISHO_WORTH_SIDES; side++)
			hisho_json_set_take(json, side_names[side],
			    hits_to_json(&line->hits[side]));
		hisho_json_append_take(array, json);
	}
	return array;
}

static HishoJson *
side_to_json(const HishoWorthCase *about, HishoSide side)
{
	static const struct {
		const char *key;
		size_t offset;
	} members[] = {
		{ "mails", offsetof(HishoWorthSide, mails) },
		{ "judged", offsetof(HishoWorthSide, judged) },
		{ "copies", offsetof(HishoWorthSide, copies) },
		{ "disputed", offsetof(HishoWorthSide, disputed) },
		{ "damaged", offsetof(HishoWorthSide, damaged) },
		{ "undated", offsetof(HishoWorthSide, undated) },
		{ "local", offsetof(HishoWorthSide, local) },
		{ "silent", offsetof(HishoWorthSide, silent) },
		{ "warned", offsetof(HishoWorthSide, warned) },
		{ "first", offsetof(HishoWorthSide, first) },
		{ "last", offsetof(HishoWorthSide, last) },
	};
	const char *counts = (const char *)&about->worth->sides[side];
	HishoJson *json = hisho_json_new_object();

	hisho_json_set_text(json, "file", about->files[side]);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		hisho_json_set_number(json, members[i].key,
		    *(const gint64 *)(const void *)(counts +
			members[i].offset));
	return json;
}

char *
hisho_worthpage_dup_json(const HishoWorthCase *about)
{
	const HishoWorth *worth = about->worth;
	g_autoptr(HishoJson) json = hisho_json_new_object();

	hisho_json_set_number(json, "hisho", 1);
	for (int side = 0; side < HISHO_WORTH_SIDES; side++)
		hisho_json_set_take(
		    json, side_names[side], side_to_json(about, side));
	hisho_json_set_take(json, "verdicts", lines_to_json(worth->verdicts));
	hisho_json_set_take(json, "rows", lines_to_json(worth->rows));
	hisho_json_set_take(json, "deciders", lines_to_json(worth->deciders));
	hisho_json_set_take(json, "warnings", lines_to_json(worth->warnings));
	return hisho_json_dup_line(json);
}
