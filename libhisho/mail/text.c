#include "libhisho/mail/text.h"

#include <glib.h>
#include <string.h>

#include "libhisho/mail/charset.h"
#include "libhisho/mail/japanese.h"

#define REPLACEMENT "\357\277\275" /* U+FFFD */
#define ESCAPE 0x1b
#define SHIFT_OUT 0x0e
#define BYTE_ORDER_MARK "\357\273\277"

/* A longer run of combining marks is no language (UAX #15 D.13 sets 30), and
 * sorting it would take quadratic time. */
#define MAX_MARKS 30

/* Characters normalized at once, and at most: the work of g_utf8_normalize()
 * grows with the square of what is composed. */
#define PIECE 128
#define MAX_PIECE 1024

void
hisho_text_open_converters(void)
{
	hisho_charset_open_all();
}

/* Nobody writes C1 controls: converters make them of bytes they lack. */
static void
spoil_c1(GString *text)
{
	char *first = memchr(text->str, '\302', text->len);
	char *to = first;

	if (first == NULL)
		return;
	for (const char *p = first; p < text->str + text->len; p++) {
		bool is_c1 = p[0] == '\302' && (p[1] & 0xe0) == 0x80;

		*to++ = is_c1 ? '\377' : *p;
		p += is_c1;
	}
	g_string_truncate(text, to - text->str);
}

static char *
decode(int charset, const guint8 *data, size_t length)
{
	if (charset == HISHO_CHARSET_UTF_8 &&
	    g_utf8_validate((const char *)data, (gssize)length, NULL))
		return g_strndup((const char *)data, length);
	g_autoptr(GString) out = g_string_sized_new(length);

	if (charset == HISHO_CHARSET_ISO_2022)
		hisho_japanese_append(out, data, length);
	else
		hisho_charset_append(out, charset, data, length);
	if (charset != HISHO_CHARSET_UTF_8)
		spoil_c1(out);
	return g_utf8_make_valid(out->str, out->len);
}

static bool
has_eight_bit(const guint8 *data, size_t length)
{
	const guint64 high = G_GUINT64_CONSTANT(0x8080808080808080);
	guint64 word = 0;

	for (; length >= sizeof word; data += sizeof word) {
		memcpy(&word, data, sizeof word);
		if (word & high)
			return true;
		length -= sizeof word;
	}
	word = 0;
	memcpy(&word, data, length);
	return word & high;
}

static bool
is_ascii_text(const guint8 *data, size_t length)
{
	return length == 0 ||
	    (!has_eight_bit(data, length) && memchr(data, 0, length) == NULL &&
		memchr(data, ESCAPE, length) == NULL &&
		memchr(data, SHIFT_OUT, length) == NULL);
}

/* Reads DATA by its label.  What contradicts it: escapes, which announce
 * themselves, and a guess that can read every byte, as HISHO_CHARSET_CP1252
 * always can. */
static char *
decode_labelled(int charset, const guint8 *data, size_t length)
{
	bool is_vague =
	    charset == HISHO_CHARSET_UNKNOWN || charset == HISHO_CHARSET_CP1252;

	if (is_vague || hisho_japanese_has_escapes(data, length))
		charset = hisho_japanese_guess(data, length);
	char *text = decode(charset, data, length);
	if (strstr(text, REPLACEMENT) == NULL)
		return text;
	int guess = hisho_japanese_guess(data, length);
	if (guess == charset ||
	    (guess == HISHO_CHARSET_CP1252 && charset != HISHO_CHARSET_UTF_8))
		return text;
	g_autofree char *again = decode(guess, data, length);
	if (strstr(again, REPLACEMENT) != NULL)
		return text;
	g_free(text);
	return g_steal_pointer(&again);
}

char *
hisho_text_from_charset(
    const char *data, size_t length, const char *label, bool *garbled)
{
	const guint8 *bytes = (const guint8 *)data;
	int charset =
	    label == NULL ? HISHO_CHARSET_UNKNOWN : hisho_charset_find(label);
	char *text;

	/* ASCII without a NUL between: it is the label that lies. */
	if (hisho_charset_is_wide(charset) &&
	    !(hisho_charset_has_nuls(charset) && is_ascii_text(bytes, length)))
		text = decode(charset, bytes, length);
	else if (is_ascii_text(bytes, length))
		text = g_strndup(length == 0 ? "" : data, length);
	else
		text = decode_labelled(charset, bytes, length);

	if (g_str_has_prefix(text, BYTE_ORDER_MARK))
		memmove(text, text + 3, strlen(text + 3) + 1);
	if (garbled != NULL)
		*garbled = strstr(text, REPLACEMENT) != NULL;
	return text;
}

