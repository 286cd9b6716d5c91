/* field.h - X-Hisho-* values: `word; name=value; ...`, written and read
 *
 * ASCII throughout: whatever is outside [A-Za-z0-9._:/@+-] is written as
 * %XX.  A field stays below 4 kB; what no longer fits is counted in a last
 * item `more=N`. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct HishoField HishoField;

/* NAME is what follows X-Hisho-, as in "Route". */
HishoField *hisho_field_new(const char *name);
void hisho_field_free(HishoField *field);

/* Appends an item.  A VALUE of NULL is left out. */
void hisho_field_add(HishoField *field, const char *name, const char *value);
void hisho_field_add_number(HishoField *field, const char *name, gint64 value);
void hisho_field_add_word(HishoField *field, const char *word);

/* The reverse: reads LENGTH bytes of VALUE, folds and all. */
HishoField *hisho_field_parse(
    const char *name, const char *value, size_t length);

const char *hisho_field_name(const HishoField *field);
/* The first value of NAME, decoded; NULL if absent. */
const char *hisho_field_get(const HishoField *field, const char *name);
/* The first word without a value; NULL if absent. */
const char *hisho_field_word(const HishoField *field);
/* Whether every item found its place (no `more=`). */
bool hisho_field_is_complete(const HishoField *field);

/* The value in one line, as the seal covers it. */
char *hisho_field_dup_value(const HishoField *field);

/* All FIELDS as LF lines folded at 78 columns, in the order of the table:
 * Parse Links Route Safe Score Warning Advice Folder Status Seal. */
char *hisho_field_dup_block(GPtrArray *fields);
/* Sorts FIELDS into that order; equal names keep theirs. */
void hisho_field_sort(GPtrArray *fields);
/* The first of FIELDS called NAME; NULL if there is none. */
const HishoField *hisho_field_find(const GPtrArray *fields, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoField, hisho_field_free)
