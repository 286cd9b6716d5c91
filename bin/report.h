/* report.h - links of mails, reported as malicious */
#pragma once

#include "bin/ballot.h"

/* Reports the host or the URL that BALLOT names, else every host that a link
 * of its mail shows and that can be malicious as a whole. */
HishoChange report_add(const Ballot *ballot, GString *said, GError **error);

/* Takes such reports back. */
HishoChange report_remove(const Ballot *ballot, GString *said, GError **error);
