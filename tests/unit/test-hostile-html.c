#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/links/links.h"

#define HTML_BYTES (2 << 20)

/* What a page of hostile HTML may cost: half a second and 64 MB.  Time is
 * bounded generously, for no test may depend on the machine. */
#define CPU_SECONDS 2.0
#define MEMORY_BYTES (64 << 20)

/* A page of 2 MB: HEAD, PIECE as often as there is room, TAIL.  "%u" in the
 * piece is another number each time. */
typedef struct {
	const char *name;
	const char *head;
	const char *piece;
	const char *tail;
	bool limit; /* more than a list or a tag holds: it has to say so */
} Shape;

static const Shape shapes[] = {
	{ "deep-nesting", "", "<div>", "", false },
	{ "deep-nesting-misnested", "", "<b><p><a href=//a.example>", "",
	    true },
	{ "deep-nesting-of-tables", "", "<table><tr><td>", "", false },
	{ "deep-nesting-with-styles", "",
	    "<p style='color:#fff;background:#fff'><span>x", "", false },
	{ "end-tags-that-match-nothing", "<b><i><u><s>", "</p></x><y>", "",
	    false },
	{ "200,000-attributes", "<a ", "a%u=1 ", ">", true },
	{ "200,000-equal-attributes", "<a ", "a=1 ", ">", true },
	{ "200,000-links-in-attributes", "<img ", "src=//a%u.example ", ">",
	    true },
	{ "entity-flood", "", "&amp;", "", false },
	{ "entity-flood-in-an-attribute", "<a href='//a.example/",
	    "&CounterClockwiseContourIntegral;", "'>", false },
	{ "entity-flood-without-names", "", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "", false },
	{ "entity-flood-of-numbers", "", "&#0000000000000x", "", false },
	{ "unclosed-tags", "", "<a ", "", true },
	{ "unclosed-attributes", "", "<a href=\"", "", false },
	{ "unclosed-comments", "", "<!--", "", false },
	{ "unclosed-conditions", "", "<!--[if mso]><a href=//a%u.example>", "",
	    false },
	{ "unclosed-titles", "", "<title></titl", "", false },
	{ "unclosed-scripts", "", "<script><!--<script>", "", false },
	{ "unclosed-styles", "<style>", "url('http://a%u.example ", "", false },
	{ "unclosed-anchors", "", "<a href=//a%u.example>x", "", true },
	{ "unclosed-sections", "<svg>", "<![CDATA[<a href=//a.example>", "",
	    false },
	{ "links-of-one-host", "", "<a href=//a.example>", "", true },
	{ "links-of-many-hosts", "", "<a href=//a%u.example>", "", true },
	{ "links-as-short-as-can-be", "", "<a href=x>", "", true },
	{ "links-in-text", "", "http://a%u.example ", "", true },
	{ "links-in-text-without-space", "", "http://a", "", false },
	{ "links-in-a-srcset", "<img srcset='", "//a%u.example 1x,", "'>",
	    true },
	{ "links-in-a-style", "<p style='", "url(//a%u.example)", "'>", true },
	{ "names-in-text", "", "a%u.com ", "", true },
	{ "a-long-base", "<base href='http://a.example/", "aaaaaaaaaaaaaaaa/",
	    "'><a href=x>x</a>", false },
	{ "mixed-scripts", "", "<a href=//\u0430a%u.com>", "", true },
	{ "dots-in-paths", "<a href='//a.example/", "../", "'>", false },
	{ "dots-in-hosts", "<a href='//", "a.", "'>", false },
	{ "percents", "<a href='//", "%2525", "'>", false },
	{ "brackets", "", "<", "", false },
	{ "a-style-of-rules", "<style>", ".a%u{display:none}", "</style><p>",
	    true },
	{ "a-style-of-one-rule", "<style>.a", ",.a%u",
	    "{display:none}</style><p>", true },
	{ "a-style-of-one-selector", "<style>", ".a%u ",
	    "{display:none}</style><p>", true },
	{ "a-style-of-one-name", "<style>.", "aaaaaaaaaaaaaaaa",
	    "{display:none}</style><p>", true },
	{ "a-style-of-one-declaration",
	    "<style>.a{display:", "aaaaaaaaaaaaaaaa", "}</style><p>", true },
	{ "a-style-of-declarations", "<style>.a{", "display:none;",
	    "}</style><p class=a>", true },
	{ "a-style-of-braces", "<style>", "{", "</style><p>", true },
	{ "a-style-of-brackets", "<style>", "a(", "</style><p>", true },
	{ "a-style-of-quotes", "<style>", "a\"'", "</style><p>", true },
	{ "a-style-of-media", "<style>", "@media all{", "</style><p>", true },
	{ "a-style-of-comments", "<style>", "/*a*/\\", "</style><p>", true },
	{ "a-style-of-unclosed-urls", "<style>", "\\url(", "</style><p>",
	    true },
	{ "styles-without-number", "", "<style>.a%u{display:none}</style>", "",
	    true },
	{ "styles-that-never-end", "", "<style><title>", "", true },
	{ "classes-of-one-element",
	    "<style>.a0{display:none}</style><p class='", "a%u ", "'>", false },
	{ "equal-classes-of-one-element",
	    "<style>.a{display:none}</style><p class='", "a ", "'>", false },
	{ "elements-with-a-class", "<style>.a{color:red}</style>",
	    "<p class=a>", "", false },
	{ "elements-with-rules-of-the-elements-around",
	    "<style>div div div div div div p{color:red}</style>",
	    "<div><div><p>", "", true },
	{ "nested-elements-with-styles", "",
	    "<b style='color:#%u;font-size:1em'>", "", true },
	{ "what-is-opened-again", "",
	    "<p><b style='color:red'><i style='color:red'><u><s><tt>x", "",
	    true },
	{ "what-ends-around-blocks", "",
	    "<b style='color:red'><b><div></b></b>", "", true },
	{ "formatting-of-many-kinds", "", "<p><font style='font-size:%upx'>x",
	    "", true },
	{ "maps", "", "<map name=a%u><area href=//a.example><img usemap=#a%u>",
	    "", true },
	{ "colours", "<p style='color:", "rgb(1,1,1", "'>", false },
	{ "shapes", "<p style='transform:", "scale(1) ", "'>", false },
	{ "backgrounds", "<p style='background:", "url(a),", "'>", false },
	{ "rules-by-elements", NULL, NULL, NULL, false },
	{ "NUL-for-all", "", "", "", false },
};

