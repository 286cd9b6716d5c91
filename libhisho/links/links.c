#include "libhisho/links/links.h"

#include <stdio.h>
#include <string.h>

#include "libhisho/links/html.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"

/* More hosts than any mail has that is not made to hide one among them. */
#define HOSTS_MAX 20000

#define ANCHOR_TEXT_MAX 200   /* characters */
#define ANCHOR_MAX_BYTES 4096 /* of its text, before blanks are collapsed */
#define TEXT_RUN_MAX 65536    /* bytes; a link cut there is two */
#define STYLE_MAX_BYTES 16384 /* of one attribute, read for what it hides */
#define NAME_MAX_BYTES 253    /* of a host, RFC 1035 2.3.4 */

/* As deep as Blink goes; what is deeper looks as this level does. */
#define DEPTH_MAX 512

/* A link in a text: where it stands, and whether it lacks a scheme. */
typedef struct {
	size_t start;
	size_t end;
	bool bare;
} TextLink;

static bool
is_host_byte(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

static bool
is_url_byte(char c)
{
	return g_ascii_isgraph(c) && strchr("<>\"`", c) == NULL;
}

static bool
is_known_host(const char *text, size_t length)
{
	g_autofree char *host = g_strndup(text, length);
	g_autofree char *ascii = g_str_is_ascii(host)
	    ? g_ascii_strdown(host, -1)
	    : hisho_domain_to_ascii(host);

	return ascii != NULL && hisho_domain_has_known_suffix(ascii);
}

/* Where a host ends that begins at AT and has other letters than ASCII in it:
 * at the end of the word, or before the other letters its last label ends in,
 * whichever has a known suffix.  AT if neither does. */
static size_t
find_idn_end(const char *text, size_t length, size_t at)
{
	size_t end = at;
	size_t label = at;

	while (end < length && end - at < NAME_MAX_BYTES) {
		gunichar c =
		    g_utf8_get_char_validated(text + end, length - end);
		if (c >= 0x110000 ||
		    !(c < 0x80 ? is_host_byte((char)c) : g_unichar_isalnum(c)))
			break;
		end += g_unichar_to_utf8(c, NULL);
		if (c == '.')
			label = end;
	}
	if (label == at)
		return at;
	if (is_known_host(text + at, end - at))
		return end;
	while (label < end && is_host_byte(text[label]))
		label++;
	return is_known_host(text + at, label - at) ? label : at;
}

/* How many more of CLOSING than of OPENING there are. */
static gssize
count_unopened(const char *text, size_t length, char opening, char closing)
{
	gssize n = 0;

	for (size_t i = 0; i < length; i++)
		n += (text[i] == closing) - (text[i] == opening);
	return n;
}

/* Without the marks at the end that belong to the sentence around a link; a
 * bracket does when it was not opened in the link. */
static size_t
trim_sentence(const char *text, size_t start, size_t end)
{
	size_t length = end - start;
	gssize round = count_unopened(text + start, length, '(', ')');
	gssize square = count_unopened(text + start, length, '[', ']');

	while (end > start) {
		char last = text[end - 1];
		if (strchr(".,;:!?'*|~)]}\\", last) == NULL ||
		    (last == ')' && round-- <= 0) ||
		    (last == ']' && square-- <= 0))
			break;
		end--;
	}
	return end;
}

/* Where the link ends whose host begins at HOST. */
static size_t
find_link_end(const char *text, size_t length, size_t host)
{
	size_t end = host;

	while (end < length && is_host_byte(text[end]))
		end++;
	if (end < length && (guchar)text[end] >= 0x80)
		end = MAX(end, find_idn_end(text, length, host));
	while (end < length && is_url_byte(text[end]))
		end++;
	return trim_sentence(text, host, end);
}

/* Where the host begins, if the bytes of RUN end in a scheme and its marks
 * follow; START is then the scheme's.  Else 0. */
static size_t
find_scheme_host(
    const char *text, size_t length, const TextLink *run, size_t *start)
{
	static const struct {
		const char *name;
		const char *marks;
	} schemes[] = { { "https", "://" }, { "http", "://" },
		{ "hxxps", "://" }, { "hxxp", "://" }, { "ftp", "://" },
		{ "mailto", ":" } };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t letters = strlen(schemes[i].name);
		size_t marks = strlen(schemes[i].marks);
		if (run->end - run->start < letters ||
		    length - run->end < marks)
			continue;
		*start = run->end - letters;
		if (memcmp(text + run->end, schemes[i].marks, marks) == 0 &&
		    g_ascii_strncasecmp(
			text + *start, schemes[i].name, letters) == 0)
			return run->end + marks;
	}
	return 0;
}

/* Whether a name of two labels is as likely a file, or two words that a stop
 * without a blank stands between, as a host. */
static bool
is_doubtful(const char *name, size_t length)
{
	static const char *const suffixes[] = { "pl", "py", "sh", "rs", "md",
		"ps", "cc", "zip", "mov", "java", "app", "in", "it", "is", "no",
		"to", "as", "my", "so", "do", "be", "am", "id", "me", "us",
		"at" };
	const char *dot = memrchr(name, '.', length);
	size_t n = name + length - (dot + 1);

	if (memchr(name, '.', dot - name) != NULL)
		return false;
	if (dot == name + 1 ||
	    (g_ascii_isupper(dot[1]) && g_ascii_islower(dot[-1])))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (strlen(suffixes[i]) == n &&
		    g_ascii_strncasecmp(dot + 1, suffixes[i], n) == 0)
			return true;
	return false;
}

/* Whether what goes on at AT leaves the name before it whole. */
static bool
ends_name(const char *text, size_t length, size_t at)
{
	if (at < length && strchr("/?#", text[at]) != NULL)
		return true;
	while (at < length && text[at] != '\0' &&
	    strchr(".,;:!?", text[at]) != NULL)
		at++;
	return at == length || g_ascii_isspace(text[at]) ||
	    (guchar)text[at] >= 0x80 || g_ascii_isdigit(text[at]) ||
	    strchr("\"')]>}*|<", text[at]) != NULL;
}

/* Whether the host bytes of RUN are a host by themselves: neither part of an
 * e-mail address nor of a path. */
static bool
is_bare_host(const char *text, size_t length, const TextLink *run)
{
	const char *name = text + run->start;
	size_t n = run->end - run->start;
	char before = run->start > 0 ? name[-1] : ' ';
	bool www = n > 4 && g_ascii_strncasecmp(name, "www.", 4) == 0;

	if (n < 4 || n > NAME_MAX_BYTES || memchr(name, '.', n) == NULL ||
	    strchr("@/\\=&%#~$+'", before) != NULL ||
	    !ends_name(text, length, run->end))
		return false;
	/* Nobody writes "www." but before a host, known or not. */
	if (www)
		return memchr(name + 4, '.', n - 4) != NULL;
	bool path = run->end < length && text[run->end] == '/';
	return (path || !is_doubtful(name, n)) && is_known_host(name, n);
}

/* Where LINK ends when a single quote stands before it: at the next one. */
static size_t
find_quote_end(const char *text, const TextLink *link)
{
	const char *start = text + link->start;
	const char *quote = NULL;

	if (link->start > 0 && start[-1] == '\'')
		quote = memchr(start, '\'', link->end - link->start);
	return quote != NULL ? (size_t)(quote - text) : link->end;
}

