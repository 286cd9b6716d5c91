#include "libhisho/mail/text.h"
#include "libhisho/report/linklist.h"

#include "tests/unit/report.h"

static const char *const mail =
    "From: a@home.org\nTo: b@c.org\nSubject: hello\n"
    "Content-Type: text/html\n\n"
    "<a href='http://www.sham.jp/'>https://www.bank.jp/</a>"
    "<a style='display:none' href='http://hid.org/'>z</a>"
    "<img src='http://www.home.org/p'>";

static void
test_each_link_tells_what_it_reads_and_where_it_leads(void)
{
	g_auto(Judged) judged = judge_new(mail);
	HishoReportCase about = report_case(&judged);
	g_autofree char *text = hisho_linklist_dup_links(&about);

	g_test_message("%s", text);
	g_assert_nonnull(strstr(text,
	    "     click    a.href                   at 9  shown\n"
	    "     reads   hxxps://www[.]bank[.]jp/\n"
	    "     leads   hxxp://www[.]sham[.]jp/\n"
	    "             foreign !text-differs\n"));
	g_assert_nonnull(strstr(text, "hidden: display\n"));
	g_assert_nonnull(strstr(text, "  loaded\n"));
	g_assert_nonnull(strstr(text, "\n             sub\n"));
	g_assert_null(strstr(text, "://www."));
	g_assert_null(strstr(text, "hello"));
}

static void
test_hidden_ones_alone(void)
{
	g_auto(Judged) judged = judge_new(mail);
	HishoReportCase about = report_case(&judged);
	about.is_hidden_only = true;
	g_autofree char *text = hisho_linklist_dup_links(&about);

	g_assert_null(strstr(text, "  shown\n"));
	g_assert_nonnull(strstr(text, "hid[.]org"));
}

static void
test_reported_ones_are_marked(void)
{
	g_auto(Judged) judged = judge_new(mail);
	judge_add_report(&judged, "sham.jp", false, 2);
	judge_add_report(&judged, "hid.org", false, 1);
	HishoReportCase about = report_case(&judged);
	about.others_red = 2;
	g_autofree char *text = hisho_linklist_dup_links(&about);

	g_test_message("%s", text);
	g_assert_nonnull(strstr(text, "  ** click "));
	g_assert_nonnull(strstr(text, "   * click "));
	g_assert_nonnull(strstr(text, "reported by 2 user(s)\n"));
}

static void
test_a_mail_among_others_has_a_name(void)
{
	g_auto(Judged) judged = judge_new(mail);
	HishoReportCase about = report_case(&judged);
	about.file = "x.mbox";
	about.is_numbered = true;
	about.index = 3;
	g_autofree char *hosts = hisho_linklist_dup_hosts(&about);
	g_autofree char *links = hisho_linklist_dup_links(&about);

	g_assert_true(
	    g_str_has_prefix(hosts, "x.mbox 3  <a@home.org>  hello\n"));
	g_assert_true(
	    g_str_has_prefix(links, "x.mbox 3  <a@home.org>  hello\n"));
	g_assert_nonnull(strstr(hosts, "www[.]{sham[.]jp}"));
}

static void
test_all_hosts_are_told(void)
{
	g_autoptr(GString) many = g_string_new("\n");
	for (guint i = 0; i < 60; i++)
		g_string_append_printf(many, "http://h%u.org/\n", i);
	g_auto(Judged) judged = judge_new(many->str);
	HishoReportCase about = report_case(&judged);
	g_autofree char *text = hisho_linklist_dup_hosts(&about);

	g_assert_nonnull(strstr(text, "h59[.]org"));
	g_assert_null(strstr(text, "more"));
}

static void
test_nothing_in_a_mail_reaches_the_terminal_raw(void)
{
	g_auto(Judged) judged = judge_new(mail);
	report_poison_all(&judged);
	HishoLink *link = judged.facts->found->links->pdata[0];
	report_poison(&link->relation);
	report_poison(&link->text);
	HishoReportCase about = report_case(&judged);
	about.file = REPORT_HOSTILE;
	g_autofree char *hosts = hisho_linklist_dup_hosts(&about);
	g_autofree char *links = hisho_linklist_dup_links(&about);

	g_assert_true(report_is_safe(hosts));
	g_assert_true(report_is_safe(links));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/linklist/each-link-tells-what-it-reads-and-where-it-leads",
	    test_each_link_tells_what_it_reads_and_where_it_leads);
	g_test_add_func("/linklist/hidden-ones-alone", test_hidden_ones_alone);
	g_test_add_func("/linklist/reported-ones-are-marked",
	    test_reported_ones_are_marked);
	g_test_add_func("/linklist/a-mail-among-others-has-a-name",
	    test_a_mail_among_others_has_a_name);
	g_test_add_func(
	    "/linklist/all-hosts-are-told", test_all_hosts_are_told);
	g_test_add_func("/linklist/nothing-in-a-mail-reaches-the-terminal-raw",
	    test_nothing_in_a_mail_reaches_the_terminal_raw);
	return g_test_run();
}
