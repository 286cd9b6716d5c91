#include <string.h>

#include "libhisho/links/links.h"

#include "tests/unit/links.h"

#define HOSTILE_BYTES (2 << 20)

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

struct reading {
	const char *text;
	const char *expected; /* "where url", "!" and findings, "-" reason */
};

/* What is found in a copy of TEXT that has no NUL after it. */
static char *
dup_links_of_html(const char *text)
{
	g_autofree char *copy = g_memdup2(text, strlen(text));
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, copy, strlen(text));
	return links_dup_text(hisho_links_found(links), "");
}

static char *
dup_links_of_text(const char *text)
{
	g_autofree char *copy = g_memdup2(text, strlen(text));
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_text(links, copy, strlen(text), "text");
	return links_dup_text(hisho_links_found(links), "");
}

static void
check_html(const struct reading *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autofree char *links = dup_links_of_html(table[i].text);

		g_assert_cmpstr(links, ==, table[i].expected);
	}
}

static void
test_every_source_is_read(void)
{
	static const struct reading table[] = {
		{ "<a href=http://a.example>x</a>",
		    "a.href http://a.example/" },
		{ "<A HREF='//a.example'>x", "a.href //a.example/" },
		{ "<map><area href=http://a.example></map>",
		    "area.href http://a.example/ -image-map" },
		{ "<img src=http://a.example/i srcset='//b.example/i 1x,"
		  "//c.example/i, //d.example/i 2w'>",
		    "img.src http://a.example/i; img.srcset //b.example/i; "
		    "img.srcset //c.example/i; img.srcset //d.example/i" },
		{ "<form action=http://a.example><button formaction="
		  "http://b.example>x</button></form>",
		    "form.action http://a.example/; "
		    "button.formaction http://b.example/" },
		{ "<table background=http://a.example>",
		    "table.background http://a.example/" },
		{ "<video poster=//a.example><source src=//b.example>",
		    "video.poster //a.example/; source.src //b.example/" },
		{ "<q cite=//a.example></q><object data=//b.example>",
		    "q.cite //a.example/; object.data //b.example/" },
		{ "<meta http-equiv=Refresh content=\"0; URL='//a.example'\">",
		    "meta.content //a.example/" },
		{ "<meta http-equiv=refresh content='5;http://a.example/;x'>",
		    "meta.content http://a.example/;x" },
		{ "<meta name=x content='0;url=http://a.example'>", "" },
		{ "<div style=\"background:url( 'http://a.example/' )\">",
		    "div.style http://a.example/" },
		{ "<div style='x:u\\72l(http\\3a //a.example)'>",
		    "div.style http://a.example/" },
		{ "<style>@import '//a.example/';@import url(//b.example);"
		  "/* url(//c.example) */</style>",
		    "style.url //a.example/; style.url //b.example/" },
		{ "<svg><a xlink:href=//a.example>x</a></svg>",
		    "a.xlink:href //a.example/" },
		{ "<a href=//a.example data-saferedirecturl=//b.example>x",
		    "a.href //a.example/; "
		    "a.data-saferedirecturl //b.example/" },
		{ "<iframe src=//a.example></iframe>",
		    "iframe.src //a.example/" },
		{ "<!--[if mso]><v:rect href=//a.example><![endif]-->",
		    "v:rect.href //a.example/ -conditional" },
		{ "<style>a { } <a href='http://a.example/'>",
		    "style.text http://a.example/ -style" },
		{ "<script>location='http://a.example/';b.com</script>",
		    "script.text http://a.example/ -script" },
		{ "see http://a.exa<b>mple</b>/x &lt;http&#58;//b.example&gt;",
		    "text http://a.example/x; text http://b.example/" },
		{ "<a href=mailto:a@b.example>x</a><a href=#x>y</a>"
		  "<img src=cid:x>",
		    "a.href mailto:a@b.example" },
		{ "<svg><desc><style><a href=//a.example></style></desc>", "" },
		{ "<svg><style><a href=//a.example>",
		    "a.href //a.example/ "
		    "-style" },
	};

	check_html(table, G_N_ELEMENTS(table));
}

