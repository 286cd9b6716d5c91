/* case.h - all that a report on one mail is made from */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/cell/facts.h"
#include "libhisho/route/route.h"
#include "libhisho/safe/rules.h"
#include "libhisho/score/score.h"
#include "libhisho/store/memory.h"

/* How far along the pipeline: each stage tells its own and the earlier. */
typedef enum {
	HISHO_STAGE_PARSE,
	HISHO_STAGE_LINKS,
	HISHO_STAGE_ROUTE,
	HISHO_STAGE_SAFE,
	HISHO_STAGE_SCORE,
} HishoStage;

/* Borrowed throughout.  What a stage does not reach is NULL. */
typedef struct {
	HishoStage stage;
	const char *file; /* the operand, NULL for standard input */
	gint64 index;	  /* the mail's number in FILE, from 1 */
	bool is_numbered; /* FILE may hold more than this mail */
	const char *lang; /* "ja", else English */
	const char *user; /* whose mail it is, NULL for the caller's own */
	bool is_colored;
	bool is_verbose;
	bool is_hidden_only; /* of links, tell those that are not shown */
	gint64 others_red; /* so many reports of others act; 0 means 1 */
	const HishoFacts *facts; /* never NULL; empty if nothing was read */
	const HishoRoute *route;
	bool is_told; /* an option said something of it: any stage tells on */
	const HishoReceipt *receipt;
	const HishoMemory *memory;
	const HishoSafe *safe;
	const HishoVerdict *verdict;
	const char *degraded; /* why the analysis failed, or NULL */
} HishoReportCase;
