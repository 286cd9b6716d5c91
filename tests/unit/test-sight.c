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

/* PIECE N times, then a link. */
static char *
dup_reason_after(const char *head, const char *piece, int n)
{
	g_autoptr(GString) html = g_string_new(head);

	for (int i = 0; i < n; i++)
		g_string_append_printf(html, "%s", piece);
	g_string_append(html, "<a href=//a.example>link</a>");
	return dup_reason(html->str, html->len);
}

static void
test_nobody_knows_what_is_too_deep(void)
{
	static const struct {
		const char *head;
		const char *piece;
		int n;
		const char *reason;
	} table[] = {
		{ "", "<div>", 500, "-" },
		{ "", "<div>", 600, "limit" },
		{ "<p hidden>", "<b>", 600, "hidden" },
		{ "", "<div></div>", 600, "-" },
		{ "", "<div><b></b></div>", 600, "-" },
		{ "", "<p>", 600, "-" },
		{ "", "<p><b>", 600, "-" },
		{ "", "<br><img><hr>", 600, "-" },
		{ "", "<li>", 600, "-" },
		{ "<table>", "<tr><td>", 600, "-" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *reason =
		    dup_reason_after(table[i].head, table[i].piece, table[i].n);
		g_test_message("%s%s", table[i].head, table[i].piece);
		g_assert_cmpstr(reason, ==, table[i].reason);
	}
}

static void
test_what_is_too_deep_is_listed_and_said(void)
{
	g_autoptr(GString) html = g_string_new(NULL);
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	for (int i = 0; i < 600; i++)
		g_string_append(html, "<div>");
	g_string_append(html,
	    "<a href=//b.example>one</a>"
	    "<a href=//a.example>two</a></div>three");
	hisho_links_add_html(links, html->str, html->len);
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_true(found->limit_reached);
	g_assert_cmpuint(found->links->len, ==, 2);
	const HishoLink *link = found->links->pdata[1];
	g_assert_cmpstr(link->text, ==, "two");
	g_assert_cmpstr(link->reason, ==, "limit");
}

static void
test_too_many_rules_are_told(void)
{
	g_autoptr(GString) html = g_string_new("<style>.x{display:none}");
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	for (int i = 0; i < 4000; i++)
		g_string_append_printf(html, ".x%d{color:red}", i);
	g_string_append(html,
	    ".y{display:none}</style><p class=x>"
	    "<a href=//a.example>one</a>");
	hisho_links_add_html(links, html->str, html->len);
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_true(found->limit_reached);
	const HishoLink *link = found->links->pdata[0];
	g_assert_cmpstr(link->reason, ==, "display");
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
	g_test_add_func("/sight/nobody-knows-what-is-too-deep",
	    test_nobody_knows_what_is_too_deep);
	g_test_add_func("/sight/what-is-too-deep-is-listed-and-said",
	    test_what_is_too_deep_is_listed_and_said);
	g_test_add_func(
	    "/sight/too-many-rules-are-told", test_too_many_rules_are_told);
	return g_test_run();
}
