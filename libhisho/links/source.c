#include "libhisho/links/source.h"

#include <string.h>

#include "libhisho/links/css.h"
#include "libhisho/links/datalink.h"

/* Attributes that hold a URL, and those of which only some elements do; those
 * that lead on come first. */
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
	{ "data", "object", "resource" },
	{ "codebase", NULL, "resource" },
	{ "classid", "object", "resource" },
	{ "code", "applet", "resource" },
	{ "manifest", "html", "resource" },
	{ "profile", "head", "resource" },
	{ "icon", NULL, "resource" },
	{ "pluginspage", NULL, "resource" },
	{ "pluginurl", NULL, "resource" },
	{ "data-src", NULL, "resource" },
	{ "o:href", NULL, "resource" },
	{ "v:src", NULL, "resource" },
	{ "definitionurl", NULL, "resource" },
	{ "altimg", "math", "resource" },
	{ "data-saferedirecturl", NULL, "redirect" },
};

/* Attributes that hold several URLs, and what is between these. */
static const struct {
	const char *name;
	const char *between;
} lists[] = {
	{ "ping", " \t\r\n\f" },
	{ "attributionsrc", " \t\r\n\f" },
	{ "archive", ", \t\r\n\f" },
};

/* Attributes of SVG that may hold url(...), as in CSS. */
static const char *const painted[] = { "fill", "stroke", "filter", "mask",
	"clip-path", "cursor", "marker", "marker-start", "marker-mid",
	"marker-end" };

/* What <param name=> calls its value when that is a URL. */
static const char *const parameters[] = { "movie", "src", "url", "href",
	"filename", "data", "archive", "codebase" };

const char *
hisho_source_kind(const char *element, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (sources[i].name[0] == name[0] &&
		    strcmp(sources[i].name, name) == 0 &&
		    (sources[i].element == NULL ||
			strcmp(sources[i].element, element) == 0))
			return sources[i].kind;
	return NULL;
}

void
hisho_source_add_css(HishoCatalog *catalog, const HishoCandidate *style)
{
	g_autofree char *decoded =
	    hisho_css_dup_decoded(style->text, style->length);
	const char *at = decoded;
	HishoCandidate candidate = *style;

	while ((candidate.text = hisho_css_find_url(&at, &candidate.length)))
		hisho_catalog_add(catalog, &candidate);
}

/* The image candidates of a srcset (WHATWG 4.8.4.2.2). */
static void
add_srcset(HishoCatalog *catalog, const HishoCandidate *common)
{
	const char *at = common->text;

	for (;;) {
		HishoCandidate candidate = *common;
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
		hisho_catalog_add(catalog, &candidate);
	}
}

/* Each of the URLs that stand one after the other with nothing but bytes of
 * BETWEEN in the midst. */
static void
add_each(
    HishoCatalog *catalog, const HishoCandidate *common, const char *between)
{
	const char *at = common->text + strspn(common->text, between);

	while (*at != '\0') {
		HishoCandidate candidate = *common;
		candidate.text = at;
		candidate.length = strcspn(at, between);
		hisho_catalog_add(catalog, &candidate);
		at += candidate.length;
		at += strspn(at, between);
	}
}

/* The URL of a refresh: "5; url='...'" (WHATWG 4.2.5.3); the number may be
 * missing, which only some programs forgive. */
static void
add_refresh(HishoCatalog *catalog, const HishoCandidate *common)
{
	static const char blanks[] = " \t\r\n\f";
	const char *at = common->text + strspn(common->text, blanks);
	HishoCandidate candidate = *common;
	bool counts = g_ascii_isdigit(*at) || *at == '.';

	at += strspn(at, "0123456789.");
	at += strspn(at, blanks);
	at += *at == ';' || *at == ',' ? 1 : 0;
	at += strspn(at, blanks);
	if (g_ascii_strncasecmp(at, "url", 3) == 0) {
		const char *equals = at + 3 + strspn(at + 3, blanks);
		counts |= *equals == '=';
		if (*equals == '=')
			at = equals + 1 + strspn(equals + 1, blanks);
	}
	const char quote[] = { *at, '\0' };
	bool quoted = *at == '"' || *at == '\'';
	candidate.kind = "redirect";
	candidate.text = quoted ? at + 1 : at;
	candidate.length = strcspn(candidate.text, quoted ? quote : "");
	if (counts)
		hisho_catalog_add(catalog, &candidate);
}

/* A meta element says by another attribute what its content is. */
static void
add_content(HishoCatalog *catalog, const HishoHtmlToken *tag,
    const HishoCandidate *whole)
{
	if (hisho_html_attribute_is(tag, "http-equiv", "refresh"))
		add_refresh(catalog, whole);
}

/* Whether NAME is one of the N lower-case NAMES. */
static bool
is_one_of(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (names[i][0] == g_ascii_tolower(name[0]) &&
		    g_ascii_strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

static void
add_parameter(HishoCatalog *catalog, const HishoHtmlToken *tag,
    const HishoCandidate *whole)
{
	const char *name = hisho_html_attribute(tag, "name");

	if (name != NULL &&
	    is_one_of(parameters, G_N_ELEMENTS(parameters), name))
		hisho_catalog_add(catalog, whole);
}

/* Whether TAG of SVG gives a link its target, bit by bit or all of a sudden. */
static bool
animates_link(const HishoHtmlToken *tag)
{
	static const char *const elements[] = { "animate", "set" };
	const char *name = hisho_html_attribute(tag, "attributename");

	return name != NULL && g_str_has_suffix(name, "href") &&
	    is_one_of(elements, G_N_ELEMENTS(elements), tag->name);
}

/* What only attributes of some elements are; false if NAME is none of them. */
static bool
add_special(HishoCatalog *catalog, const HishoHtmlToken *tag, const char *name,
    const HishoCandidate *whole)
{
	static const char *const animated[] = { "to", "from", "by", "values" };

	if (strcmp(tag->name, "meta") == 0 && strcmp(name, "content") == 0)
		add_content(catalog, tag, whole);
	else if (strcmp(tag->name, "param") == 0 && strcmp(name, "value") == 0)
		add_parameter(catalog, tag, whole);
	else if (strcmp(tag->name, "iframe") == 0 &&
	    strcmp(name, "srcdoc") == 0)
		hisho_catalog_nest(catalog, whole, false);
	else if (animates_link(tag) &&
	    is_one_of(animated, G_N_ELEMENTS(animated), name))
		add_each(catalog, whole, "; \t\r\n");
	else
		return false;
	return true;
}

static void
add_handler(HishoCatalog *catalog, const HishoCandidate *whole)
{
	HishoCandidate script = *whole;

	script.reason = "script";
	if (hisho_datalink_is_veiled(script.text, script.length))
		hisho_catalog_nest(catalog, &script, true);
}

void
hisho_source_add_inner(HishoCatalog *catalog, const HishoHtmlToken *tag,
    const HishoHtmlAttribute *attribute, const HishoCandidate *whole)
{
	const char *name = attribute->name;
	bool has_call = memchr(whole->text, '(', whole->length) != NULL;

	if (strcmp(name, "style") == 0 ||
	    (has_call && is_one_of(painted, G_N_ELEMENTS(painted), name)))
		hisho_source_add_css(catalog, whole);
	else if (g_str_has_suffix(name, "srcset"))
		add_srcset(catalog, whole);
	else if (!add_special(catalog, tag, name, whole) && name[0] == 'o' &&
	    name[1] == 'n')
		add_handler(catalog, whole);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (lists[i].name[0] == name[0] &&
		    strcmp(lists[i].name, name) == 0)
			add_each(catalog, whole, lists[i].between);
}
