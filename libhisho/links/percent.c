#include "libhisho/links/percent.h"

#include <stdbool.h>
#include <string.h>

char *
hisho_percent_dup_decoded(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		bool encoded = text[i] == '%' && i + 2 < length &&
		    g_ascii_isxdigit(text[i + 1]) &&
		    g_ascii_isxdigit(text[i + 2]);
		char c = text[i];
		if (encoded) {
			c = (char)(g_ascii_xdigit_value(text[i + 1]) * 16 +
			    g_ascii_xdigit_value(text[i + 2]));
			i += 2;
		}
		g_string_append_c(out, c != '\0' ? c : ' ');
	}
	return g_string_free(out, FALSE);
}

static bool
stands_as_it_is(char c)
{
	return g_ascii_isalnum(c) ||
	    (g_ascii_isgraph(c) && strchr("\"<>`", c) == NULL);
}

void
hisho_percent_append_encoded(GString *out, const char *text, size_t max)
{
	while (*text != '\0' && out->len < max) {
		const char *end = text;
		while (stands_as_it_is(*end) &&
		    (size_t)(end - text) < max - out->len)
			end++;
		g_string_append_len(out, text, end - text);
		text = end;
		if (*text != '\0' && out->len < max)
			g_string_append_printf(out, "%%%02X", (guchar)*text++);
	}
}