/* The link that the bytes of RUN begin or are, if any. */
static bool
read_text_link(
    const char *text, size_t length, const TextLink *run, TextLink *link)
{
	size_t host = find_scheme_host(text, length, run, &link->start);

	link->bare = host == 0;
	if (host > 0) {
		link->end = find_link_end(text, length, host);
		link->end = find_quote_end(text, link);
		return link->end > host;
	}
	*link = *run;
	while (link->start < link->end && !g_ascii_isalnum(text[link->start]))
		link->start++;
	while (link->end > link->start && !g_ascii_isalnum(text[link->end - 1]))
		link->end--;
	if (!is_bare_host(text, length, link))
		return false;
	/* Only a path, a query or a port goes on after it. */
	if (link->end < length && strchr("/?#:", text[link->end]) != NULL)
		link->end = find_link_end(text, length, link->start);
	return true;
}

/* The next link of TEXT from *AT on, which moves behind it.  No byte is
 * looked at more than a fixed number of times. */
static bool
find_text_link(const char *text, size_t length, size_t *at, TextLink *link)
{
	while (*at < length) {
		TextLink run = { .start = *at, .end = *at, .bare = true };
		while (run.end < length && is_host_byte(text[run.end]))
			run.end++;
		*at = MAX(run.end, *at + 1);
		if (run.end > run.start &&
		    read_text_link(text, length, &run, link)) {
			*at = link->end;
			return true;
		}
	}
	return false;
}

/* Why a reader does not see what stands in an element; each holds for all in
 * it, unless said otherwise. */
typedef struct {
	guint name; /* its hash: a stranger's name needs no keeping */
	guint flags;
	const char *gone; /* the reason, once and for all */
	bool invisible;	  /* until a descendant is visible */
	bool tiny;	  /* until a descendant has another size */
	bool alien;	  /* an element of SVG or MathML */
	bool foreign;	  /* what stands in it is, too */
	gint32 color;	  /* 0xRRGGBB, -1 where nobody can tell */
	gint32 background;
} Element;

/* The open elements, without a tree. */
typedef struct {
	GArray *open; /* of Element; the first stands for the page */
	size_t n_deeper;
	size_t lowest; /* depth between the last tag's ends and its start */
	gint32 link_color;
} Sight;

enum {
	EMPTY = 1 << 0,	  /* has no end tag */
	BLOCK = 1 << 1,	  /* ends a run of text, and an open p */
	WALL = 1 << 2,	  /* no end tag reaches beyond it */
	FORMAT = 1 << 3,  /* its end tag reaches through blocks */
	TABLE = 1 << 4,	  /* its end tag reaches to the table */
	HEAD = 1 << 5,	  /* may stand in the head */
	UNSEEN = 1 << 6,  /* nothing in it is shown */
	PAGE = 1 << 7,	  /* its end tag ends nothing */
	FOREIGN = 1 << 8, /* svg, math */
	ISLAND = 1 << 9,  /* HTML again in the midst of them */
	IS_P = 1 << 10,
	IS_ITEM = 1 << 11,
	IS_TERM = 1 << 12,
	IS_CELL = 1 << 13,
	IS_ROW = 1 << 14,
	IS_ANCHOR = 1 << 15,
	IS_HEAD = 1 << 16,
	IS_TABLE = 1 << 17,
};

/* What matters of the parsing rules (WHATWG 13.2.6): which open elements a
 * start tag ends, and how far an end tag reaches. */
static const struct {
	const char *name;
	guint flags;
	guint ends;
} elements[] = {
	{ "a", FORMAT | IS_ANCHOR, IS_ANCHOR },
	{ "address", BLOCK, IS_P },
	{ "annotation-xml", ISLAND, 0 },
	{ "area", EMPTY, 0 },
	{ "article", BLOCK, IS_P },
	{ "aside", BLOCK, IS_P },
	{ "b", FORMAT, 0 },
	{ "base", EMPTY | HEAD, 0 },
	{ "basefont", EMPTY | HEAD, 0 },
	{ "bgsound", EMPTY | HEAD, 0 },
	{ "big", FORMAT, 0 },
	{ "blockquote", BLOCK, IS_P },
	{ "body", BLOCK | PAGE, IS_HEAD },
	{ "br", EMPTY | BLOCK, 0 },
	{ "button", WALL, 0 },
	{ "caption", BLOCK | WALL, 0 },
	{ "center", BLOCK, IS_P },
	{ "code", FORMAT, 0 },
	{ "col", EMPTY, 0 },
	{ "dd", BLOCK | IS_TERM, IS_P | IS_TERM },
	{ "desc", ISLAND, 0 },
	{ "dir", BLOCK, IS_P },
	{ "div", BLOCK, IS_P },
	{ "dl", BLOCK | WALL, IS_P },
	{ "dt", BLOCK | IS_TERM, IS_P | IS_TERM },
	{ "em", FORMAT, 0 },
	{ "embed", EMPTY, 0 },
	{ "fieldset", BLOCK, IS_P },
	{ "font", FORMAT, 0 },
	{ "footer", BLOCK, IS_P },
	{ "foreignobject", ISLAND, 0 },
	{ "form", BLOCK, IS_P },
	{ "frame", EMPTY, 0 },
	{ "h1", BLOCK, IS_P },
	{ "h2", BLOCK, IS_P },
	{ "h3", BLOCK, IS_P },
	{ "h4", BLOCK, IS_P },
	{ "h5", BLOCK, IS_P },
	{ "h6", BLOCK, IS_P },
	{ "head", BLOCK | HEAD | IS_HEAD | UNSEEN, 0 },
	{ "header", BLOCK, IS_P },
	{ "hr", EMPTY | BLOCK, IS_P },
	{ "html", BLOCK | PAGE | HEAD, 0 },
	{ "i", FORMAT, 0 },
	{ "iframe", UNSEEN, 0 },
	{ "image", EMPTY, 0 },
	{ "img", EMPTY, 0 },
	{ "input", EMPTY, 0 },
	{ "li", BLOCK | IS_ITEM, IS_P | IS_ITEM },
	{ "link", EMPTY | HEAD, 0 },
	{ "main", BLOCK, IS_P },
	{ "map", 0, 0 },
	{ "marquee", WALL, 0 },
	{ "math", FOREIGN, 0 },
	{ "menu", BLOCK | WALL, IS_P },
	{ "meta", EMPTY | HEAD, 0 },
	{ "nav", BLOCK, IS_P },
	{ "nobr", FORMAT, 0 },
	{ "noembed", UNSEEN, 0 },
	{ "noframes", UNSEEN | HEAD, 0 },
	{ "noscript", HEAD, 0 },
	{ "object", WALL, 0 },
	{ "ol", BLOCK | WALL, IS_P },
	{ "option", BLOCK, 0 },
	{ "p", BLOCK | IS_P, IS_P },
	{ "param", EMPTY, 0 },
	{ "pre", BLOCK, IS_P },
	{ "s", FORMAT, 0 },
	{ "script", UNSEEN | HEAD, 0 },
	{ "section", BLOCK, IS_P },
	{ "select", BLOCK, 0 },
	{ "small", FORMAT, 0 },
	{ "source", EMPTY, 0 },
	{ "strike", FORMAT, 0 },
	{ "strong", FORMAT, 0 },
	{ "style", UNSEEN | HEAD, 0 },
	{ "svg", FOREIGN, 0 },
	{ "table", BLOCK | WALL | TABLE | IS_TABLE, 0 },
	{ "tbody", BLOCK | TABLE, IS_CELL | IS_ROW },
	{ "td", BLOCK | WALL | TABLE | IS_CELL, IS_CELL },
	{ "template", UNSEEN | WALL | HEAD, 0 },
	{ "textarea", BLOCK, 0 },
	{ "tfoot", BLOCK | TABLE, IS_CELL | IS_ROW },
	{ "th", BLOCK | WALL | TABLE | IS_CELL, IS_CELL },
	{ "thead", BLOCK | TABLE, IS_CELL | IS_ROW },
	{ "title", UNSEEN | HEAD | ISLAND, 0 },
	{ "tr", BLOCK | TABLE | IS_ROW, IS_CELL | IS_ROW },
	{ "track", EMPTY, 0 },
	{ "tt", FORMAT, 0 },
	{ "u", FORMAT, 0 },
	{ "ul", BLOCK | WALL, IS_P },
	{ "wbr", EMPTY, 0 },
	{ "xmp", BLOCK, IS_P },
};

