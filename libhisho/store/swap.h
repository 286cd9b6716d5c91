/* swap.h - one database file in the place of another, whenever killed
 *
 * The new file, whole and without a log, waits as HISHO_SWAP_NEXT: from the
 * moment it has that name it is the database, and whoever finds it there ends
 * the work.  So the gate must be marked dirty before it gets the name.  For
 * who holds the writer's lock. */
#pragma once

#include "libhisho/store/place.h"

#define HISHO_SWAP_NEXT HISHO_PLACE_DATABASE ".next"

/* Whether the work could be ended in PLACE, to be asked before it is begun:
 * HISHO_ERROR_CONFIG where the database is no file, or too many are kept. */
bool hisho_swap_is_possible(const HishoPlace *place, GError **error);

/* Puts the file that waits in PLACE, if one does, into the place of the
 * database.  That is kept with its log files as *KEPT (NULL for who does not
 * ask; NULL where there was none): reputation.db.before, or the like with a
 * number.  Begun again after a failure or a kill, it goes on. */
bool hisho_swap_finish(const HishoPlace *place, char **kept, GError **error);

/* Deletes what was kept as KEPT: its log files, which a file that was whole
 * does not need; and the file too, unless ONLY_LOGS. */
void hisho_swap_drop(const HishoPlace *place, const char *kept, bool only_logs);
