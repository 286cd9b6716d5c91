#include "bin/dbcase.h"
#include "libhisho/store/export.h"
#include "libhisho/store/foreign.h"
#include "libhisho/store/withdrawn.h"

/* So much is written at once. */
#define BUFFER_BYTES (64 << 10)

typedef struct {
	GString *text;
	GError *error;
} Output;

static bool
flush(Output *output)
{
	bool ok = output->error == NULL &&
	    tool_write(output->text->str, output->text->len, &output->error);

	g_string_truncate(output->text, 0);
	return ok;
}

static bool
take_line(const char *line, void *context)
{
	Output *output = context;

	g_string_append(output->text, line);
	g_string_append_c(output->text, '\n');
	return output->text->len < BUFFER_BYTES || flush(output);
}

/* Before anything is told, so that nothing is taken back in between without
 * a mark.  Of what is not there nothing is told. */
static bool
begin(const DbCase *about, GError **error)
{
	const Tool *tool = about->tool;
	int wait_ms = (int)tool->config->database_ms;
	HishoDatabaseState state;
	bool kept = false;

	if (!hisho_database_inspect(tool->database, wait_ms, &state, error))
		return false;
	if (state.database_bytes == 0)
		return true;
	HishoDatabase *reader =
	    hisho_database_open_for_reading(tool->database, wait_ms, error);
	bool read =
	    reader != NULL && hisho_withdrawn_is_kept(reader, &kept, error);
	hisho_database_close(reader);
	if (!read || kept)
		return read;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(tool->database, wait_ms, error);
	if (database == NULL)
		return false;
	hisho_database_set_time(database, tool->now);
	return hisho_withdrawn_begin(database, error) != HISHO_CHANGE_FAILED &&
	    hisho_database_commit(database, error);
}

/* From a private copy: output may block, and no lock may wait for it. */
bool
db_export(const DbCase *about, GError **error)
{
	g_autoptr(GString) text = g_string_new(HISHO_FOREIGN_FIRST "\n");
	Output output = { text, NULL };
	const HishoExport export = { about->only_user, take_line, &output };

	if (!begin(about, error))
		return false;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database,
		(int)about->tool->config->database_ms, error);
	if (database == NULL || !hisho_export(database, &export, error)) {
		g_clear_error(&output.error);
		return false;
	}
	if (flush(&output))
		return true;
	g_propagate_error(error, output.error);
	return false;
}
