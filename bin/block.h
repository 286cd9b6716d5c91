/* block.h - senders whose mail is for spam */
#pragma once

#include "bin/ballot.h"

/* BallotAction: blocks the address or domain that BALLOT names, else the From
 * address of its mail. */
HishoChange block_add(const Ballot *ballot, GString *said, GError **error);

/* BallotAction: takes that off the list, of a mail all that blocks it. */
HishoChange block_remove(const Ballot *ballot, GString *said, GError **error);
