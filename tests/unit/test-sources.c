#include <glib.h>
#include <string.h>

#include "libhisho/links/links.h"

#include "tests/unit/links.h"

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

/* The links in a copy of HTML that has no NUL after it. */
static char *
dup_links(const char *html)
{
	g_autofree char *copy = g_memdup2(html, strlen(html));
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, copy, strlen(html));
	return links_dup_text(hisho_links_found(links), "-");
}

static void
test_every_source_is_read(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(g_file_get_contents(
	    "tests/cases/links/sources", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *html = g_strcompress(*line);
		g_autofree char *links = dup_links(html);
		g_test_message("%s", *line++);
		g_assert_cmpstr(links, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 50);
}

static void
test_nesting_has_an_end(void)
{
	g_autoptr(GString) html = g_string_new("<a href=//a.example>x</a>");

	for (int i = 0; i < 7; i++) {
		g_autofree char *inner = g_markup_escape_text(html->str, -1);
		g_string_printf(html, "<iframe srcdoc=\"%s\"></iframe>", inner);
	}
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);
	hisho_links_add_html(links, html->str, html->len);
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_cmpuint(found->links->len, ==, 0);
	g_assert_true(found->limit_reached);
}

static void
test_many_documents_are_cut(void)
{
	g_autoptr(GString) html = g_string_new(NULL);

	for (int i = 0; i < 300; i++)
		g_string_append_printf(html,
		    "<iframe srcdoc='<a href=//a%d.example>'></iframe>", i);
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);
	hisho_links_add_html(links, html->str, html->len);
	g_assert_true(hisho_links_found(links)->limit_reached);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/sources/every-source-is-read", test_every_source_is_read);
	g_test_add_func("/sources/nesting-has-an-end", test_nesting_has_an_end);
	g_test_add_func(
	    "/sources/many-documents-are-cut", test_many_documents_are_cut);
	return g_test_run();
}
