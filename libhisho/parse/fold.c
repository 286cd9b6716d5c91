#include "libhisho/parse/fold.h"

#include <stdbool.h>
#include <string.h>

#include "libhisho/mail/text.h"

#define NO_BREAK_SPACE "\xC2\xA0"
#define WIDE_SPACE "\xE3\x80\x80"
#define APOSTROPHE "\xE2\x80\x99"

static bool
is_at(const char *at, const char *end, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(end - at) >= n && memcmp(at, what, n) == 0;
}

/* How many bytes of white space stand AT a place. */
static size_t
space_length(const char *at, const char *end)
{
	if (g_ascii_isspace(*at))
		return 1;
	if (is_at(at, end, NO_BREAK_SPACE))
		return strlen(NO_BREAK_SPACE);
	return is_at(at, end, WIDE_SPACE) ? strlen(WIDE_SPACE) : 0;
}

/* Whether the character AT a place is in normal form, or another that no
 * phrase is written with.  Nearly all mail is made of such: accented Latin,
 * quotation marks, kana and kanji. */
static bool
is_simple(const char *at, const char *end)
{
	guchar c = (guchar)*at;
	guchar second = end - at > 1 ? (guchar)at[1] : 0;
	guchar third = end - at > 2 ? (guchar)at[2] : 0;
	bool is_voiced_mark =
	    c == 0xe3 && second == 0x82 && (third == 0x99 || third == 0x9a);

	if (c == 0xe2)
		return second == 0x80 && third >= 0x90 && third <= 0xa7;
	if (c == 0xc2)
		return second != 0xad;
	return c < 0x80 || (c >= 0xc3 && c <= 0xc9) ||
	    (c == 0xe3 && second <= 0x83 && !is_voiced_mark) ||
	    (c >= 0xe4 && c <= 0xe9);
}

static bool
is_normal(const char *text, const char *end)
{
	for (const char *p = text; p < end; p++)
		if (*p == '\0' ||
		    (((guchar)*p & 0xc0) != 0x80 && !is_simple(p, end)))
			return false;
	return true;
}

/* The letter AT a place of TEXT that OUT ends before.  Who writes "WaIIet"
 * means a wallet. */
static char
fold_letter(const GString *out, const char *at, const char *text)
{
	char before = at > text ? at[-1] : '\0';
	bool is_inside = g_ascii_islower(before) ||
	    (before == 'I' && out->str[out->len - 1] == 'l');

	return *at == 'I' && is_inside ? 'l' : g_ascii_tolower(*at);
}

/* Appends what is in normal form but for case and white space. */
static void
append_simple(GString *out, const char *text, const char *end)
{
	bool is_spaced = false;

	for (const char *p = text; p < end;) {
		size_t n = space_length(p, end);
		if (n > 0) {
			is_spaced = true;
			p += n;
			continue;
		}
		bool is_beside_ascii =
		    out->len > 0 && *p > 0 && out->str[out->len - 1] > 0;
		if (is_spaced && is_beside_ascii)
			g_string_append_c(out, ' ');
		is_spaced = false;
		if (is_at(p, end, APOSTROPHE)) {
			g_string_append_c(out, '\'');
			p += strlen(APOSTROPHE);
			continue;
		}
		g_string_append_c(out, fold_letter(out, p, text));
		p++;
	}
}

/* Letters that are put in the place of Latin ones, "раssword": Cyrillic and
 * Greek, after their capitals, too, which fold to them. */
static const struct {
	const char *letter;
	char latin;
} doubles[] = {
	{ "а", 'a' },
	{ "в", 'b' },
	{ "с", 'c' },
	{ "ԁ", 'd' },
	{ "е", 'e' },
	{ "н", 'h' },
	{ "һ", 'h' },
	{ "і", 'i' },
	{ "ј", 'j' },
	{ "к", 'k' },
	{ "ӏ", 'l' },
	{ "м", 'm' },
	{ "о", 'o' },
	{ "р", 'p' },
	{ "ԛ", 'q' },
	{ "ѕ", 's' },
	{ "т", 't' },
	{ "х", 'x' },
	{ "у", 'y' },
	{ "ԝ", 'w' },
	{ "α", 'a' },
	{ "ε", 'e' },
	{ "ι", 'i' },
	{ "κ", 'k' },
	{ "ν", 'v' },
	{ "ο", 'o' },
	{ "ρ", 'p' },
	{ "τ", 't' },
	{ "υ", 'u' },
	{ "ı", 'i' },
};

/* The Latin letter that the two bytes AT a place look like, or 0. */
static char
find_latin(const char *at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(doubles); i++)
		if (memcmp(doubles[i].letter, at, 2) == 0)
			return doubles[i].latin;
	return '\0';
}

/* TEXT, which is valid, with Latin letters where others look like them. */
static char *
dup_latin(const char *text)
{
	GString *out = g_string_sized_new(strlen(text));

	for (const char *p = text; *p != '\0'; p++) {
		guchar c = (guchar)*p;
		char latin = c >= 0xc4 && c <= 0xd4 ? find_latin(p) : '\0';
		g_string_append_c(out, latin != '\0' ? latin : *p);
		p += latin != '\0';
	}
	return g_string_free(out, FALSE);
}

void
hisho_fold_append(GString *out, const char *text, size_t length)
{
	if (is_normal(text, text + length)) {
		append_simple(out, text, text + length);
		return;
	}
	g_autofree char *copy = g_utf8_make_valid(text, (gssize)length);
	g_autofree char *normal = hisho_text_normalize(copy);
	g_autofree char *latin = dup_latin(normal);
	append_simple(out, latin, latin + strlen(latin));
}
