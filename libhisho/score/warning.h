/* warning.h - one warning, and all that it can come from */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/base/json.h"
#include "libhisho/cell/facts.h"
#include "libhisho/links/known.h"
#include "libhisho/mail/mailbox.h"
#include "libhisho/route/route.h"
#include "libhisho/store/memory.h"

typedef struct {
	const char *code;    /* as in hisho(7) */
	GPtrArray *evidence; /* names and values in turn */
} HishoWarning;

void hisho_warning_free(void *warning);

/* All that a warning can come from.  FACTS is NULL where the mail could not
 * be analysed; DEGRADED then says why. */
typedef struct {
	const HishoFacts *facts;
	const HishoRoute *route;
	const HishoMemory *memory;
	const HishoConfig *config;
	const HishoKnown *known;
	const char *degraded;
	bool is_proven;
	bool is_shared; /* the host or its network, by many senders */
	bool is_local;	/* it came by no host at all */
	bool is_permitted;
	bool is_own_address;
} HishoWarningCase;

/* Adds a warning; names and values follow in turn, NULL ends them, and a NULL
 * value is left out.  One that is there is not told again, and of one kind
 * three are enough. */
void hisho_warning_add(
    GPtrArray *warnings, const char *code, ...) G_GNUC_NULL_TERMINATED;

/* "danger", "caution" or "note". */
const char *hisho_warning_level(const HishoWarning *warning);
/* The sentence, in LANG ("ja", else English). */
char *hisho_warning_dup_text(const HishoWarning *warning, const char *lang);

/* {code, level, text, evidence{}}. */
HishoJson *hisho_warning_to_json(const HishoWarning *warning, const char *lang);

/* The first mailbox of From, and its address; NULL without one. */
const HishoMailbox *hisho_warning_from(const HishoFacts *facts);
const char *hisho_warning_from_address(const HishoFacts *facts);

/* Whether FINDING is one of FINDINGS, which may be NULL. */
bool hisho_warning_has_finding(const GPtrArray *findings, const char *finding);
