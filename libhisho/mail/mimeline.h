/* mimeline.h - the lines that part a mail, counted before it is parsed */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Cuts MAIL before the boundary line that is one more than LIMIT; whether
 * there was one.  The parser caps nesting but not parts: a million of them
 * take it 1.3 GB. */
bool hisho_mimeline_cut(GByteArray *mail, size_t limit);

/* Makes harmless what looks like a field of MAIL and is longer than any: the
 * parser takes quadratic time for round brackets in a Content-* field, which
 * are blanked, and all of its stack for groups of addresses, whose field loses
 * its name. */
void hisho_mimeline_tame(GByteArray *mail);
