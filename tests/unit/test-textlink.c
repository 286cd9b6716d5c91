#include <glib.h>
#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/links/textlink.h"

#define HOSTILE_BYTES (2 << 20)

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

/* The links in a copy of TEXT that has no NUL after it; "-" for none. */
static char *
dup_links(const char *text)
{
	g_autofree char *copy = g_memdup2(text, strlen(text));
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);
	g_autoptr(GString) out = g_string_new(NULL);

	hisho_links_add_text(links, copy, strlen(text), "text");
	const HishoLinksFound *found = hisho_links_found(links);
	for (guint i = 0; i < found->links->len; i++) {
		const HishoLink *link = found->links->pdata[i];
		g_string_append_printf(
		    out, "%s%s", i > 0 ? " " : "", link->url);
	}
	return g_strdup(found->links->len > 0 ? out->str : "-");
}

static void
test_links_are_read_as_people_write_them(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/links/text", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *written = g_strcompress(*line);
		g_autofree char *links = dup_links(written);
		g_test_message("%s", *line++);
		g_assert_cmpstr(links, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 40);
}

static void
test_a_broken_link_tells_where_it_stands(void)
{
	static const char text[] = "x <http://a.example/\n b> hxxp://c.example";
	size_t at = 0;
	HishoTextlink link;

	g_assert_true(hisho_textlink_find(text, strlen(text), &at, &link));
	g_assert_cmpuint(link.start, ==, 3);
	g_assert_cmpuint(link.end, ==, strlen("x <http://a.example/\n b"));
	g_assert_true(hisho_textlink_find(text, strlen(text), &at, &link));
	g_autofree char *url = hisho_textlink_dup_url(text, &link);
	g_assert_cmpstr(url, ==, "http://c.example");
	g_assert_false(link.bare);
	g_assert_false(hisho_textlink_find(text, strlen(text), &at, &link));
}

static void
test_hostile_text_takes_linear_time(void)
{
	static const char *const pieces[] = { "<http://a/\n",
		"\uFF48\uFF54\uFF54\uFF50\uFF1A\uFF0F\uFF0F\uFF41",
		"\uFF41\uFF0E", "a\u3002", "a\n", "<http://", "a[.]", "[.]",
		"a[.]com ", "h**p://", "h**", "http[:]//",
		"http://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&\n",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=&\n",
		"http://a/          \n", "www.\u3042", "\uFF1A//", "\n", "=",
		"mailto:a", "http://a\n" };

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new("<http://a.example/?");
		while (text->len <= HOSTILE_BYTES)
			g_string_append(text, pieces[i]);
		g_autofree char *links = dup_links(text->str);
		g_assert_nonnull(links);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/textlink/links-are-read-as-people-write-them",
	    test_links_are_read_as_people_write_them);
	g_test_add_func("/textlink/a-broken-link-tells-where-it-stands",
	    test_a_broken_link_tells_where_it_stands);
	g_test_add_func("/textlink/hostile-text-takes-linear-time",
	    test_hostile_text_takes_linear_time);
	return g_test_run();
}
