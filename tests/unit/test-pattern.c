#include "libhisho/base/error.h"
#include "libhisho/base/pattern.h"

static const struct {
	const char *pattern;
	bool caseless;
	const char *text;
	size_t length;
	bool matches;
} cases[] = {
	{ "^ab.d$", false, "abcd", 4, true },
	{ "^ab.d$", false, "ABCD", 4, false },
	{ "ÄB", true, "xäbx", 6, true },
	{ "^秘.$", false, "秘書", 6, true },
	{ "b", false, "abc", 1, false },
	{ "c$", false, "a\0c", 3, true },
	{ "b", false, "\377\200b", 3, true },
	{ "^.$", false, "\377", 1, false },
	{ "", false, "", 0, true },
};

static void
test_a_pattern_is_found_in_any_bytes(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoPattern) pattern = hisho_pattern_new(
		    cases[i].pattern, cases[i].caseless, NULL);
		bool limit_reached = true;

		g_assert_nonnull(pattern);
		g_assert_cmpint(hisho_pattern_matches(pattern, cases[i].text,
				    cases[i].length, &limit_reached),
		    ==, cases[i].matches);
		g_assert_false(limit_reached);
	}
}

static void
test_syntax_error_names_the_character(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_pattern_new("ab(c", false, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_cmpstr(error->message, ==,
	    "pattern 'ab(c', character 5: missing closing parenthesis");
}

static void
test_single_bytes_cannot_be_asked_for(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_pattern_new("a\\Cb", false, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
}

/* Each further "a" doubles the work; 20 take more steps than are allowed and
 * fewer than PCRE2 itself would take. */
static void
test_hostile_input_is_cut_short(void)
{
	g_autoptr(HishoPattern) pattern =
	    hisho_pattern_new("(a+)+$", false, NULL);
	bool limit_reached = false;

	g_assert_false(hisho_pattern_matches(
	    pattern, "aaaaaaaaaaaaaaaaaaaa!", 21, &limit_reached));
	g_assert_true(limit_reached);
	g_assert_false(
	    hisho_pattern_matches(pattern, "aaaaaaaaaaaaaaaaaaaa!", 21, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pattern/a-pattern-is-found-in-any-bytes",
	    test_a_pattern_is_found_in_any_bytes);
	g_test_add_func("/pattern/syntax-error-names-the-character",
	    test_syntax_error_names_the_character);
	g_test_add_func("/pattern/single-bytes-cannot-be-asked-for",
	    test_single_bytes_cannot_be_asked_for);
	g_test_add_func("/pattern/hostile-input-is-cut-short",
	    test_hostile_input_is_cut_short);
	return g_test_run();
}
