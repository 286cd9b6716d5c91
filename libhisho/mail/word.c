#include "libhisho/mail/word.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "libhisho/mail/text.h"

/* The longest registered charset name has 45 characters; a language suffix
 * (RFC 2231 section 5) may follow. */
#define MAX_LABEL 80

/* An encoded-word in its parts, all within the value. */
typedef struct {
	const char *charset, *charset_end;
	const char *text, *text_end;
	bool is_base64;
} Word;

/* Where in the value we are.  CLOSING is the first "?=" from there on, looked
 * for only once, so that hostile values take linear time. */
typedef struct {
	const char *p, *end;
	const char *closing;
} Scanner;

/* The text on its way out.  Adjacent words of one charset are converted as
 * one: many mailers cut within a character. */
typedef struct {
	GString *out;
	GString *bytes; /* of words not yet converted */
	char *charset;	/* of these; NULL if no word came last */
} Decoder;

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A line end that no blank follows is no fold, but must not stay either. */
static GString *
unfold(const char *value, size_t length)
{
	GString *line = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		if (value[i] != '\r' && value[i] != '\n')
			g_string_append_c(line, value[i]);
		else if (i + 1 < length && !is_space(value[i + 1]))
			g_string_append_c(line, ' ');
	}
	return line;
}

/* Reads the word whose "=?" is at the scanner's place and moves behind it; if
 * there is none the scanner stays. */
static bool
scan_word(Scanner *scanner, Word *word)
{
	const char *end = scanner->end, *p = scanner->p + 2;
	const char *label_end = p;

	while (label_end < end && label_end - p <= MAX_LABEL &&
	    *label_end != '?' && g_ascii_isgraph(*label_end))
		label_end++;
	if (end - label_end < 5 || label_end[0] != '?' || label_end[2] != '?' ||
	    strchr("bBqQ", label_end[1]) == NULL || label_end[1] == '\0')
		return false;
	const char *language = memchr(p, '*', label_end - p);
	word->charset = p;
	word->charset_end = language == NULL ? label_end : language;
	word->is_base64 = g_ascii_tolower(label_end[1]) == 'b';
	word->text = label_end + 3;

	if (scanner->closing != NULL && scanner->closing < word->text)
		scanner->closing =
		    memmem(word->text, end - word->text, "?=", 2);
	if (scanner->closing == NULL)
		return false;
	word->text_end = scanner->closing;
	if (word->is_base64 &&
	    memchr(word->text, '?', word->text_end - word->text) != NULL)
		return false;
	scanner->p = word->text_end + 2;
	return true;
}

static void
append_quoted(GString *bytes, const char *p, const char *end)
{
	while (p < end) {
		bool is_escape = end - p >= 3 && *p == '=' &&
		    g_ascii_isxdigit(p[1]) && g_ascii_isxdigit(p[2]);

		if (is_escape)
			g_string_append_c(bytes,
			    g_ascii_xdigit_value(p[1]) * 16 +
				g_ascii_xdigit_value(p[2]));
		else
			g_string_append_c(bytes, *p == '_' ? ' ' : *p);
		p += is_escape ? 3 : 1;
	}
}

static int
base64_value(char c)
{
	return g_ascii_isupper(c)  ? c - 'A'
	    : g_ascii_islower(c)   ? c - 'a' + 26
	    : g_ascii_isdigit(c)   ? c - '0' + 52
	    : c == '+' || c == '-' ? 62
	    : c == '/' || c == '_' ? 63
				   : -1;
}

/* Padding may be missing, or stand where two encoded texts were joined. */
static void
append_base64(GString *bytes, const char *p, const char *end)
{
	unsigned bits = 0;
	int n_bits = 0;

	for (; p < end; p++) {
		int value = base64_value(*p);

		if (*p == '=')
			n_bits = 0;
		if (value < 0)
			continue;
		bits = bits << 6 | value;
		n_bits += 6;
		if (n_bits < 8)
			continue;
		n_bits -= 8;
		g_string_append_c(bytes, bits >> n_bits & 0xff);
	}
}

static void
append_text(
    Decoder *decoder, const char *data, size_t length, const char *charset)
{
	g_autofree char *text =
	    hisho_text_from_charset(data, length, charset, NULL);

	g_string_append(decoder->out, text);
}

static void
convert_words(Decoder *decoder)
{
	append_text(decoder, decoder->bytes->str, decoder->bytes->len,
	    decoder->charset);
	g_string_truncate(decoder->bytes, 0);
	g_clear_pointer(&decoder->charset, g_free);
}

static void
put_word(Decoder *decoder, const Word *word)
{
	g_autofree char *charset =
	    g_ascii_strdown(word->charset, word->charset_end - word->charset);

	if (g_strcmp0(charset, decoder->charset) != 0)
		convert_words(decoder);
	g_free(decoder->charset);
	decoder->charset = g_steal_pointer(&charset);
	(word->is_base64 ? append_base64 : append_quoted)(
	    decoder->bytes, word->text, word->text_end);
}

/* White space between two words is not text (RFC 2047 section 6.2). */
static void
put_raw(Decoder *decoder, const char *p, const char *end)
{
	const char *q = p;

	while (q < end && is_space(*q))
		q++;
	if (q == end && decoder->charset != NULL)
		return;
	convert_words(decoder);
	append_text(decoder, p, end - p, NULL);
}

char *
hisho_word_decode(const char *value, size_t length)
{
	g_autoptr(GString) line = unfold(value, length);
	g_autoptr(GString) bytes = g_string_new(NULL);
	Decoder decoder = { .out = g_string_new(NULL), .bytes = bytes };
	Scanner scanner = { line->str, line->str + line->len, line->str };
	const char *raw = scanner.p;
	Word word;

	while ((scanner.p = memmem(
		    scanner.p, scanner.end - scanner.p, "=?", 2)) != NULL) {
		const char *start = scanner.p;

		if (!scan_word(&scanner, &word)) {
			scanner.p++;
			continue;
		}
		put_raw(&decoder, raw, start);
		put_word(&decoder, &word);
		raw = scanner.p;
	}
	put_raw(&decoder, raw, scanner.end);
	convert_words(&decoder);
	g_strdelimit(decoder.out->str, "\r\n", ' ');
	return g_strstrip(g_string_free(decoder.out, FALSE));
}
