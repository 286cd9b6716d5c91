/* hint.h - what attributes of HTML say of the style of an element */
#pragma once

#include "libhisho/links/html.h"
#include "libhisho/links/style.h"

/* Declares what the attributes of TAG hint at (WHATWG 15), but not its style
 * attribute, which is the only other thing to look for: TEXT, NULL without. */
void hisho_hint_read(HishoStyle *style, const HishoHtmlToken *tag,
    const HishoHtmlAttribute **text);
