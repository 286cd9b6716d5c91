#include <string.h>

#include "libhisho/report/worthpage.h"
#include "libhisho/score/warning.h"
#include "libhisho/score/worth.h"
#include "libhisho/store/tally.h"

/* One judgement in short.  Rows as "own route 1/0 exact", those that decide by
 * name; warnings by code. */
typedef struct {
	HishoSide side;
	const char *advice, *reason, *by, *folder;
	const char *rows, *warnings;
	bool is_unproven, is_pool, is_local;
} Case;

static HishoRow *
read_row(const char *text)
{
	HishoRow *row = hisho_record_new(&hisho_row_type);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_auto(GStrv) counts = g_strsplit(words[2], "/", 2);

	row->scope = g_strdup(words[0]);
	row->axis = g_strdup(words[1]);
	row->level = g_strdup(words[3]);
	row->trusted = g_ascii_strtoll(counts[0], NULL, 10);
	row->distrusted = g_ascii_strtoll(counts[1], NULL, 10);
	return row;
}

/* The one of ROWS called NAME, as "own-route", or NULL. */
static const HishoRow *
find_row(const GPtrArray *rows, const char *name)
{
	for (guint i = 0; i < rows->len; i++) {
		const HishoRow *row = rows->pdata[i];
		g_autofree char *full =
		    g_strdup_printf("%s-%s", row->scope, row->axis);
		if (g_strcmp0(full, name) == 0)
			return row;
	}
	return NULL;
}

static void
add(HishoWorth *worth, const Case *about)
{
	g_autoptr(HishoMemory) memory = hisho_memory_new_unavailable(NULL);
	HishoVerdict *verdict = g_new0(HishoVerdict, 1);
	g_auto(GStrv) rows =
	    g_strsplit(about->rows != NULL ? about->rows : "", ", ", -1);
	g_auto(GStrv) codes =
	    g_strsplit(about->warnings != NULL ? about->warnings : "", " ", -1);

	verdict->warnings = g_ptr_array_new_with_free_func(hisho_warning_free);
	for (char **row = rows; *row != NULL; row++)
		g_ptr_array_add(memory->rows, read_row(*row));
	verdict->row = find_row(memory->rows, about->by);
	for (char **code = codes; *code != NULL; code++) {
		HishoWarning *warning = g_new0(HishoWarning, 1);
		warning->code = *code;
		warning->evidence = g_ptr_array_new();
		g_ptr_array_add(verdict->warnings, warning);
	}
	verdict->advice = about->advice;
	verdict->advice_reason = about->reason != NULL ? about->reason : "";
	verdict->by = about->by;
	verdict->folder = about->folder != NULL ? about->folder : "gray";
	verdict->grounds = (HishoAdviceCase){
		.is_applicable = !about->is_local,
		.has_one_from = true,
		.is_proven = !about->is_unproven,
		.sender_owns_from = true,
		.is_pool = about->is_pool,
		.is_pool_net = about->is_pool,
		.others_green = 2,
		.others_red = 1,
	};
	hisho_worth_add(worth, about->side, verdict, memory);
	hisho_verdict_free(verdict);
}

