/* timeline.h - where the mails of two sides lie, in the order of time */
#pragma once

#include "bin/intake.h"
#include "libhisho/score/worth.h"

/* What tells the same mail by the same host from others. */
#define TIMELINE_KEY_BYTES 16

/* One mail; all that is kept of it. */
typedef struct {
	gint64 time;   /* when it was received, else written; 0 unknown */
	guint64 place; /* in its reader */
	guint32 index; /* its number there */
	guint32 side;  /* HishoSide */
	guint8 key[TIMELINE_KEY_BYTES];
} TimelineMail;

/* The key of the mail of ASSESSMENT, whose route is known. */
void timeline_set_key(TimelineMail *mail, const Assessment *assessment);

/* Puts MAILS (TimelineMail, good before bad, each in the order of the input)
 * into the order of time; of the same time, and undated at the end, they stay
 * in that order.  Of copies on one side the first remains, of those on both
 * sides none: SIDES count them, and the rest. */
void timeline_sort(GArray *mails, HishoWorthSide *sides);
