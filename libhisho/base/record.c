#include "libhisho/base/record.h"

#include "libhisho/base/error.h"

/* The member that FIELD describes, by its C type. */
#define MEMBER(ctype, record, field)                                           \
	((ctype *)(void *)((char *)(record) + (field)->offset))

void *
hisho_record_new(const HishoRecordType *type)
{
	void *record = g_malloc0(type->size);

	for (const HishoRecordField *f = type->fields; f->key != NULL; f++) {
		if (f->kind == HISHO_RECORD_TEXTS)
			*MEMBER(GPtrArray *, record, f) =
			    g_ptr_array_new_with_free_func(g_free);
		if (f->kind == HISHO_RECORD_MANY)
			*MEMBER(GPtrArray *, record, f) =
			    g_ptr_array_new_with_free_func(f->type->free);
	}
	return record;
}

static void
free_member(const HishoRecordField *f, void *record)
{
	void *member = *MEMBER(void *, record, f);

	if (member == NULL)
		return;
	if (f->kind == HISHO_RECORD_TEXT)
		g_free(member);
	else if (f->kind == HISHO_RECORD_ONE)
		f->type->free(member);
	else
		g_ptr_array_unref(member);
}

void
hisho_record_free(const HishoRecordType *type, void *record)
{
	if (record == NULL)
		return;
	for (const HishoRecordField *f = type->fields; f->key != NULL; f++)
		if (f->kind != HISHO_RECORD_NUMBER &&
		    f->kind != HISHO_RECORD_TRUTH)
			free_member(f, record);
	g_free(record);
}

static HishoJson *
texts_to_json(const GPtrArray *texts)
{
	HishoJson *array = hisho_json_new_array();

	for (guint i = 0; texts != NULL && i < texts->len; i++)
		hisho_json_append_text(array, texts->pdata[i]);
	return array;
}

HishoJson *
hisho_record_array_to_json(const HishoRecordType *type, const GPtrArray *array)
{
	HishoJson *json = hisho_json_new_array();

	for (guint i = 0; array != NULL && i < array->len; i++)
		hisho_json_append_take(
		    json, hisho_record_to_json(type, array->pdata[i]));
	return json;
}

static void
write_member(HishoJson *json, const HishoRecordField *f, void *record)
{
	void **pointer = MEMBER(void *, record, f);

	switch (f->kind) {
	case HISHO_RECORD_TEXT:
		hisho_json_set_text(json, f->key, *pointer);
		return;
	case HISHO_RECORD_NUMBER:
		hisho_json_set_number(json, f->key, *MEMBER(gint64, record, f));
		return;
	case HISHO_RECORD_TRUTH:
		hisho_json_set_truth(json, f->key, *MEMBER(bool, record, f));
		return;
	case HISHO_RECORD_ONE:
		hisho_json_set_take(json, f->key,
		    *pointer == NULL ? NULL
				     : hisho_record_to_json(f->type, *pointer));
		return;
	case HISHO_RECORD_TEXTS:
		hisho_json_set_take(json, f->key, texts_to_json(*pointer));
		return;
	case HISHO_RECORD_MANY:
		hisho_json_set_take(json, f->key,
		    hisho_record_array_to_json(f->type, *pointer));
		return;
	}
}

HishoJson *
hisho_record_to_json(const HishoRecordType *type, const void *record)
{
	HishoJson *json = hisho_json_new_object();

	/* The table's offsets serve reading and writing alike; nothing is
	 * written through this pointer. */
	for (const HishoRecordField *f = type->fields; f->key != NULL; f++)
		write_member(json, f, (void *)(gsize)record);
	return json;
}

static bool
read_items(const HishoRecordField *f, const HishoJson *array, GPtrArray *items,
    GError **error)
{
	for (size_t i = 0; i < hisho_json_size(array); i++) {
		const HishoJson *value = hisho_json_at(array, i);
		void *item = f->kind == HISHO_RECORD_TEXTS
		    ? g_strdup(hisho_json_text(value))
		    : hisho_record_from_json(f->type, value, error);
		if (item == NULL)
			return false;
		g_ptr_array_add(items, item);
	}
	return true;
}

