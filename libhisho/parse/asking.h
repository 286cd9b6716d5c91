/* asking.h - what a text asks its reader for
 *
 * Phrases in English and Japanese, found within one sentence however it is
 * spelt: case, width, blanks and invisible characters make no difference.
 * Naming a password is not asking for it, and a sentence that says that
 * nobody will ask is none of those. */
#pragma once

#include "libhisho/base/record.h"

/* What was found, as it stands in the text in its normal form.  A record. */
typedef struct {
	GPtrArray *secrets; /* char *: for passwords, or to verify an account */
	GPtrArray *money;   /* char *: for money */
} HishoAsking;

extern const HishoRecordType hisho_asking_type;

void hisho_asking_free(void *asking);

/* Adds what LENGTH bytes of TEXT ask for; an empty line ends a sentence.  At
 * most four of each kind are kept, no two alike.  Linear time. */
void hisho_asking_find(HishoAsking *asking, const char *text, size_t length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAsking, hisho_asking_free)
