#include <string.h>

#include "libhisho/links/lookalike.h"
#include "libhisho/links/skeleton.h"
#include "libhisho/links/spelling.h"

/* Adds NAME, "example.com" or "example.com:received". */
static void
add_known(HishoKnown *known, const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, ":", 2);

	hisho_known_add(known, parts[0],
	    parts[1] == NULL			    ? HISHO_KNOWN_TRUSTED
		: strcmp(parts[1], "received") == 0 ? HISHO_KNOWN_RECEIVED
						    : HISHO_KNOWN_PROTECTED);
}

static char *
dup_found(const char *host, const char *names)
{
	g_autoptr(HishoKnown) known = hisho_known_new();
	g_auto(GStrv) each = g_strsplit(names, ",", -1);
	HishoLookalike found;

	for (char **name = each; *name != NULL; name++)
		if (strcmp(*name, "-") != 0)
			add_known(known, *name);
	return hisho_lookalike_find(known, host, &found)
	    ? g_strdup_printf("%s/%s", found.imitated, found.how)
	    : g_strdup("-");
}

static void
test_hosts_are_taken_for_what_the_cases_say(void)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	guint n = 0, n_negative = 0, n_wrong = 0;

	g_file_get_contents("tests/cases/lookalike/hosts", &text, NULL, &error);
	g_assert_no_error(error);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) fields = g_strsplit(*line, " ", 3);
		if (**line == '#' || **line == '\0')
			continue;
		g_assert_cmpuint(g_strv_length(fields), ==, 3);
		g_autofree char *found = dup_found(fields[0], fields[1]);
		n++;
		n_negative += strcmp(fields[2], "-") == 0;
		if (strcmp(found, fields[2]) == 0)
			continue;
		n_wrong++;
		g_test_message("%s: %s", *line, found);
	}
	g_assert_cmpuint(n_wrong, ==, 0);
	g_assert_cmpuint(n, >=, 120);
	g_assert_cmpuint(n_negative, >=, 60);
}

static void
test_what_looks_alike_has_one_skeleton(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "paypal", "paypa1", true },
		{ "paypal", "pаypаl", true }, /* Cyrillic */
		{ "apple", "аррӏе", true },
		{ "amazon", "amazоn", true },
		{ "amazon", "arnazon", true },
		{ "wow", "vvow", true },
		{ "dear", "clear", true },
		{ "oslo", "0s1o", true },
		{ "citi", "cltl", true },
		{ "uber", "über", true },
		{ "lodz", "łódź", true },
		{ "カ", "力", true },
		{ "日本語", "日木語", false },
		{ "が", "か", false },
		{ "example", "sample", false },
		{ "rn", "r-n", false },
		{ "", "", true },
		{ "a", "b", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *a = hisho_skeleton_dup(cases[i].a);
		g_autofree char *b = hisho_skeleton_dup(cases[i].b);
		g_test_message("%s %s: %s %s", cases[i].a, cases[i].b, a, b);
		g_assert_cmpint(strcmp(a, b) == 0, ==, cases[i].same);
	}
}

static void
test_slips_are_counted(void)
{
	static const struct {
		const char *a, *b;
		unsigned max, distance;
	} cases[] = {
		{ "", "", 2, 0 },
		{ "", "ab", 2, 2 },
		{ "amazon", "amazon", 2, 0 },
		{ "amazon", "amzon", 2, 1 },
		{ "amazon", "amazzon", 2, 1 },
		{ "amazon", "amozon", 2, 1 },
		{ "amazon", "amaozn", 2, 1 },
		{ "amazon", "maazno", 2, 2 },
		{ "amazon", "maazno", 1, 2 },
		{ "abc", "ca", 5, 3 }, /* a letter is swapped once */
		{ "kitten", "sitting", 3, 3 },
		{ "kitten", "sitting", 2, 3 },
		{ "abcdef", "ghijkl", 2, 3 },
	};
	g_autofree char *endless = g_strnfill(5000, 'a');

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].a, cases[i].b);
		g_assert_cmpuint(hisho_spelling_distance(
				     cases[i].a, cases[i].b, cases[i].max),
		    ==, cases[i].distance);
		g_assert_cmpuint(hisho_spelling_distance(
				     cases[i].b, cases[i].a, cases[i].max),
		    ==, cases[i].distance);
	}
	g_assert_cmpuint(hisho_spelling_distance(endless, endless, 2), ==, 3);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lookalike/hosts-are-taken-for-what-the-cases-say",
	    test_hosts_are_taken_for_what_the_cases_say);
	g_test_add_func("/lookalike/what-looks-alike-has-one-skeleton",
	    test_what_looks_alike_has_one_skeleton);
	g_test_add_func("/lookalike/slips-are-counted", test_slips_are_counted);
	return g_test_run();
}
