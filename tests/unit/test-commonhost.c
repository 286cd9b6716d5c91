#include "libhisho/links/commonhost.h"

#include <glib.h>

static void
test_what_serves_everybody_is_told_from_tenants(void)
{
	static const struct {
		const char *host;
		bool is_common;
	} cases[] = {
		{ "google.com", true },
		{ "docs.google.com", true },
		{ "storage.googleapis.com", true },
		{ "bit.ly", true },
		{ "t.co", true },
		{ "forms.gle", true },
		{ "github.io", true },
		{ "tenant.github.io", false },
		{ "amazonaws.com", true },
		{ "s3.amazonaws.com", true },
		{ "bucket.s3.amazonaws.com", false },
		{ "pages.dev", true },
		{ "x.pages.dev", false },
		{ "sakura.ne.jp", true },
		{ "shop.sakura.ne.jp", false },
		{ "gmail.com", true },
		{ "docomo.ne.jp", true },
		{ "u1.ct.sendgrid.net", true },
		{ "co.jp", true },
		{ "com", true },
		{ "evil.co.jp", false },
		{ "google.com.evil.example", false },
		{ "notgoogle.com", false },
		{ "192.0.2.1", false },
		{ "2001:db8::1", false },
		{ "localhost", true },
		{ "", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].host);
		g_assert_cmpint(hisho_commonhost_is(cases[i].host, NULL), ==,
		    cases[i].is_common);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/commonhost/what-serves-everybody-is-told-from-tenants",
	    test_what_serves_everybody_is_told_from_tenants);
	return g_test_run();
}
