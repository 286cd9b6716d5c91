/* paint.h - text for people: fitted into columns, coloured, shaded */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* TEXT safe for a terminal and cut to COLUMNS, with "…" where it was cut. */
char *hisho_paint_dup_fit(const char *text, size_t columns);
/* The same, but the end of TEXT is kept: "…" stands before it. */
char *hisho_paint_dup_tail(const char *text, size_t columns);
/* As hisho_paint_dup_fit(), filled up with blanks to exactly COLUMNS. */
char *hisho_paint_dup_column(const char *text, size_t columns);

/* TEXT in green for "trusted", in red for "distrusted" ADVICE, as it is for
 * others or when not IS_COLORED. */
char *hisho_paint_dup_advice(
    const char *text, const char *advice, bool is_colored);

/* PART of WHOLE as a bar of eight columns; empty for a WHOLE of 0. */
char *hisho_paint_dup_bar(gint64 part, gint64 whole);

/* HOST so that no program makes a link of it: dots as "[.]". */
char *hisho_paint_dup_defanged(const char *host);

/* TEXT, safe for a terminal, so that no program makes a link of any host or
 * URL in it: "hxxp" for http, "[.]" for dots within words. */
char *hisho_paint_dup_unlinked(const char *text);

/* How many bytes of TEXT go on a line of COLUMNS: up to the last blank that
 * fits, or to its end; a word that is longer than a line, as all of Japanese
 * is, breaks anywhere. */
size_t hisho_paint_line_length(const char *text, size_t columns);
