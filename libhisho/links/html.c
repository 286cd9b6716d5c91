#include "libhisho/links/html.h"

#include <string.h>

#include "libhisho/links/entity.h"
#include "libhisho/links/markup.h"
#include "libhisho/links/tag.h"

/* Where a script stands (13.2.5.18 to 31): after "<!--" it is escaped, and
 * after "<script" within that twice, so that "</script>" does not end it. */
typedef enum {
	SCRIPT_PLAIN,
	SCRIPT_ESCAPED,
	SCRIPT_DOUBLY_ESCAPED,
} ScriptState;

struct HishoHtml {
	HishoScan scan;
	HishoTag *tag;
	HishoEntity entity;

	HishoHtmlModel model;
	ScriptState script;
	bool foreign;
	bool opened;	/* the last token was a start tag */
	char *raw_name; /* the element whose end tag ends the raw text */
};

/* Elements whose content is no markup (13.2.6.4).  noscript is not among
 * them: no mail program runs scripts. */
static const struct {
	const char *name;
	HishoHtmlModel model;
} raw_elements[] = {
	{ "title", HISHO_HTML_RCDATA },
	{ "textarea", HISHO_HTML_RCDATA },
	{ "style", HISHO_HTML_RAWTEXT },
	{ "xmp", HISHO_HTML_RAWTEXT },
	{ "iframe", HISHO_HTML_RAWTEXT },
	{ "noembed", HISHO_HTML_RAWTEXT },
	{ "noframes", HISHO_HTML_RAWTEXT },
	{ "script", HISHO_HTML_SCRIPT },
	{ "plaintext", HISHO_HTML_PLAINTEXT },
};

#define IN(model) (1 << HISHO_HTML_##model)

/* The models in which a byte is more than itself. */
static const guint8 special[256] = {
	['<'] = IN(DATA) | IN(RCDATA) | IN(RAWTEXT) | IN(SCRIPT),
	['&'] = IN(DATA) | IN(RCDATA),
	['>'] = IN(SCRIPT),
	[']'] = IN(CDATA),
	['\0'] = IN(RCDATA) | IN(RAWTEXT) | IN(SCRIPT) | IN(PLAINTEXT),
	['\r'] = IN(DATA) | IN(RCDATA) | IN(RAWTEXT) | IN(SCRIPT) |
	    IN(PLAINTEXT) | IN(CDATA),
};

HishoHtml *
hisho_html_new(const char *text, size_t length)
{
	HishoHtml *html = g_new0(HishoHtml, 1);

	html->scan.text = text;
	html->scan.length = length;
	html->tag = hisho_tag_new();
	return html;
}

void
hisho_html_free(HishoHtml *html)
{
	if (html == NULL)
		return;
	hisho_tag_free(html->tag);
	g_free(html->raw_name);
	g_free(html);
}

void
hisho_html_set_foreign(HishoHtml *html, bool foreign)
{
	html->foreign = foreign;
}

void
hisho_html_enter(HishoHtml *html, HishoHtmlModel model, const char *name)
{
	html->model = model;
	html->script = SCRIPT_PLAIN;
	g_free(html->raw_name);
	html->raw_name = g_strdup(name);
}

bool
hisho_html_limit_reached(const HishoHtml *html)
{
	return hisho_tag_limit_reached(html->tag);
}

const char *
hisho_html_attribute(const HishoHtmlToken *token, const char *name)
{
	for (size_t i = 0; i < token->n_attributes; i++)
		if (token->attributes[i].name[0] == name[0] &&
		    strcmp(token->attributes[i].name, name) == 0)
			return token->attributes[i].value;
	return NULL;
}

size_t
hisho_html_rest(const HishoHtml *html)
{
	return html->scan.token.offset + html->scan.token.length;
}

bool
hisho_html_attribute_is(
    const HishoHtmlToken *token, const char *name, const char *value)
{
	const char *found = hisho_html_attribute(token, name);

	return found != NULL && g_ascii_strcasecmp(found, value) == 0;
}

/* A '<' among ordinary markup.  In foreign content it may begin a section
 * without any (13.2.5.42). */
static bool
read_markup(HishoHtml *html)
{
	HishoScan *scan = &html->scan;

	if (html->foreign &&
	    hisho_scan_starts_with(scan, scan->at, "<![CDATA[")) {
		scan->at += strlen("<![CDATA[");
		html->model = HISHO_HTML_CDATA;
		return false;
	}
	return hisho_markup_read(scan, html->tag);
}

/* Whether the '<' reached begins PREFIX NAME, as a whole word. */
static bool
is_word(const HishoHtml *html, const char *prefix, const char *name)
{
	size_t at = html->scan.at + strlen(prefix);
	size_t end = at + strlen(name);

	return hisho_scan_starts_with(&html->scan, html->scan.at, prefix) &&
	    end < html->scan.length &&
	    hisho_scan_starts_with(&html->scan, at, name) &&
	    hisho_scan_ends_name(html->scan.text[end]);
}

