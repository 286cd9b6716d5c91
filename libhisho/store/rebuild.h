/* rebuild.h - the sums, computed afresh */
#pragma once

#include "libhisho/store/ledger.h"

/* Makes every sum, and every time of seen.h, what the ledger and the summaries
 * say, which must be readable (HISHO_ERROR_CONFIG); for a writer who then
 * commits.  One line for each sum that differed, sorted: its key, what it was,
 * what it is.  All sums are held in memory. */
GPtrArray *hisho_rebuild(HishoDatabase *database, GError **error);

/* The same lines, and nothing is changed: for a copy, which keeps nobody
 * waiting. */
GPtrArray *hisho_rebuild_check(HishoDatabase *database, GError **error);
