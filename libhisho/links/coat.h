/* coat.h - the colours in values of CSS that say other things, too */
#pragma once

#include "libhisho/links/color.h"

/* The first colour among the words of TEXT (lower case, single blanks); false
 * when there is none. */
bool hisho_coat_find_color(HishoColor *color, const char *text);

/* Whether TEXT names an image: url(...) of something, or a gradient. */
bool hisho_coat_has_image(const char *text);
