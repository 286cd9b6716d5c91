#include "libhisho/mail/text.h"

#include <glib.h>
#include <string.h>

/* What DATA under LABEL is in UTF-8; NULL stands for no label. */
static const struct {
	const char *label;
	const char *data;
	const char *expected;
} readings[] = {
	{ "utf-8", "caf\303\251", "café" },
	{ "UTF8", "\357\273\277x", "x" },
	{ "iso-2022-jp", "\033$B%F%9%H\033(B", "テスト" },
	{ "ISO-2022-JP", "\033$@%F%9%H", "テスト" },
	{ "iso-2022-jp", "\033$B-!\033(B \033$B-j\033(B", "① ㈱" },
	{ "iso-2022-jp", "\033(I1236\033(J!", "ｱｲｳｶ!" },
	{ "iso-2022-jp-1", "\033$(D0!\033(B", "丂" },
	{ "jis", "\0161236\017.", "1236." },
	{ "jis", "\033)I\0161236\017.", "ｱｲｳｶ." },
	{ "iso-2022-jp", "\033$B%F%9%H\nx", "テスト\nx" },
	{ "iso-2022-jp", "\033\r\n $B%F%9%H\033(B", "テスト" },
	{ "iso-2022-jp", "\203e\203X\203g", "テスト" },
	{ "iso-2022-jp", "\033$B%F\261%9\033(B", "テｱス" },
	{ "iso-2022-jp-2", "\033$A>M\033(B", "就" },
	{ "iso-2022-kr", "\033$)C\0160!\017.", "가." },
	{ "x-sjis", "\203e\203X\203g", "テスト" },
	{ "Shift-JIS", "\207@", "①" },
	{ "ms_kanji", "\225\\\216\246", "表示" },
	{ "\"Windows-31J\" ; junk", "\203\\", "ソ" },
	{ "cp932", "~\\\261", "~\\ｱ" },
	{ "x-euc-jp", "\255\241", "①" },
	{ "EUC_JP", "\216\261\217\260\241", "ｱ丂" },
	{ "gb2312", "\326\320", "中" },
	{ "Big5", "\244\244", "中" },
	{ "ks_c_5601-1987", "\260\241", "가" },
	{ "koi8-r", "\320\322\311", "при" },
	{ "windows-1251", "\357", "п" },
	{ "ISO-8859-15", "\244", "€" },
	{ "iso-8859-1", "\200 caf\351", "€ café" },
	{ "unicode-1-1-utf-7", "+MMYwuTDI-", "テスト" },
	{ "utf-16", "\377\376\106\060", "う" },
	{ "utf-16", "<p>no wide letter\n", "<p>no wide letter\n" },
	{ "utf-16be", "<p>no wide letter\n", "<p>no wide letter\n" },
	{ "ansi_x3.4-1968", "plain", "plain" },
	{ "charset=euc-jp", "\244\242", "あ" },
};

/* Bytes that contradict their label, or have none. */
static const struct {
	const char *label;
	const char *data;
	const char *expected;
} guesses[] = {
	{ NULL, "\033$B%F%9%H\033(B", "テスト" },
	{ "us-ascii", "\033$B%F%9%H\033(B", "テスト" },
	{ "utf-8", "\033$B%F%9%H\033(B", "テスト" },
	{ NULL, "\343\203\206\343\202\271", "テス" },
	{ "iso-8859-1", "\343\203\206\343\202\271", "テス" },
	{ "unknown-8bit", "\203e\203X\203g", "テスト" },
	{ "iso-8859-1", "\203e\203X\203g", "テスト" },
	{ "utf-8", "\203e\203X\203g", "テスト" },
	{ NULL, "\245\306\245\271\245\310", "テスト" },
	{ "default", "\272\264\300\356\265\336\312\330", "佐川急便" },
	{ NULL, "\215\262\220\354\213}\225\326", "佐川急便" },
	{ "euc-jp", "\203e\203X\203g", "テスト" },
	{ "shift_jis", "\343\203\206\343\202\271\343\203\210x", "テストx" },
	{ NULL, "don\222t, I can\222t", "don’t, I can’t" },
	{ NULL, "na\357ve caf\351", "naïve café" },
	{ NULL, "\304\326\334", "ÄÖÜ" },
	{ "utf-8", "caf\351s", "cafés" },
	/* so many kanji and no kana: some other double-byte charset */
	{ NULL,
	    "\260\241\260\241\260\241\260\241\260\241\260\241"
	    "\260\241\260\241\260\241\260\241\260\241\260\241"
	    "\260\241\260\241\260\241\260\241\260\241",
	    "°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡°¡" },
};

