#include "libhisho/links/css.h"

#include <string.h>

char *
hisho_css_dup_decoded(const char *text, size_t length)
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

const char *
hisho_css_read_url(const char **at, size_t *length)
{
	const char *url = *at + strspn(*at, " \t\r\n\f");
	bool quoted = *url == '"' || *url == '\'';
	const char quote[] = { *url, '\0' };

	url += quoted ? 1 : 0;
	*length = strcspn(url, quoted ? quote : ") \t\r\n\f\"'");
	*at = url + *length;
	return url;
}

const char *
hisho_css_find_url(const char **at, size_t *length)
{
	while ((*at = strpbrk(*at, "uU@")) != NULL) {
		bool import = g_ascii_strncasecmp(*at, "@import", 7) == 0;
		bool url = g_ascii_strncasecmp(*at, "url(", 4) == 0;
		*at += import ? 7 : url ? 4 : 1;
		/* The other way to import says url(, which comes next. */
		if (import)
			import = strchr("\"'", (*at)[strspn(*at, " \t\r\n")]);
		if (import || url)
			return hisho_css_read_url(at, length);
	}
	return NULL;
}
