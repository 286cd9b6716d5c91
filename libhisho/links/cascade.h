/* cascade.h - the style of an element, by all that has a say in it
 *
 * The browser, attributes, the rules of the page, and its own declarations
 * (css-cascade-4). */
#pragma once

#include "libhisho/links/sheet.h"

/* What holds for a whole page. */
typedef struct {
	HishoSheet *sheet; /* NULL for none; not its own */
	HishoColor link_color;
} HishoCascade;

/* Finds the styles of ELEMENT, which TAG is about to open in STACK, and the
 * names by which rules know it; most have none. */
void hisho_cascade_find(HishoCascade *cascade, HishoStack *stack,
    HishoOpen *element, const HishoHtmlToken *tag);
