/* evaluate.h - what hisho is worth on one's own mail */
#pragma once

#include "bin/options.h"

/* Replays the two inputs that OPTIONS name, the good and the bad, in the order
 * of time: each mail is judged by what was voted before, then received and
 * voted on, in a database that nobody sees and that leaves nothing.  Prints
 * how often hisho was right.  The exit status: 0, or 75 where something could
 * not be read or done. */
int evaluate(StageOptions *options);
