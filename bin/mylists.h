/* mylists.h - all that a user has on his lists */
#pragma once

#include "bin/ballot.h"

/* Adds to SAID, a line each: whom he permits and blocks, the links he allows
 * and reported, since when, and which of the reports have expired.  False for
 * a failure. */
bool mylists_say(const Ballot *ballot, GString *said, GError **error);
