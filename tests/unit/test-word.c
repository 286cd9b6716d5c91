#include "libhisho/mail/word.h"

#include <glib.h>
#include <string.h>

static const struct {
	const char *value;
	const char *expected;
} cases[] = {
	{ " plain text \r\n", "plain text" },
	{ " folded\r\n\tonce\n twice\r three\r\n", "folded\tonce twice three" },
	{ "no\nfold", "no fold" },
	{ "", "" },
	/* RFC 2047 section 8 */
	{ "(=?ISO-8859-1?Q?a?=)", "(a)" },
	{ "=?ISO-8859-1?Q?a?= b", "a b" },
	{ "=?ISO-8859-1?Q?a?= \r\n =?ISO-8859-1?Q?b?=", "ab" },
	{ "=?ISO-8859-1?Q?a_?= =?ISO-8859-2?Q?b?=", "a b" },
	{ "=?iso-8859-1*fr?q?d=e9j=C0?=", "déjÀ" },
	/* words as mailers write them */
	{ "\"=?utf-8?B?44GC?=\" <a@b.example>", "\"あ\" <a@b.example>" },
	{ "re:=?utf-8?b?44GC?=x=?UTF-8?Q?=E3=81=84?=", "re:あxい" },
	{ "=?utf-8?Q?two words, why?\?=", "two words, why?" },
	{ "=?utf-8?B?44GC44E=?= =?UTF-8?B?hA?=", "あい" },
	{ "=?utf-8?B?4 4G\r\n C?=", "あ" },
	{ "=?utf-8?B?YQ==Yg==?=", "ab" },
	{ "=?iso-2022-jp*ja?B?GyRCJUY=?= =?iso-2022-jp?B?JTkbKEI=?=", "テス" },
	{ "=?iso-2022-jp?B?GyRCJUY=?= =?ISO-2022-JP?B?JTkbKEI=?=", "テス" },
	{ "=?iso-2022-jp?B?GyRCJUYlORsoQg==?= A", "テス A" },
	{ "=?unknown?Q?=83e=83X=83g?=", "テスト" },
	{ "=?utf-8?Q?one=0D=0ABcc:_two?=", "one  Bcc: two" },
	/* no words */
	{ "=?utf-8?X?abc?=", "=?utf-8?X?abc?=" },
	{ "=?utf-8?B?44GC", "=?utf-8?B?44GC" },
	{ "=?utf 8?Q?a?=", "=?utf 8?Q?a?=" },
	{ "a =? b =?utf-8?Q?c?=", "a =? b c" },
	{ "=?utf-8?B?44 =?utf-8?B?44GC?=", "=?utf-8?B?44 あ" },
	{ "=?utf-8?Q?a=zz=4?=", "a=zz=4" },
	/* raw bytes */
	{ " \203e\203X\203g \203\\", "テスト ソ" },
	{ " \033$B%F%9\r\n %H\033(B", "テス ト" },
	{ "\343\201\202=?utf-8?Q?=E3=81=84?=", "あい" },
};

static void
test_values_become_one_line_of_utf8(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text =
		    hisho_word_decode(cases[i].value, strlen(cases[i].value));

		g_assert_cmpstr(text, ==, cases[i].expected);
	}
}

static void
test_nothing_is_read_past_the_end(void)
{
	static const char value[] = "=?utf-8?Q?=41=42?=";

	for (size_t length = 0; length < sizeof value; length++) {
		g_autofree char *copy = g_memdup2(value, length);
		g_autofree char *text = hisho_word_decode(copy, length);

		g_assert_cmpint(
		    g_str_has_prefix(text, "AB"), ==, length >= strlen(value));
	}
}

/* A hundred thousand beginnings, none with an end: quadratic work would take
 * hours. */
static void
test_unfinished_words_take_linear_time(void)
{
	g_autoptr(GString) value = g_string_new(NULL);

	for (int i = 0; i < 100000; i++)
		g_string_append(value, "=?a?q? ");
	g_autofree char *text = hisho_word_decode(value->str, value->len);
	g_assert_cmpuint(strlen(text), ==, value->len - 1);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/word/values-become-one-line-of-utf-8",
	    test_values_become_one_line_of_utf8);
	g_test_add_func("/word/nothing-is-read-past-the-end",
	    test_nothing_is_read_past_the_end);
	g_test_add_func("/word/unfinished-words-take-linear-time",
	    test_unfinished_words_take_linear_time);
	return g_test_run();
}
