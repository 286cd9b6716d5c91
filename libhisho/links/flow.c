#include "libhisho/links/flow.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Where a line begins that goes on after the blank at TEXT in the same depth
 * of quoting, and is no separator of a signature; NULL if none does. */
static const char *
find_rest(const char *text, size_t depth)
{
	const char *line = text + 1;

	if (*line == '\r')
		line++;
	if (*line != '\n')
		return NULL;
	line++;
	if (strspn(line, ">") != depth)
		return NULL;
	line += depth;
	line += *line == ' ' && (depth > 0 || line[1] == '>') ? 1 : 0;
	return g_str_has_prefix(line, "-- ") ? NULL : line;
}

char *
hisho_flow_dup_joined(const char *text)
{
	GString *out = g_string_new(NULL);
	size_t depth = strspn(text, ">");

	for (const char *at = text; *at != '\0';) {
		const char *rest = *at == ' ' ? find_rest(at, depth) : NULL;
		if (rest != NULL) {
			at = rest;
			continue;
		}
		g_string_append_c(out, *at);
		if (*at++ == '\n')
			depth = strspn(at, ">");
	}
	return g_string_free(out, FALSE);
}
