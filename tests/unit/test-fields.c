#include "libhisho/mail/field.h"
#include "libhisho/report/fields.h"

#include "tests/unit/report.h"

static const char mail[] =
    "Return-Path: <bounce@example.net>\nFrom: taro@example.com\n"
    "Reply-To: r@other.org\nTo: x@y.example\n"
    "Date: Tue, 11 Jul 2023 08:00:00 +0900\n\nhttp://www.evil.org/\n";

static char *
dup_block(Judged *judged, HishoStage stage, bool without_verdict)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);
	HishoReportCase about = report_case(judged);

	about.stage = stage;
	if (without_verdict)
		about.verdict = NULL;
	hisho_fields_add(fields, &about);
	return hisho_field_dup_block(fields);
}

static void
test_each_stage_writes_its_own_field(void)
{
	static const struct {
		HishoStage stage;
		const char *block;
	} cases[] = {
		{ HISHO_STAGE_PARSE,
		    "X-Hisho-Parse: v=1; from=taro@example.com; one-from=yes; "
		    "reply-to=r@other.org;\n return-path=bounce@example.net; "
		    "date=1689030000; parts=1; attachments=0\n" },
		{ HISHO_STAGE_LINKS,
		    "X-Hisho-Links: v=1; links=1; hidden=0; "
		    "host=www.evil.org\n" },
		{ HISHO_STAGE_ROUTE,
		    "X-Hisho-Route: v=1; hop=1; ip=192.0.2.1; "
		    "helo=mail.example.com; rdns=invalid;\n forward=fail; "
		    "reverse=not-checked; tls=none;\n "
		    "envelope-from=bounce@example.net; measured=now\n" },
		{ HISHO_STAGE_SAFE, "X-Hisho-Safe: v=1; rule=none\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		judged.route->helo = g_strdup("mail.example.com");
		judged.route->rdns = g_strdup("a b;c");
		g_free(judged.route->forward);
		judged.route->forward = g_strdup("fail");
		g_autofree char *block =
		    dup_block(&judged, cases[i].stage, true);
		g_assert_cmpstr(block, ==, cases[i].block);
	}
}

static void
test_what_is_on_the_shared_list_stands_before_the_hosts(void)
{
	g_auto(Judged) judged = judge_new(
	    "From: a@b.example\nTo: c@d.example\nContent-Type: text/html\n\n"
	    "<a href='http://www.bad.example/x'>x</a>"
	    "<img src='http://i.example/'>"
	    "<a style='display:none' href='http://h.example/'>z</a>");
	judge_add_report(&judged, "bad.example", false, 1);
	judge_add_report(&judged, "h.example/", true, 0);
	judge_add_report(&judged, "i.example", false, 1);
	((HishoReports *)judged.memory->reports->pdata[2])->is_allowed = true;
	g_autofree char *block = dup_block(&judged, HISHO_STAGE_LINKS, true);
	g_assert_cmpstr(block, ==,
	    "X-Hisho-Links: v=1; links=3; hidden=1; reported=2; "
	    "report=bad.example;\n report=h.example/; host=www.bad.example; "
	    "host=i.example; host=h.example\n");
}

static void
test_the_score_writes_them_all_and_the_verdict(void)
{
	g_auto(Judged) judged = judge_new(mail);
	static const char *const parts[] = { "X-Hisho-Parse: v=1;",
		"\nX-Hisho-Links: v=1;", "\nX-Hisho-Route: v=1;",
		"\nX-Hisho-Safe: v=1; rule=permitted-from; kind=permit;",
		"\nX-Hisho-Score: v=1; by=own-from; reason=voted; "
		"own-from=1/3/10\n",
		"\nX-Hisho-Warning: permit-forged; from=taro@example.com; "
		"ip=192.0.2.1\n",
		"\nX-Hisho-Advice: distrusted\nX-Hisho-Folder: main\n" };
	const HishoSafeCase safe = { "taro@example.com", true, false };
	const char *at;

	judged.safe = hisho_safe_match(&safe);
	judged.memory->is_permitted = true;
	judge_add_row(&judged, "own", "from", 1, 3);
	g_autofree char *block = dup_block(&judged, HISHO_STAGE_SCORE, false);
	g_test_message("%s", block);
	at = block;
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		at = strstr(at, parts[i]);
		g_test_message("%s", parts[i]);
		g_assert_nonnull(at);
	}
	g_assert_null(strstr(block, "Status"));
}

