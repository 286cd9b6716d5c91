/* selector.h - which elements a rule of CSS is for
 *
 * Names, classes and ids, and the elements around (selectors-4, as far as a
 * page can be read once from its beginning). */
#pragma once

#include "libhisho/links/stack.h"

/* The names that selectors mention, as numbers from 1 on. */
typedef struct HishoNames HishoNames;

/* No names yet; those of classes and ids are in any case when IN_ANY_CASE. */
HishoNames *hisho_names_new(bool in_any_case);
void hisho_names_free(HishoNames *names);

/* The number of MARK (a dot, a # or a blank) and LENGTH bytes of NAME; 0 when
 * no selector mentions it. */
guint hisho_names_find(
    const HishoNames *names, char mark, const char *name, size_t length);

/* One complex selector. */
typedef struct HishoSelector HishoSelector;

/* Reads the selector between AT and END.  NULL when it cannot be followed, or
 * is for what is no element; no longer VALID, too, when it is none at all. */
HishoSelector *hisho_selector_parse(
    HishoNames *names, const char *at, const char *end, bool *valid);
void hisho_selector_free(HishoSelector *selector);

/* The name that an element must have: the rarest; 0 for none. */
guint hisho_selector_key(const HishoSelector *selector);

/* Its specificity as a weight of style.h, without order. */
guint32 hisho_selector_weight(const HishoSelector *selector);

/* Whether it is for an element whose names are the last N of those of STACK,
 * in which it is not yet open.  Counts STEPS. */
bool hisho_selector_matches(const HishoSelector *selector,
    const HishoStack *stack, guint n, size_t *steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoNames, hisho_names_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSelector, hisho_selector_free)
