/* transfer.h - Content-Transfer-Encodings taken off (RFC 2045, 6.7 and 6.8) */
#pragma once

#include <glib.h>

/* Both append to OUT until it has more than LIMIT bytes; how many more is not
 * said. */

/* Appends to OUT what LENGTH bytes of TEXT, quoted-printable, mean.  White
 * space between a '=' and the end of its line goes with them; a '=' that
 * begins nothing else stands for itself. */
void hisho_transfer_append_quoted(
    GByteArray *out, const guint8 *text, size_t length, size_t limit);

/* Appends to OUT what LENGTH bytes of TEXT, base64, mean.  Bytes of no
 * alphabet are passed over, and what follows the padding is read on: some
 * programs show it. */
void hisho_transfer_append_base64(
    GByteArray *out, const guint8 *text, size_t length, size_t limit);