/* The row of elements[] for NAME, or -1: a plain inline element. */
static int
find_element(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(elements); i++)
		if (elements[i].name[0] == name[0] &&
		    strcmp(elements[i].name, name) == 0)
			return (int)i;
	return -1;
}

static guint
element_flags(const char *name)
{
	int row = find_element(name);

	return row >= 0 ? elements[row].flags : 0;
}

static Element *
sight_top(const Sight *sight)
{
	return &g_array_index(sight->open, Element, sight->open->len - 1);
}

static void
sight_init(Sight *sight)
{
	const Element page = { .color = 0x000000, .background = 0xFFFFFF };

	*sight = (Sight){ .link_color = 0x0000EE };
	sight->open = g_array_new(FALSE, FALSE, sizeof(Element));
	g_array_append_val(sight->open, page);
}

static size_t
sight_depth(const Sight *sight)
{
	return sight->open->len + sight->n_deeper;
}

/* Nearly the same: nobody reads #FDFDFD on white. */
static bool
is_like(gint32 a, gint32 b)
{
	if (a < 0 || b < 0)
		return false;
	for (int shift = 0; shift <= 16; shift += 8)
		if (ABS((a >> shift & 255) - (b >> shift & 255)) > 12)
			return false;
	return true;
}

/* Why text would not be seen here; NULL when it would. */
static const char *
sight_reason(const Sight *sight)
{
	const Element *top = sight_top(sight);

	if (top->gone != NULL)
		return top->gone;
	if (top->invisible)
		return "visibility";
	if (top->tiny)
		return "font-size";
	return is_like(top->color, top->background) ? "color" : NULL;
}

static gint32
parse_color(const char *text)
{
	static const struct {
		const char *name;
		gint32 color;
	} names[] = {
		{ "white", 0xFFFFFF },
		{ "black", 0x000000 },
		{ "snow", 0xFFFAFA },
		{ "ivory", 0xFFFFF0 },
		{ "whitesmoke", 0xF5F5F5 },
		{ "ghostwhite", 0xF8F8FF },
		{ "floralwhite", 0xFFFAF0 },
		{ "red", 0xFF0000 },
		{ "green", 0x008000 },
		{ "blue", 0x0000FF },
		{ "yellow", 0xFFFF00 },
		{ "silver", 0xC0C0C0 },
		{ "gray", 0x808080 },
		{ "grey", 0x808080 },
		{ "navy", 0x000080 },
		{ "orange", 0xFFA500 },
		{ "lightgray", 0xD3D3D3 },
		{ "lightgrey", 0xD3D3D3 },
	};
	guint r, g, b;
	int n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(text, names[i].name) == 0)
			return names[i].color;
	if (sscanf(text, "rgb(%3u , %3u , %3u )%n", &r, &g, &b, &n) == 3 &&
	    n > 0)
		return (
		    gint32)(MIN(r, 255) << 16 | MIN(g, 255) << 8 | MIN(b, 255));
	text += *text == '#';
	size_t digits = strspn(text, "0123456789abcdefABCDEF");
	if (text[digits] != '\0' || (digits != 3 && digits != 6))
		return -1;
	gint32 value = (gint32)strtol(text, NULL, 16);
	if (digits == 6)
		return value;
	return (value >> 8 & 15) * 0x110000 + (value >> 4 & 15) * 0x1100 +
	    (value & 15) * 0x11;
}

/* What the declarations of one style attribute come to. */
typedef struct {
	Element *element;
	bool display_none;
	bool transparent;
	bool zero_size;
	bool cut;
	bool far_away;
} Style;

static void
apply_display(Style *style, const char *value)
{
	style->display_none = strcmp(value, "none") == 0;
}

static void
apply_visibility(Style *style, const char *value)
{
	style->element->invisible = strcmp(value, "visible") != 0 &&
	    (style->element->invisible || strcmp(value, "hidden") == 0 ||
		strcmp(value, "collapse") == 0);
}

static void
apply_opacity(Style *style, const char *value)
{
	char *end;
	double opacity = g_ascii_strtod(value, &end);

	style->transparent = end != value && opacity < 0.02;
}

/* 0 and 1 pixel are no size; a relative size is one of its parent's. */
static void
apply_font_size(Style *style, const char *value)
{
	char *unit;
	double size = g_ascii_strtod(value, &unit);
	bool relative = g_str_has_prefix(unit, "em") || *unit == '%';

	if (unit == value)
		return;
	if (relative)
		style->element->tiny |= size < (*unit == '%' ? 10 : 0.1);
	else
		style->element->tiny =
		    size <= (g_str_has_prefix(unit, "rem") ? 0.1 : 1);
}

static void
apply_font(Style *style, const char *value)
{
	if (g_ascii_isdigit(*value))
		apply_font_size(style, value);
}

static void
apply_size(Style *style, const char *value)
{
	char *unit;
	double size = g_ascii_strtod(value, &unit);

	style->zero_size |= unit != value && size <= 1 && *unit != '%';
}

static void
apply_overflow(Style *style, const char *value)
{
	style->cut = strcmp(value, "hidden") == 0;
}

static void
apply_position(Style *style, const char *value)
{
	style->far_away |= g_ascii_strtod(value, NULL) <= -900;
}

static void
apply_color(Style *style, const char *value)
{
	if (strcmp(value, "inherit") != 0)
		style->element->color = parse_color(value);
}

static void
apply_background(Style *style, const char *value)
{
	if (strcmp(value, "none") == 0 || strcmp(value, "inherit") == 0 ||
	    strcmp(value, "transparent") == 0)
		return;
	style->element->background = parse_color(value);
}

