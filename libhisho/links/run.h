/* run.h - links written in a run of text, across the elements in it */
#pragma once

#include "libhisho/links/catalog.h"

/* How a run of text is read. */
typedef enum {
	HISHO_RUN_PROSE,
	HISHO_RUN_STYLE,
	HISHO_RUN_SCRIPT,
} HishoRunKind;

/* Where a stretch of a run of text comes from. */
typedef struct {
	size_t start; /* in the run */
	size_t offset;
	const char *reason;	 /* why hidden, or NULL; static */
	const HishoLink *anchor; /* whose wording it is */
	bool in_anchor;
	bool is_hidden; /* by the page itself */
} HishoStretch;

/* The run that has not ended yet. */
typedef struct {
	HishoCatalog *catalog; /* where its links go; not its own */
	const HishoUrl *base;  /* of those in a style, or NULL; not its own */
	HishoRunKind kind;
	bool is_disabled; /* stands in a comment */
	bool is_shown;	  /* to whoever opens the part */
	GString *text;
	GArray *stretches; /* of HishoStretch */
	GString *tail;	   /* of a run before that got too long */
} HishoRun;

/* An empty run of prose. */
HishoRun *hisho_run_new(HishoCatalog *catalog);
void hisho_run_free(HishoRun *run);

/* Adds LENGTH bytes of TEXT that come FROM there (but for its start).  A run
 * that gets too long (64 KiB) ends; a link across its end is not listed, but
 * noted for the blacklist. */
void hisho_run_add(
    HishoRun *run, const HishoStretch *from, const char *text, size_t length);

/* Takes the links of the run, which ends here; what follows is a new one. */
void hisho_run_end(HishoRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoRun, hisho_run_free)
