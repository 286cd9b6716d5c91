/* sentences.h - the words of each warning, in English and Japanese */
#pragma once

#include <glib.h>

/* "danger", "caution" or "note"; "note" for a code that is not known. */
const char *hisho_sentence_level(const char *code);

/* Where CODE stands: dangers before cautions before notes. */
int hisho_sentence_rank(const char *code);

/* The sentence of CODE in LANG ("ja", else English), {name} replaced by the
 * value of NAME in EVIDENCE (names and values in turn).  Some have one of
 * their own for a "reason" in EVIDENCE. */
char *hisho_sentence_dup(
    const char *code, const char *lang, const GPtrArray *evidence);
