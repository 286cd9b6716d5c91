#include <string.h>

#include "libhisho/mail/text.h"
#include "libhisho/report/paint.h"

static void
test_texts_are_cut_to_columns(void)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *fit, *column;
	} cases[] = {
		{ "", 3, "", "   " },
		{ "abc", 3, "abc", "abc" },
		{ "abcd", 3, "ab…", "ab…" },
		{ "秘書秘", 6, "秘書秘", "秘書秘" },
		{ "秘書秘", 5, "秘書…", "秘書…" },
		{ "秘書秘", 4, "秘…", "秘… " },
		{ "a\tb\nc", 5, "a b c", "a b c" },
		{ "abc", 1, "…", "…" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *fit =
		    hisho_paint_dup_fit(cases[i].text, cases[i].columns);
		g_autofree char *column =
		    hisho_paint_dup_column(cases[i].text, cases[i].columns);
		g_assert_cmpstr(fit, ==, cases[i].fit);
		g_assert_cmpstr(column, ==, cases[i].column);
		g_assert_cmpuint(
		    hisho_text_width(column), ==, cases[i].columns);
	}
}

static void
test_escapes_and_bidi_are_shown_not_obeyed(void)
{
	static const char *const texts[] = { "\033[31m",
		"\xc2\x9b"
		"31m",
		"\xe2\x80\xae", "\xe2\x81\xa6", "\a", "\r", "\x7f", "\xc2\x85",
		"\xe2\x80\xa8" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *fit = hisho_paint_dup_fit(texts[i], 80);
		g_autofree char *host = hisho_paint_dup_defanged(texts[i]);
		g_assert_null(strstr(fit, texts[i]));
		g_assert_null(strstr(host, texts[i]));
	}
}

static void
test_only_judged_mail_is_coloured(void)
{
	static const struct {
		const char *advice;
		bool is_colored;
		const char *painted;
	} cases[] = {
		{ "trusted", true, "\033[32mx\033[0m" },
		{ "distrusted", true, "\033[31mx\033[0m" },
		{ "unrated", true, "x" },
		{ "trusted", false, "x" },
		{ "distrusted", false, "x" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *painted = hisho_paint_dup_advice(
		    "x", cases[i].advice, cases[i].is_colored);
		g_assert_cmpstr(painted, ==, cases[i].painted);
	}
}

static void
test_a_bar_shows_the_share(void)
{
	static const struct {
		gint64 part, whole;
		guint filled;
	} cases[] = { { 0, 0, 0 }, { 0, 10, 0 }, { 1, 10, 1 }, { 1, 1000, 1 },
		{ 5, 10, 4 }, { 8, 8, 8 }, { 999, 1000, 8 }, { 20, 10, 8 },
		{ -1, 10, 0 }, { 1, 0, 0 } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *bar =
		    hisho_paint_dup_bar(cases[i].part, cases[i].whole);
		guint filled = 0;
		for (const char *at = bar; (at = strstr(at, "█")); at++)
			filled++;
		g_assert_cmpuint(filled, ==, cases[i].filled);
		g_assert_cmpint(g_utf8_strlen(bar, -1), ==, 8);
	}
}

static void
test_a_defanged_host_is_no_link(void)
{
	g_autofree char *host = hisho_paint_dup_defanged("www.evil.example");

	g_assert_cmpstr(host, ==, "www[.]evil[.]example");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/paint/texts-are-cut-to-columns", test_texts_are_cut_to_columns);
	g_test_add_func("/paint/escapes-and-bidi-are-shown-not-obeyed",
	    test_escapes_and_bidi_are_shown_not_obeyed);
	g_test_add_func("/paint/only-judged-mail-is-coloured",
	    test_only_judged_mail_is_coloured);
	g_test_add_func(
	    "/paint/a-bar-shows-the-share", test_a_bar_shows_the_share);
	g_test_add_func("/paint/a-defanged-host-is-no-link",
	    test_a_defanged_host_is_no_link);
	return g_test_run();
}
