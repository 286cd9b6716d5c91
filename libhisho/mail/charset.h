/* charset.h - the charsets that mail comes in (iconv) */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The charsets that code names; the others have numbers beyond.  ISO_2022 has
 * no converter here: see japanese.h. */
enum {
	HISHO_CHARSET_UNKNOWN = -1,
	HISHO_CHARSET_UTF_8,
	HISHO_CHARSET_ISO_2022,
	HISHO_CHARSET_CP932,
	HISHO_CHARSET_EUC_JP,
	HISHO_CHARSET_GB_18030,
	HISHO_CHARSET_UHC,
	HISHO_CHARSET_CP1252,
};

/* Opens a converter for every charset; again: nothing. */
void hisho_charset_open_all(void);

/* The charset of LABEL in any spelling; UNKNOWN if it is none on the list. */
int hisho_charset_find(const char *label);

/* Whether ASCII bytes in CHARSET may be other text: UTF-16, UTF-7. */
bool hisho_charset_is_wide(int charset);

/* Whether each ASCII character in CHARSET has NULs in it: UTF-16, UTF-32. */
bool hisho_charset_has_nuls(int charset);

/* Appends LENGTH bytes of CHARSET to OUT as UTF-8, each that cannot be read as
 * \377.  Bytes of UTF-8 and of ISO_2022 are appended as they are. */
void hisho_charset_append(
    GString *out, int charset, const guint8 *data, size_t length);
