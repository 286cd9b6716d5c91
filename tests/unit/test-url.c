#include <string.h>

#include "libhisho/links/url.h"

struct case_ {
	const char *text;
	const char *host; /* NULL: none */
	const char *normal;
};

static void
check(const struct case_ *table, size_t n, const char *base_text)
{
	g_autoptr(HishoUrl) base = base_text
	    ? hisho_url_parse(base_text, strlen(base_text), NULL)
	    : NULL;

	for (size_t i = 0; i < n; i++) {
		g_autofree char *copy =
		    g_memdup2(table[i].text, strlen(table[i].text));
		g_autoptr(HishoUrl) url =
		    hisho_url_parse(copy, strlen(table[i].text), base);
		g_autofree char *text = hisho_url_dup_text(url);

		g_assert_cmpstr(hisho_url_host(url), ==, table[i].host);
		g_assert_cmpstr(text, ==, table[i].normal);
	}
}

static void
test_browsers_find_the_host_in_any_disguise(void)
{
	static const struct case_ table[] = {
		{ "http://a.example/x?y#z", "a.example",
		    "http://a.example/x?y#z" },
		{ " \n HTTP://A.Example\t", "a.example", "http://a.example/" },
		{ "http://a.exa\nmple/\r\n x", "a.example",
		    "http://a.example/%20x" },
		{ "http:\\\\a.example\\x\\y", "a.example",
		    "http://a.example/x/y" },
		{ "http:a.example", "a.example", "http://a.example/" },
		{ "https:/a.example", "a.example", "https://a.example/" },
		{ "http:////a.example//x", "a.example", "http://a.example//x" },
		{ "//a.example/x", "a.example", "//a.example/x" },
		{ "/\\a.example/x", "a.example", "//a.example/x" },
		{ "\\\\a.example\\x", "a.example", "//a.example/x" },
		{ "http://b.example@a.example/", "a.example",
		    "http://b.example@a.example/" },
		{ "http://b.example@c@a.example:81/", "a.example",
		    "http://b.example@c@a.example:81/" },
		{ "http://b.example\\@a.example/", "b.example",
		    "http://b.example/@a.example/" },
		{ "http://a%2eex%61mple/", "a.example", "http://a.example/" },
		{ "http://a\u3002example\uFF0E/", "a.example",
		    "http://a.example/" },
		{ "http://\u65E5\u672C.example/\u3042", "xn--wgv71a.example",
		    "http://xn--wgv71a.example/%E3%81%82" },
		{ "http://\uFF41\uFF42.example", "ab.example",
		    "http://ab.example/" },
		{ "http://a.example./", "a.example", "http://a.example/" },
		{ "http://a.example?x@b.example", "a.example",
		    "http://a.example/?x@b.example" },
		{ "http://a.example#@b.example", "a.example",
		    "http://a.example/#@b.example" },
		{ "http://a b/", NULL, "http://a%20b/" },
		{ "http:///", NULL, "http:///" },
		{ "http://", NULL, "http:///" },
	};

	check(table, G_N_ELEMENTS(table), NULL);
}

static void
test_hosts_are_found_after_the_standard(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/links/hosts", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char *tab = strrchr(*line, '\t');
		if (**line == '#' || tab == NULL)
			continue;
		*tab = '\0';
		g_autofree char *written = g_strcompress(*line);
		size_t length = strlen(written);
		g_autofree char *copy = g_memdup2(written, length);
		g_autoptr(HishoUrl) url = hisho_url_parse(copy, length, NULL);
		const char *host = hisho_url_host(url);
		g_test_message("%s", *line);
		g_assert_cmpstr(host != NULL ? host : "-", ==, tab + 1);
		count++;
	}
	g_assert_cmpuint(count, >=, 200);
}