static const struct {
	const char *name;
	void (*apply)(Style *style, const char *value);
} properties[] = {
	{ "display", apply_display },
	{ "visibility", apply_visibility },
	{ "opacity", apply_opacity },
	{ "font-size", apply_font_size },
	{ "font", apply_font },
	{ "width", apply_size },
	{ "height", apply_size },
	{ "max-width", apply_size },
	{ "max-height", apply_size },
	{ "overflow", apply_overflow },
	{ "text-indent", apply_position },
	{ "left", apply_position },
	{ "top", apply_position },
	{ "margin-left", apply_position },
	{ "margin-top", apply_position },
	{ "color", apply_color },
	{ "background", apply_background },
	{ "background-color", apply_background },
};

/* TEXT without comments and with CSS escapes replaced (css-syntax-3, 4.3.7),
 * so that d\69splay is display. */
static char *
dup_css_decoded(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);
	size_t i = 0;

	while (i < length) {
		const char *end = NULL;
		if (text[i] == '/' && i + 1 < length && text[i + 1] == '*') {
			end = memmem(text + i, length - i, "*/", 2);
			i = end ? (size_t)(end - text) + 2 : length;
			continue;
		}
		if (text[i] != '\\' || i + 1 == length) {
			g_string_append_c(out, text[i] ? text[i] : ' ');
			i++;
			continue;
		}
		gunichar c = 0;
		size_t digits = 0;
		for (i++; i < length && digits < 6 && g_ascii_isxdigit(text[i]);
		     i++, digits++)
			c = c * 16 + g_ascii_xdigit_value(text[i]);
		if (digits > 0 && i < length && g_ascii_isspace(text[i]))
			i++;
		if (digits > 0 && c > 0 && g_unichar_validate(c))
			g_string_append_unichar(out, c);
	}
	return g_string_free(out, FALSE);
}

/* One "name: value" of a style, in lower case. */
static void
apply_declaration(Style *style, char *declaration)
{
	char *colon = strchr(declaration, ':');

	if (colon == NULL)
		return;
	*colon = '\0';
	char *mark = strrchr(colon + 1, '!');
	if (mark != NULL)
		*mark = '\0';
	const char *name = g_strstrip(declaration);
	const char *value = g_strstrip(colon + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(properties[i].name, name) == 0)
			properties[i].apply(style, value);
}

static void
apply_style(Element *element, const char *text, size_t length)
{
	Style style = { .element = element };
	g_autofree char *decoded =
	    dup_css_decoded(text, MIN(length, STYLE_MAX_BYTES));
	g_autofree char *lower = g_ascii_strdown(decoded, -1);
	g_auto(GStrv) declarations = g_strsplit(lower, ";", -1);

	for (char **d = declarations; *d != NULL; d++)
		apply_declaration(&style, *d);
	if (style.display_none)
		element->gone = "display";
	else if (style.transparent)
		element->gone = "opacity";
	else if (style.zero_size && style.cut)
		element->gone = "size";
	else if (style.far_away)
		element->gone = "off-screen";
}

/* What the attributes of TAG make of ELEMENT, until now as its parent. */
static void
apply_attributes(Sight *sight, Element *element, const HishoHtmlToken *tag)
{
	for (size_t i = 0; i < tag->n_attributes; i++) {
		const HishoHtmlAttribute *a = &tag->attributes[i];
		if (strcmp(a->name, "hidden") == 0)
			element->gone = "hidden";
		else if (strcmp(a->name, "bgcolor") == 0)
			element->background = parse_color(a->value);
		else if (strcmp(a->name, "background") == 0)
			element->background = -1;
		else if (strcmp(a->name, "text") == 0 ||
		    strcmp(a->name, "color") == 0)
			element->color = parse_color(a->value);
		else if (strcmp(a->name, "link") == 0)
			sight->link_color = parse_color(a->value);
	}
	for (size_t i = 0; i < tag->n_attributes; i++)
		if (strcmp(tag->attributes[i].name, "style") == 0)
			apply_style(element, tag->attributes[i].value,
			    tag->attributes[i].value_length);
}

/* Ends the outermost open element with one of FLAGS that no wall hides. */
static void
sight_end(Sight *sight, guint flags)
{
	guint keep = sight->open->len;

	for (guint i = sight->open->len - 1; i > 0; i--) {
		const Element *e = &g_array_index(sight->open, Element, i);
		if (e->flags & flags)
			keep = i;
		else if (e->flags & WALL)
			break;
	}
	g_array_set_size(sight->open, keep);
}

/* Ends foreign content where an element of HTML proper begins. */
static void
sight_leave_foreign(Sight *sight, guint flags)
{
	if (!(flags & (BLOCK | FORMAT)) || flags & IS_ANCHOR)
		return;
	while (sight_top(sight)->foreign)
		g_array_set_size(sight->open, sight->open->len - 1);
}

/* Opens the element of the start tag TAG. */
static void
sight_open(Sight *sight, const HishoHtmlToken *tag)
{
	int row = find_element(tag->name);
	guint flags = row >= 0 ? elements[row].flags : 0;
	const char *outside = sight_top(sight)->gone;

	sight_leave_foreign(sight, flags);
	if (row >= 0 && elements[row].ends != 0)
		sight_end(sight, elements[row].ends);
	if (!(flags & HEAD) && g_strcmp0(outside, "head") == 0)
		sight_end(sight, IS_HEAD);
	sight->lowest = sight_depth(sight);
	if (flags & EMPTY)
		return;
	if (sight->open->len == DEPTH_MAX) {
		sight->n_deeper++;
		return;
	}
	Element element = *sight_top(sight);
	element.name = g_str_hash(tag->name);
	element.flags = flags;
	element.alien = flags & FOREIGN || element.foreign;
	element.foreign = element.alien && !(flags & ISLAND);
	if (element.alien && tag->self_closing)
		return;
	if (flags & UNSEEN && element.gone == NULL)
		element.gone = elements[row].name;
	if (flags & IS_ANCHOR)
		element.color = sight->link_color;
	const char *gone = element.gone;
	apply_attributes(sight, &element, tag);
	if (gone != NULL)
		element.gone = gone;
	g_array_append_val(sight->open, element);
}

/* How far the end tag of an element with FLAGS reaches. */
static guint
end_tag_limit(guint flags)
{
	if (flags & TABLE)
		return IS_TABLE;
	return flags & (BLOCK | FORMAT | WALL) ? WALL : WALL | BLOCK;
}

/* The place of the open element that an end tag NAME means; 0 for none. */
static guint
find_open(const Sight *sight, const char *name)
{
	guint hash = g_str_hash(name);
	guint limit = end_tag_limit(element_flags(name));

	for (guint i = sight->open->len - 1; i > 0; i--) {
		const Element *e = &g_array_index(sight->open, Element, i);
		if (e->name == hash)
			return i;
		if (e->flags & limit)
			return 0;
	}
	return 0;
}

/* Ends the element NAME, and all that was opened in it. */
static void
sight_close(Sight *sight, const char *name)
{
	guint place = 0;

	if (element_flags(name) & (PAGE | EMPTY))
		return;
	if (sight->n_deeper > 0)
		sight->n_deeper--;
	else
		place = find_open(sight, name);
	if (place > 0)
		g_array_set_size(sight->open, place);
	sight->lowest = sight_depth(sight);
}

