#include <glib.h>
#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/links/trawl.h"

#define HOSTILE_BYTES (2 << 20)

static void
append_all(GString *out, GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
		    (const char *)texts->pdata[i]);
	g_ptr_array_unref(texts);
}

/* "HOSTS; URLS" of what FURTHER has; "-" for none. */
static char *
dup_taken(HishoFurther *further)
{
	GPtrArray *hosts = g_ptr_array_new();
	GPtrArray *urls = g_ptr_array_new();
	g_autoptr(GString) out = g_string_new(NULL);

	hisho_further_take(further, &hosts, &urls);
	append_all(out, hosts);
	if (urls->len > 0)
		g_string_append(out, "; ");
	append_all(out, urls);
	return g_strdup(out->len > 0 ? out->str : "-");
}

/* What is in a copy of TEXT that has no NUL after it. */
static char *
dup_further(const char *text, size_t length, bool is_raw)
{
	g_autofree char *copy = g_memdup2(text, length);
	g_autoptr(HishoFurther) further = hisho_further_new();

	if (is_raw)
		hisho_trawl_read(further, copy, length);
	else
		hisho_further_read_html(further, copy, length);
	return dup_taken(further);
}

static void
test_links_are_seen_in_any_bytes(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(g_file_get_contents(
	    "tests/cases/links/further", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *bytes = g_strcompress(*line);
		g_autofree char *taken =
		    dup_further(bytes, strlen(bytes), false);
		g_test_message("%s", *line++);
		g_assert_cmpstr(taken, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 12);
}

static void
test_transfer_encodings_do_not_hide_them(void)
{
	static const struct {
		const char *raw;
		const char *taken;
	} table[] = {
		{ "<a href=3D\"http://a.exam=\r\nple.com/x?y=3D1\">",
		    "a.example.com http://a.example.com/x?y=1" },
		{ "=68ttp=3A//a=2Ecom", "a.com" },
		{ "\nPGEgaHJlZj0naHR0cDovL2EuY29tL3gnPg==\n",
		    "a.com http://a.com/x" },
		{ "x\r\nPGEgaHJlZj0naHR0\r\ncDovL2EuY29tL3gnPg==\r\n--b",
		    "a.com http://a.com/x" },
		{ "//5oAHQAdABwADoALwAvAGEALgBjAG8AbQAvAHgA",
		    "a.com http://a.com/x" },
		/* Blanks before a soft line end. */
		{ "http://a.ex= \t\r\nample.= \ncom/x", "a.example.com" },
		/* Said to be base64, as few programs write it. */
		{ "Content-Transfer-Encoding: base64\n\nPGEg\naHJl\n"
		  "Zj0naHR0\ncDovL2EuY29tL3gnPg==\n",
		    "a.com http://a.com/x" },
		{ "--b\r\nContent-Transfer-Encoding:\r\n Base64\r\n\r\n"
		  "PGEgaHJlZj0naHR0cD\r\n\r\novL2E!uY29tL3gnPg==\r\n--b",
		    "a.com http://a.com/x" },
		{ "X: base64\n\na: b\n"
		  "Content-Transfer-Encoding: base64\n\n"
		  "PGEgaHJlZj0n\naHR0cDovL2EuY29tL3gnPg==\n",
		    "a.com http://a.com/x" },
		{ "Content-Transfer-Encoding: base64\r\r"
		  "PGEg\raHJl\rZj0naHR0\rcDovL2EuY29tL3gnPg==\r",
		    "a.com http://a.com/x" },
		{ "begin 644 a.html\n"
		  "9/&$@:')E9CTG:'1T<#HO+V$N8V]M+W@G/@  \n`\nend\n",
		    "a.com" },
		{ "x\r\nbegin 644 a.html\r\n"
		  "2:'1T<#HO+V$N8V]M+W@G/F%B\r\n\r\nend\r\n",
		    "a.com http://a.com/x" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		const char *raw = table[i].raw;
		g_autofree char *taken = dup_further(raw, strlen(raw), true);
		g_auto(GStrv) words = g_strsplit(table[i].taken, " ", -1);
		g_test_message("%s: %s", raw, taken);
		for (char **word = words; *word != NULL; word++)
			g_assert_nonnull(strstr(taken, *word));
	}
}

/* A link across the place where pieces meet. */
static void
test_no_piece_cuts_a_link(void)
{
	for (size_t n = 65500; n < 65600; n++) {
		g_autofree char *pad = g_strnfill(n, ' ');
		g_autofree char *text =
		    g_strconcat(pad, "http://a.example.com/x", pad, NULL);
		g_autofree char *taken = dup_further(text, strlen(text), false);
		g_assert_cmpstr(
		    taken, ==, "a.example.com; http://a.example.com/x");
	}
}

/* A link in a text that is longer than is read at once. */
static void
test_no_long_text_cuts_a_link(void)
{
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

	for (size_t n = 65500; n < 65600; n++) {
		g_autofree char *pad = g_strnfill(n, '.');
		g_autofree char *html = g_strconcat(pad,
		    "http://ev<!-- -->il.<b>ex</b>ample.<i>com</i>/x ", NULL);
		g_autoptr(HishoLinks) links = hisho_links_new(&limits);
		hisho_links_add_html(links, html, strlen(html));
		g_autoptr(HishoLinksFound) found =
		    hisho_links_steal_found(links);
		g_autoptr(GPtrArray) hosts = hisho_links_found_all_hosts(found);
		g_assert_true(g_ptr_array_find_with_equal_func(
		    hosts, "evil.example.com", g_str_equal, NULL));
	}
}

/* However long a browser lets it be. */
static void
test_no_long_link_is_cut(void)
{
	g_autofree char *pad = g_strnfill(200000, 'a');
	g_autofree char *link = g_strconcat(
	    pad, "<a href='http://", pad, "@a.example.com/'>", NULL);
	g_autofree char *base64 =
	    g_base64_encode((const guchar *)link, strlen(link));
	g_autofree char *taken = dup_further(link, strlen(link), false);
	g_autofree char *decoded = dup_further(base64, strlen(base64), true);

	g_assert_nonnull(strstr(taken, "a.example.com"));
	g_assert_nonnull(strstr(decoded, "a.example.com"));
}

static void
test_many_hosts_are_kept_and_more_are_told(void)
{
	g_autoptr(HishoFurther) further = hisho_further_new();

	for (int i = 0; i < 200000; i++) {
		g_autofree char *link = g_strdup_printf("http://a%d.com/", i);
		hisho_further_read(further, link, strlen(link));
	}
	/* What is no host takes no place. */
	for (int i = 0; i < 100000; i++) {
		g_autofree char *link = g_strdup_printf("//a%d.notld", i);
		hisho_further_read(further, link, strlen(link));
	}
	g_assert_false(hisho_further_is_cut(further));
	hisho_further_read(further, "http://b.com", strlen("http://b.com"));
	g_assert_true(hisho_further_is_cut(further));
}

static void
test_many_wrappers_are_told(void)
{
	g_autoptr(HishoFurther) further = hisho_further_new();

	for (int i = 0; i <= 2000; i++) {
		g_autofree char *link =
		    g_strdup_printf("http://google.com/url?q=a%d", i);
		g_assert_false(hisho_further_is_cut(further));
		hisho_further_read(further, link, strlen(link));
	}
	g_assert_true(hisho_further_is_cut(further));
}

static void
test_hostile_bytes_take_linear_time(void)
{
	static const char *const pieces[] = { "/", "\\", "http:", "www.", "%",
		"http://", "http://a", "http://@", "http://a.b.c.d.",
		"http://1.", "http://[", "//a.com", "&#47;", "=\n", "aaaa\n",
		"= ", "=\r", "\r", "begin 644 a\n", "Content: base64\n\n",
		"http://\343\200\202", "http://%61", "%2f", "a@" };

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new("http:");
		while (text->len <= HOSTILE_BYTES)
			g_string_append(text, pieces[i]);
		g_autofree char *taken =
		    dup_further(text->str, text->len, true);
		g_assert_nonnull(taken);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/further/links-are-seen-in-any-bytes",
	    test_links_are_seen_in_any_bytes);
	g_test_add_func("/further/transfer-encodings-do-not-hide-them",
	    test_transfer_encodings_do_not_hide_them);
	g_test_add_func(
	    "/further/no-piece-cuts-a-link", test_no_piece_cuts_a_link);
	g_test_add_func(
	    "/further/no-long-text-cuts-a-link", test_no_long_text_cuts_a_link);
	g_test_add_func("/further/many-hosts-are-kept-and-more-are-told",
	    test_many_hosts_are_kept_and_more_are_told);
	g_test_add_func(
	    "/further/many-wrappers-are-told", test_many_wrappers_are_told);
	g_test_add_func(
	    "/further/no-long-link-is-cut", test_no_long_link_is_cut);
	g_test_add_func("/further/hostile-bytes-take-linear-time",
	    test_hostile_bytes_take_linear_time);
	return g_test_run();
}
