#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/json.h"

static HishoJson *
parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	HishoJson *json = hisho_json_parse(text, strlen(text), &error);

	g_assert_no_error(error);
	return json;
}

static void
test_what_is_no_json_is_refused(void)
{
	static const char *const texts[] = { "", " ", "{", "[1,", "1", "\"x\"",
		"null", "{\"a\":1,\"a\":2}", "{}x", "{\"a\":\"\xff\"}",
		"{\"a\":\"\\u0000\"}", "[99999999999999999999]",
		"{\"a\":\"\xed\xa0\x80\"}", "{'a':1}" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		g_test_message("%s", texts[i]);
		g_assert_null(
		    hisho_json_parse(texts[i], strlen(texts[i]), &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
	}
}

static void
test_nesting_is_bounded(void)
{
	g_autofree char *deep = g_strnfill(100000, '[');
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_json_parse(deep, 100000, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
}

static void
test_only_the_given_bytes_are_read(void)
{
	g_autofree char *copy = g_memdup2("{\"a\":1}", 7);
	g_autoptr(HishoJson) json = hisho_json_parse(copy, 7, NULL);

	g_assert_cmpint(hisho_json_get_number(json, "a"), ==, 1);
}

static void
test_keys_come_out_in_the_order_they_were_set(void)
{
	g_autoptr(HishoJson) json = hisho_json_new_object();
	HishoJson *array = hisho_json_new_array();

	hisho_json_set_text(json, "z", "text");
	hisho_json_set_number(json, "number", G_MININT64);
	hisho_json_set_truth(json, "a", true);
	hisho_json_set_null(json, "null");
	hisho_json_set_text(json, "no-text", NULL);
	hisho_json_append_text(array, "x");
	hisho_json_append_text(array, NULL);
	hisho_json_append_take(array, NULL);
	hisho_json_append_take(array, hisho_json_new_object());
	hisho_json_set_take(json, "array", array);
	hisho_json_set_take(json, "nothing", NULL);
	hisho_json_set_text(json, "z", "replaced");
	g_autofree char *line = hisho_json_dup_line(json);
	g_assert_cmpstr(line, ==,
	    "{\"z\":\"replaced\",\"number\":-9223372036854775808,\"a\":true,"
	    "\"null\":null,\"no-text\":null,\"array\":[\"x\",null,null,{}],"
	    "\"nothing\":null}");
}

static void
test_an_update_copies_every_key(void)
{
	g_autoptr(HishoJson) json = parse("{\"a\":1,\"b\":2}");
	g_autoptr(HishoJson) source = parse("{\"b\":\"new\",\"c\":[3]}");

	hisho_json_update(json, source);
	g_autofree char *line = hisho_json_dup_line(json);
	g_assert_cmpstr(line, ==, "{\"a\":1,\"b\":\"new\",\"c\":[3]}");
}

static void
test_a_value_of_another_type_reads_as_nothing(void)
{
	g_autoptr(HishoJson) json =
	    parse("{\"t\":\"x\",\"n\":7,\"r\":1.5,\"b\":true,\"a\":[1,2],"
		  "\"o\":{},\"z\":null}");

	g_assert_cmpstr(hisho_json_get_text(json, "t"), ==, "x");
	g_assert_null(hisho_json_get_text(json, "n"));
	g_assert_null(hisho_json_get_text(json, "missing"));
	g_assert_cmpint(hisho_json_get_number(json, "n"), ==, 7);
	g_assert_cmpint(hisho_json_get_number(json, "t"), ==, 0);
	g_assert_false(hisho_json_is_number(hisho_json_get(json, "r")));
	g_assert_true(hisho_json_get_truth(json, "b"));
	g_assert_false(hisho_json_get_truth(json, "n"));
	g_assert_cmpuint(hisho_json_size(hisho_json_get(json, "a")), ==, 2);
	g_assert_cmpuint(hisho_json_size(hisho_json_get(json, "o")), ==, 0);
	g_assert_null(hisho_json_at(hisho_json_get(json, "a"), 2));
	g_assert_true(hisho_json_is_null(hisho_json_get(json, "z")));
	g_assert_false(hisho_json_is_null(hisho_json_get(json, "missing")));
	g_assert_true(hisho_json_is_object(hisho_json_get(json, "o")));
	g_assert_true(hisho_json_is_array(hisho_json_get(json, "a")));
	g_assert_true(hisho_json_is_truth(hisho_json_get(json, "b")));
	g_assert_false(hisho_json_is_truth(hisho_json_get(json, "z")));
}

static void
test_a_line_is_safe_wherever_it_goes(void)
{
	static const struct {
		const char *text, *written;
	} cases[] = {
		{ "a\nb\r\tc", "\"a\\nb\\r\\tc\"" },
		{ "\033[31m", "\"\\u001B[31m\"" },
		{ "\x7f", "\"\\u007f\"" },
		{ "\xc2\x85", "\"\\u0085\"" }, /* NEL */
		{ "\xc2\x9b"
		  "31m",
		    "\"\\u009b31m\"" },		   /* CSI */
		{ "\xe2\x80\xa8", "\"\\u2028\"" }, /* LINE SEP. */
		{ "\xe2\x80\xa9", "\"\\u2029\"" },
		{ "\xe2\x80\xae", "\"\\u202e\"" }, /* RLO */
		{ "\xe2\x81\xa6", "\"\\u2066\"" }, /* LRI */
		{ "\xe2\x80\x8f", "\"\\u200f\"" }, /* RLM */
		{ "\xd8\x9c", "\"\\u061c\"" },	   /* ALM */
		{ "\xef\xbb\xbf", "\"\\ufeff\"" }, /* BOM */
		{ "秘書 \xf0\x9f\x98\x80", "\"秘書 \xf0\x9f\x98\x80\"" },
		{ "\xff", "\"\xef\xbf\xbd\"" }, /* no UTF-8 */
		{ "\"\\/", "\"\\\"\\\\/\"" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoJson) array = hisho_json_new_array();
		hisho_json_append_text(array, cases[i].text);
		g_autofree char *line = hisho_json_dup_line(array);
		g_autofree char *wanted =
		    g_strdup_printf("[%s]", cases[i].written);
		g_assert_cmpstr(line, ==, wanted);
		g_autoptr(HishoJson) again = parse(line);
		if (g_utf8_validate(cases[i].text, -1, NULL))
			g_assert_cmpstr(
			    hisho_json_text(hisho_json_at(again, 0)), ==,
			    cases[i].text);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json/what-is-no-json-is-refused",
	    test_what_is_no_json_is_refused);
	g_test_add_func("/json/nesting-is-bounded", test_nesting_is_bounded);
	g_test_add_func("/json/only-the-given-bytes-are-read",
	    test_only_the_given_bytes_are_read);
	g_test_add_func("/json/keys-come-out-in-the-order-they-were-set",
	    test_keys_come_out_in_the_order_they_were_set);
	g_test_add_func("/json/an-update-copies-every-key",
	    test_an_update_copies_every_key);
	g_test_add_func("/json/a-value-of-another-type-reads-as-nothing",
	    test_a_value_of_another_type_reads_as_nothing);
	g_test_add_func("/json/a-line-is-safe-wherever-it-goes",
	    test_a_line_is_safe_wherever_it_goes);
	return g_test_run();
}
