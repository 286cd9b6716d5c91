#include "libhisho/mail/transfer.h"

#include <stdbool.h>
#include <string.h>

/* The length of the line break, with the '=' that takes it off, at TEXT; 0
 * for none. */
static size_t
soft_break_length(const guint8 *text, size_t length)
{
	size_t n = 1;

	while (n < length && (text[n] == ' ' || text[n] == '\t'))
		n++;
	if (n == length)
		return n;
	if (text[n] == '\r' && n + 1 < length && text[n + 1] == '\n')
		n++;
	return text[n] == '\n' ? n + 1 : 0;
}

/* Appends what the '=' at TEXT means; how many bytes it takes. */
static size_t
append_equals(GByteArray *out, const guint8 *text, size_t length)
{
	size_t soft = soft_break_length(text, length);
	bool coded = soft == 0 && length > 2 &&
	    g_ascii_isxdigit((char)text[1]) && g_ascii_isxdigit((char)text[2]);
	guint8 c = text[0];

	if (soft > 0)
		return soft;
	if (coded)
		c = (guint8)(g_ascii_xdigit_value((char)text[1]) * 16 +
		    g_ascii_xdigit_value((char)text[2]));
	g_byte_array_append(out, &c, 1);
	return coded ? 3 : 1;
}

void
hisho_transfer_append_quoted(
    GByteArray *out, const guint8 *text, size_t length, size_t limit)
{
	const guint8 *end = text + length;

	while (text < end && out->len <= limit) {
		const guint8 *equals = memchr(text, '=', (size_t)(end - text));
		const guint8 *stop = equals != NULL ? equals : end;
		g_byte_array_append(out, text, (guint)(stop - text));
		text = stop;
		if (text < end)
			text += append_equals(out, text, (size_t)(end - text));
	}
}

/* The number that C is in base64, or -1. */
static int
digit_value(guint8 c)
{
	if (g_ascii_isupper((char)c))
		return c - 'A';
	if (g_ascii_islower((char)c))
		return c - 'a' + 26;
	if (g_ascii_isdigit((char)c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Appends the whole bytes that N digits of VALUE hold. */
static void
append_group(GByteArray *out, guint32 value, int n)
{
	value <<= 6 * (4 - n);
	const guint8 bytes[3] = { (guint8)(value >> 16), (guint8)(value >> 8),
		(guint8)value };

	if (n > 1)
		g_byte_array_append(out, bytes, (guint)n - 1);
}

void
hisho_transfer_append_base64(
    GByteArray *out, const guint8 *text, size_t length, size_t limit)
{
	guint32 value = 0;
	int n = 0;

	for (size_t i = 0; i < length && out->len <= limit; i++) {
		int digit = digit_value(text[i]);
		if (digit >= 0) {
			value = value << 6 | (guint32)digit;
			n++;
		}
		if (n == 4 || (text[i] == '=' && n > 0)) {
			append_group(out, value, n);
			value = 0;
			n = 0;
		}
	}
	append_group(out, value, n);
}
