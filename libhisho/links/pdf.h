/* pdf.h - the links of a PDF file, as far as they lie open
 *
 * A raw scan for URI actions and scripts (ISO 32000-1, 12.6.4.7 and 16), in
 * the file and in its object streams; no parser, so it finds but a part: not
 * what is encrypted, or packed by other means.  The only module that knows
 * GIO, which unpacks. */
#pragma once

#include "libhisho/links/catalog.h"

/* Lists the links in LENGTH bytes of DATA, each with the finding "partial". */
void hisho_pdf_read(HishoCatalog *catalog, const char *data, size_t length);
