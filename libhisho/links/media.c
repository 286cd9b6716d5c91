#include "libhisho/links/media.h"

#include <string.h>

#include "libhisho/links/value.h"

/* Whether NUMBER and what is at TEXT, a length, are in order: "<= 600px". */
static bool
compare(double number, const char *text)
{
	HishoValue value;
	bool is_less = *text == '<';
	bool with_equal = text[1] == '=';

	text += with_equal ? 2 : 1;
	text += strspn(text, " ");
	if (!hisho_value_read_number(&value, &text))
		return false;
	double limit = hisho_value_pixels(&value, 16, 0);
	if (with_equal && number == limit)
		return true;
	return is_less ? number < limit : number > limit;
}

/* Whether the feature at TEXT, up to its bracket, is one of such a screen. */
static bool
has_feature(const char *text, int width)
{
	static const struct {
		const char *name;
		int sign; /* 1: at least so much */
	} widths[] = { { "min-width:", 1 }, { "max-width:", -1 },
		{ "min-device-width:", 1 }, { "max-device-width:", -1 } };
	bool is_tall = width < HISHO_MEDIA_WIDE;

	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
		HishoValue value;
		const char *at = text + strlen(widths[i].name);
		if (!g_str_has_prefix(text, widths[i].name))
			continue;
		at += strspn(at, " ");
		return hisho_value_read_number(&value, &at) &&
		    (width - hisho_value_pixels(&value, 16, 0)) *
			widths[i].sign >=
		    0;
	}
	if (g_str_has_prefix(text, "width"))
		return compare(width,
		    text + strlen("width") +
			strspn(text + strlen("width"), " "));
	if (g_str_has_prefix(text, "orientation"))
		return strstr(text, is_tall ? "portrait" : "landscape") != NULL;
	return g_str_has_prefix(text, "-webkit-min-device-pixel-ratio: 0") ||
	    g_str_has_prefix(text, "-webkit-min-device-pixel-ratio:0") ||
	    g_str_has_prefix(text, "prefers-color-scheme:light") ||
	    g_str_has_prefix(text, "prefers-color-scheme: light") ||
	    g_str_has_prefix(text, "color)");
}

/* One query: "not screen and (max-width: 600px)". */
static bool
query_holds(char *text, int width)
{
	const char *query = g_strstrip(text);
	bool is_not = g_str_has_prefix(query, "not ");
	bool holds = true;

	if (is_not || g_str_has_prefix(query, "only "))
		query += strcspn(query, " ") + 1;
	size_t n = strcspn(query, " (");
	if (n > 0)
		holds = (n == 3 && strncmp(query, "all", n) == 0) ||
		    (n == 6 && strncmp(query, "screen", n) == 0);
	for (const char *at = query; (at = strchr(at, '(')) != NULL;) {
		at += 1 + strspn(at + 1, " ");
		holds = holds && has_feature(at, width);
	}
	return holds != is_not;
}

bool
hisho_media_holds(const char *text, int width)
{
	g_autofree char *lower = g_ascii_strdown(text, -1);

	g_strdelimit(lower, "\t\r\n\f", ' ');
	g_auto(GStrv) queries = g_strsplit(lower, ",", 64);
	if (queries[0] == NULL)
		return true;
	for (char **query = queries; *query != NULL; query++)
		if (query_holds(*query, width))
			return true;
	return false;
}