static void
test_a_level_is_told_where_it_is_not_exact(void)
{
	g_auto(Judged) judged = judge_new(mail);
	static const char *const levels[] = { "exact", "net", "organization" };

	for (guint i = 0; i < G_N_ELEMENTS(levels); i++) {
		judge_add_row(&judged, i == 0 ? "own" : "others", "host", 0,
		    i == 0 ? 0 : 1);
		HishoRow *row = judged.memory->rows->pdata[i];
		g_free(row->level);
		row->level = g_strdup(levels[i]);
		/* What I said of the same network. */
		row->mine = (HishoCounts){ .messages = 5, .trusted = 2 };
	}
	g_autofree char *block = dup_block(&judged, HISHO_STAGE_SCORE, false);
	g_test_message("%s", block);
	g_assert_nonnull(strstr(block,
	    "X-Hisho-Score: v=1; by=others-host; level=net; reason=voted; "
	    "own-host=0/0/10;\n all-host=2/1/15/net; "
	    "all-host=2/1/15/organization\n"));
}

static void
test_a_degraded_mail_has_a_verdict_at_every_stage(void)
{
	for (guint stage = HISHO_STAGE_PARSE; stage <= HISHO_STAGE_SCORE;
	     stage++) {
		g_auto(Judged) judged = judge_new(mail);
		judged.degraded = "cell-died";
		g_autofree char *block = dup_block(&judged, stage, false);
		g_assert_nonnull(strstr(block,
		    "X-Hisho-Warning: not-analysed; reason=cell-died\n"));
		g_assert_nonnull(strstr(block,
		    "X-Hisho-Advice: unrated\n"
		    "X-Hisho-Folder: gray\n"
		    "X-Hisho-Status: degraded; "
		    "reason=cell-died\n"));
	}
}

static void
test_nothing_in_a_mail_adds_a_line(void)
{
	g_auto(Judged) judged = judge_new(mail);

	report_poison_all(&judged);
	g_autofree char *block = dup_block(&judged, HISHO_STAGE_SCORE, false);
	g_auto(GStrv) lines = g_strsplit(block, "\n", -1);
	g_test_message("%s", block);
	g_assert_true(g_str_is_ascii(block));
	g_assert_true(report_is_safe(block));
	for (char **line = lines; **line != '\0'; line++)
		g_assert_true(g_str_has_prefix(*line, "X-Hisho-") ||
		    g_str_has_prefix(*line, " "));
}

static void
test_a_stage_gives_way_to_none_but_its_own(void)
{
	static const struct {
		const char *name;
		HishoStage stage;
		bool is_degraded, belongs;
	} cases[] = {
		{ "Route", HISHO_STAGE_ROUTE, false, true },
		{ "Parse", HISHO_STAGE_ROUTE, false, false },
		{ "Advice", HISHO_STAGE_ROUTE, false, false },
		{ "Advice", HISHO_STAGE_ROUTE, true, true },
		{ "Status", HISHO_STAGE_PARSE, true, true },
		{ "Parse", HISHO_STAGE_SCORE, false, true },
		{ "Anything", HISHO_STAGE_SCORE, false, true },
		{ "Anything", HISHO_STAGE_SAFE, true, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const HishoReportCase about = { .stage = cases[i].stage,
			.degraded = cases[i].is_degraded ? "x" : NULL };
		g_test_message("%u: %s", i, cases[i].name);
		g_assert_cmpint(hisho_fields_belongs(cases[i].name, &about), ==,
		    cases[i].belongs);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fields/each-stage-writes-its-own-field",
	    test_each_stage_writes_its_own_field);
	g_test_add_func("/fields/a-level-is-told-where-it-is-not-exact",
	    test_a_level_is_told_where_it_is_not_exact);
	g_test_add_func("/fields/the-score-writes-them-all-and-the-verdict",
	    test_the_score_writes_them_all_and_the_verdict);
	g_test_add_func("/fields/a-degraded-mail-has-a-verdict-at-every-stage",
	    test_a_degraded_mail_has_a_verdict_at_every_stage);
	g_test_add_func("/fields/nothing-in-a-mail-adds-a-line",
	    test_nothing_in_a_mail_adds_a_line);
	g_test_add_func("/fields/a-stage-gives-way-to-none-but-its-own",
	    test_a_stage_gives_way_to_none_but_its_own);
	g_test_add_func(
	    "/fields/what-is-on-the-shared-list-stands-before-the-hosts",
	    test_what_is_on_the_shared_list_stands_before_the_hosts);
	return g_test_run();
}
