/* page.h - every link of an HTML part */
#pragma once

#include "libhisho/links/catalog.h"

/* Lists the links of LENGTH bytes of HTML: of attributes, CSS, comments, and
 * those that are just written.  HTML may be anything; it takes linear time. */
void hisho_page_read(HishoCatalog *catalog, const char *html, size_t length);
