/* permits.h - whose mail is always wanted
 *
 * Addresses come in the form they are compared in.  Changes are for writers,
 * who then commit; repeated, they change nothing. */
#pragma once

#include "libhisho/base/record.h"
#include "libhisho/store/database.h"

/* A sender, and by which way his mail came when he was permitted. */
typedef struct {
	char *address;
	gint64 since;		  /* unix time */
	GPtrArray *hosts;	  /* of char *: addresses */
	GPtrArray *nets;	  /* of char *: /24 or /48 */
	GPtrArray *organizations; /* of char *: of confirmed names */
} HishoPermit;

extern const HishoRecordType hisho_permit_type;
void hisho_permit_free(void *permit);

/* Puts PERMIT on USER's list.  To one that is there the new hosts, nets
 * and organisations are added, of each the first 1,000. */
HishoChange hisho_permits_add(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error);
HishoChange hisho_permits_remove(HishoDatabase *database, const char *user,
    const char *address, GError **error);

/* The permit of ADDRESS; NULL without error if there is none. */
HishoPermit *hisho_permits_find(HishoDatabase *database, const char *user,
    const char *address, GError **error);

/* USER's HishoPermits by address. */
GPtrArray *hisho_permits_list(
    HishoDatabase *database, const char *user, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoPermit, hisho_permit_free)
