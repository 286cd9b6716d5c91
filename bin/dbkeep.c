#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/store/backup.h"

/* Who asks for these can wait, unlike a mail: a backup at night must not fail
 * because mail comes in. */
#define PATIENCE_MS 10000

int
db_patience_ms(const DbCase *about)
{
	return MAX(PATIENCE_MS, (int)about->tool->config->database_ms);
}

static HishoBackup
backup_of(const DbCase *about)
{
	return (HishoBackup){ .directory = about->tool->database,
		.file = about->file,
		.wait_ms = db_patience_ms(about) };
}

bool
db_backup(const DbCase *about, GError **error)
{
	const HishoBackup backup = backup_of(about);
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
	const HishoBackup backup = backup_of(about);
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
