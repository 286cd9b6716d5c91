#include "libhisho/store/linkentry.h"

#include <string.h>

static bool
has(const GPtrArray *entries, const char *entry)
{
	return g_ptr_array_find_with_equal_func(
	    (GPtrArray *)(gsize)entries, entry, g_str_equal, NULL);
}

static void
test_a_page_has_one_spelling(void)
{
	static const char *const cases[][2] = {
		{ "http://h.example/a", "h.example/a" },
		{ "https://h.example/a", "h.example/a" },
		{ "//h.example/a", "h.example/a" },
		{ "https://user:pass@h.example/a", "h.example/a" },
		{ "https://a@b@h.example/a", "h.example/a" },
		{ "https://h.example:8443/a", "h.example:8443/a" },
		{ "https://h.example", "h.example/" },
		{ "https://h.example?q", "h.example/?q" },
		{ "https://H.Example/A", "h.example/A" },
		{ "https://h.example/%41%2d%7e", "h.example/A-~" },
		{ "https://h.example/%c3%2f", "h.example/%C3%2F" },
		{ "https://h.example/%4", "h.example/%4" },
		{ "https://h.example/%zz%", "h.example/%zz%" },
		{ "https://h.example//a///b", "h.example/a/b" },
		{ "https://h.example/a?u=//b", "h.example/a?u=//b" },
		{ "http://[2001:db8::1]:81/a", "[2001:db8::1]:81/a" },
		{ "mailto:a@h.example", NULL },
		{ "https:///a", NULL },
		{ "https://user@/a", NULL },
		{ "a//b", NULL },
		{ "", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *page = hisho_linkentry_dup_page(cases[i][0]);
		g_test_message("%s", cases[i][0]);
		g_assert_cmpstr(page, ==, cases[i][1]);
	}
}

static void
test_the_host_of_a_page_is_bare(void)
{
	static const char *const cases[][2] = {
		{ "http://u@h.example:81/a", "h.example" },
		{ "http://[2001:db8::1]:81/a", "2001:db8::1" },
		{ "http://192.0.2.1/", "192.0.2.1" },
		{ "tel:1", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *host = hisho_linkentry_dup_host(cases[i][0]);
		g_assert_cmpstr(host, ==, cases[i][1]);
	}
}

static void
test_a_host_stands_for_all_below_it(void)
{
	static const struct {
		const char *entry, *host;
		bool covers;
	} cases[] = {
		{ "b.example", "b.example", true },
		{ "b.example", "x.a.b.example", true },
		{ "a.b.example", "x.a.b.example", true },
		{ "x.a.b.example", "x.a.b.example", true },
		{ "a.b.example", "b.example", false },
		{ "example", "a.b.example", false },
		{ ".b.example", "a.b.example", false },
		{ "a.b.example", "xa.b.example", false },
		{ "evil.co.jp", "www.evil.co.jp", true },
		{ "shop.sakura.ne.jp", "www.shop.sakura.ne.jp", true },
		{ "192.0.2.1", "192.0.2.1", true },
		{ "2.1", "192.0.2.1", false },
		{ "2001:db8::1.2.3.4", "2001:db8::1.2.3.4", true },
		{ "localhost", "localhost", true },
		/* Labels that were put in front hide nothing. */
		{ "a.b.example",
		    "1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.a.b.example", true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) entries =
		    g_ptr_array_new_with_free_func(g_free);
		hisho_linkentry_add_host(entries, cases[i].host);
		g_test_message("%s %s", cases[i].entry, cases[i].host);
		g_assert_true(has(entries, cases[i].entry) == cases[i].covers);
		g_assert_cmpuint(entries->len, <=, 16);
	}
}

static void
test_a_page_stands_for_all_behind_its_marks(void)
{
	static const struct {
		const char *entry, *url;
		bool covers;
	} cases[] = {
		{ "h.example/a", "http://h.example/a", true },
		{ "h.example/a", "https://h.example/a", true },
		{ "h.example/a", "http://h.example/%61", true },
		{ "h.example/a", "http://h.example//a", true },
		{ "h.example/a", "http://x@h.example/a", true },
		{ "h.example/a", "http://h.example/a?x=1", true },
		{ "h.example/a", "http://h.example/a#f", true },
		{ "h.example/a", "http://h.example/a/", true },
		{ "h.example/a", "http://h.example/a/b?x=1", true },
		{ "h.example/a/b", "http://h.example/a/b?x=1", true },
		{ "h.example/a/b?x=1", "http://h.example/a/b?x=1", true },
		{ "h.example/a/b?x=1", "http://h.example/a/b?x=1#f", true },
		{ "h.example/a/", "http://h.example/a/b", true },
		{ "h.example/", "http://h.example/a", true },
		{ "h.example", "http://h.example/a", true },
		{ "h.example", "http://www.h.example:81/", true },
		{ "h.example/a", "http://h.example/ab", false },
		{ "h.example/a", "http://h.example/a.b", false },
		{ "h.example/a", "http://h.example/A", false },
		{ "h.example/a", "http://www.h.example/a", false },
		{ "h.example/a", "http://h.example:81/a", false },
		{ "h.example/a?x", "http://h.example/a?x=1", false },
		{ "h.example/a/", "http://h.example/a", false },
		/* The query of a long path is cut off, too. */
		{ "h.example/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5"
		  "/6/7/8/9/0/1/2/3/4",
		    "http://h.example/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0"
		    "/1/2/3/4/5/6/7/8/9/0/1/2/3/4?q",
		    true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) entries =
		    g_ptr_array_new_with_free_func(g_free);
		hisho_linkentry_add_url(entries, cases[i].url);
		g_test_message("%s %s", cases[i].entry, cases[i].url);
		g_assert_true(has(entries, cases[i].entry) == cases[i].covers);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/linkentry/a-page-has-one-spelling", test_a_page_has_one_spelling);
	g_test_add_func("/linkentry/the-host-of-a-page-is-bare",
	    test_the_host_of_a_page_is_bare);
	g_test_add_func("/linkentry/a-host-stands-for-all-below-it",
	    test_a_host_stands_for_all_below_it);
	g_test_add_func("/linkentry/a-page-stands-for-all-behind-its-marks",
	    test_a_page_stands_for_all_behind_its_marks);
	return g_test_run();
}
