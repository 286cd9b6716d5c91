/* css.h - CSS without its disguises, and the URLs in it */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* LENGTH bytes of TEXT without comments and with escapes replaced
 * (css-syntax-3, 4.3.7), so that d\69splay is display. */
char *hisho_css_dup_decoded(const char *text, size_t length);

/* The URL that begins at *AT, quoted or up to the bracket; moves AT behind
 * it.  A piece of the text, of LENGTH bytes. */
const char *hisho_css_read_url(const char **at, size_t *length);

/* The next URL that url() or @import names from *AT on, which moves behind
 * it.  A piece of the decoded text, of LENGTH bytes; NULL at the end. */
const char *hisho_css_find_url(const char **at, size_t *length);
