/* pattern.h - regular expressions; the only module that knows PCRE2 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct HishoPattern HishoPattern;

/* Compiles SOURCE as UTF-8, case-blind if CASELESS.  On a syntax error
 * (HISHO_ERROR_CONFIG) returns NULL; ERROR says which character is at fault. */
HishoPattern *hisho_pattern_new(
    const char *source, bool caseless, GError **error);
void hisho_pattern_free(HishoPattern *pattern);

/* Whether PATTERN occurs in the LENGTH bytes of TEXT; bytes that are not UTF-8
 * match nothing.  A match that would take too long (hostile input) counts as
 * none and sets LIMIT_REACHED, which may be NULL. */
bool hisho_pattern_matches(const HishoPattern *pattern, const char *text,
    size_t length, bool *limit_reached);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoPattern, hisho_pattern_free)
