/* datalink.h - pages and scripts that are written in links (RFC 2397) */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* How "http" begins in base64, whatever follows. */
#define HISHO_DATALINK_HTTP "aHR0c"

/* The markup that LENGTH bytes of TEXT, a data: URL, hold, LENGTH_OUT bytes
 * and a NUL; NULL when it is none, or of a type without links. */
char *hisho_datalink_dup_markup(
    const char *text, size_t length, size_t *length_out);

/* LENGTH bytes of base64, plain or for URLs, decoded: other bytes are passed
 * over, as browsers do; LENGTH_OUT bytes and a NUL. */
char *hisho_datalink_dup_base64(
    const char *text, size_t length, size_t *length_out);

/* Whether LENGTH bytes of SCRIPT may hold links that are not written out,
 * or forms. */
bool hisho_datalink_is_veiled(const char *script, size_t length);
