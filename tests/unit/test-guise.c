#include <string.h>

#include "libhisho/links/guise.h"

static void
test_names_are_taken_for_what_the_cases_say(void)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoKnown) known = hisho_known_new();
	guint n = 0;

	hisho_known_add(known, "example.com", HISHO_KNOWN_PROTECTED);
	hisho_known_add(known, "friend.example", HISHO_KNOWN_TRUSTED);
	g_file_get_contents("tests/cases/lookalike/names", &text, NULL, &error);
	g_assert_no_error(error);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) fields = g_strsplit(*line, "\t", 2);
		if (**line == '#' || **line == '\0')
			continue;
		const char *found = hisho_guise_find(known, fields[0]);
		g_test_message("%s", *line);
		g_assert_cmpstr(found != NULL ? found : "-", ==, fields[1]);
		n++;
	}
	g_assert_cmpuint(n, >=, 50);
}

static void
test_hostile_names_are_nobodys(void)
{
	g_autoptr(HishoKnown) known = hisho_known_new();
	g_autofree char *endless = g_strnfill(1 << 20, 'a');
	g_autoptr(GString) many = g_string_new(NULL);

	for (int i = 0; i < 10000; i++)
		g_string_append(many, "amazon ");
	g_assert_null(hisho_guise_find(known, endless));
	g_assert_null(hisho_guise_find(known, many->str));
	g_assert_null(hisho_guise_find(known, "\xff\xfe\x80"));
	g_assert_null(hisho_guise_find(known, ""));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/guise/names-are-taken-for-what-the-cases-say",
	    test_names_are_taken_for_what_the_cases_say);
	g_test_add_func(
	    "/guise/hostile-names-are-nobodys", test_hostile_names_are_nobodys);
	return g_test_run();
}
