/* text.h - charsets, width, kana, terminals
 *
 * All text that leaves these functions is valid UTF-8 without NUL. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Opens a converter for every charset that is read: about 2 ms.  To be called
 * before open(2) is denied; whatever is not opened then is never opened.
 * Calling it again does nothing. */
void hisho_text_open_converters(void);

/* LENGTH bytes of DATA as UTF-8.  CHARSET is the label as the mail has it, in
 * any spelling, or NULL.  A label that is missing, unknown or contradicted by
 * the bytes is replaced by a guess: UTF-8, ISO-2022-JP, EUC-JP, Shift_JIS,
 * else windows-1252.  Each byte that cannot be read becomes U+FFFD and sets
 * GARBLED, which may be NULL.  Not for use from several threads. */
char *hisho_text_from_charset(
    const char *data, size_t length, const char *charset, bool *garbled);

/* TEXT in the form in which two texts are compared: NFKC with case folded
 * (full and half width are one), invisible characters removed, every run of
 * white space one blank, none at the ends. */
char *hisho_text_normalize(const char *text);

/* TEXT on one line that a terminal shows and does not obey: controls become
 * U+FFFD, bidirectional and invisible ones <U+202E>, tabs and line ends a
 * blank. */
char *hisho_text_for_terminal(const char *text);

/* The columns TEXT takes on a terminal: wide characters two, combining ones
 * and controls none. */
size_t hisho_text_width(const char *text);
