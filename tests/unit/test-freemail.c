#include <glib.h>

#include "libhisho/mail/freemail.h"

static void
test_public_providers_are_known_and_nobody_else(void)
{
	static const struct {
		const char *domain;
		bool is_public;
	} cases[] = { { "126.com", true }, { "gmail.com", true },
		{ "yahoo.co.jp", true }, { "docomo.ne.jp", true },
		{ "ezweb.ne.jp", true }, { "softbank.ne.jp", true },
		{ "outlook.com", true }, { "icloud.com", true },
		{ "qq.com", true }, { "web.de", true }, { "zoho.com", true },
		{ "example.com", false }, { "gmail.co", false },
		{ "mail.gmail.com", false }, { "google.com", false },
		{ "", false }, { NULL, false }, { "zzz", false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].domain);
		g_assert_cmpint(hisho_freemail_is_public(cases[i].domain), ==,
		    cases[i].is_public);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/freemail/public-providers-are-known-and-nobody-else",
	    test_public_providers_are_known_and_nobody_else);
	return g_test_run();
}
