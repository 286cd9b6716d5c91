/* json.h - JSON values; the only module that knows jansson */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct HishoJson HishoJson;

/* Reads one JSON object or array from LENGTH bytes of TEXT.  Duplicate keys,
 * invalid UTF-8 and nesting beyond 2,048 levels are HISHO_ERROR_INPUT. */
HishoJson *hisho_json_parse(const char *text, size_t length, GError **error);
void hisho_json_free(HishoJson *json);

HishoJson *hisho_json_new_object(void);
HishoJson *hisho_json_new_array(void);

/* Setting replaces.  TEXT that is NULL becomes null; bytes that are not
 * UTF-8 become U+FFFD. */
void hisho_json_set_text(HishoJson *object, const char *key, const char *text);
void hisho_json_set_number(HishoJson *object, const char *key, gint64 number);
void hisho_json_set_truth(HishoJson *object, const char *key, bool truth);
void hisho_json_set_null(HishoJson *object, const char *key);
/* VALUE becomes the object's (array's); NULL stands for null. */
void hisho_json_set_take(HishoJson *object, const char *key, HishoJson *value);
void hisho_json_append_take(HishoJson *array, HishoJson *value);
void hisho_json_append_text(HishoJson *array, const char *text);
/* Copies every key of SOURCE into OBJECT; values are shared. */
void hisho_json_update(HishoJson *object, const HishoJson *source);

/* Looks.  A missing key, or a value of another type, reads as NULL, 0 or
 * false; size is 0 for all but arrays. */
const HishoJson *hisho_json_get(const HishoJson *object, const char *key);
const char *hisho_json_get_text(const HishoJson *object, const char *key);
gint64 hisho_json_get_number(const HishoJson *object, const char *key);
bool hisho_json_get_truth(const HishoJson *object, const char *key);
size_t hisho_json_size(const HishoJson *array);
const HishoJson *hisho_json_at(const HishoJson *array, size_t i);
const char *hisho_json_text(const HishoJson *value);
bool hisho_json_is_null(const HishoJson *value);
bool hisho_json_is_number(const HishoJson *value);
bool hisho_json_is_truth(const HishoJson *value);
bool hisho_json_is_object(const HishoJson *value);
bool hisho_json_is_array(const HishoJson *value);

/* VALUE on one line, keys in the order they were set.  C1 controls, line
 * separators and bidirectional controls are written as \uXXXX, so that the
 * line is safe for terminals and for programs that split at them. */
char *hisho_json_dup_line(const HishoJson *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoJson, hisho_json_free)
