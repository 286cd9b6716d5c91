/* batch.h - votes carried out together: one transaction for many mails */
#pragma once

#include <glib.h>

#include "bin/action.h"

typedef struct {
	const Tool *tool;
	const Action *action;
	GPtrArray *votes; /* those that are not carried out yet */
	int status;	  /* the gravest exit status so far */
	guint n_in_vain;  /* transactions that failed, since one lasted */
} Batch;

/* An empty batch of votes ACTION. */
Batch batch_of(const Tool *tool, const Action *action);
void batch_clear(Batch *batch);

/* Puts BALLOT behind the others, or, where that is NULL, the ERROR that kept it
 * from being made; both become BATCH's.  NAME (NULL for none) is said where it
 * fails.  True when the batch is full. */
bool batch_take(Batch *batch, const char *name, Ballot *ballot, GError *error);

/* Whether so many transactions failed, one after the other, that it is of no
 * use to go on. */
bool batch_is_hopeless(const Batch *batch);

/* Whether a vote on the mail with DIGEST waits in it. */
bool batch_has(const Batch *batch, const char *digest);

/* Carries out what waits, in one transaction, and says what became of it, in
 * order, after that lasts.  Of each mail all is done or nothing; what is
 * refused, or failed, holds up no other. */
void batch_flush(Batch *batch);
