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
	g_assert_nonnull(strstr(page, "192[.]0[.]2[.]7\n"));
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

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/linkpage/each-host-stands-once-and-cannot-be-clicked",
	    test_each_host_stands_once_and_cannot_be_clicked);
	g_test_add_func("/linkpage/what-a-report-covers-is-marked",
	    test_what_a_report_covers_is_marked);
	g_test_add_func("/linkpage/a-page-ends", test_a_page_ends);
	return g_test_run();
}
