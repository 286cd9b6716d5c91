/* card.h - the links of calendars and visiting cards
 *
 * iCalendar (RFC 5545, 7986), vCard 3 and 4 (RFC 2426, 6350) and 2.1, which
 * has lines broken in its own way. */
#pragma once

#include "libhisho/links/catalog.h"

/* Lists the links of LENGTH bytes of TEXT, each by the property that has it:
 * WHAT "calendar" makes it "calendar.url". */
void hisho_card_read(
    HishoCatalog *catalog, const char *text, size_t length, const char *what);
