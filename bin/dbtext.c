#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bin/dbcase.h"
#include "libhisho/base/error.h"
#include "libhisho/store/dumpline.h"
#include "libhisho/store/load.h"

/* So much text is written at a time. */
#define CHUNK_BYTES (64 << 10)

typedef struct {
	GString *text;
	gint64 records;
	GError *error;
} Dump;

static bool
flush(Dump *dump)
{
	bool written =
	    tool_write(dump->text->str, dump->text->len, &dump->error);

	g_string_truncate(dump->text, 0);
	return written;
}

static bool
dump_pair(HishoSlice key, HishoSlice value, void *context)
{
	Dump *dump = context;
	const HishoPair pair = { key, value };

	hisho_dumpline_append(dump->text, &pair);
	dump->records++;
	return dump->text->len < CHUNK_BYTES || flush(dump);
}

static bool
dump_all(HishoDatabase *database, Dump *dump, GError **error)
{
	const HishoWalk walk = {
		.prefix = hisho_slice(""), .visit = dump_pair, .context = dump
	};

	g_string_append(dump->text, HISHO_DUMP_FIRST "\n");
	if (!hisho_database_walk(database, &walk, error))
		return false;
	g_string_append_printf(dump->text,
	    HISHO_DUMP_LAST "%" G_GINT64_FORMAT "\n", dump->records);
	if (dump->error == NULL && flush(dump))
		return true;
	g_propagate_error(error, dump->error);
	return false;
}

/* From a private copy: output may block, and no lock may wait for it. */
bool
db_dump(const DbCase *about, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Dump dump = { .text = text };
	g_autoptr(HishoDatabase) database = hisho_database_open_copy(
	    about->tool->database, db_patience_ms(about), error);

	return database != NULL && dump_all(database, &dump, error);
}

static bool
load_from(FILE *file, const DbCase *about, GError **error)
{
	gint64 records = hisho_load(
	    about->tool->database, db_patience_ms(about), file, error);

	bool is_about_text = ferror(file) ||
	    g_error_matches(*error, HISHO_ERROR, HISHO_ERROR_INPUT);
	if (is_about_text)
		g_prefix_error(error, "%s: ",
		    about->file != NULL ? about->file : "standard input");
	if (records < 0)
		return false;
	g_autofree char *said =
	    g_strdup_printf("%" G_GINT64_FORMAT " record(s) loaded\n", records);
	return tool_write(said, strlen(said), error);
}

bool
db_load(const DbCase *about, GError **error)
{
	if (about->file == NULL)
		return load_from(stdin, about, error);
	FILE *file = fopen(about->file, "re");
	if (file == NULL) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY, "%s: %s",
		    about->file, g_strerror(errno));
		return false;
	}
	bool loaded = load_from(file, about, error);
	fclose(file);
	return loaded;
}
