#include "libhisho/mail/text.h"

#include <errno.h>
#include <glib.h>
#include <iconv.h>
#include <string.h>

#define REPLACEMENT "\357\277\275" /* U+FFFD */
#define BYTE_ORDER_MARK "\357\273\277"
#define NOT_OPEN ((iconv_t)-1)
#define ESCAPE 0x1b
#define SHIFT_OUT 0x0e
#define SHIFT_IN 0x0f

/* A longer run of combining marks is no language (UAX #15 D.13 sets 30), and
 * sorting it would take quadratic time. */
#define MAX_MARKS 30

/* Characters normalized at once, and at most: the work of g_utf8_normalize()
 * grows with the square of what is composed. */
#define PIECE 128
#define MAX_PIECE 1024

/* Among so many characters Japanese has kana. */
#define MAX_KANJI_ALONE 16

/* The charsets the code names; the others are only in the list. */
enum { UNKNOWN = -1, UTF_8, ISO_2022, CP932, EUC_JP, GB_18030, UHC, CP1252 };

/* Every charset that is read, under the name of its converter.  The first two
 * are read here.  CP932 to CP1252 are supersets of what labels promise, as
 * mailers take them. */
static const char *const charsets[] = { "UTF-8", "ISO-2022-JP", "CP932",
	"EUC-JP-MS", "GB18030", "UHC", "CP1252", "BIG5-HKSCS", "CP1250",
	"CP1251", "CP1253", "CP1254", "CP1255", "CP1256", "CP1257", "CP1258",
	"CP866", "CP874", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4",
	"ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-9",
	"ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15",
	"ISO-8859-16", "KOI8-R", "KOI8-U", "MACINTOSH", "UTF-7", "UTF-16",
	"UTF-16LE", "UTF-16BE", "UTF-32" };

/* Their other labels, as fold_label() writes them. */
static const struct {
	const char *charset;
	const char *labels;
} aliases[] = {
	{ "UTF-8", " utf8mac utf8n unicode11utf8 cp65001 " },
	{ "ISO-2022-JP",
	    " iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpms jis"
	    " csiso2022jp cp50220 cp50221 cp50222 iso2022kr iso2022cn " },
	{ "CP932", " sjis shiftjis mskanji cp31j cscp31j csshiftjis " },
	{ "EUC-JP-MS", " eucjp eucjpwin cp51932 ujis cseucpkdfmtjapanese " },
	{ "GB18030", " gb2312 gbk cp936 euccn gb231280 " },
	{ "UHC", " euckr ksc56011987 ksc5601 ksc56011989 ksx1001 cp949 " },
	{ "CP1252", " iso88591 latin1 iso885911987 ansi " },
	{ "BIG5-HKSCS", " big5 cnbig5 cp950 " },
	{ "CP874", " tis620 iso885911 " },
	{ "UTF-7", " unicode11utf7 unicode20utf7 " },
	{ "UTF-16LE", " unicode " },
};

/* A character set of ISO 2022, by the escape sequence that announces it: WIDTH
 * bytes a character which, with the high bit set and PREFIX before them, are
 * CHARSET.  glibc's own ISO-2022-JP knows neither the circled digits of NEC
 * nor the half-width kana of JIS X 0201; EUC-JP-MS knows both. */
typedef struct {
	const char *escape;
	int charset; /* UNKNOWN: ASCII */
	int width;
	guint8 prefix;
} CodeSet;

static const CodeSet code_sets[] = {
	{ "(B", UNKNOWN, 1, 0 },
	{ "(J", UNKNOWN, 1, 0 },
	{ "(H", UNKNOWN, 1, 0 },
	{ "(I", EUC_JP, 1, 0x8e },
	{ ")I", EUC_JP, 1, 0x8e },
	{ "$@", EUC_JP, 2, 0 },
	{ "$B", EUC_JP, 2, 0 },
	{ "$(@", EUC_JP, 2, 0 },
	{ "$(B", EUC_JP, 2, 0 },
	{ "$(O", EUC_JP, 2, 0 },
	{ "$(Q", EUC_JP, 2, 0 },
	{ "$(D", EUC_JP, 2, 0x8f },
	{ "$A", GB_18030, 2, 0 },
	{ "$)A", GB_18030, 2, 0 },
	{ "$(C", UHC, 2, 0 },
	{ "$)C", UHC, 2, 0 },
};

