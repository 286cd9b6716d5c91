/* fold.h - text as phrases are looked up in it */
#pragma once

#include <glib.h>
#include <stddef.h>

/* Appends LENGTH bytes of TEXT in normal form (see hisho_text_normalize),
 * apostrophes straight, a capital I inside a word an l (as in "WaIIet"),
 * without the blanks that stand beside what is not ASCII: Japanese is written
 * without.  Letters that look like Latin ones become those.  Linear time. */
void hisho_fold_append(GString *out, const char *text, size_t length);
