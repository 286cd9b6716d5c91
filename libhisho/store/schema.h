/* schema.h - which hisho can read a database */
#pragma once

#include "libhisho/store/berkeley.h"

#define HISHO_SCHEMA_KEY "schema"

/* Raised whenever an older hisho would misread what a newer one wrote. */
#define HISHO_SCHEMA "1"

typedef enum {
	HISHO_SCHEMA_WRONG, /* the error tells why */
	HISHO_SCHEMA_NONE,  /* not a database of hisho, or a new one */
	HISHO_SCHEMA_OURS,
} HishoSchema;

/* Which schema BERKELEY has, which errors call NAME; that of another version
 * is HISHO_ERROR_CONFIG. */
HishoSchema hisho_schema_check(
    HishoBerkeley *berkeley, const char *name, GError **error);