/* A '<' in a script: may begin, or deepen, or end its escaped part. */
static void
follow_script(HishoHtml *html)
{
	if (html->script == SCRIPT_PLAIN) {
		if (hisho_scan_starts_with(&html->scan, html->scan.at, "<!--"))
			html->script = SCRIPT_ESCAPED;
	} else if (html->script == SCRIPT_ESCAPED) {
		if (is_word(html, "<", "script"))
			html->script = SCRIPT_DOUBLY_ESCAPED;
	} else if (is_word(html, "</", "script")) {
		html->script = SCRIPT_ESCAPED;
	}
}

/* A '<' among raw text: the element's own end tag, or just a '<'. */
static bool
read_raw_end(HishoHtml *html)
{
	size_t start = html->scan.at;
	bool can_end = html->script != SCRIPT_DOUBLY_ESCAPED;

	if (can_end && html->raw_name && is_word(html, "</", html->raw_name)) {
		html->scan.at += 2;
		html->model = HISHO_HTML_DATA;
		return hisho_tag_read(
		    html->tag, &html->scan, HISHO_HTML_END_TAG, start);
	}
	if (html->model == HISHO_HTML_SCRIPT)
		follow_script(html);
	return hisho_scan_emit_byte(&html->scan);
}

/* A '>' in a script: "-->" ends its escaped part. */
static bool
read_script_gt(HishoHtml *html)
{
	if (html->scan.at >= 2 &&
	    memcmp(html->scan.text + html->scan.at - 2, "--", 2) == 0)
		html->script = SCRIPT_PLAIN;
	return hisho_scan_emit_byte(&html->scan);
}

static bool
read_reference(HishoHtml *html)
{
	size_t taken = hisho_entity_read(html->scan.text + html->scan.at,
	    html->scan.length - html->scan.at, HISHO_ENTITY_IN_TEXT,
	    &html->entity);

	if (taken == 0)
		return hisho_scan_emit_byte(&html->scan);
	return hisho_scan_emit_text(
	    &html->scan, taken, html->entity.text, html->entity.length);
}

/* CR and CRLF count as LF. */
static bool
read_line_end(HishoHtml *html)
{
	if (!hisho_scan_starts_with(&html->scan, html->scan.at, "\r\n"))
		return hisho_scan_emit_text(&html->scan, 1, "\n", 1);
	html->scan.at++;
	return false;
}

static bool
read_bracket(HishoHtml *html)
{
	if (!hisho_scan_starts_with(&html->scan, html->scan.at, "]]>"))
		return hisho_scan_emit_byte(&html->scan);
	html->scan.at += 3;
	html->model = HISHO_HTML_DATA;
	return false;
}

/* What begins with a special byte; true when a token came of it. */
static bool
read_special(HishoHtml *html)
{
	switch (html->scan.text[html->scan.at]) {
	case '<':
		if (html->model == HISHO_HTML_DATA)
			return read_markup(html);
		return read_raw_end(html);
	case '&':
		return read_reference(html);
	case '>':
		return read_script_gt(html);
	case ']':
		return read_bracket(html);
	case '\r':
		return read_line_end(html);
	default:
		return hisho_scan_emit_text(&html->scan, 1,
		    HISHO_SCAN_REPLACEMENT, strlen(HISHO_SCAN_REPLACEMENT));
	}
}

/* The text up to the next special byte, if there is any before it. */
static bool
read_text(HishoHtml *html)
{
	guint8 bit = 1 << html->model;
	const guint8 *text = (const guint8 *)html->scan.text;
	size_t end = html->scan.at;

	while (end < html->scan.length && !(special[text[end]] & bit))
		end++;
	if (end == html->scan.at)
		return false;
	return hisho_scan_emit_text(&html->scan, end - html->scan.at,
	    html->scan.text + html->scan.at, end - html->scan.at);
}

/* Takes the model of the element just opened, unless it is foreign. */
static void
settle_model(HishoHtml *html)
{
	const char *name = html->scan.token.name;

	if (!html->opened)
		return;
	html->opened = false;
	for (size_t i = 0; i < G_N_ELEMENTS(raw_elements); i++)
		if (!html->foreign && name[0] == raw_elements[i].name[0] &&
		    strcmp(name, raw_elements[i].name) == 0)
			hisho_html_enter(html, raw_elements[i].model, name);
}

const HishoHtmlToken *
hisho_html_next(HishoHtml *html)
{
	bool found = false;

	settle_model(html);
	while (!found && html->scan.at < html->scan.length)
		found = read_text(html) || read_special(html);
	html->opened = found && html->scan.token.kind == HISHO_HTML_START_TAG;
	return found ? &html->scan.token : NULL;
}
