/* acquaintances.h - whom a user knows by his mail */
#pragma once

#include "libhisho/links/known.h"
#include "libhisho/store/database.h"
#include "libhisho/store/sums.h"

/* *FOUND becomes how well the user of AXES knows their From domain, by mail. */
bool hisho_acquaintances_rank(HishoDatabase *database, const HishoAxes *axes,
    HishoKnownRank *found, GError **error);

/* Adds to KNOWN the organisations that USER permits, trusts more often than
 * not, or had several mails from and distrusts none; 10,000 are looked at. */
bool hisho_acquaintances_read(HishoDatabase *database, const char *user,
    HishoKnown *known, GError **error);
