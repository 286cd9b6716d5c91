#include <glib.h>

#include "libhisho/mail/freemail.h"

static void
test_whoever_wants_has_an_address_there(void)
{
	static const char *const domains[] = { "gmail.com", "googlemail.com",
		"yahoo.com", "yahoo.co.jp", "yahoo.com.br", "yahoo.fr",
		"ymail.com", "outlook.com", "outlook.jp", "hotmail.co.jp",
		"live.jp", "msn.com", "icloud.com", "me.com", "mac.com",
		"docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp",
		"softbank.jp", "i.softbank.jp", "ymobile.ne.jp", "nifty.com",
		"biglobe.ne.jp", "kvj.biglobe.ne.jp", "ocn.ne.jp",
		"bloom.ocn.ne.jp", "gmx.de", "gmx.net", "web.de", "mail.ru",
		"qq.com", "163.com", "naver.com", "proton.me", "protonmail.com",
		"aol.com", "amazonses.com", "eu-west-1.amazonses.com",
		"sendgrid.net", "zoho.com", "d.vodafone.ne.jp", "usa.net",
		"eircom.net", "tampabay.rr.com" };

	for (guint i = 0; i < G_N_ELEMENTS(domains); i++) {
		g_test_message("%s", domains[i]);
		g_assert_true(hisho_freemail_has(domains[i], NULL));
	}
}

static void
test_others_answer_for_their_users(void)
{
	static const char *const domains[] = { "example.com", "google.com",
		"microsoft.com", "apple.com", "xgmail.com", "gmail.com.example",
		"notyahoo.com", "yahoo-inc.com", "yahoo.example.com", "com",
		"ne.jp", "jp", "sakura.ne.jp", "aisai.sakura.ne.jp",
		"contoso.onmicrosoft.com", "", "outlook", "gmail" };

	for (guint i = 0; i < G_N_ELEMENTS(domains); i++) {
		g_test_message("%s", domains[i]);
		g_assert_false(hisho_freemail_has(domains[i], NULL));
	}
	g_assert_false(hisho_freemail_has(NULL, NULL));
}

static void
test_the_list_can_be_edited(void)
{
	static const struct {
		const char *domain, *added, *removed;
		bool is_public;
	} cases[] = {
		{ "isp.example", "isp.example", NULL, true },
		{ "user.isp.example", "isp.example", NULL, true },
		{ "myisp.example", "isp.example", NULL, false },
		{ "gmail.com", NULL, "gmail.com", false },
		{ "gmail.com", NULL, "mail.com", true },
		{ "yahoo.co.nz", NULL, "yahoo.co.nz", false },
		{ "yahoo.co.uk", NULL, "yahoo.co.nz", true },
		/* The nearest entry decides, and a removal of two alike. */
		{ "corp.ocn.ne.jp", NULL, "corp.ocn.ne.jp", false },
		{ "other.ocn.ne.jp", NULL, "corp.ocn.ne.jp", true },
		{ "x.corp.isp.example", "isp.example", "corp.isp.example",
		    false },
		{ "x.corp.isp.example", "corp.isp.example", "isp.example",
		    true },
		{ "isp.example", "isp.example", "isp.example", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *added[] = { (char *)(gsize)cases[i].added, NULL };
		char *removed[] = { (char *)(gsize)cases[i].removed, NULL };
		const HishoEdits edits = { added, removed };
		g_test_message("%s", cases[i].domain);
		g_assert_cmpint(hisho_freemail_has(cases[i].domain, &edits), ==,
		    cases[i].is_public);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/freemail/whoever-wants-has-an-address-there",
	    test_whoever_wants_has_an_address_there);
	g_test_add_func("/freemail/others-answer-for-their-users",
	    test_others_answer_for_their_users);
	g_test_add_func(
	    "/freemail/the-list-can-be-edited", test_the_list_can_be_edited);
	return g_test_run();
}
