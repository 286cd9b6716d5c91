/* shrink.h - room that nobody needs, given back to the file system
 *
 * Deleting leaves holes in the file.  Here all pairs are copied into a new one
 * beside it, in the order of their keys and so without holes, a little at a
 * time.  What changes meanwhile is noted (journal.h) and copied again; then
 * the new file takes the place of the old one.  Others wait for short steps
 * only.  Killed on the way, it leaves the one or the other, whole. */
#pragma once

#include "libhisho/store/stroll.h"

/* Makes the file of the database in DIRECTORY as small as may be, which takes
 * as much room as it then has.  What is not there stays so. */
bool hisho_shrink(const char *directory, GError **error);
