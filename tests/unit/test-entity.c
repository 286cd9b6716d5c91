#include <string.h>

#include "libhisho/links/entity.h"

struct decoding {
	const char *text;
	const char *expected;
};

static void
check(const struct decoding *table, size_t n, HishoEntityPlace place)
{
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		hisho_entity_append_decoded(
		    out, table[i].text, strlen(table[i].text), place);
		g_assert_cmpstr(out->str, ==, table[i].expected);
	}
}

static void
test_names_are_the_longest_that_fit(void)
{
	static const struct decoding table[] = {
		{ "a&amp;b", "a&b" },
		{ "&AElig;&zwnj;", "\u00C6\u200C" },
		{ "&notin;", "\u2209" },
		{ "&notit;", "\u00ACit;" },
		{ "&notin", "\u00ACin" },
		{ "&ampx", "&x" },
		{ "&copy", "\u00A9" },
		{ "&NotEqualTilde;", "\u2242\u0338" },
		{ "&CounterClockwiseContourIntegral;", "\u2233" },
		{ "&CounterClockwiseContourIntegralx;",
		    "&CounterClockwiseContourIntegralx;" },
		{ "&hellip", "&hellip" },
		{ "&nosuch; & &; &&lt;", "&nosuch; & &; &<" },
		{ "&", "&" },
		{ "&a", "&a" },
	};

	check(table, G_N_ELEMENTS(table), HISHO_ENTITY_IN_TEXT);
}

static void
test_a_query_in_an_attribute_is_left_alone(void)
{
	static const struct decoding table[] = {
		{ "?a=1&copy=2", "?a=1&copy=2" },
		{ "?a=1&copy2", "?a=1&copy2" },
		{ "?a=1&copy;=2", "?a=1\u00A9=2" },
		{ "?a&copy", "?a\u00A9" },
		{ "?a&copy&lt", "?a\u00A9<" },
		{ "?a=1&notin=2", "?a=1&notin=2" },
		{ "?a=1&#61;2&#x3d2", "?a=1=2\u03D2" },
	};

	check(table, G_N_ELEMENTS(table), HISHO_ENTITY_IN_ATTRIBUTE);
}

static void
test_numbers_are_repaired(void)
{
	static const struct decoding table[] = {
		{ "&#104;&#x74;&#X74;&#112", "http" },
		{ "&#128;&#x9F;&#129;", "\u20AC\u0178\xC2\x81" },
		{ "&#0;&#xD800;&#x110000;", "\uFFFD\uFFFD\uFFFD" },
		{ "&#99999999999999999999;", "\uFFFD" },
		{ "&#xFFFFFFFFFFFFFFFFFFFFFFFF41;", "\uFFFD" },
		{ "&#0000000000000000000000065;", "A" },
		{ "&#; &#x; &#", "&#; &#x; &#" },
		{ "&#x3042;", "\u3042" },
	};

	check(table, G_N_ELEMENTS(table), HISHO_ENTITY_IN_TEXT);
}

static void
test_nothing_is_read_beyond_the_end(void)
{
	HishoEntity entity;

	g_assert_cmpuint(0, ==, hisho_entity_read("", 0, 0, &entity));
	g_assert_cmpuint(0, ==, hisho_entity_read("&lt;", 2, 0, &entity));
	g_assert_cmpuint(3, ==, hisho_entity_read("&lt;", 3, 0, &entity));
	g_assert_cmpuint(4, ==, hisho_entity_read("&#65;", 4, 0, &entity));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/entity/names-are-the-longest-that-fit",
	    test_names_are_the_longest_that_fit);
	g_test_add_func("/entity/a-query-in-an-attribute-is-left-alone",
	    test_a_query_in_an_attribute_is_left_alone);
	g_test_add_func(
	    "/entity/numbers-are-repaired", test_numbers_are_repaired);
	g_test_add_func("/entity/nothing-is-read-beyond-the-end",
	    test_nothing_is_read_beyond_the_end);
	return g_test_run();
}
