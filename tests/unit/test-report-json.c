#include "libhisho/report/json.h"

#include "tests/unit/report.h"

static const char *const keys[][24] = {
	{ "hisho", "file", "index", "digest", "message_id", "date", "subject",
	    "from", "sender", "reply_to", "to", "cc", "return_path",
	    "attachments", "status" },
	{ "links" },
	{ "route" },
	{ "safe" },
	{ "score", "warnings", "advice", "advice_reason", "folder",
	    "folder_reason" },
};

static const char *const unsafe[] = { "\033", "\a", "\r", "\n", "\xc2\x9b",
	"\xc2\x85", "\xe2\x80\xae", "\xe2\x80\xa8", "\xe2\x81\xa6" };

static HishoJson *
tell(Judged *judged, HishoStage stage)
{
	HishoReportCase about = report_case(judged);
	g_autoptr(GError) error = NULL;

	about.stage = stage;
	g_autofree char *line = hisho_report_dup_json(&about);
	for (guint i = 0; i < G_N_ELEMENTS(unsafe); i++)
		g_assert_null(strstr(line, unsafe[i]));
	HishoJson *json = hisho_json_parse(line, strlen(line), &error);
	g_assert_no_error(error);
	return json;
}

static void
assert_keys(const HishoJson *json, HishoStage stage)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		for (guint j = 0; keys[i][j] != NULL; j++) {
			g_test_message("%u: %s", stage, keys[i][j]);
			g_assert_cmpint(
			    hisho_json_get(json, keys[i][j]) != NULL, ==,
			    i <= stage);
		}
}

static void
test_each_stage_has_its_keys_and_the_earlier_ones(void)
{
	static const char *const mails[] = { "",
		"From: taro@example.com\nSubject: x\n\nhttp://a.example/\n" };

	for (guint i = 0; i < G_N_ELEMENTS(mails); i++)
		for (guint stage = HISHO_STAGE_PARSE;
		     stage <= HISHO_STAGE_SCORE; stage++) {
			g_auto(Judged) judged = judge_new(mails[i]);
			g_autoptr(HishoJson) json = tell(&judged, stage);
			assert_keys(json, stage);
			g_assert_cmpint(
			    hisho_json_get_number(json, "hisho"), ==, 1);
			g_assert_cmpstr(
			    hisho_json_get_text(json, "status"), ==, "ok");
		}
}

static void
test_a_hostile_mail_is_one_safe_line(void)
{
	g_auto(Judged) judged = judge_new("\nx\n");

	report_poison_all(&judged);
	g_autoptr(HishoJson) json = tell(&judged, HISHO_STAGE_SCORE);
	g_assert_cmpstr(
	    hisho_json_get_text(json, "subject"), ==, REPORT_HOSTILE);
}

static void
test_the_verdict_is_told(void)
{
	g_auto(Judged) judged = judge_new("From: taro@example.com\n\nx\n");

	judge_add_row(&judged, "own", "from", 1, 3);
	judged.degraded = NULL;
	g_autoptr(HishoJson) json = tell(&judged, HISHO_STAGE_SCORE);
	const HishoJson *score = hisho_json_get(json, "score");
	const HishoJson *row = hisho_json_at(hisho_json_get(score, "rows"), 0);
	const HishoJson *warning =
	    hisho_json_at(hisho_json_get(json, "warnings"), 0);
	g_assert_cmpstr(hisho_json_get_text(score, "by"), ==, "own-from");
	g_assert_cmpint(hisho_json_get_number(row, "distrusted"), ==, 3);
	g_assert_cmpstr(hisho_json_get_text(warning, "code"), ==, "no-to");
	g_assert_cmpstr(hisho_json_get_text(json, "advice"), ==, "distrusted");
	g_assert_cmpstr(hisho_json_get_text(json, "folder"), ==, "gray");
	g_assert_true(hisho_json_is_null(hisho_json_get(json, "safe")));
	g_assert_true(hisho_json_is_null(hisho_json_get(json, "file")));
}

static void
test_a_degraded_mail_says_so(void)
{
	g_auto(Judged) judged = judge_new("From: taro@example.com\n\nx\n");

	judged.degraded = "timeout";
	g_autoptr(HishoJson) json = tell(&judged, HISHO_STAGE_SCORE);
	g_assert_cmpstr(hisho_json_get_text(json, "status"), ==, "degraded");
	g_assert_cmpstr(
	    hisho_json_get_text(json, "status_reason"), ==, "timeout");
	g_assert_cmpstr(hisho_json_get_text(json, "advice"), ==, "unrated");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/report-json/each-stage-has-its-keys-and-the-earlier-ones",
	    test_each_stage_has_its_keys_and_the_earlier_ones);
	g_test_add_func("/report-json/a-hostile-mail-is-one-safe-line",
	    test_a_hostile_mail_is_one_safe_line);
	g_test_add_func(
	    "/report-json/the-verdict-is-told", test_the_verdict_is_told);
	g_test_add_func("/report-json/a-degraded-mail-says-so",
	    test_a_degraded_mail_says_so);
	return g_test_run();
}
