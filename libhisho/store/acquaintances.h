/* acquaintances.h - whom a user knows by his mail */
#pragma once

#include "libhisho/links/known.h"
#include "libhisho/store/database.h"

/* Adds to KNOWN the organisations that USER permits, trusts more often than
 * not, or had several mails from and distrusts none; 10,000 are looked at. */
bool hisho_acquaintances_read(HishoDatabase *database, const char *user,
    HishoKnown *known, GError **error);
