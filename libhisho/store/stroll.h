/* stroll.h - all of a database, a little at a time
 *
 * For long work that keeps nobody waiting: the lock is held for a moment, the
 * next moment is another transaction.  What others write meanwhile may be
 * seen or not. */
#pragma once

#include "libhisho/store/database.h"

/* For the lock, each time. */
#define HISHO_STROLL_WAIT_MS 1000

/* Work between two looks, when no database is open and no lock held; false
 * ends the stroll, which fails if there is an error. */
typedef bool (*HishoStrollWork)(void *context, GError **error);

typedef struct {
	const char *directory;
	HishoSlice prefix;
	HishoWalkVisit visit; /* false ends the look, not the stroll */
	HishoStrollWork work; /* NULL for none */
	void *context;
} HishoStroll;

/* Visits the pairs of STROLL in the order of their keys, once each.  The
 * first look fails as reading does; a later one, kept out by others, is tried
 * again for a while. */
bool hisho_stroll(const HishoStroll *stroll, GError **error);

/* One change, and how long it may take: what keeps others out. */
typedef struct {
	const char *directory;
	HishoChange (*change)(
	    HishoDatabase *database, void *context, GError **error);
	void *context;
} HishoStrollStep;

/* Makes the change of STEP in a transaction of its own, then lets others in
 * for as long as they were kept out.  Tried again like a look.  *HELD_MS
 * tells how long others were kept out. */
bool hisho_stroll_step(
    const HishoStrollStep *step, gint64 *held_ms, GError **error);