static const HishoRecordField link_fields[] = {
	{ "url", HISHO_RECORD_TEXT, offsetof(HishoLink, url), NULL },
	{ "host", HISHO_RECORD_TEXT, offsetof(HishoLink, host), NULL },
	{ "domain", HISHO_RECORD_TEXT, offsetof(HishoLink, domain), NULL },
	{ "kind", HISHO_RECORD_TEXT, offsetof(HishoLink, kind), NULL },
	{ "where", HISHO_RECORD_TEXT, offsetof(HishoLink, where), NULL },
	{ "offset", HISHO_RECORD_NUMBER, offsetof(HishoLink, offset), NULL },
	{ "text", HISHO_RECORD_TEXT, offsetof(HishoLink, text), NULL },
	{ "visible", HISHO_RECORD_TRUTH, offsetof(HishoLink, visible), NULL },
	{ "reason", HISHO_RECORD_TEXT, offsetof(HishoLink, reason), NULL },
	{ "relation", HISHO_RECORD_TEXT, offsetof(HishoLink, relation), NULL },
	{ "reports", HISHO_RECORD_NUMBER, offsetof(HishoLink, reports), NULL },
	{ "findings", HISHO_RECORD_TEXTS, offsetof(HishoLink, findings), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_link_type = { sizeof(HishoLink), link_fields,
	hisho_link_free };

void
hisho_link_free(void *link)
{
	hisho_record_free(&hisho_link_type, link);
}

static const HishoRecordField found_fields[] = {
	{ "links", HISHO_RECORD_MANY, offsetof(HishoLinksFound, links),
	    &hisho_link_type },
	{ "hosts", HISHO_RECORD_TEXTS, offsetof(HishoLinksFound, hosts), NULL },
	{ "limit_reached", HISHO_RECORD_TRUTH,
	    offsetof(HishoLinksFound, limit_reached), NULL },
	{ "has_form", HISHO_RECORD_TRUTH, offsetof(HishoLinksFound, has_form),
	    NULL },
	{ "has_password_input", HISHO_RECORD_TRUTH,
	    offsetof(HishoLinksFound, has_password_input), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_links_found_type = { sizeof(HishoLinksFound),
	found_fields, hisho_links_found_free };

void
hisho_links_found_free(void *found)
{
	hisho_record_free(&hisho_links_found_type, found);
}

struct HishoLinks {
	HishoLimits limits;
	HishoLinksFound *found;
	GHashTable *hosts; /* those of found; not its own */
};

HishoLinks *
hisho_links_new(const HishoLimits *limits)
{
	HishoLinks *links = g_new0(HishoLinks, 1);

	links->limits = *limits;
	links->found = hisho_record_new(&hisho_links_found_type);
	links->hosts = g_hash_table_new(g_str_hash, g_str_equal);
	return links;
}

void
hisho_links_free(HishoLinks *links)
{
	if (links == NULL)
		return;
	g_hash_table_unref(links->hosts);
	hisho_links_found_free(links->found);
	g_free(links);
}

const HishoLinksFound *
hisho_links_found(const HishoLinks *links)
{
	return links->found;
}

HishoLinksFound *
hisho_links_steal_found(HishoLinks *links)
{
	HishoLinksFound *found = links->found;

	g_hash_table_remove_all(links->hosts);
	links->found = hisho_record_new(&hisho_links_found_type);
	return found;
}

/* A URL as it was met. */
typedef struct {
	const char *text;
	size_t length;
	const HishoUrl *base;
	const char *kind;
	const char *where;
	size_t offset;
	const char *reason; /* why hidden */
	bool visible;
} Candidate;

static void
note_host(HishoLinks *links, const char *host)
{
	if (host == NULL || g_hash_table_contains(links->hosts, host))
		return;
	if (links->found->hosts->len >= HOSTS_MAX) {
		links->found->limit_reached = true;
		return;
	}
	char *copy = g_strdup(host);
	g_ptr_array_add(links->found->hosts, copy);
	g_hash_table_add(links->hosts, copy);
}

static void
add_finding(HishoLink *link, const char *finding)
{
	g_ptr_array_add(link->findings, g_strdup(finding));
}

/* Whether a label of HOST, in letters, mixes Latin with letters that look
 * like it.  Latin beside kana and kanji is how Japanese is written. */
static bool
has_mixed_script(const char *host)
{
	if (strstr(host, "xn--") == NULL)
		return false;
	g_autofree char *letters = hisho_domain_to_unicode(host);
	bool latin = false;
	bool similar = false;
	for (const char *p = letters; *p != '\0'; p = g_utf8_next_char(p)) {
		GUnicodeScript script =
		    g_unichar_get_script(g_utf8_get_char(p));
		if (*p == '.')
			latin = similar = false;
		latin |= script == G_UNICODE_SCRIPT_LATIN;
		similar |= script == G_UNICODE_SCRIPT_CYRILLIC ||
		    script == G_UNICODE_SCRIPT_GREEK ||
		    script == G_UNICODE_SCRIPT_ARMENIAN ||
		    script == G_UNICODE_SCRIPT_CHEROKEE;
		if (latin && similar)
			return true;
	}
	return false;
}

static void
find_oddities(HishoLink *link, const HishoUrl *url)
{
	if (hisho_url_has_userinfo(url))
		add_finding(link, "userinfo");
	if (hisho_url_has_address(url))
		add_finding(link, "address");
	if (hisho_url_scheme(url) == HISHO_URL_SCRIPT)
		add_finding(link, "script");
	if (link->host != NULL && has_mixed_script(link->host))
		add_finding(link, "mixed-script");
}

/* Whether a link to URL leads out of the mail. */
static bool
leads_out(const HishoUrl *url, const Candidate *candidate)
{
	return url != NULL && hisho_url_scheme(url) != HISHO_URL_CID &&
	    candidate->text[0] != '#';
}

/* Whether nothing more can be kept; both limits have been reported then. */
static bool
is_full(const HishoLinks *links)
{
	return links->found->limit_reached &&
	    links->found->hosts->len >= HOSTS_MAX &&
	    links->found->links->len >= links->limits.links;
}

/* Lists the link and notes its host; NULL when it is none or cannot be
 * listed any more.  What it yields stays the gatherer's. */
static HishoLink *
list_link(HishoLinks *links, const Candidate *candidate)
{
	if (is_full(links))
		return NULL;
	g_autoptr(HishoUrl) url = hisho_url_parse(
	    candidate->text, candidate->length, candidate->base);

	if (!leads_out(url, candidate))
		return NULL;
	note_host(links, hisho_url_host(url));
	if (links->found->links->len >= links->limits.links) {
		links->found->limit_reached = true;
		return NULL;
	}
	HishoLink *link = hisho_record_new(&hisho_link_type);
	link->url = hisho_url_dup_text(url);
	link->host = g_strdup(hisho_url_host(url));
	link->domain = hisho_url_dup_domain(url);
	link->kind = g_strdup(candidate->kind);
	link->where = g_strdup(candidate->where);
	link->offset = (gint64)candidate->offset;
	link->visible = candidate->visible;
	link->reason = g_strdup(candidate->reason);
	find_oddities(link, url);
	g_ptr_array_add(links->found->links, link);
	return link;
}

/* A link in text: one without scheme is one of the Web. */
static char *
dup_text_url(const char *text, const TextLink *link)
{
	return g_strdup_printf("%s%.*s", link->bare ? "http://" : "",
	    (int)(link->end - link->start), text + link->start);
}

/* Takes all links of TEXT; CANDIDATE tells what they have in common. */
static void
add_text_links(
    HishoLinks *links, const char *text, size_t length, const Candidate *common)
{
	size_t at = 0;
	TextLink found;

	while (find_text_link(text, length, &at, &found)) {
		g_autofree char *url = dup_text_url(text, &found);
		Candidate candidate = *common;
		candidate.text = url;
		candidate.length = strlen(url);
		candidate.offset = found.start;
		list_link(links, &candidate);
	}
}

/* LENGTH, or as much of it as is read. */
static size_t
limit_length(HishoLinks *links, size_t length)
{
	if (length <= links->limits.html_bytes)
		return length;
	links->found->limit_reached = true;
	return links->limits.html_bytes;
}

void
hisho_links_add_text(
    HishoLinks *links, const char *text, size_t length, const char *where)
{
	const Candidate common = {
		.kind = "text",
		.where = where,
		.visible = true,
	};

	add_text_links(links, text, limit_length(links, length), &common);
}

void
hisho_links_add_header(HishoLinks *links, const char *name, const char *value)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);
	g_autofree char *where = g_strconcat("header.", lower, NULL);
	const Candidate common = { .kind = "header", .where = where };

	add_text_links(links, value, strlen(value), &common);
}

/* Where a stretch of a run of text comes from. */
typedef struct {
	size_t start; /* in the run */
	size_t offset;
	const char *reason;
	const HishoLink *anchor; /* whose wording it is */
	bool in_anchor;
} Stretch;

/* How a run of text is read. */
typedef enum {
	RUN_PROSE,
	RUN_STYLE,
	RUN_SCRIPT,
} RunKind;

/* One piece of HTML being read: a part, or a comment in it. */
typedef struct {
	HishoLinks *links;
	HishoHtml *html;
	const char *reason; /* why nothing of it is shown, or NULL */
	const char *source;
	size_t origin;		/* of the piece in the part */
	const char *tag_reason; /* why the element of a tag is not shown */
	Sight sight;
	HishoUrl *base;

	GString *run; /* text across inline elements */
	GArray *stretches;
	RunKind run_kind;

	HishoLink *anchor;   /* NULL if it could not be listed */
	size_t anchor_depth; /* 0: in no anchor */
	bool anchor_shown;
	const char *anchor_reason;
	GString *wording; /* what the anchor shows */
} Page;

static const char *
page_reason(const Page *page)
{
	return page->reason ? page->reason : sight_reason(&page->sight);
}

/* The stretch that holds PLACE, from *I on; places only grow. */
static const Stretch *
find_stretch(const GArray *stretches, size_t place, guint *i)
{
	while (*i + 1 < stretches->len &&
	    g_array_index(stretches, Stretch, *i + 1).start <= place)
		++*i;
	return &g_array_index(stretches, Stretch, *i);
}

/* Whether a link written in the text need not be listed: scripts and disabled
 * markup are full of names with a dot; a style has its url() listed already;
 * an anchor may well say where it leads. */
static bool
is_idle(const Page *page, const char *text, bool bare, const Stretch *stretch)
{
	bool prose = page->run_kind == RUN_PROSE && page->reason == NULL;
	const char *host;

	if (!prose && bare)
		return true;
	if (page->run_kind != RUN_STYLE && stretch->anchor == NULL)
		return false;
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	host = url != NULL ? hisho_url_host(url) : NULL;
	if (page->run_kind == RUN_STYLE)
		return host == NULL ||
		    g_hash_table_contains(page->links->hosts, host);
	return g_strcmp0(host, stretch->anchor->host) == 0;
}

/* Lists a link that FOUND in the run is.  One in the wording of an anchor
 * cannot be followed. */
static void
add_written_link(Page *page, const TextLink *found, const Stretch *stretch)
{
	static const char *const places[] = { "text", "style.text",
		"script.text" };
	g_autofree char *text = dup_text_url(page->run->str, found);
	Candidate candidate = {
		.text = text,
		.length = strlen(text),
		.kind = "text",
		.where = places[page->run_kind],
		.offset = stretch->offset + found->start - stretch->start,
		.reason = stretch->reason,
		.visible = stretch->reason == NULL,
	};

	if (is_idle(page, text, found->bare, stretch))
		return;
	if (stretch->in_anchor) {
		candidate.where = "a.text";
		candidate.visible = false;
		if (candidate.reason == NULL)
			candidate.reason = "anchor";
	}
	list_link(page->links, &candidate);
}

/* The URL in CSS that begins at *AT, quoted or up to the bracket; moves AT
 * behind it. */
static void
read_css_url(const char **at, Candidate *candidate)
{
	const char *p = *at + strspn(*at, " \t\r\n\f");
	bool quoted = *p == '"' || *p == '\'';
	const char quote[] = { *p, '\0' };

	p += quoted ? 1 : 0;
	candidate->text = p;
	candidate->length = strcspn(p, quoted ? quote : ") \t\r\n\f\"'");
	*at = p + candidate->length;
}

/* Takes url(...) and @import "..." of LENGTH bytes of CSS. */
static void
add_css(Page *page, const char *css, size_t length, const Candidate *common)
{
	g_autofree char *decoded = dup_css_decoded(css, length);
	const char *at = decoded;

	while ((at = strpbrk(at, "uU@")) != NULL) {
		Candidate candidate = *common;
		bool import = g_ascii_strncasecmp(at, "@import", 7) == 0;
		bool url = g_ascii_strncasecmp(at, "url(", 4) == 0;
		at += import ? 7 : url ? 4 : 1;
		/* The other way to import says url(, which comes next. */
		if (import)
			import = strchr("\"'", at[strspn(at, " \t\r\n")]);
		if (!import && !url)
			continue;
		read_css_url(&at, &candidate);
		list_link(page->links, &candidate);
	}
}

/* Takes the links of the run of text that ends here. */
static void
flush_run(Page *page)
{
	size_t at = 0;
	guint i = 0;
	TextLink found;

	if (page->run->len == 0)
		return;
	if (page->run_kind == RUN_STYLE) {
		const Candidate common = {
			.base = page->base,
			.kind = "resource",
			.where = "style.url",
			.offset = find_stretch(page->stretches, 0, &i)->offset,
		};
		add_css(page, page->run->str, page->run->len, &common);
	}
	/* Markup after a style that is never closed is text of it, too. */
	while (find_text_link(page->run->str, page->run->len, &at, &found))
		add_written_link(page, &found,
		    find_stretch(page->stretches, found.start, &i));
	g_string_truncate(page->run, 0);
	g_array_set_size(page->stretches, 0);
}

/* Whether TEXT leaves no mark on a page. */
static bool
is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		gunichar c = g_utf8_get_char_validated(text + i, length - i);
		if (c >= 0x110000 ||
		    (c != 0 && !g_unichar_isspace(c) &&
			!g_unichar_iszerowidth(c)))
			return false;
		i += c != 0 ? g_unichar_to_utf8(c, NULL) : 1;
	}
	return true;
}

