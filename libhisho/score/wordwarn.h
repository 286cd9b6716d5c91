/* wordwarn.h - what its wording gives away */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS what ABOUT's wording gives away, after all others: words
 * of money are told only where something else is.  The facts are there. */
void hisho_wordwarn_find(const HishoWarningCase *about, GPtrArray *warnings);
