#include "libhisho/store/sum.h"

static const struct {
	const char *text;
	bool is_sum;
} cases[] = {
	{ "1 2 3 4 5", true },
	{ "0 0 0 0 0", true },
	{ "2147483647 2147483647 2147483647 2147483647 2147483647", true },
	{ "2147483648 0 0 0 0", false },
	{ "99999999999999999999 0 0 0 0", false },
	{ "1 2 3 4", false },
	{ "1 2 3 4 ", false },
	{ "1 2 3 4 5 6", false },
	{ "1 2 3 4 5 ", false },
	{ " 1 2 3 4 5", false },
	{ "1  2 3 4 5", false },
	{ "1 2 3 4 -5", false },
	{ "1 2 3 4 +5", false },
	{ "1\t2 3 4 5", false },
	{ "1 2 3 4 5x", false },
	{ "1 2 three 4 5", false },
	{ "", false },
};

static void
test_only_five_numbers_are_a_sum(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoSum sum;
		bool is_sum = hisho_sum_parse(hisho_slice(cases[i].text), &sum);
		g_test_message("%s", cases[i].text);
		g_assert_cmpint(is_sum, ==, cases[i].is_sum);
		if (!is_sum)
			continue;
		g_autofree char *text = hisho_sum_dup_text(&sum);
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

static void
test_nothing_follows_a_nul(void)
{
	static const char text[] = "1 2 3 4 5\0 6";
	HishoSum sum;

	g_assert_false(
	    hisho_sum_parse((HishoSlice){ text, sizeof text - 1 }, &sum));
	g_assert_false(hisho_sum_parse((HishoSlice){ text, 10 }, &sum));
	g_assert_true(hisho_sum_parse((HishoSlice){ text, 9 }, &sum));
	g_assert_false(hisho_sum_parse((HishoSlice){ text, 8 }, &sum));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sum/only-five-numbers-are-a-sum",
	    test_only_five_numbers_are_a_sum);
	g_test_add_func(
	    "/sum/nothing-follows-a-nul", test_nothing_follows_a_nul);
	return g_test_run();
}
