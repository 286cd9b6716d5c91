/* show.h - what is kept of one mail */
#pragma once

#include "bin/ballot.h"

/* BallotAction: each receipt of the mail and the vote on it, whether its From
 * is permitted or blocked, and the reports of the links it
 * holds; or those of the link that is named,
 * or all of one's lists. */
HishoChange show_mail(const Ballot *ballot, GString *said, GError **error);
