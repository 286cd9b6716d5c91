/* shrink.h - room that nobody needs, given back to the file system
 *
 * Deleting leaves holes in the file.  Here they are closed from its end, in
 * many small transactions, so that no mail has to wait for it; the work may
 * be cut short between any two. */
#pragma once

#include "libhisho/store/stroll.h"

/* Makes the file of the database in DIRECTORY as small as may be.  Where more
 * is free than can be looked at in the time that a mail may wait, 100 MB or
 * so, it stays for new mail, and *GAVE_UP is set. */
bool hisho_shrink(const char *directory, bool *gave_up, GError **error);
