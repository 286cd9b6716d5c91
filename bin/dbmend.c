#include "bin/dbcase.h"
#include "libhisho/store/rebuild.h"

bool
db_rebuild(const DbCase *about, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(about->tool->database,
		(int)about->tool->config->database_ms, error);
	g_autoptr(GPtrArray) differences =
	    database != NULL ? hisho_rebuild(database, error) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);

	if (differences == NULL ||
	    (differences->len > 0 && !hisho_database_commit(database, error)))
		return false;
	for (guint i = 0; i < differences->len; i++)
		g_string_append_printf(
		    text, "%s\n", (const char *)differences->pdata[i]);
	g_string_append_printf(
	    text, "%u sum(s) differed from the ledger\n", differences->len);
	/* No lock is held across output. */
	g_clear_pointer(&database, hisho_database_close);
	return tool_write(text->str, text->len, error);
}
