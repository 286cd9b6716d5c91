/* warnings.h - what a careful colleague would say about this mail
 *
 * Warnings are independent of the folder and of the advice. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/base/json.h"
#include "libhisho/cell/facts.h"
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
	const char *degraded;
	bool is_proven;
	bool is_shared; /* the host or its network, by many senders */
	bool is_local;	/* it came by no host at all */
	bool is_permitted;
	bool is_own_address;
} HishoWarningCase;

/* The warnings that hold, the gravest first. */
GPtrArray *hisho_warnings_find(const HishoWarningCase *about);

/* "danger", "caution" or "note". */
const char *hisho_warning_level(const HishoWarning *warning);
/* The sentence, in LANG ("ja", else English). */
char *hisho_warning_dup_text(const HishoWarning *warning, const char *lang);
/* Whether one of WARNINGS is a danger. */
bool hisho_warnings_have_danger(const GPtrArray *warnings);

/* {code, level, text, evidence{}}. */
HishoJson *hisho_warning_to_json(const HishoWarning *warning, const char *lang);
