#include "libhisho/mail/parameter.h"

#include <glib.h>
#include <string.h>

static const struct {
	const char *value;
	const char *expected;
} mains[] = {
	{ " Text/HTML; charset=utf-8", "text/html" },
	{ "text / plain (comment; really)\r\n ;x=y", "text/plain" },
	{ "(first) attachment", "attachment" },
	{ "text/html charset=utf-8", "text/html" },
	{ "\"text/html\"; a=b", "text/html" },
	{ "charset=utf-8", NULL },
	{ " ; name=x", NULL },
	{ "", NULL },
	{ "text/\377", "text/ÿ" },
};

static void
test_main_value_stands_alone(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(mains); i++) {
		g_autofree char *text = hisho_parameter_dup_main(
		    mains[i].value, strlen(mains[i].value));

		g_assert_cmpstr(text, ==, mains[i].expected);
	}
}

/* The parameter "name" of each. */
static const struct {
	const char *value;
	const char *expected;
} cases[] = {
	{ "x; name=a.txt", "a.txt" },
	{ "x; NAME = \"a; b.txt\" ; size=1", "a; b.txt" },
	{ "x; filename=a; nam=b; name2=c", NULL },
	{ "name=a", "a" },
	{ "x; name=\"\"", "" },
	{ "x; name=a; name=b", "a" },
	{ "x; foo=\"name=b\"; name=a", "a" },
	{ "x (name=b); (c (d\\)) ) name (e)=a", "a" },
	{ "x; name=a (a comment); b=c", "a" },
	{ "x; name=report (1).pdf; b=c", "report (1).pdf" },
	/* blanks without quotes, missing semicolons */
	{ "x; name=my file.pdf", "my file.pdf" },
	{ "x; name=my file.pdf size=3", "my file.pdf" },
	{ "x name=\"a\" size=3", "a" },
	{ "x; size=\"3\" name=a", "a" },
	{ "x; name=\"not closed", "not closed" },
	{ "x; name=\"two\r\n lines\"", "two lines" },
	/* backslashes */
	{ "x; name=\"a \\\"b\\\" \\\\c\"", "a \"b\" \\c" },
	{ "x; name=\"C:\\docs\\a.txt\"", "C:\\docs\\a.txt" },
	{ "x; name=\"C:\\docs\\\"", "C:\\docs\\" },
	{ "x; name=C:\\docs\\a.txt", "C:\\docs\\a.txt" },
	/* RFC 2231 */
	{ "x; name*=us-ascii'en'This%20is", "This is" },
	{ "x; name=plain; name*=utf-8''%E3%81%82", "あ" },
	{ "x; name=\"p\"; name*0=\"a\"; name*1=b", "ab" },
	{ "x; name*1*=%82.txt; name*0*=UTF-8'ja'%E3%81", "あ.txt" },
	{ "x; name*0*=shift_jis''%83; name*1=\\; name*2*=%41", "ソA" },
	{ "x; name*0=a; name*2=c", "a" },
	{ "x; name*1=b", NULL },
	{ "x; name*0=a; name*100=b; name*x=c", "a" },
	{ "x; name*=\"''%83%5C%83%74%83%67\"", "ソフト" },
	{ "x; name*=%41%zz%4", "A%zz%4" },
	/* encoded-words */
	{ "x; name=\"=?utf-8?B?44GC?=\"", "あ" },
	{ "x; name==?utf-8?B?44GC?=\r\n =?utf-8?B?44GC?=; b=c", "ああ" },
	{ "x; name*0=\"=?utf-8?B?44\"; name*1=\"GC?=\"", "あ" },
	/* raw bytes: a backslash, a quote and a semicolon within characters */
	{ "x; name=\"\203\\\203t\203g\\\".txt\"; b=c", "ソフト\".txt" },
	{ "x; name=\"\203t\203g\203\\\"; b=c", "フトソ" },
	{ "x; name=\"\225\\\216\246\"; b=c", "表示" },
	{ "x; name=\033$B%\"%\\%;\033(B.txt; b=c", "アボセ.txt" },
	{ "x; name=\"\033$B%\"%;\033(B.txt\"; b=c", "アセ.txt" },
	{ "x; name=\"\033$B%F%9\"; b=c", "テス" },
	{ "x; name=\"\343\201\202\\\"\"; b=c", "あ\"" },
};

static void
test_parameters_are_read_as_mailers_write_them(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = hisho_parameter_dup(
		    cases[i].value, strlen(cases[i].value), "name");

		g_assert_cmpstr(text, ==, cases[i].expected);
	}
}

static void
test_continuations_are_bounded(void)
{
	g_autoptr(GString) value = g_string_new("x");

	for (int i = 0; i < 5000; i++)
		g_string_append_printf(value, "; name*%d=a", i);
	g_autofree char *text =
	    hisho_parameter_dup(value->str, value->len, "name");
	g_assert_cmpuint(strlen(text), ==, 100);
}

/* Each would take hours if the work were not linear. */
static void
test_hostile_values_take_linear_time(void)
{
	static const char *const pieces[] = { "(", " (a)", "a ", "\\\" ",
		"a=\"", ";", " (", "\033$B" };

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) value = g_string_new("x; b=y");

		for (int n = 0; n < 300000; n++)
			g_string_append(value, pieces[i]);
		g_autofree char *text =
		    hisho_parameter_dup(value->str, value->len, "name");
		g_assert_null(text);
		g_free(
		    hisho_parameter_dup_main(value->str + 6, value->len - 6));
	}
}

static void
test_nothing_is_read_past_the_end(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		for (size_t n = 0; n < strlen(cases[i].value); n++) {
			g_autofree char *copy = g_memdup2(cases[i].value, n);
			g_autofree char *text =
			    hisho_parameter_dup(copy, n, "name");

			if (text != NULL)
				g_assert_true(g_utf8_validate(text, -1, NULL));
		}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/parameter/main-value-stands-alone", test_main_value_stands_alone);
	g_test_add_func("/parameter/parameters-are-read-as-mailers-write-them",
	    test_parameters_are_read_as_mailers_write_them);
	g_test_add_func("/parameter/continuations-are-bounded",
	    test_continuations_are_bounded);
	g_test_add_func("/parameter/hostile-values-take-linear-time",
	    test_hostile_values_take_linear_time);
	g_test_add_func("/parameter/nothing-is-read-past-the-end",
	    test_nothing_is_read_past_the_end);
	return g_test_run();
}
