#include "libhisho/links/wide.h"

#include <stdbool.h>
#include <string.h>

/* Nobody writes longer ones so. */
#define WORD_MAX_BYTES 600

/* All that is full-width takes as many bytes. */
#define WIDE_BYTES 3

/* Full-width forms of ASCII stand in its order. */
#define FIRST_WIDE 0xff01
#define LAST_WIDE 0xff5e

/* The ASCII character that the full-width one at TEXT means, or 0. */
static char
fold(const char *text, size_t length)
{
	if (length < WIDE_BYTES || (guchar)*text < 0xe3)
		return 0;
	gunichar c = g_utf8_get_char_validated(text, WIDE_BYTES);
	if (c == 0x3002 || c == 0xff61)
		return '.';
	return c >= FIRST_WIDE && c <= LAST_WIDE ? (char)(c - FIRST_WIDE + '!')
						 : 0;
}

size_t
hisho_wide_dot_length(const char *text, size_t length)
{
	return fold(text, length) == '.' ? WIDE_BYTES : 0;
}

size_t
hisho_wide_length(const char *text, size_t length)
{
	size_t n = 0;

	if (!g_ascii_isalnum(fold(text, length)))
		return 0;
	while (n < length && n < WORD_MAX_BYTES) {
		if (fold(text + n, length - n) != 0)
			n += WIDE_BYTES;
		else if (g_ascii_isgraph(text[n]) &&
		    strchr("<>\"`", text[n]) == NULL)
			n++;
		else
			break;
	}
	return n;
}

char *
hisho_wide_dup_folded(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		char c = fold(text + i, length - i);
		g_string_append_c(out, c != 0 ? c : text[i]);
		i += c != 0 ? WIDE_BYTES - 1 : 0;
	}
	return g_string_free(out, FALSE);
}

size_t
hisho_wide_unfold(const char *text, size_t length, size_t n)
{
	size_t i = 0;

	for (; n > 0 && i < length; n--)
		i += fold(text + i, length - i) != 0 ? WIDE_BYTES : 1;
	return i;
}
