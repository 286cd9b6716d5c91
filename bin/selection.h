/* selection.h - which mails of a file are meant: by number, by digest */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/limits.h"

/* The mails FIRST to LAST of a file, as JSON numbers them. */
typedef struct {
	guint64 first, last;
} SelectionRange;

/* What is meant; neither of both stands for all mails. */
typedef struct {
	GArray *ranges; /* SelectionRange, or NULL */
	char *digest;	/* all 64 digits of it, or NULL */
} Selection;

/* Where it is to be found. */
typedef struct {
	char **files; /* none: standard input */
	bool is_mbox;
	const HishoLimits *limits;
} SelectionPlace;

/* The ranges in TEXT, as in "1,4-7", sorted; NULL for anything else, a range
 * that ends before it begins and the number 0 among it. */
GArray *selection_parse_ranges(const char *text);

/* Looks whether PLACE has all mails that the ranges of SELECTION name, each
 * once (HISHO_ERROR_INPUT).  Standard input can be read again afterwards. */
bool selection_check(
    const Selection *selection, const SelectionPlace *place, GError **error);

/* Finds the only mail in PLACE whose digest begins with PREFIX: none, or
 * several different ones, are HISHO_ERROR_INPUT.  As above. */
bool selection_find(Selection *selection, const char *prefix,
    const SelectionPlace *place, GError **error);

/* Whether mail INDEX is meant by its number, and whether one behind it may
 * be. */
bool selection_has(const Selection *selection, guint64 index);
bool selection_goes_on(const Selection *selection, guint64 index);

void selection_clear(Selection *selection);
