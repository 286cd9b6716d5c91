/* worth.h - how often judgements were right, where people know better
 *
 * Values in, values out.  What says green is right on good mail and wrong on
 * bad, what says red or warns the other way round. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/score/score.h"

typedef enum { HISHO_WORTH_GOOD, HISHO_WORTH_BAD, HISHO_WORTH_SIDES } HishoSide;

/* Of MAILS so many; on the others it was silent.  HELD: votes said green but
 * must not decide (also silent). */
typedef struct {
	gint64 mails;
	gint64 right;
	gint64 wrong;
	gint64 held;
} HishoHits;

/* One line of the result. */
typedef struct {
	char *name;  /* "own-route", "advice", "helo-forged" */
	char *level; /* of a row: exact, net ...; of a warning; "" */
	HishoHits hits[HISHO_WORTH_SIDES];
} HishoWorthLine;

/* What became of the mails of one side.  Only those judged are in lines. */
typedef struct {
	gint64 mails; /* found */
	gint64 judged;
	gint64 copies;	 /* left out: of an earlier one by the same host */
	gint64 disputed; /* left out: on both sides */
	gint64 damaged;	 /* left out: could not be analysed, or read again */
	gint64 undated;
	gint64 local;	    /* judged, but no host is known of them */
	gint64 silent;	    /* judged, but the advice was silent ... */
	gint64 warned;	    /* ... of these with a danger warning */
	gint64 first, last; /* unix times of those dated, 0 for none */
} HishoWorthSide;

typedef struct {
	HishoWorthSide sides[HISHO_WORTH_SIDES];
	GPtrArray *verdicts; /* HishoWorthLine: advice, folder, and whether a
			      * warning of some level was told */
	GPtrArray *rows;     /* by axis and level, as if it stood alone */
	GPtrArray *deciders; /* the same where it decided the advice */
	GPtrArray *warnings; /* by code */
} HishoWorth;

HishoWorth *hisho_worth_new(void);
void hisho_worth_free(HishoWorth *worth);

/* Counts the judgement VERDICT of a mail of SIDE of which MEMORY was known. */
void hisho_worth_add(HishoWorth *worth, HishoSide side,
    const HishoVerdict *verdict, const HishoMemory *memory);

/* Puts the lines into the order in which they are told: rows by axis and level,
 * warnings the gravest first, then by name. */
void hisho_worth_sort(HishoWorth *worth);

/* Whether VERDICT is wrong about a mail of SIDE, by its advice, its folder or,
 * on good mail, by a warning of danger. */
bool hisho_worth_is_wrong(HishoSide side, const HishoVerdict *verdict);

/* PART of WHOLE in per cent, rounded; 0 for a WHOLE of 0. */
gint64 hisho_worth_share(gint64 part, gint64 whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoWorth, hisho_worth_free)
