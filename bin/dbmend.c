#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/store/rebuild.h"

/* Nobody reads more of them; how many there are is told all the same. */
#define LINES_MOST 1000

/* What can be wrong with a sum, by how its line ends or goes on. */
static const struct {
	const char *mark;
	const char *told;
} faults[] = {
	{ ": was missing, is ", "missing" },
	{ ", is gone", "of nothing in it" },
	{ "", "wrong" },
};

static size_t
find_fault(const char *line)
{
	size_t i = 0;

	while (strstr(line, faults[i].mark) == NULL)
		i++;
	return i;
}

/* The lines, their number, and how many are of which kind. */
static char *
describe(const GPtrArray *differences)
{
	GString *text = g_string_new(NULL);
	guint counts[G_N_ELEMENTS(faults)] = { 0 };

	for (guint i = 0; i < differences->len; i++) {
		const char *line = differences->pdata[i];
		counts[find_fault(line)]++;
		if (i < LINES_MOST)
			g_string_append_printf(text, "%s\n", line);
	}
	if (differences->len > LINES_MOST)
		g_string_append_printf(
		    text, "... and %u more\n", differences->len - LINES_MOST);
	g_string_append_printf(
	    text, "%u sum(s) differed from the ledger", differences->len);
	for (size_t i = 0; i < G_N_ELEMENTS(faults) && differences->len > 0;
	     i++)
		g_string_append_printf(text, "%s%u %s", i == 0 ? ": " : ", ",
		    counts[i], faults[i].told);
	g_string_append_c(text, '\n');
	return g_string_free(text, FALSE);
}

/* What differs in a copy; most often nothing does, and nobody has to wait. */
static GPtrArray *
check(const DbCase *about, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database,
		(int)about->tool->config->database_ms, error);

	return database != NULL ? hisho_rebuild_check(database, error) : NULL;
}

static GPtrArray *
mend(const DbCase *about, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(about->tool->database,
		(int)about->tool->config->database_ms, error);
	g_autoptr(GPtrArray) differences =
	    database != NULL ? hisho_rebuild(database, error) : NULL;

	if (differences == NULL ||
	    (differences->len > 0 && !hisho_database_commit(database, error)))
		return NULL;
	return g_steal_pointer(&differences);
}

bool
db_rebuild(const DbCase *about, GError **error)
{
	g_autoptr(GPtrArray) differences = check(about, error);

	if (differences != NULL && differences->len > 0) {
		g_ptr_array_unref(differences);
		differences = mend(about, error);
	}
	if (differences == NULL)
		return false;
	g_autofree char *text = describe(differences);
	return tool_write(text, strlen(text), error);
}
