#include <string.h>

#include "libhisho/links/links.h"

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

/* The last link of HTML that leads to a.example, or NULL. */
static const HishoLink *
find_link(const HishoLinks *links)
{
	const GPtrArray *found = hisho_links_found(links)->links;

	for (guint i = found->len; i > 0; i--) {
		const HishoLink *link = found->pdata[i - 1];
		if (g_strcmp0(link->host, "a.example") == 0 &&
		    strcmp(link->kind, "click") == 0)
			return link;
	}
	return NULL;
}

/* Why the link of HTML is not seen, "-" when it is. */
static char *
dup_reason(const char *html, size_t length)
{
	g_autofree char *copy = g_memdup2(html, length);
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, copy, length);
	const HishoLink *link = find_link(links);
	if (link == NULL)
		return g_strdup("no link");
	g_assert_cmpint(link->visible, ==, link->reason == NULL);
	return g_strdup(link->visible ? "-" : link->reason);
}

/* The cases of a file: a line of HTML, and below it what is expected. */
static void
test_cases(gconstpointer path)
{
	g_autofree char *text = NULL;
	const char *html = NULL;
	guint n_wrong = 0;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		if (html == NULL) {
			html = *line;
			continue;
		}
		g_autofree char *reason = dup_reason(html, strlen(html));
		if (strcmp(reason, *line) != 0) {
			g_test_message("%s: %s, not %s", html, reason, *line);
			n_wrong++;
		}
		html = NULL;
	}
	g_assert_null(html);
	g_assert_cmpuint(n_wrong, ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/sight/what-hides-a-link-is-named",
	    "tests/cases/links/visibility", test_cases);
	g_test_add_data_func("/sight/rules-hide-and-show-as-in-browsers",
	    "tests/cases/links/visibility-rules", test_cases);
	g_test_add_data_func("/sight/tags-that-do-not-match-hide-nothing-else",
	    "tests/cases/links/visibility-nesting", test_cases);
	return g_test_run();
}
