#include <string.h>

#include "libhisho/mail/domain.h"

static void
test_each_name_has_one_spelling(void)
{
	static const struct {
		const char *name, *expected; /* NULL: no name */
	} cases[] = {
		{ "Example.COM", "example.com" },
		{ "example.com.", "example.com" },
		{ "localhost", "localhost" },
		{ "日本語。ＪＰ", "xn--wgv71a119e.jp" },
		{ "日本語．jp", "xn--wgv71a119e.jp" },
		{ "日本語｡jp", "xn--wgv71a119e.jp" },
		{ "XN--WGV71A119E.jp", "xn--wgv71a119e.jp" },
		{ "ｅｘａｍｐｌｅ.com", "example.com" },
		{ "faß.de", "xn--fa-hia.de" },
		{ "BÜCHER.example", "xn--bcher-kva.example" },
		{ "i❤.ws", "xn--i-7iq.ws" },
		{ "my_host.example.com", "my_host.example.com" },
		{ "_dmarc.日本語.jp", "_dmarc.xn--wgv71a119e.jp" },
		{ "r3---sn-a.example.com", "r3---sn-a.example.com" },
		{ "-a-.example.com", "-a-.example.com" },
		{ "pot=hotmail.com", "pot=hotmail.com" },
		{ "xn--zzzzzzz-.com", "xn--zzzzzzz-.com" },
		{ "3com.com", "3com.com" },
		{ "1.2.3.x4", "1.2.3.x4" },
		{ "", NULL },
		{ ".", NULL },
		{ ".example.com", NULL },
		{ "a..b", NULL },
		{ "example.com..", NULL },
		{ "a。。b", NULL },
		{ "\u00ad.com", NULL },
		{ "a b.com", NULL },
		{ "a／b.com", NULL },
		{ "a\tb.com", NULL },
		{ "a@b.com", NULL },
		{ "a:25", NULL },
		{ "a․b.com", NULL },
		{ "אa.com", NULL },
		{ "1.2.3.4", NULL },
		{ "1.2.3.4.", NULL },
		{ "１.２.３.４", NULL },
		{ "0x7f.1", NULL },
		{ "a.0x7F", NULL },
		{ "2130706433", NULL },
		{ "[1.2.3.4]", NULL },
		{ "::1", NULL },
		{ "\xa4\xa2.jp", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *ascii = hisho_domain_to_ascii(cases[i].name);

		g_test_message("'%s'", cases[i].name);
		g_assert_cmpstr(ascii, ==, cases[i].expected);
		g_autofree char *again =
		    ascii ? hisho_domain_to_ascii(ascii) : NULL;
		g_assert_cmpstr(again, ==, ascii);
	}
}

/* N labels of LENGTH letters each. */
static char *
dup_long_name(guint n, guint length)
{
	g_autofree char *label = g_strnfill(length, 'a');
	GString *name = g_string_new(label);

	for (guint i = 1; i < n; i++)
		g_string_append_printf(name, ".%s", label);
	return g_string_free(name, FALSE);
}

static void
test_too_long_is_no_name(void)
{
	static const struct {
		guint n, length;
		bool fits;
	} cases[] = { { 1, 63, true }, { 1, 64, false }, { 127, 1, true },
		{ 128, 1, false }, { 4, 63, false }, { 100000, 60, false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name =
		    dup_long_name(cases[i].n, cases[i].length);
		g_autofree char *ascii = hisho_domain_to_ascii(name);

		g_assert_cmpint(ascii != NULL, ==, cases[i].fits);
	}
}

static void
test_only_faithful_labels_are_shown_in_unicode(void)
{
	static const struct {
		const char *ascii, *expected;
	} cases[] = {
		{ "xn--wgv71a119e.jp", "日本語.jp" },
		{ "a.xn--fa-hia.de", "a.faß.de" },
		{ "xn--i-7iq.ws", "i❤.ws" },
		{ "example.com", "example.com" },
		{ "xn--zzzzzzz-.com", "xn--zzzzzzz-.com" },
		{ "xn--.com", "xn--.com" },
		{ "xn--a-.com", "xn--a-.com" },
		/* A right-to-left override between two letters. */
		{ "xn--ab-g4t.com", "xn--ab-g4t.com" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = hisho_domain_to_unicode(cases[i].ascii);

		g_assert_cmpstr(text, ==, cases[i].expected);
	}
}

static void
test_the_organization_is_who_answers_for_it(void)
{
	static const struct {
		const char *ascii, *expected;
	} cases[] = {
		{ "www.example.com", "example.com" },
		{ "example.com", "example.com" },
		{ "a.b.example.co.jp", "example.co.jp" },
		{ "a.b.c.kobe.jp", "b.c.kobe.jp" },
		{ "www.city.kobe.jp", "city.kobe.jp" },
		{ "a.xn--wgv71a119e.jp", "xn--wgv71a119e.jp" },
		{ "x.example.xn--p1ai", "example.xn--p1ai" },
		{ "www.user.github.io", "user.github.io" },
		{ "mail.host.unheard-of", "host.unheard-of" },
		{ "my_host.example.com", "example.com" },
		/* Tenants are not their provider. */
		{ "contoso.onmicrosoft.com", "contoso.onmicrosoft.com" },
		{ "mail.contoso.onmicrosoft.com", "contoso.onmicrosoft.com" },
		{ "www1234.sakura.ne.jp", "www1234.sakura.ne.jp" },
		{ "tk2-1.vs.sakura.ne.jp", "tk2-1.vs.sakura.ne.jp" },
		{ "sv123.xsrv.jp", "sv123.xsrv.jp" },
		{ "shop.s1.xrea.com", "shop.s1.xrea.com" },
		{ "p1.tokyo.ocn.ne.jp", "tokyo.ocn.ne.jp" },
		{ "notsakura.ne.jp", "notsakura.ne.jp" },
		/* None. */
		{ "sakura.ne.jp", NULL },
		{ "s1.xrea.com", NULL },
		{ "onmicrosoft.com", NULL },
		{ "co.jp", NULL },
		{ "com", NULL },
		{ "github.io", NULL },
		{ "localhost", NULL },
		{ "1.2.3.4", NULL },
		{ "[1.2.3.4]", NULL },
		{ "::1", NULL },
		{ "", NULL },
		{ ".", NULL },
		{ ".com", NULL },
		{ "a..com", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *organization =
		    hisho_domain_organization(cases[i].ascii);

		g_test_message("%s", cases[i].ascii);
		g_assert_cmpstr(organization, ==, cases[i].expected);
	}
}

static void
test_none_never_equals_none(void)
{
	g_assert_true(
	    hisho_domain_same_organization("a.example.com", "b.c.example.com"));
	g_assert_false(
	    hisho_domain_same_organization("a.example.com", "a.example.net"));
	g_assert_false(hisho_domain_same_organization(
	    "a.onmicrosoft.com", "b.onmicrosoft.com"));
	g_assert_false(
	    hisho_domain_same_organization("localhost", "localhost"));
	g_assert_false(hisho_domain_same_organization("1.2.3.4", "1.2.3.4"));
	g_assert_false(hisho_domain_same_organization("co.jp", "co.jp"));
	g_assert_false(hisho_domain_same_organization("example.com", "co.jp"));
}

static void
test_suffixes_are_known(void)
{
	static const struct {
		const char *ascii;
		bool public_suffix, known;
	} cases[] = {
		{ "co.jp", true, true },
		{ "com", true, true },
		{ "github.io", true, true },
		{ "xsrv.jp", true, true },
		{ "a.xsrv.jp", false, true },
		{ "example.com", false, true },
		{ "example.xn--p1ai", false, true },
		{ "a.b.ck", false, true },
		{ "setup.exe", false, false },
		{ "host.local", false, false },
		{ "localhost", true, false },
		{ "1.2.3.4", false, false },
		{ "", false, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *ascii = cases[i].ascii;

		g_test_message("%s", ascii);
		g_assert_cmpint(hisho_domain_is_public_suffix(ascii), ==,
		    cases[i].public_suffix);
		g_assert_cmpint(
		    hisho_domain_has_known_suffix(ascii), ==, cases[i].known);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/domain/each-name-has-one-spelling",
	    test_each_name_has_one_spelling);
	g_test_add_func(
	    "/domain/too-long-is-no-name", test_too_long_is_no_name);
	g_test_add_func("/domain/only-faithful-labels-are-shown-in-unicode",
	    test_only_faithful_labels_are_shown_in_unicode);
	g_test_add_func("/domain/the-organization-is-who-answers-for-it",
	    test_the_organization_is_who_answers_for_it);
	g_test_add_func(
	    "/domain/none-never-equals-none", test_none_never_equals_none);
	g_test_add_func("/domain/suffixes-are-known", test_suffixes_are_known);
	return g_test_run();
}
