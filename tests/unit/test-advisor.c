#include "libhisho/mail/text.h"
#include "libhisho/report/advisor.h"
#include "libhisho/report/reason.h"

#include "tests/unit/report.h"

static const char mail[] =
    "From: =?utf-8?B?5aSq6YOO?= <taro@example.com>\nTo: me@example.org\n"
    "Subject: hello\nReply-To: jiro@other.org\n"
    "Date: Tue, 11 Jul 2023 08:00:00 +0900\n"
    "Message-ID: <$(reboot)@example.com>\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
    "http://www.evil.org/x http://www.evil.org/y\n--b\n"
    "Content-Type: application/x; name=a.exe\n\nMZ\n--b--\n";

static char *
dup_page(Judged *judged, const char *lang, bool is_colored)
{
	HishoReportCase about = report_case(judged);

	about.lang = lang;
	about.is_colored = is_colored;
	return hisho_advisor_dup_page(&about);
}

static void
add_routes(Judged *judged, int count)
{
	for (int i = 0; i < count; i++) {
		HishoKnownRoute *known =
		    hisho_record_new(&hisho_known_route_type);
		known->host = g_strdup_printf("192.0.2.%d", 9 + i);
		known->messages = 7;
		known->others_messages = 2;
		known->trusted = 1;
		g_ptr_array_add(judged->memory->routes, known);
	}
}

static void
test_the_page_tells_what_a_reader_needs(void)
{
	static const char *const parts[] = { "UNRATED (no-votes)",
		"folder: spam (reported-link)",
		"  because  There are no votes that could decide.\n",
		"From       太郎 <taro@example.com>", "Subject    hello",
		"Date       2023-07-10T23:00:00Z",
		"Reply goes <jiro@other.org>", "Take care with this mail",
		"danger", "[192.0.2.1]", "calls itself mail.example.com",
		"A NEW ROUTE for this From.", "  by this route  no mail yet\n",
		"  by this host   2 mail(s) to you, on 2023-07-11\n"
		"                 4 in all, 2023-07-09 to 2023-07-11\n"
		"                 of 4: 0 trusted (0 %), 3 distrusted (75 %), "
		"1 unrated (25 %)\n",
		"  of this From   5 mail(s) to you\n"
		"                 1131 in all\n"
		"                 of 1131: 0 trusted (0 %), 215 distrusted "
		"(19 %), 916 unrated (81 %)\n",
		"Your votes on this route: you have not rated it.",
		"This mail is counted above.",
		"Your vote on this mail: you have not rated it.",
		"[192.0.2.9]  7 mail(s) to you, 9 in all, you trust it",
		"    ... and 1 more\n",
		"** text     www[.]{evil[.]org}  (2 times)",
		"reported by 3 user(s)",
		"a.exe  application/x, 2 bytes !executable",
		"  hisho-vote trust --despite-warnings --digest=" };
	g_auto(Judged) judged = judge_new(mail);
	HishoStanding *known = &judged.memory->standing;

	judge_add_report(&judged, "www.evil.org", true, 2);
	judged.route->helo = g_strdup("mail.example.com");
	judged.route->novelty = g_strdup("unrelated");
	judged.memory->is_received = true;
	known->from.own.messages = 5;
	known->from.others =
	    (HishoCounts){ .messages = 1126, .distrusted = 215 };
	known->host.own = (HishoShare){ .messages = 2, .distrusted = 2 };
	known->host.others = (HishoCounts){ .messages = 2, .distrusted = 1 };
	known->host_seen = (HishoSeen){ { 1689033600, 1689033601 },
		{ 1688860800, 1689033601 } };
	add_routes(&judged, 4);
	g_autofree char *page = dup_page(&judged, "en", false);
	g_test_message("%s", page);
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_test_message("-> %s", parts[i]);
		g_assert_nonnull(strstr(page, parts[i]));
	}
	g_assert_null(strstr(page, "reboot"));
	g_assert_true(report_is_safe(page));
}

static HishoRow *
add_row(Judged *judged, const char *name, const char *level, const char *key)
{
	g_auto(GStrv) words = g_strsplit(name, " ", 2);
	bool is_own = g_str_equal(words[0], "own");

	judge_add_row(judged, words[0], words[1], is_own ? 2 : 0, 3);
	HishoRow *row = judged->memory->rows->pdata[0];
	g_free(row->level);
	g_free(row->key);
	row->level = g_strdup(level);
	row->key = g_strdup(key);
	return row;
}

