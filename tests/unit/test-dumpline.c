#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/dumpline.h"

static const struct {
	const char *name;
	const char *key;
	size_t key_length;
	const char *value;
	size_t value_length;
	const char *line;
} pairs[] = {
	{ "plain", "ledger uid:1", 12, "{\"a\": 1}", 8,
	    "ledger uid:1\t{\"a\": 1}\n" },
	{ "no-value", "key", 3, "", 0, "key\t\n" },
	{ "nul-newline-tab", "a\0b", 3, "\n\t\r\x7f", 4,
	    "a\\x00b\t\\x0a\\x09\\x0d\\x7f\n" },
	{ "backslash", "a\\", 2, "\\x41", 4, "a\\x5c\t\\x5cx41\n" },
	{ "eight-bit", "\xe7\xa7\x98", 3, "\x80\xff", 2,
	    "\\xe7\\xa7\\x98\t\\x80\\xff\n" },
	{ "key-like-a-first-line", "# hisho", 7, "#", 1, "\\x23 hisho\t#\n" },
	{ "key-like-a-last-line", "~", 1, "~", 1, "\\x7e\t~\n" },
};

static void
test_a_pair_goes_and_comes_back(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	const HishoPair pair = { { pairs[i].key, pairs[i].key_length },
		{ pairs[i].value, pairs[i].value_length } };
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	HishoPair back;

	hisho_dumpline_append(line, &pair);
	g_assert_cmpstr(line->str, ==, pairs[i].line);
	g_string_truncate(line, line->len - 1);
	g_assert_true(hisho_dumpline_parse(line, &back, &error));
	g_assert_no_error(error);
	g_assert_cmpmem(
	    back.key.data, back.key.length, pairs[i].key, pairs[i].key_length);
	g_assert_cmpmem(back.value.data, back.value.length, pairs[i].value,
	    pairs[i].value_length);
}

static void
test_every_byte_goes_and_comes_back(void)
{
	char bytes[256];
	g_autoptr(GString) line = g_string_new(NULL);
	HishoPair back;

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	const HishoPair pair = { { bytes, 256 }, { bytes, 256 } };
	hisho_dumpline_append(line, &pair);
	for (gsize i = 0; i + 1 < line->len; i++)
		g_assert_true(line->str[i] == '\t' ||
		    (line->str[i] >= ' ' && line->str[i] <= '~'));
	g_string_truncate(line, line->len - 1);
	g_assert_true(hisho_dumpline_parse(line, &back, NULL));
	g_assert_cmpmem(back.key.data, back.key.length, bytes, 256);
	g_assert_cmpmem(back.value.data, back.value.length, bytes, 256);
}

static const struct {
	const char *line;
	const char *reason;
} wrongs[] = {
	{ "", "no TAB" },
	{ "key value", "no TAB" },
	{ "\tvalue", "no key" },
	{ "key\tvalue\tmore", "control character" },
	{ "key\tvalue\r", "control character" },
	{ "k\x7fy\tvalue", "control character" },
	{ "key\tva\\lue", "backslash" },
	{ "key\t\\x4", "backslash" },
	{ "key\t\\x", "backslash" },
	{ "key\t\\", "backslash" },
	{ "key\\\tvalue", "backslash" },
	{ "key\\x4\tvalue", "backslash" },
	{ "key\t\\xg0", "backslash" },
	{ "key\t\\X40", "backslash" },
};

static void
test_what_is_no_line_is_refused(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(wrongs); i++) {
		g_autoptr(GString) line = g_string_new(wrongs[i].line);
		g_autoptr(GError) error = NULL;
		HishoPair pair;
		g_assert_false(hisho_dumpline_parse(line, &pair, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
		g_assert_nonnull(strstr(error->message, wrongs[i].reason));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *path = g_strconcat(
		    "/dumpline/goes-and-comes-back-", pairs[i].name, NULL);
		g_test_add_data_func(
		    path, GSIZE_TO_POINTER(i), test_a_pair_goes_and_comes_back);
	}
	g_test_add_func("/dumpline/every-byte-goes-and-comes-back",
	    test_every_byte_goes_and_comes_back);
	g_test_add_func("/dumpline/what-is-no-line-is-refused",
	    test_what_is_no_line_is_refused);
	return g_test_run();
}