/* Whether two stretches are one. */
static bool
continues(const Stretch *last, const Stretch *next)
{
	return last->reason == next->reason && last->anchor == next->anchor &&
	    last->in_anchor == next->in_anchor &&
	    next->offset - last->offset == next->start - last->start;
}

static void
add_to_run(Page *page, const HishoHtmlToken *token, const char *reason)
{
	Stretch next = {
		.start = page->run->len,
		.offset = page->origin + token->offset,
		.reason = reason,
		.anchor = page->anchor,
		.in_anchor = page->anchor_depth > 0,
	};
	guint n = page->stretches->len;

	if (n == 0 ||
	    !continues(&g_array_index(page->stretches, Stretch, n - 1), &next))
		g_array_append_val(page->stretches, next);
	g_string_append_len(page->run, token->text, token->text_length);
	if (page->run->len > TEXT_RUN_MAX)
		flush_run(page);
}

/* Something that can be seen stands in the anchor, but for REASON. */
static void
show_in_anchor(Page *page, const char *reason)
{
	if (page->anchor_depth == 0)
		return;
	if (reason == NULL)
		page->anchor_shown = true;
	else if (page->anchor_reason == NULL)
		page->anchor_reason = reason;
}

static void
read_text(Page *page, const HishoHtmlToken *token)
{
	const char *reason = page_reason(page);

	if (!is_blank(token->text, token->text_length)) {
		if (g_strcmp0(sight_top(&page->sight)->gone, "head") == 0) {
			sight_end(&page->sight, IS_HEAD);
			reason = page_reason(page);
		}
		show_in_anchor(page, reason);
	}
	if (page->anchor_depth > 0 && page->wording->len < ANCHOR_MAX_BYTES)
		g_string_append_len(page->wording, token->text,
		    MIN(token->text_length, ANCHOR_MAX_BYTES));
	add_to_run(page, token, reason);
}