static void
test_the_deciding_row_is_named_in_words(void)
{
	static const struct {
		const char *row, *level, *key, *sentence;
	} cases[] = {
		{ "own route", "exact", "a@b.example 192.0.2.1",
		    "Your own votes on this From by this host decide: "
		    "2 trusted, 3 distrusted, 5 unrated of 10 mail(s)." },
		{ "own route", "net", "a@b.example 192.0.2.0/24",
		    "Your own votes on this From by the network 192.0.2.0/24 "
		    "decide: 2 trusted, 3 distrusted, 5 unrated of 10 "
		    "mail(s)." },
		{ "others host", "organization", "isp.example",
		    "The votes of others (0 user(s) for, 3 against) on the "
		    "organisation isp.example decide: 0 trusted, 3 distrusted, "
		    "7 unrated of 10 mail(s)." },
		{ "others sender-domain", "exact", "b.example",
		    "The votes of others (0 user(s) for, 3 against) on the "
		    "sender's domain decide: 0 trusted, 3 distrusted, 7 "
		    "unrated of 10 mail(s)." },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		add_row(&judged, cases[i].row, cases[i].level, cases[i].key);
		const HishoReportCase about = report_case(&judged);
		g_autofree char *sentence = hisho_reason_dup(&about);
		g_assert_cmpstr(sentence, ==, cases[i].sentence);
	}
}

static void
test_that_no_row_decides_is_explained(void)
{
	g_auto(Judged) judged = judge_new(mail);
	HishoRow *row = add_row(&judged, "own from", "exact", "a@b.example");
	HishoReportCase about;

	row->trusted = row->distrusted = 3;
	about = report_case(&judged);
	g_autofree char *tied = hisho_reason_dup(&about);
	g_assert_cmpstr(tied, ==, "As many votes are for it as against it.");
	row->distrusted = 0;
	about = report_case(&judged);
	g_autofree char *unproven = hisho_reason_dup(&about);
	g_assert_nonnull(strstr(unproven, "nothing proves"));
	g_free(judged.receipt->host);
	judged.receipt->host = g_strdup("");
	about = report_case(&judged);
	g_autofree char *local = hisho_reason_dup(&about);
	g_assert_nonnull(strstr(local, "by no known host"));
	g_assert_null(strstr(local, "own mail"));
	judged.degraded = "timeout";
	about = report_case(&judged);
	g_autofree char *degraded = hisho_reason_dup(&about);
	g_assert_nonnull(strstr(degraded, "Without an analysis"));
}

static void
test_a_level_is_shown_where_it_is_not_exact(void)
{
	g_auto(Judged) judged = judge_new(mail);

	add_row(&judged, "own host", "net", "192.0.2.0/24");
	g_autofree char *page = dup_page(&judged, "en", false);
	g_test_message("%s", page);
	g_assert_nonnull(strstr(page, "> own host "));
	g_assert_nonnull(strstr(page, "      10  (192.0.2.0/24)\n"));
}

static void
test_nothing_in_a_mail_reaches_the_terminal_raw(void)
{
	static const char *const langs[] = { "en", "ja" };

	for (guint i = 0; i < G_N_ELEMENTS(langs); i++) {
		g_auto(Judged) judged = judge_new(mail);
		report_poison_all(&judged);
		g_autofree char *page = dup_page(&judged, langs[i], false);
		g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
		g_test_message("%s", page);
		g_assert_true(report_is_safe(page));
		for (char **line = lines; *line != NULL; line++)
			g_assert_false(g_str_has_prefix(*line, "  main (9)"));
		g_autofree char *painted = dup_page(&judged, "en", true);
		g_assert_nonnull(painted);
	}
}

static void
test_only_the_verdict_is_coloured_and_its_word_stays(void)
{
	g_auto(Judged) judged = judge_new(mail);

	judge_add_row(&judged, "own", "from", 0, 1);
	g_autofree char *page = dup_page(&judged, "en", true);
	g_assert_true(g_str_has_prefix(
	    page, "\033[31mDISTRUSTED\033[0m (voted: own-from)"));
	g_autofree char *plain = dup_page(&judged, "en", false);
	g_assert_true(g_str_has_prefix(plain, "DISTRUSTED (voted: own-from)"));
}

