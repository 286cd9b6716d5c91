/* markup.h - what a '<' among ordinary markup begins
 *
 * Tags, comments and doctypes, after the WHATWG HTML standard, 13.2.5.6. */
#pragma once

#include "libhisho/links/tag.h"

/* Reads what the '<' that SCAN has reached begins, and makes a token of it;
 * of one that begins nothing, text.  False, with SCAN moved on, when no token
 * came of it. */
bool hisho_markup_read(HishoScan *scan, HishoTag *tag);
