/* assess.h - one mail from its bytes to the judgement, as far as asked */
#pragma once

#include <glib.h>

#include "bin/circle.h"
#include "bin/lookup.h"
#include "bin/tool.h"
#include "libhisho/cell/cell.h"
#include "libhisho/cell/facts.h"
#include "libhisho/mail/seal.h"
#include "libhisho/report/case.h"
#include "libhisho/route/route.h"

/* All that was found of one mail; what was not reached is NULL. */
typedef struct {
	HishoWire *wire; /* of the mail without mailbox quoting */
	char *digest;
	HishoFacts *facts;
	HishoRoute *route;
	HishoReceipt *receipt;
	HishoMemory *memory;
	HishoSafe *safe;
	HishoVerdict *verdict;
	bool is_told;	    /* an option says something of the route */
	const char *damage; /* why the cell gave no facts, in one word */
	const char *status; /* why the result is degraded, in one word */
	gint64 start_us;    /* since when it has been worked on */
	gint64 database_ms; /* spent with the database so far */
} Assessment;

/* How to assess. */
typedef struct {
	const Tool *tool;
	Circle *circle;
	HishoDatabase *database; /* open all along; NULL: that of TOOL ... */
	HishoDatabase **resting; /* ... which may rest here between mails */
	bool shows_links;	 /* and what each of them imitates */
	Lookup lookup;
	HishoStage stage;
	HishoFactsDepth depth; /* of what the cell is asked for */
	HishoBoundaryOptions boundary;
	const char *envelope_from; /* by the MTA, NULL if it did not say */
	bool is_told;		   /* an option says something of the route */
	bool is_counted;	   /* a receipt is recorded */
} AssessPlan;

/* A new assessment of MAIL, which is kept by reference. */
Assessment *assess_new(GBytes *mail, const HishoLimits *limits);
void assess_free(Assessment *assessment);

/* From now on it has been worked on: another mail came between. */
void assess_restart_clock(Assessment *assessment);

/* What a seal covers of it; stays ASSESSMENT's. */
HishoSealedMail assess_sealed_mail(const Assessment *assessment);

/* Reads ANSWER of the cell, NULL for none.  DAMAGE (static, NULL for none)
 * is what kept the cell from a full one. */
void assess_read_answer(Assessment *assessment, GBytes *answer,
    const char *damage, const HishoLimits *limits);

/* Goes on from the facts to what PLAN wants.  SEALED (may be NULL) are the
 * fields of earlier stages.  Never fails: see `status`. */
void assess_judge(
    Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed);

/* A cell of N_WORKERS that answers hisho_facts_new_request(); CONFIG must
 * outlive it. */
HishoCell *assess_new_cell(
    const HishoConfig *config, unsigned n_workers, GError **error);

/* One of one worker that costs next to nothing until it is used; NULL where
 * none can be had. */
HishoCell *assess_new_spare_cell(const HishoConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessment, assess_free)
