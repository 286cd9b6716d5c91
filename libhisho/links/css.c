#include "libhisho/links/css.h"

#include <string.h>

char *
hisho_css_dup_decoded(const char *text, size_t length)
{
	/* As nearly all is written. */
	if (length == 0 ||
	    (!hisho_css_is_disguised(text, length) &&
		memchr(text, '\0', length) == NULL))
		return g_strndup(length > 0 ? text : "", length);
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

bool
hisho_css_is_disguised(const char *text, size_t length)
{
	return memchr(text, '\\', length) != NULL ||
	    memmem(text, length, "/*", 2) != NULL;
}

/* The character of the escape whose backslash AT is, which moves behind it; 0
 * for none. */
static gunichar
read_escape(const char **at, const char *end)
{
	gunichar c = 0;
	size_t digits = 0;

	for (++*at; *at < end && digits < 6 && g_ascii_isxdigit(**at);
	     ++*at, digits++)
		c = c * 16 + (gunichar)g_ascii_xdigit_value(**at);
	if (digits > 0 && *at < end && g_ascii_isspace(**at))
		++*at;
	if (digits == 0 && *at < end && !strchr("\n\r\f", **at))
		c = (guchar) * (*at)++;
	return c;
}

static void
append_escaped(GString *out, gunichar c)
{
	if (c == 0 || !g_unichar_validate(c))
		return;
	if (c < 0x80 && !g_ascii_isalnum((char)c) && c != '-' && c != '_')
		g_string_append_c(out, 1);
	/* A byte of a longer character was escaped: the others follow. */
	if (c >= 0x80 && c < 0x100)
		g_string_append_c(out, (char)c);
	else
		g_string_append_unichar(out, c);
}

const char *
hisho_css_string_end(const char *at, const char *end)
{
	const char quote = *at;

	for (at++; at < end && *at != quote && *at != '\n'; at++)
		at += *at == '\\' ? 1 : 0;
	return MIN(at, end - 1);
}

/* The last byte of the string or url() at AT, in which nothing is a comment;
 * AT if there is none. */
static const char *
find_verbatim_end(const char *at, const char *end)
{
	const char *close;

	if (*at == '"' || *at == '\'')
		return hisho_css_string_end(at, end);
	if (end - at <= 4 || g_ascii_strncasecmp(at, "url(", 4) != 0)
		return at;
	close = memchr(at, ')', end - at);
	return close != NULL ? close : end - 1;
}

char *
hisho_css_dup_plain(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);
	const char *end = text + length;

	for (const char *at = text; at < end;) {
		const char *verbatim = find_verbatim_end(at, end);
		if (verbatim > at) {
			g_string_append_len(out, at, verbatim - at + 1);
			at = verbatim + 1;
		} else if (*at == '\\') {
			append_escaped(out, read_escape(&at, end));
		} else if (end - at > 1 && at[0] == '/' && at[1] == '*') {
			const char *close =
			    memmem(at + 2, end - at - 2, "*/", 2);
			g_string_append_c(out, ' ');
			at = close != NULL ? close + 2 : end;
		} else {
			g_string_append_c(out, *at != '\0' ? *at : ' ');
			at++;
		}
	}
	return g_string_free(out, FALSE);
}
