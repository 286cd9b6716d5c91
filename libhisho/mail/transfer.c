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

/* Writes to *TO what the '=' at TEXT means; how many bytes it takes. */
static size_t
write_equals(guint8 **to, const guint8 *text, size_t length)
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
	*(*to)++ = c;
	return coded ? 3 : 1;
}

void
hisho_transfer_append_quoted(
    GByteArray *out, const guint8 *text, size_t length, size_t limit)
{
	const guint8 *end = text + length;
	size_t start = out->len;

	/* No byte becomes two. */
	g_byte_array_set_size(out, (guint)(start + length));
	guint8 *to = out->data + start;
	while (text < end && (size_t)(to - out->data) <= limit) {
		const guint8 *equals = memchr(text, '=', (size_t)(end - text));
		const guint8 *stop = equals != NULL ? equals : end;
		memcpy(to, text, (size_t)(stop - text));
		to += stop - text;
		text = stop;
		if (text < end)
			text += write_equals(&to, text, (size_t)(end - text));
	}
	g_byte_array_set_size(out, (guint)(to - out->data));
}

/* The number that C is in base64, or -1. */
static int
digit_value(guint8 c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Writes the whole bytes that N digits of VALUE hold to TO; where they end. */
static guint8 *
write_group(guint8 *to, guint32 value, int n)
{
	value <<= 6 * (4 - n);
	for (int i = 0; i < n - 1; i++)
		*to++ = (guint8)(value >> (16 - 8 * i));
	return to;
}

void
hisho_transfer_append_base64(
    GByteArray *out, const guint8 *text, size_t length, size_t limit)
{
	size_t start = out->len;
	guint32 value = 0;
	int n = 0;

	g_byte_array_set_size(out, (guint)(start + length / 4 * 3 + 3));
	guint8 *to = out->data + start;
	for (size_t i = 0; i < length && (size_t)(to - out->data) <= limit;
	     i++) {
		int digit = digit_value(text[i]);
		if (digit >= 0) {
			value = value << 6 | (guint32)digit;
			n++;
		}
		if (n == 4 || (text[i] == '=' && n > 0)) {
			to = write_group(to, value, n);
			value = 0;
			n = 0;
		}
	}
	to = write_group(to, value, n);
	g_byte_array_set_size(out, (guint)(to - out->data));
}
