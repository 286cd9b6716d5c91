#include "libhisho/mail/japanese.h"

#include <string.h>

#include "libhisho/mail/charset.h"

#define ESCAPE 0x1b
#define SHIFT_OUT 0x0e
#define SHIFT_IN 0x0f

/* Among so many characters Japanese has kana. */
#define MAX_KANJI_ALONE 16

/* A character set of ISO 2022, by the escape sequence that announces it: WIDTH
 * bytes a character which, with the high bit set and PREFIX before them, are
 * CHARSET.  glibc's own ISO-2022-JP knows neither the circled digits of NEC
 * nor the half-width kana of JIS X 0201; EUC-JP-MS knows both. */
typedef struct {
	const char *escape;
	int charset; /* HISHO_CHARSET_UNKNOWN: ASCII */
	int width;
	guint8 prefix;
} CodeSet;

static const CodeSet code_sets[] = {
	{ "(B", HISHO_CHARSET_UNKNOWN, 1, 0 },
	{ "(J", HISHO_CHARSET_UNKNOWN, 1, 0 },
	{ "(H", HISHO_CHARSET_UNKNOWN, 1, 0 },
	{ "(I", HISHO_CHARSET_EUC_JP, 1, 0x8e },
	{ ")I", HISHO_CHARSET_EUC_JP, 1, 0x8e },
	{ "$@", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$B", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$(@", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$(B", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$(O", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$(Q", HISHO_CHARSET_EUC_JP, 2, 0 },
	{ "$(D", HISHO_CHARSET_EUC_JP, 2, 0x8f },
	{ "$A", HISHO_CHARSET_GB_18030, 2, 0 },
	{ "$)A", HISHO_CHARSET_GB_18030, 2, 0 },
	{ "$(C", HISHO_CHARSET_UHC, 2, 0 },
	{ "$)C", HISHO_CHARSET_UHC, 2, 0 },
};

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
		if ((guint8)*p < 0x80) {
			p++;
			continue;
		}
		gunichar c = g_utf8_get_char_validated(p, end - p);
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
		return HISHO_CHARSET_UTF_8;
	gint64 euc = plausibility(data, data + length, row_of_euc);
	gint64 cp932 = plausibility(data, data + length, row_of_cp932);
	if (euc == 0 && cp932 == 0)
		return HISHO_CHARSET_CP1252;
	return euc >= cp932 ? HISHO_CHARSET_EUC_JP : HISHO_CHARSET_CP932;
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

bool
hisho_japanese_has_escapes(const guint8 *data, size_t length)
{
	const guint8 *end = data + length, *p = data;

	while ((p = memchr(p, ESCAPE, end - p)) != NULL) {
		const CodeSet *set = find_code_set(p, end, &p);

		if (set != NULL && set->charset != HISHO_CHARSET_UNKNOWN)
			return true;
		p += set == NULL;
	}
	return false;
}

int
hisho_japanese_guess(const guint8 *data, size_t length)
{
	return hisho_japanese_has_escapes(data, length)
	    ? HISHO_CHARSET_ISO_2022
	    : guess_eight_bit(data, length);
}

/* A run of bytes between two escapes.  8-bit bytes do not belong there: in
 * ASCII they are guessed at, elsewhere half-width kana if they can be. */
static void
append_run(GString *out, const CodeSet *set, const guint8 *p, const guint8 *end)
{
	g_autoptr(GString) bytes = g_string_new(NULL);

	if (set->charset == HISHO_CHARSET_UNKNOWN) {
		hisho_charset_append(
		    out, guess_eight_bit(p, end - p), p, end - p);
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
	hisho_charset_append(
	    out, set->charset, (const guint8 *)bytes->str, bytes->len);
}

/* RFC 1468, and RFC 1557, 1922, 2237 as far as they are seen.  The end of a
 * line ends every set, whether that was said or not. */
void
hisho_japanese_append(GString *out, const guint8 *data, size_t length)
{
	const guint8 *p = data, *end = data + length;
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
