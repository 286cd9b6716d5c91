#include "libhisho/links/html.h"

#include <string.h>

#include "libhisho/links/entity.h"

/* Real mail has some 40 at most.  A new name is compared with all before it,
 * which stays cheap up to here. */
#define ATTRIBUTES_MAX 1000

#define REPLACEMENT "\xEF\xBF\xBD"

/* Where a script stands (13.2.5.18 to 31): after "<!--" it is escaped, and
 * after "<script" within that twice, so that "</script>" does not end it. */
typedef enum {
	SCRIPT_PLAIN,
	SCRIPT_ESCAPED,
	SCRIPT_DOUBLY_ESCAPED,
} ScriptState;

/* An attribute while its tag is read: places in the arena, which moves. */
typedef struct {
	size_t name;
	size_t value;
	size_t value_length;
	size_t offset;
} Draft;

struct HishoHtml {
	const char *text;
	size_t length;
	size_t at;

	HishoHtmlModel model;
	ScriptState script;
	bool foreign;
	bool limit_reached;
	bool opened;	/* the last token was a start tag */
	char *raw_name; /* the element whose end tag ends the raw text */

	HishoHtmlToken token;
	HishoEntity entity;
	GString *arena;	     /* names and values of one tag */
	GString *normalized; /* one value, its line ends and NULs mended */
	guint n_seen;	     /* attributes of the tag, duplicates too */
	GArray *drafts;
	GArray *hashes; /* of the names, to tell duplicates fast */
	GArray *attributes;
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

	html->text = text;
	html->length = length;
	html->arena = g_string_new(NULL);
	html->normalized = g_string_new(NULL);
	html->drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
	html->hashes = g_array_new(FALSE, FALSE, sizeof(guint));
	html->attributes =
	    g_array_new(FALSE, FALSE, sizeof(HishoHtmlAttribute));
	return html;
}

void
hisho_html_free(HishoHtml *html)
{
	if (html == NULL)
		return;
	g_string_free(html->arena, TRUE);
	g_string_free(html->normalized, TRUE);
	g_array_unref(html->drafts);
	g_array_unref(html->hashes);
	g_array_unref(html->attributes);
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
	return html->limit_reached;
}

