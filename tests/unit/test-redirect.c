#include <glib.h>
#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/links/redirect.h"

#define HOSTILE_BYTES (2 << 20)

/* The targets that URL carries, with blanks between them; "-" for none. */
static char *
dup_targets(const char *text, size_t length)
{
	g_autoptr(HishoUrl) url = hisho_url_parse(text, length, NULL);
	g_autoptr(GPtrArray) targets = hisho_redirect_targets(url);
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < targets->len; i++) {
		g_autofree char *target = hisho_url_dup_text(targets->pdata[i]);
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "", target);
	}
	return g_strdup(targets->len > 0 ? out->str : "-");
}

static void
test_targets_are_read_as_they_are_written(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(g_file_get_contents(
	    "tests/cases/links/redirect", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *targets = dup_targets(*line, strlen(*line));
		g_test_message("%s", *line++);
		g_assert_cmpstr(targets, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 70);
}

static void
test_a_target_is_a_link_of_its_own(void)
{
	static const char html[] = "<a href='//google.com/x'>y</a><a href='"
				   "https://www.google.com/url?q=http://"
				   "1.2.3.4/'>x</a>";
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, html, strlen(html));
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_cmpuint(found->links->len, ==, 3);
	const HishoLink *carrier = found->links->pdata[1];
	const HishoLink *target = found->links->pdata[2];
	g_assert_cmpstr(carrier->kind, ==, "click");
	g_assert_true(carrier->visible);
	g_assert_cmpstr(target->kind, ==, "redirect");
	g_assert_cmpstr(target->where, ==, "a.href");
	g_assert_cmpstr(target->host, ==, "1.2.3.4");
	g_assert_cmpstr(target->reason, ==, "target");
	g_assert_cmpstr(target->findings->pdata[0], ==, "address");
	g_assert_false(target->visible);
	g_assert_cmpint(target->offset, ==, carrier->offset);
	g_assert_cmpstr(found->hosts->pdata[2], ==, "1.2.3.4");
}

static void
test_no_more_than_16_targets_are_taken(void)
{
	g_autoptr(GString) text = g_string_new("http://a.example/?");

	for (int i = 0; i < 100; i++)
		g_string_append_printf(text, "&u=http://b%d.example/", i);
	g_autoptr(HishoUrl) url = hisho_url_parse(text->str, text->len, NULL);
	g_autoptr(GPtrArray) targets = hisho_redirect_targets(url);
	g_assert_cmpuint(targets->len, ==, 16);
}

static void
test_hostile_targets_take_linear_time(void)
{
	static const char *const starts[] = { "http://a.example/?",
		"https://urldefense.com/v3/__https://a.example/",
		"https://rd.yahoo.com/", "https://secure-web.cisco.com/",
		"https://www.bing.com/ck/a?u=a1" };
	static const char *const pieces[] = { "&u=http://b.example",
		"&u=", "?u=http://b.example/", "%2525", "aHR0c", "**_",
		"/RU=", "&", "__;", "https://www.google.com/url?q=" };

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(pieces); j++) {
			g_autoptr(GString) text = g_string_new(starts[i]);
			while (text->len <= HOSTILE_BYTES)
				g_string_append(text, pieces[j]);
			g_autofree char *targets =
			    dup_targets(text->str, text->len);
			g_assert_nonnull(targets);
		}
}

static void
test_open_redirectors_are_known(void)
{
	static const struct {
		const char *host;
		bool is_open;
	} cases[] = {
		{ "www.google.com", true },
		{ "google.co.jp", true },
		{ "www.bing.com", true },
		{ "rd.yahoo.com", true },
		{ "l.facebook.com", true },
		{ "eur01.safelinks.protection.outlook.com", false },
		{ "urldefense.com", false },
		{ "x.awstrack.me", false },
		{ "www.google.evil.example", false },
		{ "notbing.com", false },
		{ "bing.com.example", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].host);
		g_assert_cmpint(hisho_redirect_is_open(cases[i].host), ==,
		    cases[i].is_open);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/redirect/targets-are-read-as-they-are-written",
	    test_targets_are_read_as_they_are_written);
	g_test_add_func("/redirect/a-target-is-a-link-of-its-own",
	    test_a_target_is_a_link_of_its_own);
	g_test_add_func("/redirect/no-more-than-16-targets-are-taken",
	    test_no_more_than_16_targets_are_taken);
	g_test_add_func("/redirect/hostile-targets-take-linear-time",
	    test_hostile_targets_take_linear_time);
	g_test_add_func("/redirect/open-redirectors-are-known",
	    test_open_redirectors_are_known);
	return g_test_run();
}
