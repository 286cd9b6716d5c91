#include "libhisho/mail/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define NOT_OPEN ((iconv_t)-1)

/* Every charset that is read, under the name of its converter.  The first two
 * need none.  CP932 to CP1252 are supersets of what labels promise, as
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

static iconv_t *
open_all(void)
{
	iconv_t *converters = g_new(iconv_t, G_N_ELEMENTS(charsets));

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		converters[i] = i < HISHO_CHARSET_CP932
		    ? NOT_OPEN
		    : iconv_open("UTF-8", charsets[i]);
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
hisho_charset_open_all(void)
{
	converter_of(HISHO_CHARSET_UTF_8);
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

int
hisho_charset_find(const char *label)
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
	return HISHO_CHARSET_UNKNOWN;
}

bool
hisho_charset_is_wide(int charset)
{
	return charset > HISHO_CHARSET_CP1252 &&
	    g_str_has_prefix(charsets[charset], "UTF-");
}

bool
hisho_charset_has_nuls(int charset)
{
	return hisho_charset_is_wide(charset) &&
	    strcmp(charsets[charset], "UTF-7") != 0;
}

void
hisho_charset_append(
    GString *out, int charset, const guint8 *data, size_t length)
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