static void
test_addresses_have_one_spelling(void)
{
	static const struct case_ table[] = {
		{ "http://192.0.2.1/", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://3221225985/", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://0xC0000201", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://0300.0.02.1", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://192.0.513./", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://0x7f.1/", "127.0.0.1", "http://127.0.0.1/" },
		{ "http://\uFF11\uFF19\uFF12\u30020.2.1/", "192.0.2.1",
		    "http://192.0.2.1/" },
		{ "http://%31%39%32.0.2.1/", "192.0.2.1", "http://192.0.2.1/" },
		{ "http://[2001:DB8:0::1]:8080/", "2001:db8::1",
		    "http://[2001:db8::1]:8080/" },
		{ "http://192.0.2.256/", NULL, "http://192.0.2.256/" },
		{ "http://1.2.3.4.5/", NULL, "http://1.2.3.4.5/" },
		{ "http://4294967296/", NULL, "http://4294967296/" },
		{ "http://09/", NULL, "http://09/" },
		{ "http://[::1/", NULL, "http://[::1/" },
	};

	check(table, G_N_ELEMENTS(table), NULL);
}

static void
test_usual_ports_and_dots_are_left_out(void)
{
	static const struct case_ table[] = {
		{ "http://a.example:80/", "a.example", "http://a.example/" },
		{ "https://a.example:80/", "a.example",
		    "https://a.example:80/" },
		{ "http://a.example:/", "a.example", "http://a.example/" },
		{ "http://a.example:99999/", "a.example", "http://a.example/" },
		{ "http://a.example/b/./c/../d/%2e%2E/e", "a.example",
		    "http://a.example/b/e" },
		{ "http://a.example/../..", "a.example", "http://a.example/" },
		{ "http://a.example/b/..", "a.example", "http://a.example/" },
	};

	check(table, G_N_ELEMENTS(table), NULL);
}

static void
test_other_schemes_have_no_host_of_their_own(void)
{
	static const struct case_ table[] = {
		{ "mailto:a@b.example", NULL, "mailto:a@b.example" },
		{ "MailTo:a@b.example?subject=x y", NULL,
		    "mailto:a@b.example?subject=x%20y" },
		{ "tel:+81-3-0000", NULL, "tel:+81-3-0000" },
		{ "data:text/html,<a>", NULL, "data:text/html,%3Ca%3E" },
		{ "java\nscript:alert(1)", NULL, "javascript:alert(1)" },
		{ "cid:a@b", NULL, "cid:a@b" },
		{ "webcal://a.example/x", "a.example", "webcal://a.example/x" },
		{ "chrome://x/y", NULL, "chrome://x/y" },
		{ "x/y:z", NULL, "x/y:z" },
		{ "#top", NULL, "#top" },
	};

	check(table, G_N_ELEMENTS(table), NULL);
}

static void
test_references_are_resolved_against_a_base(void)
{
	static const struct case_ table[] = {
		{ "x", "a.example", "https://a.example/b/x" },
		{ "../x", "a.example", "https://a.example/x" },
		{ "/x", "a.example", "https://a.example/x" },
		{ "?x", "a.example", "https://a.example/b/c?x" },
		{ "#x", "a.example", "https://a.example/b/c#x" },
		{ "//b.example", "b.example", "https://b.example/" },
		{ "\\x", "a.example", "https://a.example/x" },
		{ "http://b.example/", "b.example", "http://b.example/" },
		{ "mailto:x", NULL, "mailto:x" },
	};

	check(table, G_N_ELEMENTS(table), "https://a.example/b/c?d#e");
}

static void
test_blanks_are_no_url(void)
{
	g_assert_null(hisho_url_parse("", 0, NULL));
	g_assert_null(hisho_url_parse(" \t\r\n\0", 5, NULL));
}

static void
test_a_defanged_url_leads_nowhere(void)
{
	static const char *const table[][2] = {
		{ "https://a.b.example/c.d", "hxxps://a[.]b[.]example/c.d" },
		{ "ftp://a.example/", "fxp://a[.]example/" },
		{ "http://192.0.2.1/", "hxxp://192[.]0[.]2[.]1/" },
		{ "javascript:x", "javascript[:]x" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(HishoUrl) url =
		    hisho_url_parse(table[i][0], strlen(table[i][0]), NULL);
		g_autofree char *text = hisho_url_dup_defanged(url);

		g_assert_cmpstr(text, ==, table[i][1]);
	}
}

static void
test_what_is_odd_about_a_url_can_be_asked(void)
{
	static const struct {
		const char *text;
		HishoUrlScheme scheme;
		bool address;
		bool userinfo;
		const char *domain;
	} table[] = {
		{ "http://www.a.co.jp/", HISHO_URL_WEB, false, false,
		    "a.co.jp" },
		{ "https://b@127.1/", HISHO_URL_WEB, true, true, NULL },
		{ "http://@a.example/", HISHO_URL_WEB, false, true,
		    "a.example" },
		{ "http://[::1]/", HISHO_URL_WEB, true, false, NULL },
		{ "ftp://a.example/b@c", HISHO_URL_FTP, false, false,
		    "a.example" },
		{ "//localhost", HISHO_URL_RELATIVE, false, false, NULL },
		{ "vbscript:x", HISHO_URL_SCRIPT, false, false, NULL },
		{ "urn:x", HISHO_URL_OTHER, false, false, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(HishoUrl) url =
		    hisho_url_parse(table[i].text, strlen(table[i].text), NULL);
		g_autofree char *domain = hisho_url_dup_domain(url);

		g_assert_cmpint(hisho_url_scheme(url), ==, table[i].scheme);
		g_assert_cmpint(
		    hisho_url_has_address(url), ==, table[i].address);
		g_assert_cmpint(
		    hisho_url_has_userinfo(url), ==, table[i].userinfo);
		g_assert_cmpstr(domain, ==, table[i].domain);
	}
}

static void
test_long_urls_are_cut(void)
{
	g_autofree char *tail = g_strnfill(100000, '\x01');
	g_autofree char *text =
	    g_strconcat("http://a.example/", tail, "x", NULL);
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	g_autofree char *normal = hisho_url_dup_text(url);

	g_assert_cmpuint(strlen(normal), ==, 4096);
	g_autofree char *data = g_strconcat("data:image/png,", text, NULL);
	g_autoptr(HishoUrl) picture = hisho_url_parse(data, strlen(data), NULL);
	g_autofree char *start = hisho_url_dup_text(picture);
	g_assert_cmpuint(strlen(start), ==, 128);
	g_autofree char *long_host = g_strconcat("http://", tail, "/", NULL);
	memset(long_host + 7, 'a', 100000);
	g_autoptr(HishoUrl) none =
	    hisho_url_parse(long_host, strlen(long_host), NULL);
	g_assert_null(hisho_url_host(none));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/url/browsers-find-the-host-in-any-disguise",
	    test_browsers_find_the_host_in_any_disguise);
	g_test_add_func("/url/hosts-are-found-after-the-standard",
	    test_hosts_are_found_after_the_standard);
	g_test_add_func("/url/addresses-have-one-spelling",
	    test_addresses_have_one_spelling);
	g_test_add_func("/url/usual-ports-and-dots-are-left-out",
	    test_usual_ports_and_dots_are_left_out);
	g_test_add_func("/url/other-schemes-have-no-host-of-their-own",
	    test_other_schemes_have_no_host_of_their_own);
	g_test_add_func("/url/references-are-resolved-against-a-base",
	    test_references_are_resolved_against_a_base);
	g_test_add_func("/url/blanks-are-no-url", test_blanks_are_no_url);
	g_test_add_func("/url/a-defanged-url-leads-nowhere",
	    test_a_defanged_url_leads_nowhere);
	g_test_add_func("/url/what-is-odd-about-a-url-can-be-asked",
	    test_what_is_odd_about_a_url_can_be_asked);
	g_test_add_func("/url/long-urls-are-cut", test_long_urls_are_cut);
	return g_test_run();
}
