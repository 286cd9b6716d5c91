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

/* Whether TEXT has comments or escapes at all. */
bool hisho_css_is_disguised(const char *text, size_t length);

/* LENGTH bytes of TEXT with a blank for each comment, which may not stand in
 * strings and url(), and with escapes replaced; what they stand for is no
 * syntax, so that any but letters, digits, - and _ comes after a \1. */
char *hisho_css_dup_plain(const char *text, size_t length);

/* The last byte, before END, of the string whose quotation mark AT is. */
const char *hisho_css_string_end(const char *at, const char *end);
