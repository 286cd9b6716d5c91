/* japanese.h - ISO-2022-JP, and which charset bytes without a label are in */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The charset (charset.h) that LENGTH bytes of DATA look like: UTF-8,
 * ISO-2022, EUC-JP, CP932, else CP1252. */
int hisho_japanese_guess(const guint8 *data, size_t length);

/* Whether an escape sequence of ISO 2022 leaves ASCII in DATA. */
bool hisho_japanese_has_escapes(const guint8 *data, size_t length);

/* Appends LENGTH bytes of ISO-2022-JP (-KR, -CN) to OUT as UTF-8, bytes that
 * cannot be read as \377. */
void hisho_japanese_append(GString *out, const guint8 *data, size_t length);
