/* word.h - encoded-words (RFC 2047) */
#pragma once

#include <stddef.h>

/* The LENGTH bytes of VALUE, an unstructured field value or the unquoted text
 * of a display name, as one line of UTF-8: unfolded, trimmed, encoded-words
 * decoded, raw bytes guessed at (hisho_text_from_charset).  Tolerates what
 * mailers do in spite of RFC 2047: words within quotes, joined to other text,
 * over-long, with blanks inside, cut in the middle of a character. */
char *hisho_word_decode(const char *value, size_t length);