static GString *
dup_page(const Shape *shape)
{
	GString *page = g_string_new(shape->head);
	unsigned n = 0;
	g_auto(GStrv) pieces = g_strsplit(shape->piece, "%u", 2);

	if (*shape->piece == '\0')
		g_string_set_size(page, HTML_BYTES);
	while (page->len < HTML_BYTES) {
		g_string_append(page, pieces[0]);
		if (pieces[0] && pieces[1])
			g_string_append_printf(page, "%u%s", n++, pieces[1]);
	}
	g_string_truncate(page, HTML_BYTES - strlen(shape->tail));
	g_string_append(page, shape->tail);
	return page;
}

/* 4,000 rules for every element of a page. */
static GString *
dup_page_of_rules(void)
{
	GString *page = g_string_new("<style>");

	for (int i = 0; i < 3900; i++)
		g_string_append_printf(page, ".a .b%d,", i);
	g_string_append(page, ".a .b,.c{color:red}");
	for (int i = 0; i < 90; i++)
		g_string_append_printf(page, "b .a .a .b{left:%dpx}", i);
	g_string_append(page, "</style>");
	while (page->len < HTML_BYTES)
		g_string_append(page, "<p class='a b'>");
	return page;
}

/* In a process of its own, which ends with what is to be known. */
static void
read_page(const GString *page)
{
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;
	HishoLinks *links = hisho_links_new(&limits);

	hisho_links_add_html(links, page->str, page->len);
	const HishoLinksFound *found = hisho_links_found(links);
	_exit(found->links->len > limits.links ? 2 : found->limit_reached);
}

static double
seconds_of(const struct rusage *usage)
{
	return usage->ru_utime.tv_sec + usage->ru_utime.tv_usec / 1e6 +
	    usage->ru_stime.tv_sec + usage->ru_stime.tv_usec / 1e6;
}

static void
test_hostile_html_is_cheap(gconstpointer data)
{
	const Shape *shape = data;
	g_autoptr(GString) page =
	    shape->head != NULL ? dup_page(shape) : dup_page_of_rules();
	struct rusage usage;
	int status;

	pid_t child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0)
		read_page(page);
	g_assert_cmpint(wait4(child, &status, 0, &usage), ==, child);
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), <=, 1);
	g_test_message("%.3f s, %.1f MB, limit %s", seconds_of(&usage),
	    usage.ru_maxrss / 1024.0, WEXITSTATUS(status) ? "reached" : "kept");
	if (shape->limit)
		g_assert_cmpint(WEXITSTATUS(status), ==, 1);
#ifndef HISHO_SANITIZE /* which takes more of both */
	g_assert_cmpfloat(seconds_of(&usage), <, CPU_SECONDS);
	g_assert_cmpint(usage.ru_maxrss, <, MEMORY_BYTES / 1024);
#endif
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
		g_autofree char *path =
		    g_strdup_printf("/hostile-html/%s", shapes[i].name);
		g_test_add_data_func(
		    path, &shapes[i], test_hostile_html_is_cheap);
	}
	return g_test_run();
}
