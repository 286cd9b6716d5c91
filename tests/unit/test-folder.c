#include "libhisho/score/folder.h"

#include <glib.h>

/* All 64 cases, by the four sentences of the promise. */
static void
test_the_first_rule_that_holds_chooses(void)
{
	for (guint i = 0; i < 64; i++) {
		const HishoFolderCase about = {
			.is_permitted = i & 1,
			.is_proven = i & 2,
			.is_blocked = i & 4,
			.is_reported = i & 8,
			.is_safe = i & 16,
			.strict_permit = i & 32,
		};
		HishoFolder chosen = hisho_folder_choose(&about);
		bool counts = about.is_permitted &&
		    (about.is_proven || !about.strict_permit);
		bool is_bad = about.is_blocked || about.is_reported;
		bool is_safe = about.is_safe && !about.is_permitted;
		const char *wanted = counts ? "main"
		    : is_bad		    ? "spam"
		    : is_safe		    ? "main"
					    : "gray";
		g_test_message("case %u: %s", i, chosen.reason);
		g_assert_cmpstr(chosen.folder, ==, wanted);
	}
}

static void
test_the_reason_is_told(void)
{
	static const struct {
		HishoFolderCase about;
		const char *folder, *reason;
	} cases[] = {
		{ { 0 }, "gray", "unknown" },
		{ { .is_permitted = true }, "main", "permitted" },
		{ { .is_permitted = true, .is_blocked = true }, "main",
		    "permitted" },
		{ { .is_permitted = true, .is_reported = true }, "main",
		    "permitted" },
		{ { .is_permitted = true, .strict_permit = true }, "gray",
		    "permit-unproven" },
		{ { .is_permitted = true,
		      .strict_permit = true,
		      .is_proven = true },
		    "main", "permitted" },
		{ { .is_permitted = true,
		      .strict_permit = true,
		      .is_blocked = true },
		    "spam", "blocked-sender" },
		{ { .is_permitted = true,
		      .strict_permit = true,
		      .is_reported = true },
		    "spam", "reported-link" },
		{ { .is_blocked = true, .is_reported = true }, "spam",
		    "blocked-sender" },
		{ { .is_reported = true, .is_safe = true }, "spam",
		    "reported-link" },
		{ { .is_safe = true }, "main", "safe-rule" },
		{ { .is_proven = true }, "gray", "unknown" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoFolder chosen = hisho_folder_choose(&cases[i].about);
		g_assert_cmpstr(chosen.folder, ==, cases[i].folder);
		g_assert_cmpstr(chosen.reason, ==, cases[i].reason);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/folder/the-first-rule-that-holds-chooses",
	    test_the_first_rule_that_holds_chooses);
	g_test_add_func("/folder/the-reason-is-told", test_the_reason_is_told);
	return g_test_run();
}
