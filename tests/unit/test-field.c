#include <string.h>

#include "libhisho/mail/field.h"

static HishoField *
parse(const char *name, const char *value)
{
	return hisho_field_parse(name, value, strlen(value));
}

static void
test_values_are_plain_ascii_whatever_they_hold(void)
{
	static const struct {
		const char *value, *written;
	} cases[] = {
		{ "mail0.amazon.co.jp", "a=mail0.amazon.co.jp" },
		{ "taro+x@example.jp", "a=taro+x@example.jp" },
		{ "2001:db8::1/64", "a=2001:db8::1/64" },
		{ "", "a=" },
		{ "a b", "a=a%20b" },
		{ "a;b=c", "a=a%3Bb%3Dc" },
		{ "100%", "a=100%25" },
		{ "x\r\nX-Hisho-Folder: main",
		    "a=x%0D%0AX-Hisho-Folder:%20main" },
		{ "秘", "a=%E7%A7%98" },
		{ "\x7f\x1b\xff", "a=%7F%1B%FF" },
		{ "\"<>()\\,", "a=%22%3C%3E%28%29%5C%2C" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoField) field = hisho_field_new("Test");
		hisho_field_add(field, "a", cases[i].value);
		g_autofree char *written = hisho_field_dup_value(field);
		g_assert_cmpstr(written, ==, cases[i].written);
		g_autoptr(HishoField) again = parse("Test", written);
		g_assert_cmpstr(
		    hisho_field_get(again, "a"), ==, cases[i].value);
	}
}

static void
test_items_stand_in_the_order_they_were_added(void)
{
	g_autoptr(HishoField) field = hisho_field_new("Warning");

	hisho_field_add_word(field, "helo-forged");
	hisho_field_add(field, "ip", "192.0.2.1");
	hisho_field_add(field, "helo", NULL);
	hisho_field_add_number(field, "n", -5);
	hisho_field_add(field, "ip", "192.0.2.2");
	g_autofree char *value = hisho_field_dup_value(field);
	g_assert_cmpstr(
	    value, ==, "helo-forged; ip=192.0.2.1; n=-5; ip=192.0.2.2");
	g_assert_cmpstr(hisho_field_name(field), ==, "Warning");
	g_assert_cmpstr(hisho_field_word(field), ==, "helo-forged");
	g_assert_cmpstr(hisho_field_get(field, "ip"), ==, "192.0.2.1");
	g_assert_null(hisho_field_get(field, "helo"));
	g_assert_null(hisho_field_get(field, "helo-forged"));
	g_assert_true(hisho_field_is_complete(field));
}

static void
test_anything_can_be_read(void)
{
	static const struct {
		const char *value, *written;
	} cases[] = {
		{ "", "" },
		{ ";;; ;", "" },
		{ " v=1;\r\n\ta=b ;c", "v=1; a=b; c" },
		{ "a=b=c", "a=b%3Dc" },
		{ "a=%zz%4", "a=%25zz%254" },
		{ "a=%41%00%42", "a=AB" },
		{ "a=x y", "a=xy" },
		{ "=x", "" },
		{ "more=3", "more=3" },
		{ "a=b; more=2", "a=b; more=2" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoField) field = parse("X", cases[i].value);
		g_autofree char *written = hisho_field_dup_value(field);
		g_test_message("%s", cases[i].value);
		g_assert_cmpstr(written, ==, cases[i].written);
	}
	g_autoptr(HishoField) cut = hisho_field_parse("X", "a=1\0b=2", 7);
	g_assert_cmpstr(hisho_field_get(cut, "a"), ==, "1");
}

static void
test_a_field_stays_below_4_kb_and_says_what_it_left_out(void)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);
	HishoField *field = hisho_field_new("Links");
	g_autofree char *huge = g_strnfill(5000, 'x');

	g_ptr_array_add(fields, field);
	hisho_field_add(field, "first", "1");
	hisho_field_add(field, "huge", huge);
	g_assert_false(hisho_field_is_complete(field));
	for (guint i = 0; i < 1000; i++)
		hisho_field_add(field, "host", "www.example.com");
	g_autofree char *value = hisho_field_dup_value(field);
	g_assert_cmpstr(value, ==, "first=1; more=1001");
	g_autofree char *block = hisho_field_dup_block(fields);
	g_assert_cmpuint(strlen(block), <, 4096);
	g_autoptr(HishoField) again = parse("Links", value);
	g_assert_false(hisho_field_is_complete(again));

	HishoField *full = hisho_field_new("Parse");
	g_ptr_array_insert(fields, 0, full);
	for (guint i = 0; i < 1000; i++)
		hisho_field_add(full, "h", "\xff\xff\xff");
	g_ptr_array_set_size(fields, 1);
	g_autofree char *second = hisho_field_dup_block(fields);
	g_assert_cmpuint(strlen(second), <, 4096);
	g_assert_cmpuint(strlen(second), >, 3500);
}

