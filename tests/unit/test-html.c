#include <string.h>

#include "libhisho/links/html.h"

/* Sizes of hostile texts: anything worse than linear would not come back. */
#define HOSTILE_BYTES (2 << 20)

struct reading {
	const char *text;
	const char *expected;
};

static void
append_token(GString *out, const HishoHtmlToken *token)
{
	static const char *const marks[] = { "", "<", "</", "<!--", "<!" };

	g_string_append(out, marks[token->kind]);
	if (token->kind == HISHO_HTML_TEXT || token->kind == HISHO_HTML_COMMENT)
		g_string_append_len(out, token->text, token->text_length);
	else
		g_string_append(out, token->name ? token->name : "?");
	for (size_t i = 0; i < token->n_attributes; i++)
		g_string_append_printf(out, " %s=[%s]",
		    token->attributes[i].name, token->attributes[i].value);
	if (token->kind != HISHO_HTML_TEXT)
		g_string_append(out, token->self_closing ? "/>" : ">");
}

/* All tokens of TEXT, written one way.  A copy without a final NUL lets the
 * sanitizers see any step beyond the end. */
static char *
dup_tokens(const char *text, size_t length)
{
	g_autofree char *copy = g_memdup2(text, length);
	g_autoptr(HishoHtml) html = hisho_html_new(copy, length);
	GString *out = g_string_new(NULL);
	const HishoHtmlToken *token;

	while ((token = hisho_html_next(html)) != NULL)
		append_token(out, token);
	return g_string_free(out, FALSE);
}

static void
check(const struct reading *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autofree char *tokens =
		    dup_tokens(table[i].text, strlen(table[i].text));

		g_assert_cmpstr(tokens, ==, table[i].expected);
	}
}

static void
test_attributes_are_read_as_browsers_do(void)
{
	static const struct reading table[] = {
		{ "<A HREF=x>y</A >", "<a href=[x]>y</a>" },
		{ "<a href=\"x\" href=z>", "<a href=[x]>" },
		{ "<a href='x'title=\"z\">", "<a href=[x] title=[z]>" },
		{ "<a href = x>", "<a href=[x]>" },
		{ "<a\nhref\n=\n'x\ry\r\nz'>", "<a href=[x\ny\nz]>" },
		{ "<a href=x/>", "<a href=[x/]>" },
		{ "<a/href=x>", "<a href=[x]>" },
		{ "<br/><br / ><br/ a>", "<br/><br><br a=[]>" },
		{ "<a =b c==d e>", "<a =b=[] c=[=d] e=[]>" },
		{ "<a href=>x", "<a href=[]>x" },
		{ "<a href=&#104;t&#x74;p&colon;//x&sol;>",
		    "<a href=[http://x/]>" },
		{ "<a href=?a&copy=1&copy>", "<a href=[?a&copy=1\u00A9]>" },
		{ "<a href=\"a>b\">", "<a href=[a>b]>" },
		{ "<a\"b'c<d>", "<a\"b'c<d>" },
		{ "<a \"b='c'>", "<a \"b=[c]>" },
	};

	check(table, G_N_ELEMENTS(table));
}

static void
test_what_looks_like_markup_may_be_none(void)
{
	static const struct reading table[] = {
		{ "1 < 2 <3 <", "1 < 2 <3 <" },
		{ "a</>b</ c>d</", "ab<!-- c>d</" },
		{ "<?xml x?>a<!x>b<!>c", "<!--?xml x?>a<!--x>b<!-->c" },
		{ "<!DOCTYPE HTML PUBLIC \"a>b", "<!html>b" },
		{ "<![CDATA[<a>]]>", "<!--[CDATA[<a>]]>" },
		{ "a<b", "a" },
		{ "a<b c='d>e", "a" },
		{ "&lt;a&gt; &#60;b> &amp;lt; &x;", "<a> <b> &lt; &x;" },
		{ "a\r\nb\rc", "a\nb\nc" },
	};

	check(table, G_N_ELEMENTS(table));
}