/* Characters without a shape, beside those of class Cf (format). */
static const struct {
	gunichar first, last;
} shapeless[] = { { 0x034f, 0x034f }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f }, { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },
	{ 0xffa0, 0xffa0 }, { 0xe0100, 0xe01ef } };

static bool
is_invisible(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shapeless); i++)
		if (c >= shapeless[i].first && c <= shapeless[i].last)
			return true;
	return g_unichar_type(c) == G_UNICODE_FORMAT;
}

/* What JIS X 0208 maps in two ways: by the standard and by Microsoft. */
static gunichar
settle_variant(gunichar c)
{
	return c == 0x301c ? '~'
	    : c == 0x2212  ? '-'
	    : c == 0x2016  ? 0x2225
	    : c == 0x2015  ? 0x2014
			   : c;
}

static char *
dup_visible(const char *text)
{
	g_autoptr(GString) visible = g_string_new(NULL);
	int n_marks = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		n_marks = g_unichar_combining_class(c) == 0 ? 0 : n_marks + 1;
		if (n_marks <= MAX_MARKS && !is_invisible(c))
			g_string_append_unichar(visible, settle_variant(c));
	}
	return g_string_free(g_steal_pointer(&visible), FALSE);
}

static char *
dup_single_spaced(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	bool is_pending = false;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			is_pending = out->len > 0;
			continue;
		}
		if (is_pending)
			g_string_append_c(out, ' ');
		g_string_append_unichar(out, c);
		is_pending = false;
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Whether a text may be cut before C: nothing composes with what precedes it.
 * Hangul jamo and the half-width sound marks do, and are no marks. */
static bool
is_cut(gunichar c)
{
	bool is_jamo = (c >= 0x1100 && c <= 0x11ff) || c >= 0xff9e;

	return !g_unichar_ismark(c) && !is_jamo;
}

static char *
dup_composed(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	while (*text != '\0') {
		const char *end = text;
		for (int n = 0; *end != '\0' && n < MAX_PIECE; n++) {
			if (n >= PIECE && is_cut(g_utf8_get_char(end)))
				break;
			end = g_utf8_next_char(end);
		}
		g_autofree char *piece =
		    g_utf8_normalize(text, end - text, G_NORMALIZE_ALL_COMPOSE);
		g_string_append(out, piece);
		text = end;
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
hisho_text_normalize(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *visible = dup_visible(valid);
	g_autofree char *composed = dup_composed(visible);
	g_autofree char *folded = g_utf8_casefold(composed, -1);
	/* Folding may leave what is not in normal form. */
	g_autofree char *normal = dup_composed(folded);

	return dup_single_spaced(normal);
}

static void
append_for_terminal(GString *out, gunichar c)
{
	GUnicodeType type = g_unichar_type(c);
	bool is_joiner = c == 0x200c || c == 0x200d; /* scripts need them */

	if (c == '\t' || c == '\n' || c == '\r')
		g_string_append_c(out, ' ');
	else if (type == G_UNICODE_CONTROL)
		g_string_append(out, REPLACEMENT);
	else if ((type == G_UNICODE_FORMAT && !is_joiner) ||
	    type == G_UNICODE_LINE_SEPARATOR ||
	    type == G_UNICODE_PARAGRAPH_SEPARATOR)
		g_string_append_printf(out, "<U+%04X>", c);
	else
		g_string_append_unichar(out, c);
}

char *
hisho_text_for_terminal(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p))
		append_for_terminal(out, g_utf8_get_char(p));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

size_t
hisho_text_width(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	size_t width = 0;

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!g_unichar_iszerowidth(c) && !g_unichar_iscntrl(c))
			width += g_unichar_iswide(c) ? 2 : 1;
	}
	return width;
}