const char *
hisho_html_attribute(const HishoHtmlToken *token, const char *name)
{
	for (size_t i = 0; i < token->n_attributes; i++)
		if (strcmp(token->attributes[i].name, name) == 0)
			return token->attributes[i].value;
	return NULL;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static bool
ends_name(char c)
{
	return is_space(c) || c == '/' || c == '>';
}

static bool
starts_with(const HishoHtml *html, size_t at, const char *word)
{
	size_t length = strlen(word);

	return html->length - at >= length &&
	    g_ascii_strncasecmp(html->text + at, word, length) == 0;
}

static void
skip_space(HishoHtml *html)
{
	while (html->at < html->length && is_space(html->text[html->at]))
		html->at++;
}

/* Makes everything from START to the place reached the next token. */
static HishoHtmlToken *
set_token(HishoHtml *html, HishoHtmlKind kind, size_t start)
{
	html->token = (HishoHtmlToken){
		.kind = kind,
		.offset = start,
		.length = html->at - start,
		.text = html->text + start,
		.text_length = html->at - start,
	};
	return &html->token;
}

/* TAKEN bytes stand for TEXT. */
static bool
emit_text(HishoHtml *html, size_t taken, const char *text, size_t length)
{
	size_t start = html->at;

	html->at += taken;
	HishoHtmlToken *token = set_token(html, HISHO_HTML_TEXT, start);
	token->text = text;
	token->text_length = length;
	return true;
}

/* The byte reached is nothing but itself. */
static bool
emit_byte(HishoHtml *html)
{
	return emit_text(html, 1, html->text + html->at, 1);
}

/* Appends a name in lower case; the place where it begins in the arena. */
static size_t
keep_name(HishoHtml *html, const char *name, size_t length)
{
	size_t place = html->arena->len;

	for (size_t i = 0; i < length; i++)
		if (name[i] == '\0')
			g_string_append(html->arena, REPLACEMENT);
		else
			g_string_append_c(
			    html->arena, g_ascii_tolower(name[i]));
	g_string_append_c(html->arena, '\0');
	return place;
}

/* NUL to U+FFFD, CR and CRLF to LF (13.2.3.5); only where there are any. */
static void
normalize(GString *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\0')
			g_string_append(out, REPLACEMENT);
		else if (text[i] != '\r')
			g_string_append_c(out, text[i]);
		else if (i + 1 == length || text[i + 1] != '\n')
			g_string_append_c(out, '\n');
}

static void
keep_value(HishoHtml *html, Draft *draft, const char *value, size_t length)
{
	if (memchr(value, '\r', length) || memchr(value, '\0', length)) {
		g_string_truncate(html->normalized, 0);
		normalize(html->normalized, value, length);
		value = html->normalized->str;
		length = html->normalized->len;
	}
	draft->value = html->arena->len;
	hisho_entity_append_decoded(
	    html->arena, value, length, HISHO_ENTITY_IN_ATTRIBUTE);
	draft->value_length = html->arena->len - draft->value;
	g_string_append_c(html->arena, '\0');
}

/* Whether the tag has no attribute of this name yet; remembers it. */
static bool
is_new_name(HishoHtml *html, size_t place)
{
	const char *name = html->arena->str + place;
	guint hash = g_str_hash(name);
	const guint *hashes = (const guint *)(const void *)html->hashes->data;

	for (guint i = 0; i < html->hashes->len; i++) {
		const Draft *other = &g_array_index(html->drafts, Draft, i);
		if (hashes[i] == hash &&
		    strcmp(html->arena->str + other->name, name) == 0)
			return false;
	}
	g_array_append_val(html->hashes, hash);
	return true;
}

/* The value after '=' (13.2.5.35 to 38), as written, and its end. */
static const char *
read_value(HishoHtml *html, size_t *length)
{
	skip_space(html);
	const char *text = html->text + html->at;
	size_t left = html->length - html->at;
	bool quoted = left > 0 && (*text == '"' || *text == '\'');

	if (quoted) {
		const char *end = memchr(text + 1, *text, left - 1);
		*length = end ? (size_t)(end - text) - 1 : left - 1;
		html->at += *length + (end ? 2 : 1);
		return text + 1;
	}
	*length = 0;
	while (
	    *length < left && !is_space(text[*length]) && text[*length] != '>')
		++*length;
	html->at += *length;
	return text;
}

/* One attribute (13.2.5.32 to 39).  '=' may begin a name. */
static void
read_attribute(HishoHtml *html)
{
	size_t start = html->at++;
	const char *name = html->text + start;
	const char *value = NULL;
	size_t value_length = 0;

	while (html->at < html->length && html->text[html->at] != '=' &&
	    !ends_name(html->text[html->at]))
		html->at++;
	size_t name_length = html->at - start;
	skip_space(html);
	if (html->at < html->length && html->text[html->at] == '=') {
		html->at++;
		value = read_value(html, &value_length);
	}
	if (html->n_seen++ >= ATTRIBUTES_MAX) {
		html->limit_reached = true;
		return;
	}
	Draft draft = { .offset = (value ? value : name) - html->text };
	draft.name = keep_name(html, name, name_length);
	if (!is_new_name(html, draft.name)) {
		g_string_truncate(html->arena, draft.name);
		return;
	}
	keep_value(html, &draft, value ? value : "", value_length);
	g_array_append_val(html->drafts, draft);
}

static void
publish_attributes(HishoHtml *html)
{
	const char *arena = html->arena->str;

	g_array_set_size(html->attributes, 0);
	for (guint i = 0; i < html->drafts->len; i++) {
		const Draft *draft = &g_array_index(html->drafts, Draft, i);
		HishoHtmlAttribute attribute = {
			.name = arena + draft->name,
			.value = arena + draft->value,
			.value_length = draft->value_length,
			.offset = draft->offset,
		};
		g_array_append_val(html->attributes, attribute);
	}
	html->token.attributes =
	    (const HishoHtmlAttribute *)(const void *)html->attributes->data;
	html->token.n_attributes = html->attributes->len;
}

/* A tag from its name on; START is where its '<' stands. */
static bool
read_tag(HishoHtml *html, HishoHtmlKind kind, size_t start)
{
	size_t name = html->at;
	bool self_closing = false;

	g_string_truncate(html->arena, 0);
	html->n_seen = 0;
	g_array_set_size(html->drafts, 0);
	g_array_set_size(html->hashes, 0);
	while (html->at < html->length && !ends_name(html->text[html->at]))
		html->at++;
	keep_name(html, html->text + name, html->at - name);
	for (;;) {
		skip_space(html);
		if (html->at == html->length)
			return false;
		char c = html->text[html->at];
		if (c == '>')
			break;
		self_closing = c == '/';
		if (self_closing)
			html->at++;
		else
			read_attribute(html);
	}
	self_closing = html->text[html->at - 1] == '/' && self_closing;
	html->at++;
	HishoHtmlToken *token = set_token(html, kind, start);
	token->name = html->arena->str;
	token->self_closing = self_closing;
	publish_attributes(html);
	html->opened = kind == HISHO_HTML_START_TAG;
	return true;
}

/* A comment from CONTENT to the next '>', or to the end. */
static bool
read_bogus_comment(HishoHtml *html, size_t content, HishoHtmlKind kind)
{
	size_t start = html->at;
	const char *text = html->text + content;
	const char *end = memchr(text, '>', html->length - content);

	html->at = end ? (size_t)(end - html->text) + 1 : html->length;
	HishoHtmlToken *token = set_token(html, kind, start);
	token->text = text;
	token->text_length = html->at - content - (end ? 1 : 0);
	return true;
}

/* The name after "<!doctype"; in every state '>' is its end (13.2.5.53 on).*/
static bool
read_doctype(HishoHtml *html)
{
	size_t name = html->at + strlen("<!doctype");

	read_bogus_comment(html, html->at + 2, HISHO_HTML_DOCTYPE);
	while (name < html->at && is_space(html->text[name]))
		name++;
	size_t end = name;
	while (end < html->at && html->text[end] != '>' &&
	    !is_space(html->text[end]))
		end++;
	g_string_truncate(html->arena, 0);
	keep_name(html, html->text + name, end - name);
	html->token.name = end > name ? html->arena->str : NULL;
	return true;
}

/* How many bytes before I, where a '>' or the end is, close a comment; 0 if
 * none do. */
static size_t
dashes_before(const char *text, size_t i)
{
	if (i >= 3 && memcmp(text + i - 3, "--!", 3) == 0)
		return 3;
	if (i >= 2 && memcmp(text + i - 2, "--", 2) == 0)
		return 2;
	return 0;
}

/* The same before the '>' at I: "<!--->" is a comment too. */
static size_t
closing_dashes(const char *text, size_t i)
{
	return i == 1 && *text == '-' ? 1 : dashes_before(text, i);
}

/* The same of a comment that never ends (13.2.5.43 to 52). */
static size_t
open_dashes(const char *text, size_t length)
{
	size_t dashes = dashes_before(text, length);

	if (dashes > 0)
		return dashes;
	return length > 0 && text[length - 1] == '-' ? 1 : 0;
}

static bool
read_comment(HishoHtml *html)
{
	size_t start = html->at;
	const char *text = html->text + start + strlen("<!--");
	size_t left = html->text + html->length - text;
	size_t i = 0;
	size_t cut = 0;

	for (bool ended = false; !ended; i += !ended) {
		const char *gt = memchr(text + i, '>', left - i);
		i = gt != NULL ? (size_t)(gt - text) : left;
		cut = gt != NULL ? closing_dashes(text, i)
				 : open_dashes(text, left);
		ended = gt == NULL || cut > 0 || i == 0;
	}
	html->at = text + i - html->text + (i < left ? 1 : 0);
	HishoHtmlToken *token = set_token(html, HISHO_HTML_COMMENT, start);
	token->text = text;
	token->text_length = i - cut;
	return true;
}

/* "<!" and what comes after it (13.2.5.42). */
static bool
read_declaration(HishoHtml *html)
{
	if (starts_with(html, html->at, "<!--"))
		return read_comment(html);
	if (starts_with(html, html->at, "<!doctype"))
		return read_doctype(html);
	if (html->foreign && starts_with(html, html->at, "<![CDATA[")) {
		html->at += strlen("<![CDATA[");
		html->model = HISHO_HTML_CDATA;
		return false;
	}
	return read_bogus_comment(html, html->at + 2, HISHO_HTML_COMMENT);
}

/* "</" and what comes after it (13.2.5.7). */
static bool
read_end(HishoHtml *html)
{
	size_t start = html->at;
	char next = start + 2 < html->length ? html->text[start + 2] : '\0';

	if (start + 2 == html->length)
		return emit_text(html, 2, html->text + start, 2);
	if (next == '>') {
		html->at += 3;
		return false;
	}
	if (!g_ascii_isalpha(next))
		return read_bogus_comment(html, start + 2, HISHO_HTML_COMMENT);
	html->at += 2;
	return read_tag(html, HISHO_HTML_END_TAG, start);
}

/* A '<' among ordinary markup (13.2.5.6). */
static bool
read_markup(HishoHtml *html)
{
	size_t start = html->at;
	char next = start + 1 < html->length ? html->text[start + 1] : '\0';

	if (next == '/')
		return read_end(html);
	if (next == '!')
		return read_declaration(html);
	if (next == '?')
		return read_bogus_comment(html, start + 1, HISHO_HTML_COMMENT);
	if (!g_ascii_isalpha(next))
		return emit_byte(html);
	html->at++;
	return read_tag(html, HISHO_HTML_START_TAG, start);
}

/* Whether the '<' reached begins PREFIX NAME, as a whole word. */
static bool
is_word(const HishoHtml *html, const char *prefix, const char *name)
{
	size_t at = html->at + strlen(prefix);
	size_t end = at + strlen(name);

	return starts_with(html, html->at, prefix) && end < html->length &&
	    starts_with(html, at, name) && ends_name(html->text[end]);
}

/* A '<' in a script: may begin, or deepen, or end its escaped part. */
static void
follow_script(HishoHtml *html)
{
	if (html->script == SCRIPT_PLAIN) {
		if (starts_with(html, html->at, "<!--"))
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
	size_t start = html->at;
	bool can_end = html->script != SCRIPT_DOUBLY_ESCAPED;

	if (can_end && html->raw_name && is_word(html, "</", html->raw_name)) {
		html->at += 2;
		html->model = HISHO_HTML_DATA;
		return read_tag(html, HISHO_HTML_END_TAG, start);
	}
	if (html->model == HISHO_HTML_SCRIPT)
		follow_script(html);
	return emit_byte(html);
}

/* A '>' in a script: "-->" ends its escaped part. */
static bool
read_script_gt(HishoHtml *html)
{
	if (html->at >= 2 && memcmp(html->text + html->at - 2, "--", 2) == 0)
		html->script = SCRIPT_PLAIN;
	return emit_byte(html);
}

static bool
read_reference(HishoHtml *html)
{
	size_t taken = hisho_entity_read(html->text + html->at,
	    html->length - html->at, HISHO_ENTITY_IN_TEXT, &html->entity);

	if (taken == 0)
		return emit_byte(html);
	return emit_text(html, taken, html->entity.text, html->entity.length);
}

/* CR and CRLF count as LF. */
static bool
read_line_end(HishoHtml *html)
{
	if (!starts_with(html, html->at, "\r\n"))
		return emit_text(html, 1, "\n", 1);
	html->at++;
	return false;
}

static bool
read_bracket(HishoHtml *html)
{
	if (!starts_with(html, html->at, "]]>"))
		return emit_byte(html);
	html->at += 3;
	html->model = HISHO_HTML_DATA;
	return false;
}

/* What begins with a special byte; true when a token came of it. */
static bool
read_special(HishoHtml *html)
{
	switch (html->text[html->at]) {
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
		return emit_text(html, 1, REPLACEMENT, strlen(REPLACEMENT));
	}
}

/* The text up to the next special byte, if there is any before it. */
static bool
read_text(HishoHtml *html)
{
	guint8 bit = 1 << html->model;
	const guint8 *text = (const guint8 *)html->text;
	size_t end = html->at;

	while (end < html->length && !(special[text[end]] & bit))
		end++;
	if (end == html->at)
		return false;
	return emit_text(
	    html, end - html->at, html->text + html->at, end - html->at);
}

/* Takes the model of the element just opened, unless it is foreign. */
static void
settle_model(HishoHtml *html)
{
	if (!html->opened)
		return;
	html->opened = false;
	for (size_t i = 0; i < G_N_ELEMENTS(raw_elements); i++)
		if (!html->foreign &&
		    strcmp(html->token.name, raw_elements[i].name) == 0)
			hisho_html_enter(
			    html, raw_elements[i].model, html->token.name);
}

const HishoHtmlToken *
hisho_html_next(HishoHtml *html)
{
	bool found = false;

	settle_model(html);
	while (!found && html->at < html->length)
		found = read_text(html) || read_special(html);
	return found ? &html->token : NULL;
}
