/* store.h - databases as text, for tests of the store */
#pragma once

#include "libhisho/base/error.h"
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
	HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = store_append,
		.context = text };

	hisho_database_walk(database, &walk, &error);
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}

static inline void
store_put(HishoDatabase *database, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), &error);
	g_assert_no_error(error);
}

static inline void
store_put_and_commit(const char *directory, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_write(directory);

	store_put(database, key, value);
	hisho_database_commit(database, &error);
	g_assert_no_error(error);
}

/* The value as text; NULL for none. */
static inline char *
store_get(HishoDatabase *database, const char *key)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &error);

	g_assert_no_error(error);
	return value == NULL
	    ? NULL
	    : g_strndup(g_bytes_get_data(value, NULL), g_bytes_get_size(value));
}

static inline void
store_assert(const char *directory, const char *key, const char *value)
{
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autofree char *found = store_get(database, key);

	g_assert_cmpstr(found, ==, value);
}

/* Who would read or write fails with CODE and a message like PATTERN. */
static inline void
store_assert_refused(const char *directory, int code, const char *pattern)
{
	g_autoptr(GError) reading = NULL;
	g_autoptr(GError) writing = NULL;

	g_assert_null(
	    hisho_database_open_for_reading(directory, 100, &reading));
	g_assert_error(reading, HISHO_ERROR, code);
	g_assert_true(g_pattern_match_simple(pattern, reading->message));
	g_assert_null(
	    hisho_database_open_for_writing(directory, 100, &writing));
	g_assert_error(writing, HISHO_ERROR, code);
	g_assert_true(g_pattern_match_simple(pattern, writing->message));
}

/* Leaves a directory as a writer does who dies between commit and close. */
static inline bool
store_die_after_commit(const char *directory)
{
	HishoDatabase *database = store_write(directory);

	store_put(database, "key", "acknowledged");
	g_assert_true(hisho_database_commit(database, NULL));
	_exit(0);
}
