/* percent.h - percent-encoding (RFC 3986 2.1) */
#pragma once

#include <glib.h>

/* LENGTH bytes of TEXT decoded; a NUL, which is as forbidden as a blank,
 * becomes one. */
char *hisho_percent_dup_decoded(const char *text, size_t length);

/* Appends TEXT with all bytes encoded that are not printable ASCII or would
 * end a URL in a text, until OUT is MAX bytes long or little more. */
void hisho_percent_append_encoded(GString *out, const char *text, size_t max);