static void
test_lines_fit_a_terminal_in_both_languages(void)
{
	static const char *const langs[] = { "en", "ja" };

	for (guint i = 0; i < G_N_ELEMENTS(langs); i++) {
		g_auto(Judged) judged = judge_new(mail);
		judge_add_report(&judged, "www.evil.org", true, 2);
		judge_add_row(&judged, "others", "sender-domain", 3, 4);
		judged.memory->is_permitted = true;
		g_autofree char *page = dup_page(&judged, langs[i], false);
		g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
		for (char **line = lines; *line != NULL; line++) {
			g_test_message("%s", *line);
			g_assert_cmpuint(hisho_text_width(*line), <=, 78);
		}
	}
}

static void
test_without_a_host_or_a_database_it_says_so(void)
{
	g_auto(Judged) judged = judge_new("junk\n");

	g_clear_pointer(&judged.route->ip, g_free);
	judged.memory->unavailable = g_strdup("reputation unavailable: locked");
	g_autofree char *page = dup_page(&judged, NULL, false);
	g_assert_nonnull(
	    strstr(page, "none is known: its header does not tell"));
	g_assert_nonnull(strstr(page, "reputation unavailable: locked"));
	g_assert_null(strstr(page, "Attachments"));
	g_assert_null(strstr(page, "It leads to"));
}

/* The last command of JUDGED's page. */
static char *
dup_last_command(Judged *judged)
{
	judged->memory->is_received = true;
	g_autofree char *page = dup_page(judged, "en", false);
	const char *last = g_strrstr(page, "hisho-vote ");

	g_assert_nonnull(last);
	size_t name = strlen("hisho-vote ");
	return g_strndup(last, name + strcspn(last + name, " "));
}

static void
test_a_report_is_answered(void)
{
	static const struct {
		bool own;
		gint64 others;
		bool is_allowed;
		const char *command;
	} cases[] = {
		{ false, 0, false, "hisho-vote report" },
		{ false, 2, false, "hisho-vote allow-link" },
		{ false, 2, true, "hisho-vote report" },
		{ true, 2, false, "hisho-vote unreport" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new("\nhttp://a.evil.org/\n");
		if (cases[i].own || cases[i].others > 0)
			judge_add_report(
			    &judged, "evil.org", cases[i].own, cases[i].others);
		if (cases[i].is_allowed)
			((HishoReports *)judged.memory->reports->pdata[0])
			    ->is_allowed = true;
		g_autofree char *command = dup_last_command(&judged);
		g_assert_cmpstr(command, ==, cases[i].command);
	}
	g_auto(Judged) none = judge_new("\nno link\n");
	g_autofree char *command = dup_last_command(&none);
	g_assert_cmpstr(command, ==, "hisho-vote distrust");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/advisor/the-page-tells-what-a-reader-needs",
	    test_the_page_tells_what_a_reader_needs);
	g_test_add_func("/advisor/nothing-in-a-mail-reaches-the-terminal-raw",
	    test_nothing_in_a_mail_reaches_the_terminal_raw);
	g_test_add_func(
	    "/advisor/only-the-verdict-is-coloured-and-its-word-stays",
	    test_only_the_verdict_is_coloured_and_its_word_stays);
	g_test_add_func("/advisor/lines-fit-a-terminal-in-both-languages",
	    test_lines_fit_a_terminal_in_both_languages);
	g_test_add_func("/advisor/without-a-host-or-a-database-it-says-so",
	    test_without_a_host_or_a_database_it_says_so);
	g_test_add_func(
	    "/advisor/a-report-is-answered", test_a_report_is_answered);
	g_test_add_func("/advisor/the-deciding-row-is-named-in-words",
	    test_the_deciding_row_is_named_in_words);
	g_test_add_func("/advisor/that-no-row-decides-is-explained",
	    test_that_no_row_decides_is_explained);
	g_test_add_func("/advisor/a-level-is-shown-where-it-is-not-exact",
	    test_a_level_is_shown_where_it_is_not_exact);
	return g_test_run();
}