static void
test_comments_end_in_many_ways(void)
{
	static const struct reading table[] = {
		{ "<!--a-->b", "<!--a>b" },
		{ "<!-->b", "<!-->b" },
		{ "<!--->b", "<!-->b" },
		{ "<!---->b", "<!-->b" },
		{ "<!--a--!>b", "<!--a>b" },
		{ "<!--a--!-->b", "<!--a--!>b" },
		{ "<!--a--->b", "<!--a->b" },
		{ "<!-- > -> <a> <!-->b", "<!-- > -> <a> <!>b" },
		{ "<!--", "<!-->" },
		{ "<!--a>b", "<!--a>b>" },
		{ "<!--a-", "<!--a>" },
		{ "<!--a--", "<!--a>" },
		{ "<!--a--!", "<!--a>" },
		{ "<!--[if mso]><a><![endif]-->b",
		    "<!--[if mso]><a><![endif]>b" },
		{ "<![if !mso]>a<![endif]>", "<!--[if !mso]>a<!--[endif]>" },
	};

	check(table, G_N_ELEMENTS(table));
}

static void
test_raw_text_ends_with_its_own_tag_only(void)
{
	static const struct reading table[] = {
		{ "<title>a&amp;<b></title2></titl></TITLE >c",
		    "<title>a&<b></title2></titl></title>c" },
		{ "<style>&amp;<a></a></style>",
		    "<style>&amp;<a></a></style>" },
		{ "<textarea><!--</textarea>-->",
		    "<textarea><!--</textarea>-->" },
		{ "<plaintext></plaintext><a b=c>",
		    "<plaintext></plaintext><a b=c>" },
		{ "<script>'</scriptx'</script>b",
		    "<script>'</scriptx'</script>b" },
		{ "<script><!--<script></script><a b=c></script><b c=d>",
		    "<script><!--<script></script><a b=c></script>"
		    "<b c=[d]>" },
		{ "<script><!--<script>--></script><b c=d>",
		    "<script><!--<script>--></script><b c=[d]>" },
		{ "<script><!--></script><b c=d>",
		    "<script><!--></script><b c=[d]>" },
		{ "<noscript><b></noscript>", "<noscript><b></noscript>" },
		{ "<title>a", "<title>a" },
	};

	check(table, G_N_ELEMENTS(table));
}

static void
test_foreign_content_holds_markup(void)
{
	static const char text[] = "<svg><style><a></style><![CDATA[<b>]]>c";
	g_autoptr(HishoHtml) html = hisho_html_new(text, strlen(text));
	g_autoptr(GString) out = g_string_new(NULL);
	const HishoHtmlToken *token;

	while ((token = hisho_html_next(html)) != NULL) {
		append_token(out, token);
		g_string_append_c(out, '|');
		hisho_html_set_foreign(html, true);
	}
	g_assert_cmpstr(out->str, ==, "<svg>|<style>|<a>|</style>|<b>|c|");
}

static void
test_nul_is_kept_or_replaced_as_the_rules_say(void)
{
	static const char text[] = "a\0b<\0><a \0=\0><title>\0";
	g_autoptr(HishoHtml) html = hisho_html_new(text, sizeof text - 1);

	g_assert_cmpmem(hisho_html_next(html)->text, 3, "a\0b", 3);
	g_assert_cmpmem(hisho_html_next(html)->text, 1, "<", 1);
	g_assert_cmpmem(hisho_html_next(html)->text, 2, "\0>", 2);
	g_assert_cmpstr(hisho_html_attribute(hisho_html_next(html), "\uFFFD"),
	    ==, "\uFFFD");
	g_assert_cmpstr(hisho_html_next(html)->name, ==, "title");
	g_assert_cmpmem(hisho_html_next(html)->text, 3, "\uFFFD", 3);
	g_assert_null(hisho_html_next(html));
}

