/* exchange.h - exports and imports between databases, for tests */
#pragma once

#include "libhisho/store/export.h"
#include "libhisho/store/import.h"
#include "libhisho/store/rebuild.h"
#include "libhisho/store/withdrawn.h"

#include "tests/unit/store.h"

static inline bool
exchange_take(const char *line, void *context)
{
	g_ptr_array_add(context, g_strdup(line));
	return true;
}

/* The lines of an export (char *), after which withdrawals are remembered. */
static inline GPtrArray *
exchange_export(HishoDatabase *database)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	const HishoExport export = { NULL, exchange_take, lines };

	hisho_withdrawn_begin(database, &error);
	g_assert_no_error(error);
	hisho_export(database, &export, &error);
	g_assert_no_error(error);
	return lines;
}

/* Whether LINE changed anything. */
static inline bool
exchange_import(HishoDatabase *database, const char *line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoForeign) foreign =
	    hisho_foreign_parse(line, strlen(line), &error);

	g_assert_no_error(error);
	hisho_withdrawn_begin(database, &error);
	HishoChange change = hisho_import(database, foreign, &error);
	g_assert_no_error(error);
	g_assert_cmpint(change, !=, HISHO_CHANGE_FAILED);
	return change == HISHO_CHANGE_MADE;
}

static inline void
exchange_assert_sums(HishoDatabase *database)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) differences = hisho_rebuild(database, &error);

	g_assert_no_error(error);
	if (differences->len > 0)
		g_test_message("%s", (char *)differences->pdata[0]);
	g_assert_cmpuint(differences->len, ==, 0);
}
