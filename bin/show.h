/* show.h - what is kept of one mail */
#pragma once

#include "bin/ballot.h"

/* BallotAction: each receipt of the mail and the vote on it, whether its From
 * is permitted, and the reports of the hosts it leads to. */
HishoChange show_mail(const Ballot *ballot, GString *said, GError **error);
