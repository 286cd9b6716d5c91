#include "libhisho/links/card.h"

#include <string.h>

#include "libhisho/links/percent.h"
#include "libhisho/links/textlink.h"

/* How a property holds links. */
typedef enum {
	HOLDS_WRITTEN, /* with their scheme, as any value may */
	HOLDS_PROSE,   /* as people write them */
	HOLDS_URI,     /* is one */
	HOLDS_HTML,
} Holding;

static const struct {
	const char *name;
	Holding holding;
} properties[] = {
	{ "url", HOLDS_URI },
	{ "attach", HOLDS_URI },
	{ "conference", HOLDS_URI },
	{ "image", HOLDS_URI },
	{ "source", HOLDS_URI },
	{ "tzurl", HOLDS_URI },
	{ "photo", HOLDS_URI },
	{ "logo", HOLDS_URI },
	{ "fburl", HOLDS_URI },
	{ "caluri", HOLDS_URI },
	{ "caladruri", HOLDS_URI },
	{ "impp", HOLDS_URI },
	{ "description", HOLDS_PROSE },
	{ "summary", HOLDS_PROSE },
	{ "location", HOLDS_PROSE },
	{ "comment", HOLDS_PROSE },
	{ "contact", HOLDS_PROSE },
	{ "note", HOLDS_PROSE },
	{ "label", HOLDS_PROSE },
	{ "title", HOLDS_PROSE },
	{ "x-alt-desc", HOLDS_HTML },
	{ "styled-description", HOLDS_HTML },
};

/* One property, unfolded: NAME;PARAMETERS:VALUE. */
typedef struct {
	HishoCatalog *catalog;
	const char *what;
	size_t offset;
	char *name; /* lower case, without a group */
	const char *parameters;
	char *value;
} Property;

static Holding
find_holding(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(properties[i].name, name) == 0)
			return properties[i].holding;
	return HOLDS_WRITTEN;
}

/* Whether LINE goes on in the next one in the way of quoted-printable. */
static bool
is_broken(const GString *line)
{
	return line->len > 0 && line->str[line->len - 1] == '=' &&
	    strcasestr(line->str, "quoted-printable") != NULL;
}

/* The property that begins at *AT, in one line (RFC 5545 3.1); *AT moves
 * behind it. */
static char *
dup_unfolded(const char **at, const char *end)
{
	GString *line = g_string_new(NULL);

	for (;;) {
		const char *lf = memchr(*at, '\n', (size_t)(end - *at));
		size_t n = (size_t)((lf != NULL ? lf : end) - *at);
		bool has_cr = n > 0 && (*at)[n - 1] == '\r';
		g_string_append_len(line, *at, (gssize)n - has_cr);
		*at = lf != NULL ? lf + 1 : end;
		if (*at < end && (**at == ' ' || **at == '\t'))
			++*at;
		else if (*at < end && is_broken(line))
			g_string_truncate(line, line->len - 1);
		else
			return g_string_free(line, FALSE);
	}
}

/* TEXT without the escapes of a text value (RFC 5545 3.3.11). */
static void
unescape(char *text)
{
	char *to = text;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
			*to++ = g_ascii_tolower(*p) == 'n' ? '\n' : *p;
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
}

/* Takes a quoted-printable TEXT as what it means (RFC 2045 6.7). */
static void
unquote(char *text)
{
	g_strdelimit(text, "%", '\1');
	g_strdelimit(text, "=", '%');
	g_autofree char *decoded =
	    hisho_percent_dup_decoded(text, strlen(text));
	g_strdelimit(decoded, "\1", '%');
	strcpy(text, decoded);
}

/* The ':' that ends name and parameters, in which it may be quoted. */
static char *
find_value(char *line)
{
	bool quoted = false;

	for (char *p = line; *p != '\0'; p++) {
		quoted ^= *p == '"';
		if (*p == ':' && !quoted)
			return p;
	}
	return NULL;
}

static void
add_written(
    const Property *property, const HishoCandidate *common, const char *text)
{
	size_t at = 0;
	HishoTextlink found;
	Holding holding = find_holding(property->name);
	bool prose = text == property->value &&
	    (holding == HOLDS_PROSE || holding == HOLDS_URI);

	while (hisho_textlink_find(text, strlen(text), &at, &found)) {
		g_autofree char *url = hisho_textlink_dup_url(text, &found);
		HishoCandidate candidate = *common;
		candidate.text = url;
		candidate.length = strlen(url);
		if (prose || !found.bare)
			hisho_catalog_add(property->catalog, &candidate);
	}
}

/* The value that is a URI, or, in a calendar, a conference of several words. */
static void
add_uri(const Property *property, const HishoCandidate *common)
{
	HishoCandidate candidate = *common;

	candidate.kind = "click";
	candidate.text = property->value;
	candidate.length = strlen(property->value);
	if (hisho_scheme_length(property->value) > 0)
		hisho_catalog_add(property->catalog, &candidate);
	else
		add_written(property, common, property->value);
}

static void
read_property(Property *property)
{
	g_autofree char *where =
	    g_strdup_printf("%s.%.32s", property->what, property->name);
	HishoCandidate common = {
		.kind = "text",
		.where = where,
		.offset = property->offset,
	};
	Holding holding = find_holding(property->name);

	if (strcasestr(property->parameters, "quoted-printable") != NULL)
		unquote(property->value);
	unescape(property->value);
	bool html = holding == HOLDS_HTML ||
	    strcasestr(property->parameters, "text/html") != NULL;
	if (holding == HOLDS_URI) {
		add_uri(property, &common);
	} else if (html) {
		common.text = property->value;
		common.length = strlen(property->value);
		hisho_catalog_nest(property->catalog, &common, false);
	} else {
		add_written(property, &common, property->value);
	}
	add_written(property, &common, property->parameters);
}

void
hisho_card_read(
    HishoCatalog *catalog, const char *text, size_t length, const char *what)
{
	const char *at = text;

	while (at < text + length) {
		Property property = { catalog, what, (size_t)(at - text), NULL,
			NULL, NULL };
		g_autofree char *line = dup_unfolded(&at, text + length);
		char *value = find_value(line);
		if (value == NULL)
			continue;
		*value = '\0';
		property.value = value + 1;
		size_t n = strcspn(line, ";");
		const char *dot = memchr(line, '.', n);
		const char *start = dot != NULL ? dot + 1 : line;
		g_autofree char *name =
		    g_ascii_strdown(start, line + n - start);
		property.name = name;
		property.parameters = line + n;
		read_property(&property);
	}
}
