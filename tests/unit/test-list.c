#include "libhisho/mail/text.h"
#include "libhisho/report/list.h"

#include "tests/unit/report.h"

static void
add(HishoScreen *screen, Judged *judged, gint64 index, bool is_colored)
{
	HishoReportCase about = report_case(judged);

	about.index = index;
	about.is_colored = is_colored;
	hisho_screen_add(screen, &about);
}

static void
test_mails_stand_in_their_folders_in_input_order(void)
{
	g_autoptr(HishoScreen) screen = hisho_screen_new();
	g_auto(Judged) gray = judge_new(
	    "From: Taro <taro@example.com>\nTo: x@y.example\nSubject: hello\n"
	    "Date: Tue, 11 Jul 2023 08:00:00 +0900\n\nx\n");
	g_auto(Judged) spam = judge_new("Subject: =?utf-8?B?56eY5pu4?=\n\nx\n");

	judge_add_report(&spam, "evil.org", true, 0);
	judge_add_row(&gray, "own", "from", 0, 1);
	add(screen, &gray, 1, false);
	add(screen, &spam, 2, false);
	add(screen, &gray, 3, false);
	g_autofree char *text = hisho_screen_dup_text(screen);
	g_assert_cmpstr(text, ==,
	    "main (0)\n\ngray (2)\n"
	    "    1 2023-07-10 distrusted Taro <taro@example.com>      hello "
	    "(own-from 0/1/9 of 10)\n"
	    "    3 2023-07-10 distrusted Taro <taro@example.com>      hello "
	    "(own-from 0/1/9 of 10)\n"
	    "\nspam (1)\n"
	    "    2 -          unrated    (no From)                    秘書 "
	    "!link-reported\n");
}

static void
test_the_level_is_told_where_it_is_not_exact(void)
{
	g_autoptr(HishoScreen) screen = hisho_screen_new();
	g_auto(Judged) judged =
	    judge_new("From: taro@example.com\nTo: x@y.example\n\nx\n");

	judge_add_row(&judged, "own", "host", 0, 1);
	HishoRow *row = judged.memory->rows->pdata[0];
	g_free(row->level);
	row->level = g_strdup("net");
	add(screen, &judged, 1, false);
	g_autofree char *text = hisho_screen_dup_text(screen);
	g_assert_nonnull(strstr(text, " (own-host/net 0/1/9 of 10)"));
}

static void
test_without_a_deciding_row_the_from_is_told(void)
{
	g_autoptr(HishoScreen) screen = hisho_screen_new();
	g_auto(Judged) judged =
	    judge_new("From: taro@example.com\nTo: x@y.example\n\nx\n");
	HishoTally *from = &judged.memory->standing.from;

	add(screen, &judged, 1, false);
	from->own = (HishoShare){ .messages = 1, .trusted = 1 };
	from->others = (HishoCounts){ .messages = 8, .distrusted = 3 };
	add(screen, &judged, 2, false);
	g_autofree char *text = hisho_screen_dup_text(screen);
	g_assert_null(strstr(text, " of 0"));
	g_assert_nonnull(strstr(text, "(no subject) (all-from 1/3/5 of 9)"));
}

static void
test_colour_is_added_never_needed(void)
{
	g_auto(Judged) judged =
	    judge_new("From: taro@example.com\nTo: x@y.example\n\nx\n");
	g_autoptr(HishoScreen) plain = hisho_screen_new();
	g_autoptr(HishoScreen) colored = hisho_screen_new();

	judge_add_row(&judged, "own", "from", 0, 1);
	add(plain, &judged, 1, false);
	add(colored, &judged, 1, true);
	g_autofree char *without = hisho_screen_dup_text(plain);
	g_autofree char *with = hisho_screen_dup_text(colored);
	g_assert_nonnull(strstr(without, " distrusted "));
	g_assert_nonnull(strstr(with, " distrusted \033[31mtaro@"));
	g_assert_null(strchr(without, '\033'));
}