/* RFC 5322 2.1.1: 998 characters a line, or a relay may break it where it
 * likes. */
static void
test_no_line_is_longer_than_mail_allows(void)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);
	HishoField *field = hisho_field_new("Parse");
	g_autofree char *list = g_strnfill(3000, 'x');

	hisho_field_add_number(field, "v", 1);
	hisho_field_add(field, "list", list);
	hisho_field_add(field, "date", "0");
	g_ptr_array_add(fields, field);
	g_autofree char *block = hisho_field_dup_block(fields);
	g_auto(GStrv) lines = g_strsplit(block, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		g_assert_cmpuint(strlen(*line), <=, 998);
	g_autoptr(HishoField) again =
	    parse("Parse", block + strlen("X-Hisho-Parse:"));
	g_assert_cmpstr(hisho_field_get(again, "list"), ==, list);
	g_assert_cmpstr(hisho_field_get(again, "date"), ==, "0");
}

static void
test_a_block_is_sorted_and_folded(void)
{
	static const char *const names[] = { "Seal", "Advice", "Status",
		"Warning", "Parse", "Folder", "Score", "Safe", "Route", "Links",
		"Warning", "Other" };
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		HishoField *field = hisho_field_new(names[i]);
		hisho_field_add_number(field, "i", i);
		g_ptr_array_add(fields, field);
	}
	g_autofree char *block = hisho_field_dup_block(fields);
	g_assert_cmpstr(block, ==,
	    "X-Hisho-Parse: i=4\nX-Hisho-Links: i=9\nX-Hisho-Route: i=8\n"
	    "X-Hisho-Safe: i=7\nX-Hisho-Score: i=6\nX-Hisho-Warning: i=3\n"
	    "X-Hisho-Warning: i=10\nX-Hisho-Advice: i=1\n"
	    "X-Hisho-Folder: i=5\nX-Hisho-Status: i=2\nX-Hisho-Seal: i=0\n"
	    "X-Hisho-Other: i=11\n");
	const HishoField *found = hisho_field_find(fields, "Warning");
	g_assert_cmpstr(hisho_field_get(found, "i"), ==, "3");
	g_assert_null(hisho_field_find(fields, "None"));
	g_assert_null(hisho_field_find(NULL, "Parse"));

	HishoField *long_one = hisho_field_new("Parse");
	for (guint i = 0; i < 30; i++)
		hisho_field_add(long_one, "from", "taro@example.jp");
	g_ptr_array_set_size(fields, 0);
	g_ptr_array_add(fields, long_one);
	g_autofree char *folded = hisho_field_dup_block(fields);
	g_auto(GStrv) lines = g_strsplit(folded, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), >, 8);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_assert_cmpuint(strlen(lines[i]), <=, 78);
		if (i > 0 && *lines[i] != '\0')
			g_assert_cmpint(*lines[i], ==, ' ');
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/field/values-are-plain-ascii-whatever-they-hold",
	    test_values_are_plain_ascii_whatever_they_hold);
	g_test_add_func("/field/items-stand-in-the-order-they-were-added",
	    test_items_stand_in_the_order_they_were_added);
	g_test_add_func(
	    "/field/anything-can-be-read", test_anything_can_be_read);
	g_test_add_func(
	    "/field/a-field-stays-below-4-kb-and-says-what-it-left-out",
	    test_a_field_stays_below_4_kb_and_says_what_it_left_out);
	g_test_add_func("/field/no-line-is-longer-than-mail-allows",
	    test_no_line_is_longer_than_mail_allows);
	g_test_add_func("/field/a-block-is-sorted-and-folded",
	    test_a_block_is_sorted_and_folded);
	return g_test_run();
}
