#include "bin/dbcase.h"
#include "libhisho/store/database.h"

/* Room for what one pair of the database becomes as text. */
static void
append_escaped(GString *line, HishoSlice slice)
{
	for (size_t i = 0; i < slice.length; i++) {
		guchar c = (guchar)slice.data[i];
		if (c == '\\' || c < 0x20 || c == 0x7f)
			g_string_append_printf(line, "\\x%02x", c);
		else
			g_string_append_c(line, (char)c);
	}
}

typedef struct {
	GError *error;
} DumpState;

static bool
dump_pair(HishoSlice key, HishoSlice value, void *context)
{
	DumpState *state = context;
	g_autoptr(GString) line = g_string_new(NULL);

	append_escaped(line, key);
	g_string_append_c(line, '\t');
	append_escaped(line, value);
	g_string_append_c(line, '\n');
	return tool_write(line->str, line->len, &state->error);
}

/* From a private copy: output may block, and no lock may wait for it. */
bool
db_dump(const DbCase *about, GError **error)
{
	DumpState state = { NULL };
	const HishoWalk walk = {
		.prefix = hisho_slice(""), .visit = dump_pair, .context = &state
	};
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database,
		(int)about->tool->config->database_ms, error);

	if (database == NULL || !hisho_database_walk(database, &walk, error))
		return false;
	if (state.error != NULL)
		g_propagate_error(error, state.error);
	return state.error == NULL;
}
