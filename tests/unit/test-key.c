#include "libhisho/store/key.h"

#include <string.h>

static void
test_parts_stay_apart_whatever_is_in_them(void)
{
	static const struct {
		const char *one;
		const char *other;
		const char *key;
	} cases[] = {
		{ "a", "b", "a b" },
		{ "a b", "", "a%20b " },
		{ "", "a b", " a%20b" },
		{ "", "", " " },
		{ "a%20b", "", "a%2520b " },
		{ "\n\t\x7f\xff", "\xe7\xa7\x98", "%0A%09%7F%FF %E7%A7%98" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *key =
		    hisho_key_join(cases[i].one, cases[i].other, NULL);
		g_auto(GStrv) parts = hisho_key_split(hisho_slice(key));
		g_assert_cmpstr(key, ==, cases[i].key);
		g_assert_cmpuint(g_strv_length(parts), ==, 2);
		g_assert_cmpstr(parts[0], ==, cases[i].one);
		g_assert_cmpstr(parts[1], ==, cases[i].other);
	}
}

static void
test_an_empty_last_part_makes_a_prefix(void)
{
	g_autofree char *prefix = hisho_key_join("own", "uid:1", "", NULL);
	g_autofree char *own = hisho_key_join("own", "uid:1", "x", NULL);
	g_autofree char *other = hisho_key_join("own", "uid:10", "x", NULL);

	g_assert_true(g_str_has_prefix(own, prefix));
	g_assert_false(g_str_has_prefix(other, prefix));
}

static void
test_long_parts_are_bounded_and_differ(void)
{
	g_autofree char *longest = g_strnfill(512, 'a');
	g_autofree char *one = g_strnfill(1 << 20, 'a');
	g_autofree char *other = g_strnfill((1 << 20) + 1, 'a');
	g_autofree char *kept = hisho_key_join(longest, NULL);
	g_autofree char *a = hisho_key_join(one, "x", NULL);
	g_autofree char *b = hisho_key_join(other, "x", NULL);
	g_autofree char *same = hisho_key_join(a, NULL);

	g_assert_cmpstr(kept, ==, longest);
	g_assert_cmpuint(strlen(a), ==, 2 + 64 + 2);
	g_assert_cmpstr(a, !=, b);
	g_assert_cmpstr(same, !=, a);
	g_auto(GStrv) parts = hisho_key_split(hisho_slice(a));
	g_autofree char *again = hisho_key_join(parts[0], parts[1], NULL);
	g_assert_cmpstr(again, ==, a);
}

static void
test_what_is_no_encoding_is_read_as_it_is(void)
{
	g_auto(GStrv) parts = hisho_key_split(hisho_slice("%~0f %4 %zz %"));

	g_assert_cmpstr(parts[0], ==, "%~0f");
	g_assert_cmpstr(parts[1], ==, "%4");
	g_assert_cmpstr(parts[2], ==, "%zz");
	g_assert_cmpstr(parts[3], ==, "%");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/key/parts-stay-apart-whatever-is-in-them",
	    test_parts_stay_apart_whatever_is_in_them);
	g_test_add_func("/key/an-empty-last-part-makes-a-prefix",
	    test_an_empty_last_part_makes_a_prefix);
	g_test_add_func("/key/long-parts-are-bounded-and-differ",
	    test_long_parts_are_bounded_and_differ);
	g_test_add_func("/key/what-is-no-encoding-is-read-as-it-is",
	    test_what_is_no_encoding_is_read_as_it_is);
	return g_test_run();
}
