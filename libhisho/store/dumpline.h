/* dumpline.h - a key and its value as a line of text, and back
 *
 * KEY TAB VALUE, in printable ASCII: every other byte is written \xHH, and so
 * are a backslash, and # and ~ at the start of a key, which begin the lines
 * that hold no pair. */
#pragma once

#include "libhisho/store/berkeley.h"

typedef struct {
	HishoSlice key;
	HishoSlice value;
} HishoPair;

/* Appends the line of PAIR to TEXT, with its end. */
void hisho_dumpline_append(GString *text, const HishoPair *pair);

/* The pair of LINE, which comes without its end and is changed for it; the
 * pair lives there.  What no line of a dump can be is HISHO_ERROR_INPUT. */
bool hisho_dumpline_parse(GString *line, HishoPair *pair, GError **error);
