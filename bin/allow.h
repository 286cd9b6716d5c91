/* allow.h - links that reports of others do not touch */
#pragma once

#include "bin/ballot.h"

/* BallotAction: allows the link that BALLOT names, else all that others
 * reported of its mail; with --withdraw no longer. */
HishoChange allow_link(const Ballot *ballot, GString *said, GError **error);
