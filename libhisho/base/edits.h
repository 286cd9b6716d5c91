/* edits.h - what somebody adds to a list of ours, and takes off */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "libhisho/base/network.h"

/* Both end with NULL, or are NULL for nothing: domains in lower case, which
 * stand for all below them, and networks where the list has such.  Borrowed. */
typedef struct {
	char *const *added;
	char *const *removed;
} HishoEdits;

/* How near an entry is to what is looked up: the longer the domain or the
 * prefix, the nearer; 0 is none. */
typedef size_t HishoNearness;

/* The nearest of DOMAINS, up to a NULL (or NULL), that NAME is or lies
 * below. */
HishoNearness hisho_edits_near(const char *const *domains, const char *name);

/* What the list says in the end. */
typedef enum {
	HISHO_EDITS_SILENT,
	HISHO_EDITS_LISTED,
	HISHO_EDITS_REMOVED,
} HishoEdited;

/* Of NAME (lower case, may be NULL), to which the list itself is so NEAR: the
 * nearest entry decides, and of two alike the removal. */
HishoEdited hisho_edits_name(
    const HishoEdits *edits, const char *name, HishoNearness near);

/* The same of all addresses of NETWORK. */
HishoEdited hisho_edits_network(
    const HishoEdits *edits, const HishoNetwork *network, HishoNearness near);
