/* record.h - plain structs described by tables: to JSON, from JSON, free
 *
 * A record is a struct whose first use is g_new0().  Its table names each
 * member once; writing, reading and freeing all follow the table. */
#pragma once

#include <stddef.h>

#include "libhisho/base/json.h"

typedef enum {
	HISHO_RECORD_TEXT,   /* char *, owned, UTF-8, may be NULL */
	HISHO_RECORD_NUMBER, /* gint64 */
	HISHO_RECORD_TRUTH,  /* bool */
	HISHO_RECORD_TEXTS,  /* GPtrArray * of char *; NULL reads as empty */
	HISHO_RECORD_ONE,    /* pointer to a record of TYPE, may be NULL */
	HISHO_RECORD_MANY,   /* GPtrArray * of records of TYPE */
} HishoRecordKind;

typedef struct HishoRecordType HishoRecordType;

typedef struct {
	const char *key; /* its JSON key; NULL ends the table */
	HishoRecordKind kind;
	size_t offset;
	const HishoRecordType *type; /* of ONE and MANY */
} HishoRecordField;

struct HishoRecordType {
	size_t size;
	const HishoRecordField *fields;
	GDestroyNotify free; /* calls hisho_record_free() with this type */
};

/* A new, empty record: zeros, NULLs, and empty arrays for TEXTS and MANY. */
void *hisho_record_new(const HishoRecordType *type);
void hisho_record_free(const HishoRecordType *type, void *record);

/* A copy that shares nothing with RECORD; NULL for NULL. */
void *hisho_record_dup(const HishoRecordType *type, const void *record);

HishoJson *hisho_record_to_json(
    const HishoRecordType *type, const void *record);

/* ARRAY of records of TYPE; NULL reads as empty. */
HishoJson *hisho_record_array_to_json(
    const HishoRecordType *type, const GPtrArray *array);

/* The record that JSON holds.  Unknown keys are skipped and missing ones
 * left empty; a value of the wrong type is HISHO_ERROR_INPUT. */
void *hisho_record_from_json(
    const HishoRecordType *type, const HishoJson *json, GError **error);
