#include <glib.h>

#include "libhisho/safe/rules.h"

static void
test_only_a_permitted_stranger_passes(void)
{
	static const struct {
		HishoSafeCase about;
		const char *rule;
	} cases[] = {
		{ { "a@b.example", true, false }, "permitted-from" },
		{ { "a@b.example", false, false }, NULL },
		{ { NULL, true, false }, NULL },
		/* Every sender of spam knows my own address. */
		{ { "a@b.example", true, true }, NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoSafe) safe = hisho_safe_match(&cases[i].about);
		g_assert_cmpint(safe != NULL, ==, cases[i].rule != NULL);
		if (safe == NULL)
			continue;
		g_assert_cmpstr(safe->rule, ==, cases[i].rule);
		g_assert_cmpstr(safe->kind, ==, "permit");
		g_assert_cmpstr(safe->matched, ==, cases[i].about.from);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rules/only-a-permitted-stranger-passes",
	    test_only_a_permitted_stranger_passes);
	return g_test_run();
}
