/* replay.h - old mail judged as if it came now, then voted on */
#pragma once

#include "bin/intake.h"
#include "bin/options.h"
#include "bin/timeline.h"
#include "libhisho/route/resolver.h"
#include "libhisho/score/worth.h"

typedef struct {
	Tool today; /* for DNS, which knows no other time */
	Tool tool;  /* at the time of the mail in hand */
	AssessPlan plan;
	HishoResolver *resolver; /* NULL: DNS is not asked */
	HishoDatabase *database; /* NULL until the replay begins */
	HishoWorth *worth;
	bool is_verbose;
	GError *error; /* of the database: what is counted is worth nothing */
} Replay;

/* Reads the configuration and makes a plan, by OPTIONS, which must live
 * longer. */
bool replay_open(Replay *replay, StageOptions *options, GError **error);
void replay_close(Replay *replay);

/* Opens an empty database that nobody else sees.  Mails may be read, but not
 * judged before. */
bool replay_begin(Replay *replay, GError **error);

/* Judges PENDING, whose facts are read and which is about a TimelineMail, by
 * what was learned so far; counts what came of it, and learns from it. */
void replay_judge(Replay *replay, Pending *pending);
