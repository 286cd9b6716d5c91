#include "libhisho/mail/text.h"
#include "libhisho/report/linkpage.h"

#include "tests/unit/report.h"

static char *
dup_section(Judged *judged)
{
	HishoReportCase about = report_case(judged);
	GString *page = g_string_new(NULL);

	hisho_linkpage_add(page, &about);
	return g_string_free(page, FALSE);
}

static void
test_each_host_stands_once_and_cannot_be_clicked(void)
{
	g_auto(Judged) judged = judge_new(
	    "Content-Type: text/html\n\n<img src='http://a.evil.org/p'>"
	    "<a href='http://a.evil.org/x'>x</a>"
	    "<a href='http://192.0.2.7/'>y</a>"
	    "<a style='display:none' href='http://hid.org/'>z</a>");
	g_autofree char *page = dup_section(&judged);

	g_test_message("%s", page);
	g_assert_nonnull(strstr(page, "click    a[.]{evil[.]org}  (2 times)"));
	g_assert_nonnull(strstr(page, "192[.]0[.]2[.]7  !address\n"));
	g_assert_nonnull(strstr(page, "hid[.]org  hidden: display\n"));
	g_assert_null(strstr(page, "://"));
	g_assert_null(strstr(page, "**"));
}

static void
test_what_a_report_covers_is_marked(void)
{
	static const struct {
		const char *entry;
		bool is_marked;
	} cases[] = { { "a.evil.org", true }, { "evil.org", true },
		{ "a.evil.org/x/", true }, { "vil.org", false },
		{ "a.evil.org/y/", false }, { "b.evil.org", false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new("\nhttp://a.evil.org/x/1\n");
		judge_add_report(&judged, cases[i].entry, false, 2);
		g_autofree char *page = dup_section(&judged);
		g_test_message("%s: %s", cases[i].entry, page);
		g_assert_cmpint(
		    strstr(page, "  ** text ") != NULL, ==, cases[i].is_marked);
		g_assert_cmpint(strstr(page, "reported by 2 user(s)") != NULL,
		    ==, cases[i].is_marked);
	}
}

static void
test_a_page_ends(void)
{
	g_autoptr(GString) mail = g_string_new("\n");

	for (guint i = 0; i < 60; i++)
		g_string_append_printf(mail, "http://h%u.org/\n", i);
	g_auto(Judged) judged = judge_new(mail->str);
	g_autofree char *page = dup_section(&judged);
	g_assert_nonnull(strstr(page, "... and 20 more hosts\n"));
	g_auto(Judged) none = judge_new("\nno link\n");
	g_autofree char *empty = dup_section(&none);
	g_assert_cmpstr(empty, ==, "");
}

static HishoReports *
last_report(const Judged *judged)
{
	const GPtrArray *reports = judged->memory->reports;

	return reports->pdata[reports->len - 1];
}

static void
test_what_does_not_act_is_told_but_not_marked(void)
{
	static const struct {
		bool own, is_expired, is_allowed;
		gint64 others, others_red;
		const char *line;
	} cases[] = {
		{ true, false, false, 2, 9,
		    "  ** text     {evil[.]org}  reported by 3 user(s), you "
		    "among them, 1970-01-02 - 1970-01-03" },
		{ false, false, false, 2, 2, "  ** text " },
		{ false, false, false, 2, 3,
		    "   * text     {evil[.]org}  reported by 2 user(s), " },
		{ false, true, false, 2, 1, "   * text " },
		{ false, true, false, 2, 1, "  report expired\n" },
		{ false, false, true, 2, 1, "   * text " },
		{ false, false, true, 2, 1, "  allowed by you\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new("\nhttp://a.evil.org/x/1\n");
		judge_add_report(
		    &judged, "evil.org", cases[i].own, cases[i].others);
		HishoReports *report = last_report(&judged);
		report->first = 86400;
		report->last = 2 * 86400;
		report->is_expired = cases[i].is_expired;
		report->is_allowed = cases[i].is_allowed;
		HishoReportCase about = report_case(&judged);
		about.others_red = cases[i].others_red;
		g_autoptr(GString) page = g_string_new(NULL);
		hisho_linkpage_add(page, &about);
		g_string_replace(page, "a[.]", "", 0);
		g_string_replace(page, "\n              ", "  ", 0);
		g_test_message("%s", page->str);
		g_assert_nonnull(strstr(page->str, cases[i].line));
	}
}

static void
test_the_worst_stands_first(void)
{
	static const char *const order[] = { "www[.]{bad[.]org}",
		"www[.]{sham[.]jp}", "www[.]{hid[.]org}", "www[.]{far[.]org}",
		"a[.]{home[.]org}" };
	g_auto(Judged) judged =
	    judge_new("From: a@home.org\nContent-Type: text/html\n\n"
		      "<a href='http://a.home.org/'>us</a>"
		      "<a href='http://www.far.org/'>them</a>"
		      "<a style='display:none' href='http://www.hid.org/'>z</a>"
		      "<a href='http://www.sham.jp/'>https://www.bank.jp/</a>"
		      "<img src='http://www.bad.org/p'>");
	judge_add_report(&judged, "bad.org", true, 0);
	g_autofree char *page = dup_section(&judged);
	const char *at = page;

	g_test_message("%s", page);
	for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
		const char *next = strstr(page, order[i]);
		g_assert_nonnull(next);
		g_assert_true(next >= at);
		at = next;
	}
	g_assert_nonnull(strstr(page, "  !text-differs\n"));
	g_assert_nonnull(strstr(page, "  shown, not linked to  foreign\n"));
	g_assert_nonnull(strstr(page, "shows \"hxxps://www[.]bank[.]jp/\""));
	g_assert_nonnull(strstr(page, "  of the From's domain\n"));
	g_assert_nonnull(strstr(page, "  foreign\n"));
}

static void
test_where_a_wrapper_leads_on_to_is_told(void)
{
	g_auto(Judged) judged = judge_new(
	    "Content-Type: text/html\n\n<a href='https://x.safelinks."
	    "protection.outlook.com/?url=https%3A%2F%2Fwww.evil.org%2Fa'>"
	    "x</a>");
	g_autofree char *page = dup_section(&judged);

	g_test_message("%s", page);
	g_assert_nonnull(strstr(page, "-> www[.]evil[.]org"));
	g_assert_nonnull(strstr(page, "redirect www[.]{evil[.]org}\n"));
	g_assert_null(strstr(page, "hidden"));
}

static void
test_lines_fit_and_speak_the_language(void)
{
	g_autofree char *label = g_strnfill(60, 'a');
	g_autofree char *text = g_strdup_printf("From: a@b.org\n\n"
						"http://%s.%s.%s.evil.org/\n"
						"http://evil.org/\n",
	    label, label, label);
	g_auto(Judged) judged = judge_new(text);
	judge_add_report(&judged, "evil.org", true, 3);
	HishoReportCase about = report_case(&judged);
	about.lang = "ja";
	g_autoptr(GString) page = g_string_new(NULL);
	hisho_linkpage_add(page, &about);
	g_auto(GStrv) lines = g_strsplit(page->str, "\n", -1);

	g_test_message("%s", page->str);
	for (char **line = lines; *line != NULL; line++)
		g_assert_cmpuint(hisho_text_width(*line), <=, 79);
	g_assert_nonnull(strstr(page->str, "リンク先"));
	g_assert_nonnull(strstr(page->str, "登録: 4 人、あなたを含む, "));
	g_assert_nonnull(strstr(page->str, "…"));
	g_assert_nonnull(strstr(page->str, "{evil[.]org}"));
}

static void
test_a_limit_hides_no_report(void)
{
	g_auto(Judged) judged = judge_new("\nhttp://first.org/\n");
	g_ptr_array_add(judged.facts->found->hosts, g_strdup("a.beyond.org"));
	g_ptr_array_add(judged.facts->found->hosts, g_strdup("fine.org"));
	judge_add_report(&judged, "beyond.org", false, 1);
	g_autofree char *page = dup_section(&judged);

	g_test_message("%s", page);
	g_assert_nonnull(strstr(page, "**          a[.]beyond[.]org  "));
	g_assert_nonnull(strstr(page, "beyond the limit"));
	g_assert_nonnull(strstr(page, "... and 1 more hosts\n"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/linkpage/each-host-stands-once-and-cannot-be-clicked",
	    test_each_host_stands_once_and_cannot_be_clicked);
	g_test_add_func("/linkpage/what-a-report-covers-is-marked",
	    test_what_a_report_covers_is_marked);
	g_test_add_func("/linkpage/a-page-ends", test_a_page_ends);
	g_test_add_func("/linkpage/what-does-not-act-is-told-but-not-marked",
	    test_what_does_not_act_is_told_but_not_marked);
	g_test_add_func(
	    "/linkpage/the-worst-stands-first", test_the_worst_stands_first);
	g_test_add_func("/linkpage/where-a-wrapper-leads-on-to-is-told",
	    test_where_a_wrapper_leads_on_to_is_told);
	g_test_add_func("/linkpage/lines-fit-and-speak-the-language",
	    test_lines_fit_and_speak_the_language);
	g_test_add_func(
	    "/linkpage/a-limit-hides-no-report", test_a_limit_hides_no_report);
	return g_test_run();
}
