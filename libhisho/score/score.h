/* score.h - the whole judgement of one mail
 *
 * Values in, values out: no clock, no DNS, no database. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/cell/facts.h"
#include "libhisho/links/known.h"
#include "libhisho/route/route.h"
#include "libhisho/safe/rules.h"
#include "libhisho/score/advice.h"
#include "libhisho/store/memory.h"

/* What is judged.  FACTS may hold the header alone, or be NULL; DEGRADED
 * then says why. */
typedef struct {
	const HishoFacts *facts;
	const HishoRoute *route;
	const HishoReceipt *receipt; /* the keys; NULL without facts */
	const HishoMemory *memory;
	const HishoSafe *safe; /* the rule that lets it pass, or NULL */
	const HishoConfig *config;
	const HishoKnown *known; /* whom others may imitate */
	const char *degraded; /* why the analysis failed, NULL if it did not */
} HishoScoreCase;

/* Texts are static, or the case's. */
typedef struct {
	const char *advice, *advice_reason;
	const char *folder, *folder_reason;
	const char *by;		 /* "own-route", the deciding row; NULL */
	GPtrArray *warnings;	 /* HishoWarning */
	char *by_text;		 /* what `by` points to */
	HishoAdviceCase grounds; /* what the rows were weighed by */
	const HishoRow *row;	 /* the same, of the memory's rows */
	bool is_proven;
	bool is_own; /* nobody votes on it: see own.h */
} HishoVerdict;

HishoVerdict *hisho_score_judge(const HishoScoreCase *about);
void hisho_verdict_free(HishoVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoVerdict, hisho_verdict_free)

/* How new this route is for this From: first same same-net
 * same-organization pool unrelated; NULL without a host or a From. */
const char *hisho_score_grade_route(const HishoReceipt *receipt,
    const HishoMemory *memory, const HishoConfig *config);
