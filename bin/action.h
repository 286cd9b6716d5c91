/* action.h - what a person can say of a mail, by name */
#pragma once

#include "bin/ballot.h"

/* The action called NAME; NULL if there is none. */
BallotAction action_find(const char *name);

/* All names, for usage texts: "trust, distrust, ...". */
char *action_dup_names(void);
