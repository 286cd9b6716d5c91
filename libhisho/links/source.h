/* source.h - the attributes that hold links */
#pragma once

#include "libhisho/links/catalog.h"
#include "libhisho/links/html.h"

/* The kind of link that attribute NAME of an ELEMENT is as a whole; NULL for
 * none. */
const char *hisho_source_kind(const char *element, const char *name);

/* Lists the links that stand somewhere in ATTRIBUTE of TAG: in a style, among
 * the images of a srcset, in a refresh.  WHOLE is its value. */
void hisho_source_add_inner(HishoCatalog *catalog, const HishoHtmlToken *tag,
    const HishoHtmlAttribute *attribute, const HishoCandidate *whole);

/* Lists what url(...) and @import "..." name in the text of STYLE. */
void hisho_source_add_css(HishoCatalog *catalog, const HishoCandidate *style);
