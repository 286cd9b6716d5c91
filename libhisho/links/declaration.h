/* declaration.h - declarations of CSS as they stand in a style */
#pragma once

#include "libhisho/links/style.h"

/* Takes the declarations in LENGTH bytes of TEXT, disguised or not; those that
 * are important weigh more than WEIGHT.  Linear. */
void hisho_declaration_read(
    HishoStyle *style, const char *text, size_t length, guint32 weight);

/* Where what begins at AT ends: before the next of the bytes STOPS that no
 * bracket or quotation mark holds, or at END. */
const char *hisho_declaration_find_end(
    const char *at, const char *end, const char *stops);
