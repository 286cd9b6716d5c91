/* permits.h - whose mail is always wanted
 *
 * Addresses come in the form they are compared in.  Changes are for writers,
 * who then commit; repeated, they change nothing. */
#pragma once

#include "libhisho/store/database.h"
#include "libhisho/store/permit.h"

/* Puts PERMIT on USER's list.  To one that is there the new hosts, nets
 * and organisations are added, of each the first 1,000. */
HishoChange hisho_permits_add(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error);

/* Takes ADDRESS off it, at the time of the DATABASE; see withdrawn.h. */
HishoChange hisho_permits_remove(HishoDatabase *database, const char *user,
    const char *address, GError **error);

/* Joins PERMIT, which may be the time of a withdrawal alone, with what is
 * here: see permit.h. */
HishoChange hisho_permits_join(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error);

/* The permit of ADDRESS; NULL without error if there is none. */
HishoPermit *hisho_permits_find(HishoDatabase *database, const char *user,
    const char *address, GError **error);

/* The one in VALUE, as it stands in the database. */
HishoPermit *hisho_permits_read(HishoSlice value, GError **error);

/* USER's HishoPermits by address. */
GPtrArray *hisho_permits_list(
    HishoDatabase *database, const char *user, GError **error);
