#include "libhisho/base/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "libhisho/base/error.h"

/* HishoJson is never defined: it stands for json_t in the header, so that
 * jansson.h stays behind this door. */
static json_t *
open_door(const HishoJson *json)
{
	return (json_t *)(gsize)json;
}

static HishoJson *
close_door(json_t *json)
{
	return (HishoJson *)json;
}

HishoJson *
hisho_json_parse(const char *text, size_t length, GError **error)
{
	json_error_t reason;
	json_t *json =
	    json_loadb(text, length, JSON_REJECT_DUPLICATES, &reason);

	if (json == NULL)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT,
		    "not JSON: %s", reason.text);
	return close_door(json);
}

void
hisho_json_free(HishoJson *json)
{
	json_decref(open_door(json));
}

HishoJson *
hisho_json_new_object(void)
{
	return close_door(json_object());
}

HishoJson *
hisho_json_new_array(void)
{
	return close_door(json_array());
}

static json_t *
new_text(const char *text)
{
	if (text == NULL)
		return json_null();
	json_t *value = json_string(text);
	if (value != NULL)
		return value;
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	return json_string(valid);
}

void
hisho_json_set_text(HishoJson *object, const char *key, const char *text)
{
	json_object_set_new(open_door(object), key, new_text(text));
}

void
hisho_json_set_number(HishoJson *object, const char *key, gint64 number)
{
	json_object_set_new(open_door(object), key, json_integer(number));
}

void
hisho_json_set_truth(HishoJson *object, const char *key, bool truth)
{
	json_object_set_new(open_door(object), key, json_boolean(truth));
}

void
hisho_json_set_null(HishoJson *object, const char *key)
{
	json_object_set_new(open_door(object), key, json_null());
}

void
hisho_json_set_take(HishoJson *object, const char *key, HishoJson *value)
{
	json_object_set_new(open_door(object), key,
	    value != NULL ? open_door(value) : json_null());
}

void
hisho_json_append_take(HishoJson *array, HishoJson *value)
{
	json_array_append_new(
	    open_door(array), value != NULL ? open_door(value) : json_null());
}

void
hisho_json_append_text(HishoJson *array, const char *text)
{
	json_array_append_new(open_door(array), new_text(text));
}

void
hisho_json_update(HishoJson *object, const HishoJson *source)
{
	json_object_update(open_door(object), open_door(source));
}

const HishoJson *
hisho_json_get(const HishoJson *object, const char *key)
{
	return close_door(json_object_get(open_door(object), key));
}

const char *
hisho_json_get_text(const HishoJson *object, const char *key)
{
	return json_string_value(json_object_get(open_door(object), key));
}

gint64
hisho_json_get_number(const HishoJson *object, const char *key)
{
	return json_integer_value(json_object_get(open_door(object), key));
}

bool
hisho_json_get_truth(const HishoJson *object, const char *key)
{
	return json_is_true(json_object_get(open_door(object), key));
}

size_t
hisho_json_size(const HishoJson *array)
{
	return json_array_size(open_door(array));
}

const HishoJson *
hisho_json_at(const HishoJson *array, size_t i)
{
	return close_door(json_array_get(open_door(array), i));
}

const char *
hisho_json_text(const HishoJson *value)
{
	return json_string_value(open_door(value));
}

bool
hisho_json_is_null(const HishoJson *value)
{
	return json_is_null(open_door(value));
}

bool
hisho_json_is_number(const HishoJson *value)
{
	return json_is_integer(open_door(value));
}

bool
hisho_json_is_truth(const HishoJson *value)
{
	return json_is_boolean(open_door(value));
}

bool
hisho_json_is_object(const HishoJson *value)
{
	return json_is_object(open_door(value));
}

bool
hisho_json_is_array(const HishoJson *value)
{
	return json_is_array(open_door(value));
}

/* What a terminal or a line splitter could mistake: DEL, C1 controls, the
 * Unicode line separators and the bidirectional controls (UAX #9). */
static bool
must_escape(gunichar c)
{
	return c == 0x7f || (c >= 0x80 && c <= 0x9f) || c == 0x61c ||
	    (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

char *
hisho_json_dup_line(const HishoJson *json)
{
	char *raw = json_dumps(open_door(json), JSON_COMPACT | JSON_ENCODE_ANY);
	GString *line = g_string_sized_new(strlen(raw));

	for (const char *at = raw; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (must_escape(c))
			g_string_append_printf(line, "\\u%04x", c);
		else
			g_string_append_len(
			    line, at, g_utf8_next_char(at) - at);
	}
	free(raw);
	return g_string_free(line, FALSE);
}
