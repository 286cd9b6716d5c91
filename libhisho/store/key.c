#include "libhisho/store/key.h"

#include <stdarg.h>
#include <string.h>

/* Four times what any address or host name may have. */
#define PART_BYTES 512

/* No percent-encoding begins so. */
#define DIGEST_MARK "%~"
#define DIGEST_DIGITS 64

/* Whether PART was read back from a key in which it was replaced. */
static bool
is_digest(const char *part)
{
	const char *digits = part + strlen(DIGEST_MARK);

	return g_str_has_prefix(part, DIGEST_MARK) &&
	    strlen(digits) == DIGEST_DIGITS &&
	    strspn(digits, "0123456789abcdef") == DIGEST_DIGITS;
}

static void
append_part(GString *key, const char *part)
{
	if (is_digest(part)) {
		g_string_append(key, part);
		return;
	}
	if (strlen(part) > PART_BYTES) {
		g_autofree char *digest =
		    g_compute_checksum_for_string(G_CHECKSUM_SHA256, part, -1);
		g_string_append(key, DIGEST_MARK);
		g_string_append(key, digest);
		return;
	}
	for (const char *c = part; *c != '\0'; c++) {
		if (g_ascii_isgraph(*c) && *c != '%')
			g_string_append_c(key, *c);
		else
			g_string_append_printf(key, "%%%02X", (guchar)*c);
	}
}

char *
hisho_key_join(const char *part, ...)
{
	GString *key = g_string_new(NULL);
	va_list parts;

	append_part(key, part);
	va_start(parts, part);
	while ((part = va_arg(parts, const char *)) != NULL) {
		g_string_append_c(key, ' ');
		append_part(key, part);
	}
	va_end(parts);
	return g_string_free(key, FALSE);
}

/* In place; what is no encoding stays. */
static void
decode_part(char *part)
{
	char *end = part;

	for (const char *c = part; *c != '\0'; c++) {
		int high = *c == '%' ? g_ascii_xdigit_value(c[1]) : -1;
		int low = high < 0 ? -1 : g_ascii_xdigit_value(c[2]);
		*end++ = low < 0 ? *c : (char)(high << 4 | low);
		c += low < 0 ? 0 : 2;
	}
	*end = '\0';
}

char **
hisho_key_split(HishoSlice key)
{
	g_autofree char *text = g_strndup(key.data, key.length);
	char **parts = g_strsplit(text, " ", -1);

	for (gsize i = 0; parts[i] != NULL; i++)
		decode_part(parts[i]);
	return parts;
}
