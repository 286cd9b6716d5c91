/* rules.h - which rule lets a mail pass to main
 *
 * A safe rule says that the writer evidently knows me.  Values in, values
 * out: the lists are read elsewhere. */
#pragma once

#include <stdbool.h>

#include "libhisho/base/record.h"

typedef struct {
	char *rule;    /* its name as it is shown */
	char *kind;    /* "permit" */
	char *matched; /* what it matched: the From address */
} HishoSafe;

extern const HishoRecordType hisho_safe_type;
void hisho_safe_free(void *safe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSafe, hisho_safe_free)

/* What the rules ask. */
typedef struct {
	const char *from;    /* the key of the one From address, or NULL */
	bool is_permitted;   /* it is on the user's permit list */
	bool is_own_address; /* it is the user's own: known to every sender
			      * of spam, so no rule holds for it */
} HishoSafeCase;

/* The first rule that holds; NULL if none does. */
HishoSafe *hisho_safe_match(const HishoSafeCase *about);
