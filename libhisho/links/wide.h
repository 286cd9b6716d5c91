/* wide.h - links in full-width letters */
#pragma once

#include <glib.h>
#include <stddef.h>

/* The length of the word of full-width and other letters of a link that begins
 * at TEXT; 0 unless its first letter is full-width. */
size_t hisho_wide_length(const char *text, size_t length);

/* LENGTH bytes of TEXT with ASCII for what is full-width, and '.' for the dots
 * of East Asia. */
char *hisho_wide_dup_folded(const char *text, size_t length);

/* How many bytes of TEXT come to N bytes when folded. */
size_t hisho_wide_unfold(const char *text, size_t length, size_t n);

/* The length of the dot of East Asia that TEXT begins with; 0 without one. */
size_t hisho_wide_dot_length(const char *text, size_t length);
