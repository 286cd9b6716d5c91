#include "libhisho/links/source.h"

#include <string.h>

#include "libhisho/links/css.h"

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

const char *
hisho_source_kind(const char *element, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (strcmp(sources[i].name, name) == 0 &&
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

/* The URL of a refresh: "5; url='...'" (WHATWG 4.2.5.3). */
static void
add_refresh(HishoCatalog *catalog, const HishoCandidate *common)
{
	const char *at = common->text + strspn(common->text, " 0123456789.");
	HishoCandidate candidate = *common;

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
	candidate.text = hisho_css_read_url(&at, &candidate.length);
	candidate.length = strcspn(candidate.text, "\"'");
	hisho_catalog_add(catalog, &candidate);
}

void
hisho_source_add_inner(HishoCatalog *catalog, const HishoHtmlToken *tag,
    const HishoHtmlAttribute *attribute, const HishoCandidate *whole)
{
	if (strcmp(attribute->name, "style") == 0)
		hisho_source_add_css(catalog, whole);
	else if (g_str_has_suffix(attribute->name, "srcset"))
		add_srcset(catalog, whole);
	else if (strcmp(attribute->name, "content") == 0 &&
	    hisho_html_attribute_is(tag, "http-equiv", "refresh"))
		add_refresh(catalog, whole);
}