/* TEXT with every run of blanks as one space, at most MAX characters. */
static char *
dup_collapsed(const char *text, size_t length, size_t max)
{
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
	GString *out = g_string_new(NULL);
	bool blank = false;
	size_t n = 0;

	for (const char *p = valid; *p != '\0' && n < max;
	     p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c)) {
			blank = out->len > 0;
			continue;
		}
		n += blank ? 2 : 1;
		if (blank)
			g_string_append_c(out, ' ');
		g_string_append_unichar(out, c);
		blank = false;
	}
	return g_string_free(out, FALSE);
}

/* Whether WORDING passes for the address that FOUND in it is: one with scheme
 * or www stands out; "News.com: all about it" is but a name. */
static bool
passes_for_address(const char *wording, const TextLink *found)
{
	const char *rest = wording + found->end;

	return !found->bare ||
	    g_ascii_strncasecmp(wording + found->start, "www.", 4) == 0 ||
	    (found->start == 0 && rest[strspn(rest, ".,;:!? ")] == '\0');
}

/* Whether the wording gives a host of another organisation than the one the
 * link leads to. */
static bool
text_differs(const HishoLink *link, const char *wording)
{
	size_t at = 0;
	TextLink found;

	if (link->host == NULL ||
	    !find_text_link(wording, strlen(wording), &at, &found) ||
	    !passes_for_address(wording, &found))
		return false;
	g_autofree char *text = dup_text_url(wording, &found);
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	g_autofree char *domain = url ? hisho_url_dup_domain(url) : NULL;
	return domain != NULL && g_strcmp0(domain, link->domain) != 0;
}

static void
close_anchor(Page *page)
{
	HishoLink *link = page->anchor;

	page->anchor_depth = 0;
	page->anchor = NULL;
	if (link == NULL)
		return;
	link->text = dup_collapsed(
	    page->wording->str, page->wording->len, ANCHOR_TEXT_MAX);
	link->visible = page->anchor_shown;
	const char *reason = page->anchor_reason;
	if (reason == NULL)
		reason = link->reason ? link->reason : "empty";
	char *kept = link->visible ? NULL : g_strdup(reason);
	g_free(link->reason);
	link->reason = kept;
	if (text_differs(link, link->text))
		add_finding(link, "text-differs");
}

/* The anchor ends when its element does, by whichever tag. */
static void
follow_anchor(Page *page)
{
	if (page->anchor_depth > page->sight.lowest)
		close_anchor(page);
}

static void
open_anchor(Page *page, HishoLink *link)
{
	page->anchor = link;
	page->anchor_depth = sight_depth(&page->sight);
	page->anchor_shown = false;
	page->anchor_reason = NULL;
	g_string_truncate(page->wording, 0);
}

/* Attributes that hold a URL, and those of which only some elements do. */
static const struct {
	const char *name;
	const char *element; /* NULL: any */
	const char *kind;
} sources[] = {
	{ "href", "a", "click" },
	{ "href", "area", "click" },
	{ "href", NULL, "resource" },
	{ "xlink:href", "a", "click" },
	{ "xlink:href", NULL, "resource" },
	{ "src", NULL, "resource" },
	{ "action", NULL, "form" },
	{ "formaction", NULL, "form" },
	{ "background", NULL, "resource" },
	{ "poster", NULL, "resource" },
	{ "cite", NULL, "resource" },
	{ "longdesc", NULL, "resource" },
	{ "lowsrc", NULL, "resource" },
	{ "dynsrc", NULL, "resource" },
	{ "ping", NULL, "resource" },
	{ "data", "object", "resource" },
	{ "codebase", NULL, "resource" },
	{ "data-saferedirecturl", NULL, "redirect" },
};

/* The image candidates of a srcset (WHATWG 4.8.4.2.2). */
static void
add_srcset(Page *page, const Candidate *common)
{
	const char *at = common->text;

	for (;;) {
		Candidate candidate = *common;
		at += strspn(at, ", \t\r\n\f");
		if (*at == '\0')
			return;
		size_t n = strcspn(at, " \t\r\n\f");
		candidate.text = at;
		candidate.length = n;
		at += n;
		bool alone = candidate.text[n - 1] == ',';
		candidate.length -= alone ? 1 : 0;
		if (!alone)
			at += strcspn(at, ",");
		list_link(page->links, &candidate);
	}
}

/* The URL of a refresh: "5; url='...'" (WHATWG 4.2.5.3). */
static void
add_refresh(Page *page, const Candidate *common)
{
	const char *at = common->text + strspn(common->text, " 0123456789.");
	Candidate candidate = *common;

	if (*at != ';' && *at != ',')
		return;
	at++;
	at += strspn(at, " \t\r\n\f");
	if (g_ascii_strncasecmp(at, "url", 3) == 0) {
		const char *equals = at + 3 + strspn(at + 3, " \t\r\n\f");
		if (*equals == '=')
			at = equals + 1;
	}
	candidate.kind = "redirect";
	read_css_url(&at, &candidate);
	candidate.length = strcspn(candidate.text, "\"'");
	list_link(page->links, &candidate);
}

/* Whether TAG's attribute NAME has VALUE, in any case. */
static bool
attribute_is(const HishoHtmlToken *tag, const char *name, const char *value)
{
	const char *found = hisho_html_attribute(tag, name);

	return found != NULL && g_ascii_strcasecmp(found, value) == 0;
}

/* The kind of link attribute NAME of an ELEMENT holds; NULL for none. */
static const char *
source_kind(const char *element, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (strcmp(sources[i].name, name) == 0 &&
		    (sources[i].element == NULL ||
			strcmp(sources[i].element, element) == 0))
			return sources[i].kind;
	return NULL;
}