static void
test_labels_are_read_in_any_spelling(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++) {
		bool garbled;
		g_autofree char *text =
		    hisho_text_from_charset(readings[i].data,
			strlen(readings[i].data), readings[i].label, &garbled);

		g_assert_cmpstr(text, ==, readings[i].expected);
		g_assert_false(garbled);
	}
}

static void
test_wrong_labels_are_repaired(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(guesses); i++) {
		bool garbled;
		g_autofree char *text = hisho_text_from_charset(guesses[i].data,
		    strlen(guesses[i].data), guesses[i].label, &garbled);

		g_assert_cmpstr(text, ==, guesses[i].expected);
		g_assert_false(garbled);
	}
}

static void
test_what_cannot_be_read_is_marked(void)
{
	static const struct {
		const char *label, *data;
		size_t length;
		const char *expected;
	} cases[] = {
		{ "utf-8", "a\0b", 3, "a\357\277\275b" },
		{ "utf-8", "\343\203\206\343\203", 5,
		    "テ\357\277\275\357\277\275" },
		{ "shift_jis", "\203e\203", 3, "テ\357\277\275" },
		{ "euc-jp", "\244\242\377!", 4, "あ\357\277\275!" },
		{ "iso-2022-jp", "\033$B%F%\033(B!", 10, "テ\357\277\275!" },
		{ "iso-2022-jp", "\033$B//\033(B!", 9,
		    "\357\277\275\357\277\275!" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		bool garbled = false;
		g_autofree char *text = hisho_text_from_charset(
		    cases[i].data, cases[i].length, cases[i].label, &garbled);

		g_assert_cmpstr(text, ==, cases[i].expected);
		g_assert_true(garbled);
	}
}

/* The second is larger than any room inside, with a bad byte at each place of
 * it. */
static void
test_empty_and_long_texts_are_whole(void)
{
	g_autoptr(GString) data = g_string_new(NULL);

	for (int i = 0; i < 5000; i++)
		g_string_append(data, "\244\242\377");
	g_autofree char *empty = hisho_text_from_charset(NULL, 0, NULL, NULL);
	g_assert_cmpstr(empty, ==, "");
	g_autofree char *text =
	    hisho_text_from_charset(data->str, data->len, "euc-jp", NULL);
	g_assert_cmpuint(g_utf8_strlen(text, -1), ==, 10000);
}

static void
test_any_bytes_become_utf8(void)
{
	for (int seed = 0; seed < 2000; seed++) {
		guint8 data[64];
		g_autoptr(GRand) random = g_rand_new_with_seed(seed);

		for (size_t i = 0; i < sizeof data; i++)
			data[i] = g_rand_int(random) >> (seed % 8 * 3);
		const char *label =
		    readings[seed % G_N_ELEMENTS(readings)].label;
		g_autofree char *text = hisho_text_from_charset(
		    (const char *)data, seed % 65, label, NULL);
		g_assert_true(g_utf8_validate(text, -1, NULL));
	}
}

static void
test_equal_texts_have_one_normal_form(void)
{
	static const char *const pairs[][2] = {
		{ "Ａｍａｚｏｎ", "amazon" },
		{ "ｱﾏｿﾞﾝ", "アマゾン" },
		{ " \t三井\343\200\200 住友 \n", "三井 住友" },
		{ "Ama\342\200\213zon\302\255\357\273\277", "amazon" },
		{ "STRASSE", "straße" },
		{ "e\314\201", "é" },
		{ "東京\343\200\234大阪", "東京\357\275\236大阪" },
		{ "", "\343\200\200" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *a = hisho_text_normalize(pairs[i][0]);
		g_autofree char *b = hisho_text_normalize(pairs[i][1]);

		g_assert_cmpstr(a, ==, b);
	}
	g_autofree char *text = hisho_text_normalize(pairs[2][0]);
	g_assert_cmpstr(text, ==, "三井 住友");
}

/* Sorting them all would take hours. */
static void
test_heaped_up_marks_are_dropped(void)
{
	g_autoptr(GString) text = g_string_new("a");

	for (int i = 0; i < 100000; i++)
		g_string_append(text, i % 2 ? "\314\200" : "\314\226");
	g_autofree char *normal = hisho_text_normalize(text->str);
	g_assert_cmpuint(g_utf8_strlen(normal, -1), <=, 31);
}

/* In one go this would take minutes; the cut must not show. */
static void
test_long_texts_are_composed_in_linear_time(void)
{
	static const char *const pairs[][2] = { { "e\314\201", "é" },
		{ "ｶﾞ", "ガ" }, { "\341\204\200\341\205\241", "가" },
		{ "㌀", "アパート" } };

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GString) expected = g_string_new(NULL);

		for (int n = 0; n < 400000; n++) {
			g_string_append(text, pairs[i][0]);
			g_string_append(expected, pairs[i][1]);
			if (n % 400 == 0)
				g_string_append_c(text, ' ');
			if (n % 400 == 0)
				g_string_append_c(expected, ' ');
		}
		g_autofree char *normal = hisho_text_normalize(text->str);
		g_strchomp(expected->str);
		g_assert_true(g_str_equal(normal, expected->str));
	}
}

