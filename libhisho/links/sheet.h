/* sheet.h - the rules of the style elements of a page
 *
 * As far as they hide something, for a wide and for a narrow window. */
#pragma once

#include "libhisho/links/html.h"
#include "libhisho/links/selector.h"

typedef struct HishoSheet HishoSheet;

/* The rules of LENGTH bytes of HTML; NULL when it has none. */
HishoSheet *hisho_sheet_read(const char *html, size_t length);
void hisho_sheet_free(HishoSheet *sheet);

/* Whether rules hold in one of the windows only. */
bool hisho_sheet_has_views(const HishoSheet *sheet);

/* Whether there were more rules than are kept, or too many elements to find
 * them for. */
bool hisho_sheet_limit_reached(const HishoSheet *sheet);

/* Adds the names by which rules know TAG to those of STACK; yields how many
 * there are. */
guint hisho_sheet_push_names(
    const HishoSheet *sheet, HishoStack *stack, const HishoHtmlToken *tag);

/* Adds to STYLES, one for each view, what the rules declare for an element
 * whose names are the last N of STACK. */
void hisho_sheet_apply(HishoSheet *sheet, const HishoStack *stack, guint n,
    HishoStyle styles[HISHO_STACK_VIEWS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSheet, hisho_sheet_free)