/* Whether VALUE, which is not null, has the JSON type of FIELD and was
 * read into RECORD. */
static bool
read_member(const HishoRecordField *f, const HishoJson *json, void *record,
    GError **error)
{
	const HishoJson *value = hisho_json_get(json, f->key);
	void **pointer = MEMBER(void *, record, f);

	switch (f->kind) {
	case HISHO_RECORD_TEXT:
		*pointer = g_strdup(hisho_json_text(value));
		return *pointer != NULL;
	case HISHO_RECORD_NUMBER:
		*MEMBER(gint64, record, f) =
		    hisho_json_get_number(json, f->key);
		return hisho_json_is_number(value);
	case HISHO_RECORD_TRUTH:
		*MEMBER(bool, record, f) = hisho_json_get_truth(json, f->key);
		return hisho_json_is_truth(value);
	case HISHO_RECORD_ONE:
		*pointer = hisho_record_from_json(f->type, value, error);
		return *pointer != NULL;
	case HISHO_RECORD_TEXTS:
	case HISHO_RECORD_MANY:
		return hisho_json_is_array(value) &&
		    read_items(f, value, *pointer, error);
	}
	return false;
}

void *
hisho_record_from_json(
    const HishoRecordType *type, const HishoJson *json, GError **error)
{
	if (!hisho_json_is_object(json)) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "an object was expected");
		return NULL;
	}
	void *record = hisho_record_new(type);
	for (const HishoRecordField *f = type->fields; f->key != NULL; f++) {
		const HishoJson *value = hisho_json_get(json, f->key);
		if (value == NULL || hisho_json_is_null(value) ||
		    read_member(f, json, record, error))
			continue;
		if (error != NULL && *error == NULL)
			g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
			    "'%s' has the wrong type", f->key);
		hisho_record_free(type, record);
		return NULL;
	}
	return record;
}

/* A copy says what the record would say once stored: what is no UTF-8 is
 * replaced, else its sums would be kept under another name. */
static char *
dup_valid(const char *text)
{
	return text == NULL ? NULL : g_utf8_make_valid(text, -1);
}

static void
copy_items(const HishoRecordField *f, GPtrArray *to, const GPtrArray *from)
{
	for (guint i = 0; from != NULL && i < from->len; i++)
		g_ptr_array_add(to,
		    f->kind == HISHO_RECORD_TEXTS
			? dup_valid(from->pdata[i])
			: hisho_record_dup(f->type, from->pdata[i]));
}

static void
copy_member(const HishoRecordField *f, void *to, void *from)
{
	void **pointer = MEMBER(void *, to, f);

	switch (f->kind) {
	case HISHO_RECORD_TEXT:
		*pointer = dup_valid(*MEMBER(char *, from, f));
		return;
	case HISHO_RECORD_NUMBER:
		*MEMBER(gint64, to, f) = *MEMBER(gint64, from, f);
		return;
	case HISHO_RECORD_TRUTH:
		*MEMBER(bool, to, f) = *MEMBER(bool, from, f);
		return;
	case HISHO_RECORD_ONE:
		*pointer = hisho_record_dup(f->type, *MEMBER(void *, from, f));
		return;
	case HISHO_RECORD_TEXTS:
	case HISHO_RECORD_MANY:
		copy_items(f, *pointer, *MEMBER(GPtrArray *, from, f));
		return;
	}
}

void *
hisho_record_dup(const HishoRecordType *type, const void *record)
{
	if (record == NULL)
		return NULL;
	void *copy = hisho_record_new(type);
	/* Nothing is written through the second pointer, as above. */
	for (const HishoRecordField *f = type->fields; f->key != NULL; f++)
		copy_member(f, copy, (void *)(gsize)record);
	return copy;
}
