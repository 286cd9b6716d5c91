#include "libhisho/report/shares.h"

static void
test_shares_are_over_messages_and_say_of_how_many(void)
{
	static const struct {
		gint64 trusted, distrusted, messages;
		const char *text, *percent, *brief;
	} cases[] = {
		{ 0, 0, 0, "none", "none", "0/0/0 of 0" },
		{ 0, 215, 1131,
		    "0 trusted, 215 distrusted, 916 unrated of 1131",
		    "of 1131: 0 trusted (0 %), 215 distrusted (19 %), 916 "
		    "unrated (81 %)",
		    "0/215/916 of 1131" },
		{ 1, 1, 3, "1 trusted, 1 distrusted, 1 unrated of 3",
		    "of 3: 1 trusted (33 %), 1 distrusted (33 %), 1 unrated "
		    "(34 %)",
		    "1/1/1 of 3" },
		{ 1, 1, 2, "1 trusted, 1 distrusted, 0 unrated of 2",
		    "of 2: 1 trusted (50 %), 1 distrusted (50 %), 0 unrated "
		    "(0 %)",
		    "1/1/0 of 2" },
		/* Voted on without having been received. */
		{ 2, 1, 1, "2 trusted, 1 distrusted, 0 unrated of 3",
		    "of 3: 2 trusted (67 %), 1 distrusted (33 %), 0 unrated "
		    "(0 %)",
		    "2/1/0 of 3" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoShares shares = hisho_shares(
		    cases[i].trusted, cases[i].distrusted, cases[i].messages);
		g_autofree char *text = hisho_shares_dup_text(shares);
		g_autofree char *percent = hisho_shares_dup_percent(shares);
		g_autofree char *brief = hisho_shares_dup_short(shares);
		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_cmpstr(percent, ==, cases[i].percent);
		g_assert_cmpstr(brief, ==, cases[i].brief);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shares/are-over-messages-and-say-of-how-many",
	    test_shares_are_over_messages_and_say_of_how_many);
	return g_test_run();
}
