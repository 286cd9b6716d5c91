/* lookup.h - what DNS says, or said, of the mail at hand */
#pragma once

#include "bin/tool.h"
#include "libhisho/cell/facts.h"
#include "libhisho/route/resolver.h"
#include "libhisho/route/route.h"

/* How a run looks things up; borrows all. */
typedef struct {
	const Tool *tool;
	HishoResolver *resolver; /* NULL: DNS is not asked */
	unsigned timeout_ms;
	bool again; /* what was recorded does not count */
} Lookup;

/* The mail, as far as it is known, and what earlier stages SEALED. */
typedef struct {
	const HishoFacts *facts;
	const HishoRoute *route;
	const GPtrArray *sealed;
	int database_ms; /* so long the ledger may be waited for */
	int dns_ms;	 /* and DNS */
} LookupCase;

/* What an earlier stage measured, else what the ledger recorded when the
 * mail came, else what DNS says now; NULL if none of them is to be had. */
HishoDns *lookup_measure(const Lookup *lookup, const LookupCase *about);
