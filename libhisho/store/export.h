/* export.h - votes and lists, for other hosts */
#pragma once

#include "libhisho/store/database.h"

/* Takes one line of foreign.h, which lives for the call, without its end;
 * false ends the walk. */
typedef bool (*HishoExportTake)(const char *line, void *context);

typedef struct {
	const char *user; /* NULL for all */
	HishoExportTake take;
	void *context;
} HishoExport;

/* Gives the lines of EXPORT, but for the first, in an order that depends on
 * nothing but what is in DATABASE: a vote each with its receipt, permits,
 * lists, and when what was withdrawn.  Receipts alone are not among them.  A
 * record that cannot be read is HISHO_ERROR_CONFIG. */
bool hisho_export(
    HishoDatabase *database, const HishoExport *export, GError **error);
