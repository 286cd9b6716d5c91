/* keyword.h - the words that are values in CSS */
#pragma once

#include "libhisho/links/style.h"

/* What WORD means for PROPERTY; false when it means nothing. */
bool hisho_keyword_read(
    HishoStyleProperty property, const char *word, int *means);
