/* store.h - databases as text, for tests of the store */
#pragma once

#include "libhisho/store/database.h"

#include "tests/unit/scratch.h"

#define STORE_WAIT_MS 10000

static inline HishoDatabase *
store_write(const char *directory)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database =
	    hisho_database_open_for_writing(directory, STORE_WAIT_MS, &error);

	g_assert_no_error(error);
	return database;
}

static inline HishoDatabase *
store_read(const char *directory)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database =
	    hisho_database_open_for_reading(directory, STORE_WAIT_MS, &error);

	g_assert_no_error(error);
	return database;
}

static inline void
store_commit(HishoDatabase *database)
{
	g_autoptr(GError) error = NULL;

	hisho_database_commit(database, &error);
	g_assert_no_error(error);
	hisho_database_close(database);
}

static inline bool
store_append(HishoSlice key, HishoSlice value, void *context)
{
	g_string_append_printf(context, "%.*s = %.*s\n", (int)key.length,
	    key.data, (int)value.length, value.data);
	return true;
}

/* Every pair whose key begins with PREFIX, one a line. */
static inline char *
store_dump(HishoDatabase *database, const char *prefix)
{
	g_autoptr(GError) error = NULL;
	GString *text = g_string_new(NULL);
	HishoWalk walk = { hisho_slice(prefix), store_append, text };

	hisho_database_walk(database, &walk, &error);
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}
