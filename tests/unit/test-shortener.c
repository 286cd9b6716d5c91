#include <glib.h>

#include "libhisho/links/shortener.h"

static void
test_short_links_to_anywhere_are_known(void)
{
	static const struct {
		const char *host, *owner;
		bool is;
	} cases[] = {
		{ "bit.ly", NULL, true },
		{ "www.tinyurl.com", "example.com", true },
		{ "qr.paps.jp", "example.jp", true },
		{ "t.co", "example.com", true },
		{ "t.co", NULL, true },
		/* In the mail of those who made it. */
		{ "t.co", "twitter.com", false },
		{ "t.co", "x.com", false },
		{ "lnkd.in", "linkedin.com", false },
		{ "lnkd.in", "x.com", true },
		/* Of one brand. */
		{ "youtu.be", NULL, false },
		{ "amzn.to", NULL, false },
		{ "at.co", NULL, false },
		{ "bit.ly.example", NULL, false },
		{ "www.www.bit.ly", NULL, false },
		{ "", NULL, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].host);
		g_assert_cmpint(
		    hisho_shortener_is(cases[i].host, cases[i].owner), ==,
		    cases[i].is);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shortener/short-links-to-anywhere-are-known",
	    test_short_links_to_anywhere_are_known);
	return g_test_run();
}
