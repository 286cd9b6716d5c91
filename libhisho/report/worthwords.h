/* worthwords.h - in a few sentences: what hisho is worth, and what to do */
#pragma once

#include "libhisho/score/worth.h"

/* Adds to PAGE up to four sentences, the gravest first, each a paragraph of
 * lines of at most 80 columns, with the numbers they rest on. */
void hisho_worthwords_add(GString *page, const HishoWorth *worth);