/* What LINES say, as "name level right/wrong/held/mails on good, on bad". */
static char *
dup_lines(const GPtrArray *lines)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < lines->len; i++) {
		const HishoWorthLine *line = lines->pdata[i];
		g_string_append_printf(text, "%s %s", line->name, line->level);
		for (int side = 0; side < HISHO_WORTH_SIDES; side++) {
			const HishoHits *hits = &line->hits[side];
			g_string_append_printf(text, " %d/%d/%d/%d",
			    (int)hits->right, (int)hits->wrong, (int)hits->held,
			    (int)hits->mails);
		}
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

#define GOOD HISHO_WORTH_GOOD
#define BAD HISHO_WORTH_BAD

static const Case cases[] = {
	{ .side = GOOD,
	    .advice = "trusted",
	    .by = "own-route",
	    .rows = "own route 2/1 exact, own host 2/2 exact",
	    .warnings = "no-to no-to" },
	{ .side = GOOD,
	    .advice = "distrusted",
	    .by = "own-host",
	    .rows = "own route 0/0 exact, own host 0/1 net, own from 1/0 exact",
	    .warnings = "helo-forged route-new" },
	{ .side = BAD,
	    .advice = "unrated",
	    .reason = "unproven-route",
	    .rows = "own from 3/0 exact, own host 0/9 exact, others from 0/5 "
		    "exact",
	    .warnings = "helo-forged link-hidden",
	    .is_unproven = true,
	    .is_pool = true },
	{ .side = BAD,
	    .advice = "distrusted",
	    .by = "own-from",
	    .folder = "spam",
	    .rows = "own from 0/1 exact" },
	{ .side = BAD, .advice = "trusted", .folder = "main" },
	{ .side = BAD,
	    .advice = "unrated",
	    .rows = "own from 0/1 exact",
	    .is_local = true },
};

static HishoWorth *
count_all(void)
{
	HishoWorth *worth = hisho_worth_new();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		add(worth, &cases[i]);
	hisho_worth_sort(worth);
	return worth;
}

static void
expect(const GPtrArray *lines, const char *expected)
{
	g_autofree char *found = dup_lines(lines);

	g_assert_cmpstr(found, ==, expected);
}

static void
test_what_was_said_is_right_or_wrong(void)
{
	g_autoptr(HishoWorth) worth = count_all();

	expect(worth->verdicts,
	    "advice  1/1/0/2 1/1/1/4\n"
	    "folder  0/0/0/2 1/1/0/4\n"
	    "warning danger 0/1/0/2 1/0/0/4\n"
	    "warning caution 0/1/0/2 1/0/0/4\n"
	    "warning note 0/1/0/2 0/0/0/4\n");
	g_assert_cmpint(worth->sides[GOOD].judged, ==, 2);
	g_assert_cmpint(worth->sides[BAD].judged, ==, 4);
	g_assert_cmpint(worth->sides[BAD].local, ==, 1);
	g_assert_cmpint(worth->sides[BAD].silent, ==, 2);
	g_assert_cmpint(worth->sides[BAD].warned, ==, 1);
}

static void
test_a_row_speaks_for_itself(void)
{
	g_autoptr(HishoWorth) worth = count_all();

	expect(worth->rows,
	    "own-route exact 1/0/0/2 0/0/0/0\n"
	    "own-from exact 1/0/0/1 1/0/1/3\n"
	    "own-host exact 0/0/0/1 0/0/0/1\n"
	    "own-host net 0/1/0/1 0/0/0/0\n");
	expect(worth->deciders,
	    "own-route exact 1/0/0/1 0/0/0/0\n"
	    "own-from exact 0/0/0/0 1/0/0/1\n"
	    "own-host net 0/1/0/1 0/0/0/0\n");
}

static void
test_a_warning_counts_once_a_mail(void)
{
	g_autoptr(HishoWorth) worth = count_all();

	expect(worth->warnings,
	    "helo-forged danger 0/1/0/2 1/0/0/4\n"
	    "link-hidden caution 0/0/0/2 1/0/0/4\n"
	    "route-new caution 0/1/0/2 0/0/0/4\n"
	    "no-to note 0/1/0/2 0/0/0/4\n");
}

static void
test_shares_are_rounded(void)
{
	static const struct {
		gint64 part, whole, share;
	} shares[] = { { 0, 0, 0 }, { 0, 9, 0 }, { 1, 3, 33 }, { 2, 3, 67 },
		{ 1, 200, 1 }, { 9, 9, 100 },
		{ G_GINT64_CONSTANT(50000000000),
		    G_GINT64_CONSTANT(100000000000), 50 } };

	for (size_t i = 0; i < G_N_ELEMENTS(shares); i++)
		g_assert_cmpint(
		    hisho_worth_share(shares[i].part, shares[i].whole), ==,
		    shares[i].share);
}

static void
expect_narrow(const char *page)
{
	g_auto(GStrv) lines = g_strsplit(page, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		g_test_message("%s", *line);
		g_assert_cmpint(g_utf8_strlen(*line, -1), <=, 80);
		g_assert_false(g_str_has_suffix(*line, " "));
	}
}

static void
test_the_page_fits_a_terminal(void)
{
	g_autoptr(HishoWorth) worth = count_all();
	const HishoWorthCase about = { worth,
		{ "/a/very/long/way/that/leads/to/the/mbox/with/all/the/good/"
		  "mail/of/many/years",
		    "b\033[2J" } };
	g_autofree char *page = hisho_worthpage_dup_text(&about);

	expect_narrow(page);
	g_assert_null(strchr(page, '\033'));
	g_assert_nonnull(strstr(page,
	    "\nadvice               good       2"
	    "      1  50 %      1  50 %      0   0 %      0\n"
	    "                     bad        4"
	    "      1  25 %      1  25 %      2  50 %      1\n"));
	g_assert_nonnull(strstr(page, "\nhost (net)  "));
	const char *words = strstr(page, "\n- With fewer than 20 mails");
	g_assert_nonnull(words);
	g_assert_nonnull(strstr(words, "\n- Look at the 2 where"));
	g_assert_nonnull(strstr(words, "\n- Of the 2 bad mails"));
	g_assert_null(strstr(words, "\n- Of 1 mails no host"));
}

static void
test_nothing_is_told_of_nothing(void)
{
	g_autoptr(HishoWorth) worth = hisho_worth_new();
	const HishoWorthCase about = { worth, { "a", "b" } };

	hisho_worth_sort(worth);
	g_autofree char *page = hisho_worthpage_dup_text(&about);
	g_autofree char *json = hisho_worthpage_dup_json(&about);
	g_assert_null(strchr(page, '%'));
	g_assert_nonnull(strstr(json, "\"rows\""));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/worth/what-was-said-is-right-or-wrong",
	    test_what_was_said_is_right_or_wrong);
	g_test_add_func(
	    "/worth/a-row-speaks-for-itself", test_a_row_speaks_for_itself);
	g_test_add_func("/worth/a-warning-counts-once-a-mail",
	    test_a_warning_counts_once_a_mail);
	g_test_add_func("/worth/shares-are-rounded", test_shares_are_rounded);
	g_test_add_func(
	    "/worth/the-page-fits-a-terminal", test_the_page_fits_a_terminal);
	g_test_add_func("/worth/nothing-is-told-of-nothing",
	    test_nothing_is_told_of_nothing);
	return g_test_run();
}