static iconv_t *
open_all(void)
{
	iconv_t *converters = g_new(iconv_t, G_N_ELEMENTS(charsets));

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		converters[i] =
		    i < CP932 ? NOT_OPEN : iconv_open("UTF-8", charsets[i]);
	return converters;
}

static iconv_t
converter_of(int charset)
{
	static iconv_t *converters;

	if (g_once_init_enter(&converters))
		g_once_init_leave(&converters, open_all());
	return converters[charset];
}

void
hisho_text_open_converters(void)
{
	converter_of(UTF_8);
}

/* "X-SJIS", "shift-jis; format=flowed", "charset=Shift_JIS": what counts are
 * the letters and digits of one word. */
static char *
fold_label(const char *label)
{
	g_autoptr(GString) key = g_string_new(NULL);

	for (; *label != '\0' && key->len < 32; label++) {
		if (g_ascii_isalnum(*label))
			g_string_append_c(key, g_ascii_tolower(*label));
		else if (*label == '=' || g_str_equal(key->str, "x"))
			g_string_truncate(key, 0);
		else if (key->len > 0 && strchr("-_:.", *label) == NULL)
			break;
	}
	g_string_replace(key, "windows", "cp", 1);
	g_string_replace(key, "ibm", "cp", 1);
	return g_string_free(g_steal_pointer(&key), FALSE);
}

/* Whether NAME, lower case and without its punctuation, is KEY. */
static bool
folds_to(const char *name, const char *key)
{
	for (; *name != '\0'; name++)
		if (g_ascii_isalnum(*name) && g_ascii_tolower(*name) != *key++)
			return false;
	return *key == '\0';
}

static int
find_charset(const char *label)
{
	g_autofree char *key = fold_label(label);
	g_autofree char *word = g_strdup_printf(" %s ", key);
	const char *charset = NULL;

	for (size_t i = 0; *key != '\0' && i < G_N_ELEMENTS(aliases); i++)
		if (strstr(aliases[i].labels, word) != NULL)
			charset = aliases[i].charset;
	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (g_strcmp0(charsets[i], charset) == 0 ||
		    folds_to(charsets[i], key))
			return i;
	return UNKNOWN;
}

/* Bytes that cannot be read are appended as one \377 each: like every byte
 * that is not UTF-8 they end as U+FFFD. */
static void
append_converted(GString *out, int charset, const guint8 *data, size_t length)
{
	iconv_t converter = converter_of(charset);
	char *from = (char *)(gsize)data;
	bool at_end = false;

	if (converter == NOT_OPEN) {
		g_string_append_len(out, from, length);
		return;
	}
	iconv(converter, NULL, NULL, NULL, NULL);
	while (!at_end) {
		char room[4096], *to = room;
		size_t left = sizeof room;

		at_end = length == 0;
		size_t status = iconv(
		    converter, at_end ? NULL : &from, &length, &to, &left);
		bool is_full = errno == E2BIG && to > room;
		g_string_append_len(out, room, to - room);
		if (status == (size_t)-1 && !is_full && !at_end) {
			g_string_append_c(out, '\377');
			from++;
			length--;
		}
	}
}

/* The weight of the rows of JIS X 0208, each up to LAST: kana make a text
 * Japanese, rare kanji and unassigned rows speak against it.  Row 0 stands
 * for half-width kana, which any bytes can be. */
static const struct {
	int last;
	int weight;
} rows[] = { { 0, 0 }, { 3, 1 }, { 5, 3 }, { 12, -1 }, { 13, 1 }, { 15, -1 },
	{ 47, 2 }, { 84, -1 }, { G_MAXINT, -4 } };

/* The row of the character at P, of which LEFT bytes are there; -1 if that is
 * none.  *LENGTH is its length. */
typedef int RowOf(const guint8 *p, size_t left, int *length);

