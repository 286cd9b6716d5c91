/* facts.h - all that is found in the cell, and its way out of it */
#pragma once

#include <glib.h>

#include "libhisho/base/limits.h"
#include "libhisho/base/record.h"
#include "libhisho/links/links.h"
#include "libhisho/mail/wire.h"
#include "libhisho/parse/asking.h"
#include "libhisho/parse/letter.h"

/* A trace field, and how many Received fields stand above it. */
typedef struct {
	char *value;
	gint64 hops_above;
} HishoTraceField;

/* What one mail says of itself; nothing in it is a judgement. */
typedef struct {
	HishoLetter *letter;	 /* never NULL */
	HishoLinksFound *found;	 /* never NULL */
	HishoAsking *asking;	 /* never NULL */
	char *text;		 /* that is shown, or NULL */
	GPtrArray *hops;	 /* HishoHop, topmost first */
	GPtrArray *results;	 /* HishoTraceField: Authentication-Results */
	GPtrArray *spf;		 /* HishoTraceField: Received-SPF */
	GPtrArray *returned;	 /* HishoHop of the mail that it returns */
	gint64 return_path_hops; /* Received fields above the Return-Path */
} HishoFacts;

extern const HishoRecordType hisho_facts_type;
/* Facts of which nothing is known yet. */
HishoFacts *hisho_facts_new(void);
void hisho_facts_free(void *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoFacts, hisho_facts_free)

/* How deep to look. */
typedef enum {
	HISHO_FACTS_HEADER,	/* address fields, Received: cheap and safe */
	HISHO_FACTS_PARTS,	/* and the MIME tree with its attachments */
	HISHO_FACTS_LINKS,	/* and every link */
	HISHO_FACTS_WORDS,	/* and what the text asks for */
	HISHO_FACTS_ONLY_LINKS, /* these, and nothing else of the mail */
	HISHO_FACTS_TEXT,	/* all but what it asks for, and the text */
	HISHO_FACTS_RAW,	/* the header, and what in the bytes below looks
				 * like a link, as further hosts */
} HishoFactsDepth;

/* What is handed to a cell: the mail of WIRE, and how deep to look.  Of a
 * mail beyond the limit, or where the header is enough, the header alone; or,
 * if links matter, the mail as HISHO_FACTS_RAW. */
GBytes *hisho_facts_new_request(
    const HishoWire *wire, HishoFactsDepth depth, const HishoLimits *limits);

/* The work of a cell (HishoCellWork): the facts that REQUEST asks for,
 * packed.  CONTEXT is a HishoLimits. */
GBytes *hisho_facts_find(GBytes *request, void *context);
/* To be called before the cell is locked: opens what will be needed. */
void hisho_facts_prepare(void *context);

/* The facts in ANSWER.  What is no answer of a cell is HISHO_ERROR_INPUT. */
HishoFacts *hisho_facts_read(GBytes *answer, GError **error);