static void
add_plain_source(
    Page *page, const HishoHtmlToken *tag, const Candidate *candidate)
{
	HishoLink *link = list_link(page->links, candidate);
	bool click = strcmp(candidate->kind, "click") == 0;

	if (!click)
		return;
	if (strcmp(tag->name, "area") == 0) {
		if (link != NULL && link->reason == NULL)
			link->reason = g_strdup("image-map");
		return;
	}
	if (page->anchor_depth == 0)
		open_anchor(page, link);
}

/* Takes what one attribute of TAG holds. */
static void
read_attribute(
    Page *page, const HishoHtmlToken *tag, const HishoHtmlAttribute *attribute)
{
	g_autofree char *where =
	    g_strdup_printf("%.32s.%.32s", tag->name, attribute->name);
	Candidate candidate = {
		.text = attribute->value,
		.length = attribute->value_length,
		.base = page->base,
		.kind = "resource",
		.where = where,
		.offset = page->origin + attribute->offset,
		.reason = page->tag_reason,
	};
	const char *kind = source_kind(tag->name, attribute->name);

	if (kind != NULL) {
		candidate.kind = kind;
		add_plain_source(page, tag, &candidate);
	} else if (strcmp(attribute->name, "style") == 0) {
		add_css(page, attribute->value, attribute->value_length,
		    &candidate);
	} else if (g_str_has_suffix(attribute->name, "srcset")) {
		add_srcset(page, &candidate);
	} else if (strcmp(attribute->name, "content") == 0 &&
	    attribute_is(tag, "http-equiv", "refresh")) {
		add_refresh(page, &candidate);
	}
}

static void
set_base(Page *page, const HishoHtmlToken *tag)
{
	const char *href = hisho_html_attribute(tag, "href");

	if (page->base == NULL && page->reason == NULL && href != NULL)
		page->base = hisho_url_parse(href, strlen(href), NULL);
}

/* An image of one pixel shows nothing. */
static bool
is_shown_image(const HishoHtmlToken *tag)
{
	static const char *const sizes[] = { "width", "height" };

	if (strcmp(tag->name, "img") != 0 && strcmp(tag->name, "image") != 0)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
		if (attribute_is(tag, sizes[i], "0") ||
		    attribute_is(tag, sizes[i], "1"))
			return false;
	return true;
}

static void
note_element(Page *page, const HishoHtmlToken *tag)
{
	HishoLinksFound *found = page->links->found;

	if (strcmp(tag->name, "form") == 0)
		found->has_form = true;
	else if (strcmp(tag->name, "input") == 0)
		found->has_password_input |=
		    attribute_is(tag, "type", "password");
	else if (strcmp(tag->name, "base") == 0)
		set_base(page, tag);
	if (is_shown_image(tag))
		show_in_anchor(page, page_reason(page));
	if (strcmp(tag->name, "style") == 0)
		page->run_kind = RUN_STYLE;
	else if (strcmp(tag->name, "script") == 0)
		page->run_kind = RUN_SCRIPT;
}

static void
read_start_tag(Page *page, const HishoHtmlToken *tag)
{
	guint flags = element_flags(tag->name);

	if (flags & (BLOCK | UNSEEN | IS_ANCHOR) || page->run_kind != RUN_PROSE)
		flush_run(page);
	page->run_kind = RUN_PROSE;
	page->tag_reason = page_reason(page);
	sight_open(&page->sight, tag);
	follow_anchor(page);
	/* A frame is shown, what stands between its tags is not. */
	if (!(flags & UNSEEN))
		page->tag_reason = page_reason(page);
	for (size_t i = 0; i < tag->n_attributes; i++)
		read_attribute(page, tag, &tag->attributes[i]);
	note_element(page, tag);
	hisho_html_set_foreign(page->html, sight_top(&page->sight)->alien);
}

static void
read_end_tag(Page *page, const HishoHtmlToken *tag)
{
	guint flags = element_flags(tag->name);

	if (flags & (BLOCK | UNSEEN | IS_ANCHOR) || page->run_kind != RUN_PROSE)
		flush_run(page);
	page->run_kind = RUN_PROSE;
	sight_close(&page->sight, tag->name);
	follow_anchor(page);
	hisho_html_set_foreign(page->html, sight_top(&page->sight)->alien);
}

static void read_page(
    HishoLinks *links, const char *html, size_t length, Page *page);

/* What stands in a comment is read as markup nobody sees; some programs do
 * see conditional ones.  A comment holds no further one. */
static void
read_comment(Page *page, const HishoHtmlToken *token)
{
	Page inner = {
		.reason = "comment",
		.origin = page->origin + (token->text - page->source),
		.base = page->base,
	};

	if (page->reason == NULL && token->text_length > 0)
		read_page(page->links, token->text, token->text_length, &inner);
}

static void
read_token(Page *page, const HishoHtmlToken *token)
{
	switch (token->kind) {
	case HISHO_HTML_TEXT:
		read_text(page, token);
		break;
	case HISHO_HTML_START_TAG:
		read_start_tag(page, token);
		break;
	case HISHO_HTML_END_TAG:
		read_end_tag(page, token);
		break;
	case HISHO_HTML_COMMENT:
		read_comment(page, token);
		break;
	case HISHO_HTML_DOCTYPE:
		break;
	}
}

static void
read_page(HishoLinks *links, const char *html, size_t length, Page *page)
{
	g_autoptr(HishoHtml) tokens = hisho_html_new(html, length);
	const HishoHtmlToken *token;

	page->links = links;
	page->html = tokens;
	page->source = html;
	sight_init(&page->sight);
	page->run = g_string_new(NULL);
	page->wording = g_string_new(NULL);
	page->stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
	while ((token = hisho_html_next(tokens)) != NULL)
		read_token(page, token);
	flush_run(page);
	if (page->anchor_depth > 0)
		close_anchor(page);
	links->found->limit_reached |= hisho_html_limit_reached(tokens);
	g_array_unref(page->sight.open);
	g_array_unref(page->stretches);
	g_string_free(page->run, TRUE);
	g_string_free(page->wording, TRUE);
}

void
hisho_links_add_html(HishoLinks *links, const char *html, size_t length)
{
	Page page = { 0 };

	read_page(links, html, limit_length(links, length), &page);
	hisho_url_free(page.base);
}

static const char *
find_relation(const HishoLink *link, const char *from, const char *organization)
{
	if (link->host == NULL)
		return NULL;
	if (strcmp(link->host, from) == 0 ||
	    g_strcmp0(link->host, organization) == 0)
		return "same";
	return g_strcmp0(link->domain, organization) == 0 ? "sub" : "foreign";
}

void
hisho_links_relate(HishoLinksFound *found, const char *from_domain)
{
	g_autofree char *organization =
	    from_domain ? hisho_domain_organization(from_domain) : NULL;

	for (guint i = 0; i < found->links->len; i++) {
		HishoLink *link = found->links->pdata[i];
		g_clear_pointer(&link->relation, g_free);
		if (organization != NULL)
			link->relation = g_strdup(
			    find_relation(link, from_domain, organization));
	}
}