static void
test_terminals_are_shown_not_commanded(void)
{
	static const char *const cases[][2] = {
		{ "a\tb\r\nc", "a b  c" },
		{ "\033[31mred\177", "\357\277\275[31mred\357\277\275" },
		{ "\302\233x", "\357\277\275x" },
		{ "exe\342\200\256fdp", "exe<U+202E>fdp" },
		{ "a\342\200\250b", "a<U+2028>b" },
		{ "日本語", "日本語" },
		{ "\377", "\357\277\275" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = hisho_text_for_terminal(cases[i][0]);

		g_assert_cmpstr(text, ==, cases[i][1]);
	}
}

static void
test_width_is_counted_in_columns(void)
{
	g_assert_cmpuint(hisho_text_width("abc"), ==, 3);
	g_assert_cmpuint(hisho_text_width("秘書ｱ"), ==, 5);
	g_assert_cmpuint(hisho_text_width("e\314\201\342\200\213"), ==, 1);
	g_assert_cmpuint(hisho_text_width(""), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	hisho_text_open_converters();
	g_test_add_func("/text/labels-are-read-in-any-spelling",
	    test_labels_are_read_in_any_spelling);
	g_test_add_func(
	    "/text/wrong-labels-are-repaired", test_wrong_labels_are_repaired);
	g_test_add_func("/text/what-cannot-be-read-is-marked",
	    test_what_cannot_be_read_is_marked);
	g_test_add_func("/text/empty-and-long-texts-are-whole",
	    test_empty_and_long_texts_are_whole);
	g_test_add_func(
	    "/text/any-bytes-become-utf-8", test_any_bytes_become_utf8);
	g_test_add_func("/text/equal-texts-have-one-normal-form",
	    test_equal_texts_have_one_normal_form);
	g_test_add_func("/text/heaped-up-marks-are-dropped",
	    test_heaped_up_marks_are_dropped);
	g_test_add_func("/text/long-texts-are-composed-in-linear-time",
	    test_long_texts_are_composed_in_linear_time);
	g_test_add_func("/text/terminals-are-shown-not-commanded",
	    test_terminals_are_shown_not_commanded);
	g_test_add_func("/text/width-is-counted-in-columns",
	    test_width_is_counted_in_columns);
	return g_test_run();
}
