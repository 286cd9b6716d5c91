/* nesting.h - which open elements a tag ends
 *
 * The parsing rules (WHATWG 13.2.6) as far as they decide in what an element
 * stands, and so what hides it. */
#pragma once

#include "libhisho/links/html.h"
#include "libhisho/links/stack.h"

/* Ends what the start tag of an element KNOWN ends, and opens again what goes
 * on in it.  False when the tag is to be ignored. */
bool hisho_nesting_begin(HishoStack *stack, const HishoElement *known);

/* Ends what the end tag NAME ends. */
void hisho_nesting_end(HishoStack *stack, const char *name);

/* Ends the head if it is open: text that shows never stands in it. */
void hisho_nesting_leave_head(HishoStack *stack);