static int
row_of_euc(const guint8 *p, size_t left, int *length)
{
	*length = 2;
	if (left < 2 || p[1] < 0xa1 || (p[0] < 0xa1 && p[0] != 0x8e))
		return -1;
	return p[0] == 0x8e ? 0 : p[0] - 0xa0;
}

static int
row_of_cp932(const guint8 *p, size_t left, int *length)
{
	bool is_kana = p[0] >= 0xa1 && p[0] <= 0xdf;

	*length = is_kana ? 1 : 2;
	if (is_kana)
		return 0;
	if (left < 2 || p[1] < 0x40 || p[1] == 0x7f || p[1] > 0xfc ||
	    p[0] == 0x80 || p[0] == 0xa0 || p[0] > 0xfc)
		return -1;
	return (p[0] - (p[0] < 0xa0 ? 0x81 : 0xc1)) * 2 + 1 + (p[1] >= 0x9f);
}

/* How Japanese the bytes look in the encoding of ROW_OF; 0 if they do not.
 * Japanese stands in runs, the accents of Western words stand alone. */
static gint64
plausibility(const guint8 *p, const guint8 *end, RowOf *row_of)
{
	gint64 points = 0, characters = 0, joined = 0, kana = 0;
	const guint8 *last_end = NULL;

	for (int length = 1; p < end; p += length, length = 1) {
		if (*p < 0x80)
			continue;
		int row = row_of(p, end - p, &length);
		if (row < 0 && end - p < 2)
			break; /* cut off at the end */
		if (row < 0)
			return 0;
		size_t i = 0;
		while (rows[i].last < row)
			i++;
		points += rows[i].weight;
		characters++;
		joined += p == last_end;
		kana += row == 4 || row == 5;
		last_end = p + length;
	}
	return points >= characters && joined * 2 >= characters &&
		(kana > 0 || characters <= MAX_KANJI_ALONE)
	    ? points
	    : 0;
}

/* A few stray bytes, or a character cut off at the end, leave it UTF-8. */
static bool
is_mostly_utf8(const guint8 *data, size_t length)
{
	const char *p = (const char *)data, *end = p + length;
	size_t valid = 0, stray = 0;

	while (p < end) {
		gunichar c = (guint8)*p < 0x80
		    ? 0
		    : g_utf8_get_char_validated(p, end - p);

		if (c == (gunichar)-2)
			break;
		bool is_stray = c == (gunichar)-1;
		size_t n = is_stray ? 1 : g_unichar_to_utf8(c, NULL);
		stray += is_stray;
		valid += n > 1 ? n : 0;
		p += n;
	}
	return valid > 2 * stray;
}

static int
guess_eight_bit(const guint8 *data, size_t length)
{
	if (is_mostly_utf8(data, length))
		return UTF_8;
	gint64 euc = plausibility(data, data + length, row_of_euc);
	gint64 cp932 = plausibility(data, data + length, row_of_cp932);
	if (euc == 0 && cp932 == 0)
		return CP1252;
	return euc >= cp932 ? EUC_JP : CP932;
}

/* The set that the escape sequence at P announces, and in *AFTER its end; NULL
 * if it is none.  A fold of the line may have cut it in two. */
static const CodeSet *
find_code_set(const guint8 *p, const guint8 *end, const guint8 **after)
{
	if (p == end || *p++ != ESCAPE)
		return NULL;
	for (int i = 0; i < 3 && p < end && g_ascii_isspace(*p); i++)
		p++;
	for (size_t i = 0; i < G_N_ELEMENTS(code_sets); i++) {
		size_t length = strlen(code_sets[i].escape);

		if ((size_t)(end - p) < length ||
		    memcmp(p, code_sets[i].escape, length) != 0)
			continue;
		*after = p + length;
		return &code_sets[i];
	}
	return NULL;
}

static bool
announces_code_set(const guint8 *data, size_t length)
{
	const guint8 *end = data + length, *p = data;

	while ((p = memchr(p, ESCAPE, end - p)) != NULL) {
		const CodeSet *set = find_code_set(p, end, &p);

		if (set != NULL && set->charset != UNKNOWN)
			return true;
		p += set == NULL;
	}
	return false;
}

