#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/store/backup.h"

/* No mail waits for the answer, so a busy database is waited for. */
#define BACKUP_MS 30000

/* Who waits to write keeps others waiting. */
#define RESTORE_MS 5000

static HishoBackup
backup_of(const DbCase *about, int least_ms)
{
	return (HishoBackup){ .directory = about->tool->database,
		.file = about->file,
		.wait_ms =
		    MAX(least_ms, (int)about->tool->config->database_ms) };
}

bool
db_backup(const DbCase *about, GError **error)
{
	const HishoBackup backup = backup_of(about, BACKUP_MS);
	gint64 bytes = hisho_backup(&backup, error);

	if (bytes < 0)
		return false;
	g_autofree char *text =
	    g_strdup_printf("%s: a sound copy of %" G_GINT64_FORMAT " bytes\n",
		about->file, bytes);
	return tool_write(text, strlen(text), error);
}

bool
db_restore(const DbCase *about, GError **error)
{
	const HishoBackup backup = backup_of(about, RESTORE_MS);
	g_autofree char *kept = NULL;

	if (!hisho_restore(&backup, &kept, error))
		return false;
	g_autofree char *text = kept == NULL
	    ? g_strdup("restored; there was no database before\n")
	    : g_strdup_printf("restored; the database that was there is kept "
			      "as %s/%s\n",
		  about->tool->database, kept);
	return tool_write(text, strlen(text), error);
}
