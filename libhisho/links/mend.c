#include "libhisho/links/mend.h"

#include <stdbool.h>
#include <string.h>

/* Fewer bytes of base64 may as well be a word. */
#define BASE64_MIN 24

/* As long as lines of quoted-printable are before they are broken. */
#define BROKEN_MIN 60
#define BROKEN_MAX 77

/* Whether a line that ends at AT is as long as those that are broken. */
static bool
is_long_line(const char *text, const char *at)
{
	size_t seen = MIN((size_t)(at - text), BROKEN_MAX);
	const char *lf = memrchr(at - seen, '\n', seen);

	return lf != NULL && at - lf > BROKEN_MIN;
}

static bool
begins_with(const char *text, size_t length, const char *sign)
{
	size_t n = strlen(sign);

	return n <= length && memcmp(text, sign, n) == 0;
}

/* Two soft line breaks tell enough. */
static bool
looks_quoted(const char *text, size_t length)
{
	const char *end = text + length;
	guint n_soft = 0, n_crlf = 0;

	for (const char *at = text;
	     (at = memchr(at, '=', (size_t)(end - at))) != NULL; at++) {
		size_t left = (size_t)(end - at);
		if (begins_with(at, left, "=3D\"") ||
		    begins_with(at, left, "=3D'") ||
		    begins_with(at, left, "=3Dhttp"))
			return true;
		n_crlf += begins_with(at, left, "=\r\n");
		n_soft +=
		    begins_with(at, left, "=\n") && is_long_line(text, at);
		if (n_crlf >= 2 || n_soft >= 2)
			return true;
	}
	return false;
}

/* Where the line break ends that follows the '=' at TEXT; 0 for none. */
static size_t
soft_break_length(const char *text, size_t length)
{
	size_t n = 1;

	while (n < length && (text[n] == ' ' || text[n] == '\t'))
		n++;
	if (n < length && text[n] == '\r')
		n++;
	return n < length && text[n] == '\n' ? n + 1 : 0;
}

static GBytes *
new_unquoted(const char *text, size_t length)
{
	GByteArray *out = g_byte_array_sized_new((guint)length);

	for (size_t i = 0; i < length; i++) {
		guint8 c = (guint8)text[i];
		size_t soft = 0;
		if (c == '=')
			soft = soft_break_length(text + i, length - i);
		if (soft > 0) {
			i += soft - 1;
			continue;
		}
		if (c == '=' && i + 2 < length &&
		    g_ascii_isxdigit(text[i + 1]) &&
		    g_ascii_isxdigit(text[i + 2])) {
			c = (guint8)(g_ascii_xdigit_value(text[i + 1]) * 16 +
			    g_ascii_xdigit_value(text[i + 2]));
			i += 2;
		}
		g_byte_array_append(out, &c, 1);
	}
	return g_byte_array_free_to_bytes(out);
}

/* Whether TEXT is nothing but lines of base64. */
static bool
looks_base64(const char *text, size_t length)
{
	size_t n = 0;
	bool ended = false;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		if (c == '\n' || c == '\r')
			continue;
		bool digit = g_ascii_isalnum(c) || c == '+' || c == '/';
		if (c == ' ' || !(digit || c == '=') || (ended && c != '='))
			return false;
		ended = c == '=';
		n++;
	}
	return n >= BASE64_MIN && n % 4 == 0;
}

static GBytes *
new_from_base64(const char *text, size_t length)
{
	guchar *out = g_malloc(length / 4 * 3 + 4);
	int state = 0;
	guint save = 0;
	size_t n = g_base64_decode_step(text, length, out, &state, &save);

	for (size_t i = 0; i < n; i++)
		if (out[i] == '\0' || out[i] == 0x7f) {
			g_free(out);
			return NULL;
		}
	return g_bytes_new_take(out, n);
}

GBytes *
hisho_mend_new_decoded(const char *text, size_t length)
{
	if (looks_quoted(text, length))
		return new_unquoted(text, length);
	if (looks_base64(text, length))
		return new_from_base64(text, length);
	return NULL;
}