static int
guess_charset(const guint8 *data, size_t length)
{
	return announces_code_set(data, length) ? ISO_2022
						: guess_eight_bit(data, length);
}

/* A run of bytes between two escapes.  8-bit bytes do not belong there: in
 * ASCII they are guessed at, elsewhere half-width kana if they can be. */
static void
append_run(GString *out, const CodeSet *set, const guint8 *p, const guint8 *end)
{
	g_autoptr(GString) bytes = g_string_new(NULL);

	if (set->charset == UNKNOWN) {
		append_converted(out, guess_eight_bit(p, end - p), p, end - p);
		return;
	}
	while (p < end) {
		if (*p <= ' ' || *p == 0x7f) {
			g_string_append_c(bytes, *p++);
			continue;
		}
		if (set->prefix != 0 || *p >= 0x80)
			g_string_append_c(
			    bytes, *p >= 0x80 ? 0x8e : set->prefix);
		int width = *p >= 0x80 ? 1 : set->width;
		for (int i = 0; i < width && p<end && * p> ' '; i++)
			g_string_append_c(bytes, *p++ | 0x80);
	}
	append_converted(
	    out, set->charset, (const guint8 *)bytes->str, bytes->len);
}

/* RFC 1468, and RFC 1557, 1922, 2237 as far as they are seen.  The end of a
 * line ends every set, whether that was said or not. */
static void
append_iso_2022(GString *out, const guint8 *p, const guint8 *end)
{
	const CodeSet *sets[2] = { &code_sets[0], &code_sets[0] };
	bool is_shifted = false;

	while (p < end) {
		const CodeSet *set = find_code_set(p, end, &p);

		if (set != NULL) {
			sets[strchr(set->escape, ')') != NULL] = set;
			continue;
		}
		if (*p == SHIFT_OUT || *p == SHIFT_IN) {
			is_shifted = *p++ == SHIFT_OUT;
			continue;
		}
		if (*p == '\n') {
			sets[0] = &code_sets[0];
			is_shifted = false;
		}
		const guint8 *run = p++;
		while (p < end && *p != ESCAPE && *p != SHIFT_OUT &&
		    *p != SHIFT_IN && *p != '\n')
			p++;
		append_run(out, sets[is_shifted], run, p);
	}
}

/* Nobody writes C1 controls: converters make them of bytes they lack. */
static void
spoil_c1(GString *text)
{
	char *to = text->str;

	for (const char *p = text->str; p < text->str + text->len; p++) {
		bool is_c1 = p[0] == '\302' && (p[1] & 0xe0) == 0x80;

		*to++ = is_c1 ? '\377' : *p;
		p += is_c1;
	}
	g_string_truncate(text, to - text->str);
}

static char *
decode(int charset, const guint8 *data, size_t length)
{
	g_autoptr(GString) out = g_string_sized_new(length);

	if (charset == ISO_2022)
		append_iso_2022(out, data, data + length);
	else
		append_converted(out, charset, data, length);
	if (charset != UTF_8)
		spoil_c1(out);
	return g_utf8_make_valid(out->str, out->len);
}

static bool
is_ascii_text(const guint8 *data, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (data[i] == 0 || data[i] >= 0x80 || data[i] == ESCAPE ||
		    data[i] == SHIFT_OUT)
			return false;
	return true;
}

/* Reads DATA by its label.  What contradicts it: escapes, which announce
 * themselves, and a guess that can read every byte, as CP1252 always can. */
static char *
decode_labelled(int charset, const guint8 *data, size_t length)
{
	bool is_vague = charset == UNKNOWN || charset == CP1252;

	if (is_vague || announces_code_set(data, length))
		charset = guess_charset(data, length);
	char *text = decode(charset, data, length);
	if (strstr(text, REPLACEMENT) == NULL)
		return text;
	int guess = guess_charset(data, length);
	if (guess == charset || (guess == CP1252 && charset != UTF_8))
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
	int charset = label == NULL ? UNKNOWN : find_charset(label);
	bool is_wide =
	    charset > CP1252 && g_str_has_prefix(charsets[charset], "UTF-");
	char *text;

	if (is_wide)
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
