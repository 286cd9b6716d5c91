/* backup.h - a copy of a database that is kept, and its way back */
#pragma once

#include "libhisho/store/database.h"

typedef struct {
	const char *directory;
	const char *file;
	int wait_ms; /* for others */
} HishoBackup;

/* Makes the file of BACKUP a copy of the database in its directory, with all
 * that was committed before, checked page by page; how many bytes, or -1.
 * The file is then there in whole; until then, and after a failure, it is
 * what it was.  No database, a file that is there and no backup, and one that
 * belongs to the database itself are HISHO_ERROR_CONFIG. */
gint64 hisho_backup(const HishoBackup *backup, GError **error);

/* Puts a copy of the file into the place of the database, even if that is
 * damaged; what was there is *KEPT, as replace.h tells.  A file that is no
 * sound database with our schema is HISHO_ERROR_CONFIG. */
bool hisho_restore(const HishoBackup *backup, char **kept, GError **error);
