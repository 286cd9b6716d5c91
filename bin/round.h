/* round.h - all mails of one command, read, judged and voted on */
#pragma once

#include "bin/poll.h"

/* Carries out the action of POLL on all that its options name; yields the
 * gravest exit status. */
int round_hold(Poll *poll);
