/* freemail.h - domains at which, or by which, anybody can write
 *
 * What one user of such a domain does says nothing about the next. */
#pragma once

#include <stdbool.h>

#include "libhisho/base/edits.h"

/* Whether ASCII, as hisho_domain_to_ascii() gives it, is or lies below the
 * domain of a public mail provider: free mail, mobile carriers, access
 * providers and services that send for others; our list with EDITS (NULL for
 * none).  False for NULL. */
bool hisho_freemail_has(const char *ascii, const HishoEdits *edits);
