#include "libhisho/links/declaration.h"

#include <string.h>

#include "libhisho/links/css.h"
#include "libhisho/links/property.h"

#define NAME_MAX_BYTES 32 /* of the names that matter */
#define VALUE_MAX_BYTES 512

/* Whether C is among STOPS, of which there are few. */
static bool
is_among(char c, const char *stops)
{
	while (*stops != '\0' && *stops != c)
		stops++;
	return *stops != '\0';
}

const char *
hisho_declaration_find_end(const char *at, const char *end, const char *stops)
{
	size_t depth = 0;

	for (; at < end; at++) {
		if (g_ascii_isalnum(*at))
			continue;
		if (*at == '"' || *at == '\'')
			at = hisho_css_string_end(at, end);
		else if (depth == 0 && is_among(*at, stops))
			break;
		else if (*at == '(' || *at == '[')
			depth++;
		else if ((*at == ')' || *at == ']') && depth > 0)
			depth--;
	}
	return at;
}

/* The text from AT to END in lower case, with single blanks and none around;
 * false when there is no room for it in SIZE bytes. */
static bool
copy_plain(char *out, size_t size, const char *at, const char *end)
{
	size_t n = 0;

	for (bool blank = false; at < end; at++) {
		if (g_ascii_isspace(*at)) {
			blank = n > 0;
			continue;
		}
		if (n + 2 >= size)
			return false;
		if (blank)
			out[n++] = ' ';
		out[n++] = g_ascii_tolower(*at);
		blank = false;
	}
	out[n] = '\0';
	return true;
}

/* Takes the mark of importance from the end of VALUE. */
static bool
cut_important(char *value)
{
	char *mark = strrchr(value, '!');

	if (mark == NULL ||
	    strcmp(mark + 1 + strspn(mark + 1, " "), "important") != 0)
		return false;
	if (mark > value && mark[-1] == ' ')
		mark--;
	*mark = '\0';
	return true;
}

/* What lies between AT and END, "name: value". */
static void
read_one(HishoStyle *style, const char *at, const char *end, guint32 weight)
{
	char name[NAME_MAX_BYTES], value[VALUE_MAX_BYTES];
	const char *colon = memchr(at, ':', end - at);

	if (colon == NULL || !copy_plain(name, sizeof(name), at, colon))
		return;
	/* Of a long list of images the first ones tell enough. */
	const char *cut = MIN(end, colon + VALUE_MAX_BYTES - 2);
	if (cut < end && !g_str_has_prefix(name, "background"))
		cut = end;
	if (!copy_plain(value, sizeof(value), colon + 1, cut))
		return;
	if (cut_important(value))
		weight += HISHO_STYLE_IMPORTANT;
	hisho_property_declare(style, name, value, weight);
}

void
hisho_declaration_read(
    HishoStyle *style, const char *text, size_t length, guint32 weight)
{
	g_autofree char *plain = NULL;

	if (hisho_css_is_disguised(text, length)) {
		plain = hisho_css_dup_plain(text, length);
		text = plain;
		length = strlen(plain);
	}
	const char *end = text + length;
	for (const char *at = text; at < end; at++) {
		const char *stop = hisho_declaration_find_end(at, end, ";");
		if (stop > at)
			read_one(style, at, stop, weight);
		at = stop;
	}
}
