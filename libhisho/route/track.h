/* track.h - how often, and when, a route, a host or a From was seen */
#pragma once

#include "libhisho/base/record.h"

/* Mails received, this one with them where it is counted; unix times, 0 for
 * never.  All are the user and the others, whose votes count only on mail
 * that they received. */
typedef struct {
	gint64 messages;
	gint64 trusted;
	gint64 distrusted;
	gint64 first;
	gint64 last;
	gint64 all_messages;
	gint64 all_trusted;
	gint64 all_distrusted;
	gint64 all_first;
	gint64 all_last;
} HishoTrack;

extern const HishoRecordType hisho_track_type;
void hisho_track_free(void *track);
