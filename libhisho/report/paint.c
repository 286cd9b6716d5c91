#include "libhisho/report/paint.h"

#include <string.h>

#include "libhisho/mail/text.h"

#define BAR_COLUMNS 8

char *
hisho_paint_dup_fit(const char *text, size_t columns)
{
	g_autofree char *safe = hisho_text_for_terminal(text);

	if (hisho_text_width(safe) <= columns)
		return g_steal_pointer(&safe);
	char *end = safe;
	size_t used = 1;
	while (*end != '\0') {
		char *next = g_utf8_next_char(end);
		g_autofree char *one = g_strndup(end, (size_t)(next - end));
		used += hisho_text_width(one);
		if (used > columns)
			break;
		end = next;
	}
	*end = '\0';
	return g_strconcat(safe, "…", NULL);
}

char *
hisho_paint_dup_tail(const char *text, size_t columns)
{
	g_autofree char *safe = hisho_text_for_terminal(text);
	const char *start = safe;
	size_t width = hisho_text_width(safe);

	if (width <= columns)
		return g_steal_pointer(&safe);
	while (*start != '\0' && width + 1 > columns) {
		const char *next = g_utf8_next_char(start);
		g_autofree char *one = g_strndup(start, (size_t)(next - start));
		width -= MIN(hisho_text_width(one), width);
		start = next;
	}
	return g_strconcat("…", start, NULL);
}

char *
hisho_paint_dup_column(const char *text, size_t columns)
{
	g_autofree char *fit = hisho_paint_dup_fit(text, columns);
	size_t width = hisho_text_width(fit);
	g_autofree char *blanks =
	    g_strnfill(columns - MIN(width, columns), ' ');

	return g_strconcat(fit, blanks, NULL);
}

char *
hisho_paint_dup_advice(const char *text, const char *advice, bool is_colored)
{
	const char *color = NULL;

	if (is_colored && strcmp(advice, "trusted") == 0)
		color = "\033[32m";
	if (is_colored && strcmp(advice, "distrusted") == 0)
		color = "\033[31m";
	return color != NULL ? g_strconcat(color, text, "\033[0m", NULL)
			     : g_strdup(text);
}

char *
hisho_paint_dup_bar(gint64 part, gint64 whole)
{
	GString *bar = g_string_new(NULL);
	gint64 filled =
	    whole > 0 ? (part * BAR_COLUMNS + whole - 1) / whole : 0;

	for (gint64 i = 0; i < BAR_COLUMNS; i++)
		g_string_append(bar, i < filled ? "█" : "·");
	return g_string_free(bar, FALSE);
}

char *
hisho_paint_dup_defanged(const char *host)
{
	g_autofree char *safe = hisho_text_for_terminal(host);
	g_auto(GStrv) labels = g_strsplit(safe, ".", -1);

	return g_strjoinv("[.]", labels);
}

/* Whether TEXT begins with the scheme of a page. */
static bool
begins_with_scheme(const char *text)
{
	return g_ascii_strncasecmp(text, "http://", 7) == 0 ||
	    g_ascii_strncasecmp(text, "https://", 8) == 0;
}

char *
hisho_paint_dup_unlinked(const char *text)
{
	g_autofree char *safe = hisho_text_for_terminal(text);
	GString *out = g_string_new(NULL);

	for (const char *at = safe; *at != '\0'; at++) {
		bool is_within =
		    at > safe && at[-1] != ' ' && at[1] != ' ' && at[1] != '\0';
		if (begins_with_scheme(at)) {
			g_string_append(out, "hxxp");
			at += strlen("http") - 1;
		} else if (*at == '.' && is_within) {
			g_string_append(out, "[.]");
		} else {
			g_string_append_c(out, *at);
		}
	}
	return g_string_free(out, FALSE);
}

size_t
hisho_paint_line_length(const char *text, size_t columns)
{
	size_t used = 0, blank = 0;
	const char *at = text;

	for (; *at != '\0'; at = g_utf8_next_char(at)) {
		const char *next = g_utf8_next_char(at);
		g_autofree char *one = g_strndup(at, (size_t)(next - at));
		used += hisho_text_width(one);
		if (used > columns)
			return blank > 0 ? blank : (size_t)(at - text);
		if (*at == ' ')
			blank = (size_t)(next - text);
	}
	return (size_t)(at - text);
}