static void
test_a_base_resolves_what_follows(void)
{
	static const struct reading table[] = {
		{ "<!-- <base href=//b.example> --><a href=y>1",
		    "base.href //b.example/ -comment; a.href y" },
		{ "<a href=y>1</a><base href=http://a.example/x/><a href=y>2",
		    "a.href y; base.href http://a.example/x/; "
		    "a.href http://a.example/x/y" },
	};

	check_html(table, G_N_ELEMENTS(table));
}

static void
test_what_no_reader_sees_has_its_reason(void)
{
	static const struct {
		const char *text;
		const char *reason; /* of the first link; NULL: visible */
	} table[] = {
		{ "<a href=//a.example>x</a>", NULL },
		{ "<a href=//a.example> </a>", "empty" },
		{ "<a href=//a.example>&nbsp;&#8203;\u3000</a>", "empty" },
		{ "<a href=//a.example><img src=x></a>", NULL },
		{ "<a href=//a.example><img width=1 height=1></a>", "size" },
		{ "<div hidden><a href=//a.example>x", "hidden" },
		{ "<div style='DISPLAY : None!important'><a href=//a.example>x",
		    "display" },
		{ "<div style='d\\69splay:/**/none'><a href=//a.example>x",
		    "display" },
		{ "<div style='display:none;display:block'>"
		  "<a href=//a.example>x",
		    NULL },
		{ "<div style=visibility:hidden><a href=//a.example>x",
		    "visibility" },
		{ "<div style=visibility:hidden><b style=visibility:visible>"
		  "<a href=//a.example>x",
		    NULL },
		{ "<p style=opacity:0><a href=//a.example>x", "opacity" },
		{ "<span style=font-size:0><a href=//a.example>x",
		    "font-size" },
		{ "<span style=font-size:0><a href=//a.example "
		  "style=font-size:12pt>x",
		    NULL },
		{ "<span style=font-size:0><a href=//a.example "
		  "style=font-size:120%>x",
		    "font-size" },
		{ "<p style='height:0;overflow:hidden'><a href=//a.example>x",
		    "size" },
		{ "<p style='text-indent:-9999px'><a href=//a.example>x",
		    "off-screen" },
		{ "<font color=white><a href=//a.example>x", NULL },
		{ "<a href=//a.example><font color=#fefefe>x", "color" },
		{ "<body bgcolor=black><a href=//a.example "
		  "style='color:rgb(0, 1, 0)'>x",
		    "color" },
		{ "<body bgcolor=black><a href=//a.example "
		  "style=color:white>x",
		    NULL },
		{ "<template><a href=//a.example>x", "template" },
		{ "<head><a href=//a.example>x", NULL },
		{ "<head><a href=//a.example><img src=x></a>", NULL },
		{ "<!-- <a href=//a.example>x -->", "comment" },
		{ "<a href=//a.example><b style=display:none>x</b>y", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(HishoLinks) links = hisho_links_new(&limits);

		hisho_links_add_html(
		    links, table[i].text, strlen(table[i].text));
		const HishoLink *link =
		    hisho_links_found(links)->links->pdata[0];
		g_test_message("%s", table[i].text);
		g_assert_cmpstr(link->reason, ==, table[i].reason);
		g_assert_cmpint(link->visible, ==, table[i].reason == NULL);
	}
}

static void
test_misnested_tags_do_not_hide_or_show(void)
{
	static const struct reading table[] = {
		{ "<div style=display:none><b></div><a href=//a.example>x",
		    "a.href //a.example/" },
		{ "<p style=display:none>x<p><a href=//a.example>x",
		    "a.href //a.example/" },
		{ "<p style=display:none></span></div><a href=//a.example>x",
		    "a.href //a.example/ -display" },
		{ "<span style=display:none><div></span>"
		  "<a href=//a.example>x",
		    "a.href //a.example/ -display" },
		{ "<table><td style=display:none>x<td><a href=//a.example>x",
		    "a.href //a.example/" },
		{ "<div style=display:none><table></div>"
		  "<a href=//a.example>x",
		    "a.href //a.example/ -display" },
		{ "<a href=//a.example><a href=//b.example>x</a>",
		    "a.href //a.example/ -empty; a.href //b.example/" },
		{ "<a href=//a.example><p>x</a><p></a>y",
		    "a.href //a.example/" },
		{ "<body style=display:none></body><a href=//a.example>x",
		    "a.href //a.example/ -display" },
	};

	check_html(table, G_N_ELEMENTS(table));
}

static void
test_oddities_are_found(void)
{
	static const struct reading table[] = {
		{ "<a href=http://a.example/>http://www.b.example/</a>",
		    "a.href http://a.example/ !text-differs; "
		    "a.text http://www.b.example/ -anchor" },
		{ "<a href=http://x.a.example/>www.a.example</a>",
		    "a.href http://x.a.example/; "
		    "a.text http://www.a.example/ -anchor" },
		{ "<a href=http://a.example/>http://a.example/x</a>",
		    "a.href http://a.example/" },
		{ "<a href=http://a.example/>Bb.com.</a>",
		    "a.href http://a.example/ !text-differs; "
		    "a.text http://bb.com/ -anchor" },
		{ "<a href=http://a.example/>Bb.com: what they say</a>",
		    "a.href http://a.example/; "
		    "a.text http://bb.com/ -anchor" },
		{ "<a href=http://a.example/>www.b&shy;b.c\u200Bom</a>",
		    "a.href http://a.example/ !text-differs" },
		{ "<a href=http://b.com@a.example/>x</a>",
		    "a.href http://b.com@a.example/ !userinfo" },
		{ "<a href=http://0x7f000001/>www.b.com</a>",
		    "a.href http://127.0.0.1/ !address !text-differs; "
		    "a.text http://www.b.com/ -anchor" },
		{ "<a href=http://p\u0430ypal.com/>x</a>",
		    "a.href http://xn--pypal-4ve.com/ !mixed-script" },
		{ "<a href=http://abc\u65E5\u672C.jp/>x</a>",
		    "a.href http://xn--abc-v08fl0d.jp/" },
		{ "<a href='java&#10;script:x'>x</a>",
		    "a.href javascript:x !script" },
	};

	check_html(table, G_N_ELEMENTS(table));
}

static void
test_links_are_found_as_people_write_them(void)
{
	static const struct reading table[] = {
		{ "http://a.example/x.", "text http://a.example/x" },
		{ "(see http://a.example/x(y)).",
		    "text http://a.example/x(y)" },
		{ "<URL:http://a.example/x?y=1&z=2>",
		    "text http://a.example/x?y=1&z=2" },
		{ "\u3053\u3061\u3089http://a.example/x\u3092\u30AF",
		    "text http://a.example/x" },
		{ "http://a.example\u3092\u30AF\u30EA\u30C3\u30AF",
		    "text http://a.example/" },
		{ "\u300Chttp://a.example/x\u300D\u3002\uFF08http://b.example/"
		  "y\uFF09",
		    "text http://a.example/x; text http://b.example/y" },
		{ "http://\u65E5\u672C.jp/x", "text http://xn--wgv71a.jp/x" },
		{ "http://\u65E5\u672C.jp\u3067\u3059",
		    "text http://xn--wgv71a.jp/" },
		{ "https://www.b.com@a.example/x",
		    "text https://www.b.com@a.example/x !userinfo" },
		{ "\u30EA\u30F3\u30AF\uFF1Aa.test.com/login \u3078",
		    "text http://a.test.com/login" },
		{ "WWW.A.CO.JP, www.x a.notld", "text http://www.a.co.jp/" },
		{ "Visit bb.com! or bb.com's",
		    "text http://bb.com/; "
		    "text http://bb.com/" },
		{ "x@bb.com bb.com@x mailto:x@bb.com", "text mailto:x@bb.com" },
		{ "file.pl end.In e.g. a/bb.com 1.5 .com", "" },
		{ "foo.pl/x", "text http://foo.pl/x" },
		{ "HTTPS://A.EXAMPLE:8443/", "text https://a.example:8443/" },
		{ "http:// http://. ://x", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *links = dup_links_of_text(table[i].text);

		g_assert_cmpstr(links, ==, table[i].expected);
	}
}

static void
test_a_link_tells_all_about_itself(void)
{
	static const char html[] = "\u3042<a href='http://www.a.co.jp'>\n"
				   " to  <b>us</b>&nbsp;</a> &amp; www.b.com";
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, html, strlen(html));
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_cmpuint(found->links->len, ==, 2);
	const HishoLink *link = found->links->pdata[0];
	g_assert_cmpstr(link->url, ==, "http://www.a.co.jp/");
	g_assert_cmpstr(link->host, ==, "www.a.co.jp");
	g_assert_cmpstr(link->domain, ==, "a.co.jp");
	g_assert_cmpstr(link->kind, ==, "click");
	g_assert_cmpstr(link->text, ==, "to us");
	g_assert_cmpint(link->offset, ==, 12);
	link = found->links->pdata[1];
	g_assert_cmpstr(link->kind, ==, "text");
	g_assert_cmpint(link->offset, ==, strlen(html) - strlen("www.b.com"));
	g_assert_cmpuint(found->hosts->len, ==, 2);
	g_assert_cmpstr(found->hosts->pdata[1], ==, "www.b.com");
}

static void
test_anchor_text_is_cut_at_200_characters(void)
{
	g_autoptr(GString) html = g_string_new("<a href=//a.example>");
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	for (int i = 0; i < 3000; i++)
		g_string_append(html, "\u3042");
	hisho_links_add_html(links, html->str, html->len);
	const HishoLink *link = hisho_links_found(links)->links->pdata[0];
	g_assert_cmpint(g_utf8_strlen(link->text, -1), ==, 200);
}

static void
test_forms_and_passwords_are_noted(void)
{
	static const char html[] = "<form><input type=PassWord></form>";
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	g_assert_false(hisho_links_found(links)->has_form);
	hisho_links_add_html(links, html, strlen(html));
	g_assert_true(hisho_links_found(links)->has_form);
	g_assert_true(hisho_links_found(links)->has_password_input);
}

static void
test_header_links_say_which_header(void)
{
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_header(links, "List-Unsubscribe",
	    "<mailto:a@b.example?subject=x>, <https://b.example/u>");
	g_autofree char *text = links_dup_text(hisho_links_found(links), "");
	g_assert_cmpstr(text, ==,
	    "header.list-unsubscribe mailto:a@b.example?subject=x; "
	    "header.list-unsubscribe https://b.example/u");
	const HishoLink *link = hisho_links_found(links)->links->pdata[1];
	g_assert_cmpstr(link->kind, ==, "header");
	g_assert_false(link->visible);
}

static void
test_relations_are_to_the_organisation(void)
{
	static const struct {
		const char *from;
		const char *url;
		const char *relation;
	} table[] = {
		{ "mail.a.co.jp", "http://mail.a.co.jp/", "same" },
		{ "mail.a.co.jp", "http://a.co.jp/", "same" },
		{ "mail.a.co.jp", "http://www.a.co.jp/", "sub" },
		{ "mail.a.co.jp", "http://b.co.jp/", "foreign" },
		{ "mail.a.co.jp", "http://127.0.0.1/", "foreign" },
		{ "mail.a.co.jp", "mailto:x@a.co.jp", NULL },
		{ "localhost", "http://localhost/", NULL },
		{ NULL, "http://a.co.jp/", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(HishoLinks) links = hisho_links_new(&limits);

		hisho_links_add_text(
		    links, table[i].url, strlen(table[i].url), "text");
		g_autoptr(HishoLinksFound) found =
		    hisho_links_steal_found(links);
		hisho_links_relate(found, table[i].from);
		const HishoLink *link = found->links->pdata[0];
		g_assert_cmpstr(link->relation, ==, table[i].relation);
		g_assert_cmpuint(hisho_links_found(links)->links->len, ==, 0);
	}
}

static void
test_limits_cut_the_list_but_not_the_hosts(void)
{
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);
	g_autoptr(GString) html = g_string_new(NULL);

	for (int i = 0; i < 1000; i++)
		g_string_append_printf(html, "<a href=//a%d.example>", i);
	hisho_links_add_html(links, html->str, html->len);
	g_assert_false(hisho_links_found(links)->limit_reached);
	hisho_links_add_text(links, "www.b.com", strlen("www.b.com"), "text");
	const HishoLinksFound *found = hisho_links_found(links);
	g_assert_true(found->limit_reached);
	g_assert_cmpuint(found->links->len, ==, 1000);
	g_assert_cmpuint(found->hosts->len, ==, 1001);
	g_assert_cmpstr(found->hosts->pdata[1000], ==, "www.b.com");
}

static void
test_a_record_survives_its_travel(void)
{
	static const char html[] = "<a href=http://a@b.example>x</a>";
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	hisho_links_add_html(links, html, strlen(html));
	g_autoptr(HishoJson) json = hisho_record_to_json(
	    &hisho_links_found_type, hisho_links_found(links));
	g_autoptr(HishoLinksFound) copy =
	    hisho_record_from_json(&hisho_links_found_type, json, NULL);
	g_autofree char *line = hisho_json_dup_line(json);
	g_autoptr(HishoJson) again =
	    hisho_record_to_json(&hisho_links_found_type, copy);
	g_autofree char *second = hisho_json_dup_line(again);
	g_assert_cmpstr(line, ==, second);
	g_assert_nonnull(strstr(line, "\"userinfo\""));
}

static void
test_hostile_mail_takes_linear_time(void)
{
	static const char *const pieces[] = { "<a ", "<!--", "<!-- x -->", "&",
		"<b><p>", "<a b=\"", "<div>", "<a href=//a.example>", "</a>",
		"http://a.example ", "http://a))))", "aa.com ", "a.a.",
		"<style>url(", "<p style='/*x:y'>", "<i></b>", "www.",
		"http://\u3042", "<table><td>" };

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(HishoLinks) links = hisho_links_new(&limits);

		while (text->len <= HOSTILE_BYTES)
			g_string_append(text, pieces[i]);
		hisho_links_add_html(links, text->str, text->len);
		hisho_links_add_text(links, text->str, text->len, "text");
		g_assert_cmpuint(
		    hisho_links_found(links)->links->len, <=, limits.links);
		g_assert_true(hisho_links_found(links)->limit_reached);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/links/every-source-is-read", test_every_source_is_read);
	g_test_add_func("/links/a-base-resolves-what-follows",
	    test_a_base_resolves_what_follows);
	g_test_add_func("/links/what-no-reader-sees-has-its-reason",
	    test_what_no_reader_sees_has_its_reason);
	g_test_add_func("/links/misnested-tags-do-not-hide-or-show",
	    test_misnested_tags_do_not_hide_or_show);
	g_test_add_func("/links/oddities-are-found", test_oddities_are_found);
	g_test_add_func("/links/links-are-found-as-people-write-them",
	    test_links_are_found_as_people_write_them);
	g_test_add_func("/links/a-link-tells-all-about-itself",
	    test_a_link_tells_all_about_itself);
	g_test_add_func("/links/anchor-text-is-cut-at-200-characters",
	    test_anchor_text_is_cut_at_200_characters);
	g_test_add_func("/links/forms-and-passwords-are-noted",
	    test_forms_and_passwords_are_noted);
	g_test_add_func("/links/header-links-say-which-header",
	    test_header_links_say_which_header);
	g_test_add_func("/links/relations-are-to-the-organisation",
	    test_relations_are_to_the_organisation);
	g_test_add_func("/links/limits-cut-the-list-but-not-the-hosts",
	    test_limits_cut_the_list_but_not_the_hosts);
	g_test_add_func("/links/a-record-survives-its-travel",
	    test_a_record_survives_its_travel);
	g_test_add_func("/links/hostile-mail-takes-linear-time",
	    test_hostile_mail_takes_linear_time);
	return g_test_run();
}