static void
test_offsets_count_bytes_of_the_source(void)
{
	static const char text[] = "\u3042&amp;<a id=1 href='x' b>c";
	g_autoptr(HishoHtml) html = hisho_html_new(text, strlen(text));

	g_assert_cmpuint(hisho_html_next(html)->offset, ==, 0);
	const HishoHtmlToken *token = hisho_html_next(html);
	g_assert_cmpuint(token->offset, ==, 3);
	g_assert_cmpuint(token->length, ==, 5);
	token = hisho_html_next(html);
	g_assert_cmpuint(token->offset, ==, 8);
	g_assert_cmpuint(token->length, ==, strlen("<a id=1 href='x' b>"));
	g_assert_cmpuint(token->attributes[1].offset, ==, 22);
	g_assert_cmpuint(token->attributes[2].offset, ==, 25);
	g_assert_cmpuint(hisho_html_next(html)->offset, ==, 27);
}

/* PIECE over and over; yields the number of tokens. */
static size_t
count_hostile(const char *piece, bool *limit_reached)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t n = 0;

	while (text->len < HOSTILE_BYTES)
		g_string_append(text, piece);
	g_autoptr(HishoHtml) html = hisho_html_new(text->str, text->len);
	while (hisho_html_next(html) != NULL)
		n++;
	*limit_reached = hisho_html_limit_reached(html);
	return n;
}

static void
test_hostile_text_takes_linear_time(void)
{
	static const struct {
		const char *piece;
		size_t n_tokens; /* per piece; 0: none at all */
	} table[] = {
		{ "<a ", 0 },
		{ "<!--", 0 },
		{ "<!--x>", 0 },
		{ "&", 1 },
		{ "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 2 },
		{ "<b><p>", 2 },
		{ "<a b=\"", 0 },
		{ "<", 1 },
		{ "</", 0 },
		{ "<title></titl", 0 },
		{ "<script><!--<script>", 0 },
	};
	bool limit;

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		size_t n = count_hostile(table[i].piece, &limit);
		size_t pieces = HOSTILE_BYTES / strlen(table[i].piece) + 1;

		if (table[i].n_tokens == 0)
			continue;
		g_assert_cmpuint(n, >=, (pieces - 1) * table[i].n_tokens);
	}
}

static void
test_too_many_attributes_are_reported(void)
{
	g_autoptr(GString) text = g_string_new("<a");

	for (int i = 0; i < 1000; i++)
		g_string_append_printf(text, " a%d=%d", i, i);
	g_string_append(text, "><a");
	for (int i = 0; i < 1001; i++)
		g_string_append_printf(text, " a%d=%d", i, i);
	g_string_append_c(text, '>');
	g_autoptr(HishoHtml) html = hisho_html_new(text->str, text->len);
	const HishoHtmlToken *token = hisho_html_next(html);
	g_assert_cmpuint(token->n_attributes, ==, 1000);
	g_assert_cmpstr(hisho_html_attribute(token, "a999"), ==, "999");
	g_assert_false(hisho_html_limit_reached(html));
	token = hisho_html_next(html);
	g_assert_cmpuint(token->n_attributes, ==, 1000);
	g_assert_null(hisho_html_attribute(token, "a1000"));
	g_assert_true(hisho_html_limit_reached(html));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html/attributes-are-read-as-browsers-do",
	    test_attributes_are_read_as_browsers_do);
	g_test_add_func("/html/what-looks-like-markup-may-be-none",
	    test_what_looks_like_markup_may_be_none);
	g_test_add_func(
	    "/html/comments-end-in-many-ways", test_comments_end_in_many_ways);
	g_test_add_func("/html/raw-text-ends-with-its-own-tag-only",
	    test_raw_text_ends_with_its_own_tag_only);
	g_test_add_func("/html/foreign-content-holds-markup",
	    test_foreign_content_holds_markup);
	g_test_add_func("/html/nul-is-kept-or-replaced-as-the-rules-say",
	    test_nul_is_kept_or_replaced_as_the_rules_say);
	g_test_add_func("/html/offsets-count-bytes-of-the-source",
	    test_offsets_count_bytes_of_the_source);
	g_test_add_func("/html/hostile-text-takes-linear-time",
	    test_hostile_text_takes_linear_time);
	g_test_add_func("/html/too-many-attributes-are-reported",
	    test_too_many_attributes_are_reported);
	return g_test_run();
}