static void
test_one_mail_is_one_line_whatever_it_says(void)
{
	g_autoptr(HishoScreen) screen = hisho_screen_new();
	g_auto(Judged) judged = judge_new("\nx\n");

	report_poison_all(&judged);
	add(screen, &judged, 1, false);
	g_autofree char *text = hisho_screen_dup_text(screen);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_test_message("%s", text);
	g_assert_true(report_is_safe(text));
	g_assert_cmpuint(g_strv_length(lines), ==, 7);
}

static void
test_long_names_do_not_move_the_columns(void)
{
	static const char *const names[] = { "x", "Taro Yamada of the Company",
		"=?utf-8?B?5aSq6YOO5aSq6YOO5aSq6YOO5aSq6YOO5aSq6YOO5aSq6YOO5aSq"
		"6YOO5aSq6YOO?=" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "From: %s <taro@example.com>\nTo: x@y.example\n"
		    "Subject: MARK\n\nx\n",
		    names[i]);
		g_autoptr(HishoScreen) screen = hisho_screen_new();
		g_auto(Judged) judged = judge_new(mail);
		add(screen, &judged, 1, false);
		g_autofree char *text = hisho_screen_dup_text(screen);
		const char *line = strstr(text, "    1 ");
		const char *mark = strstr(line, "MARK");
		g_autofree char *front = g_strndup(line, (size_t)(mark - line));
		g_assert_cmpuint(hisho_text_width(front), ==, 57);
	}
}

static char *
dup_screen(Judged *judged, bool is_verbose)
{
	g_autoptr(HishoScreen) screen = hisho_screen_new();
	HishoReportCase about = report_case(judged);

	about.is_verbose = is_verbose;
	hisho_screen_add(screen, &about);
	return hisho_screen_dup_text(screen);
}

static void
test_a_mail_tells_where_it_leads(void)
{
	static const struct {
		const char *links, *told;
	} cases[] = {
		{ "http://a.home.org/", " [1 host]\n" },
		{ "http://home.org/ http://far.org/",
		    " [2 hosts: far[.]org]\n" },
		{ "http://far.org/ http://www.bad.org/",
		    " [2 hosts: **www[.]{bad[.]org}] !link-reported\n" },
		{ "none", " (no subject)\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "From: a@home.org\nTo: b@c.org\n\n%s\n", cases[i].links);
		g_auto(Judged) judged = judge_new(mail);
		if (strstr(mail, "bad") != NULL)
			judge_add_report(&judged, "bad.org", true, 0);
		g_autofree char *text = dup_screen(&judged, false);
		g_test_message("%s", text);
		g_assert_nonnull(strstr(text, cases[i].told));
	}
}

static void
test_more_detail_is_a_line_a_host(void)
{
	g_autoptr(GString) mail = g_string_new("From: a@home.org\n\n");

	for (int i = 0; i < 12; i++)
		g_string_append_printf(mail, "http://h%d.org/\n", i);
	g_auto(Judged) judged = judge_new(mail->str);
	g_autofree char *text = dup_screen(&judged, true);
	g_assert_nonnull(strstr(text, "[12 hosts: h0[.]org]"));
	g_assert_nonnull(strstr(text, "\n     text     h9[.]org  foreign\n"));
	g_assert_nonnull(strstr(text, "\n  ... and 2 more hosts\n"));
	g_assert_null(strstr(text, "h10"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list/mails-stand-in-their-folders-in-input-order",
	    test_mails_stand_in_their_folders_in_input_order);
	g_test_add_func("/list/colour-is-added-never-needed",
	    test_colour_is_added_never_needed);
	g_test_add_func("/list/one-mail-is-one-line-whatever-it-says",
	    test_one_mail_is_one_line_whatever_it_says);
	g_test_add_func("/list/long-names-do-not-move-the-columns",
	    test_long_names_do_not_move_the_columns);
	g_test_add_func("/list/a-mail-tells-where-it-leads",
	    test_a_mail_tells_where_it_leads);
	g_test_add_func("/list/more-detail-is-a-line-a-host",
	    test_more_detail_is_a_line_a_host);
	g_test_add_func("/list/the-level-is-told-where-it-is-not-exact",
	    test_the_level_is_told_where_it_is_not_exact);
	g_test_add_func("/list/without-a-deciding-row-the-from-is-told",
	    test_without_a_deciding_row_the_from_is_told);
	return g_test_run();
}
