#include "libhisho/store/schema.h"

#include "libhisho/base/error.h"

HishoSchema
hisho_schema_check(HishoBerkeley *berkeley, const char *name, GError **error)
{
	GError *reason = NULL;
	g_autoptr(GBytes) value = hisho_berkeley_get(
	    berkeley, hisho_slice(HISHO_SCHEMA_KEY), &reason);

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return HISHO_SCHEMA_WRONG;
	}
	if (value == NULL)
		return HISHO_SCHEMA_NONE;
	g_autofree char *text =
	    g_strndup(g_bytes_get_data(value, NULL), g_bytes_get_size(value));
	if (g_str_equal(text, HISHO_SCHEMA))
		return HISHO_SCHEMA_OURS;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%s: made by another version of hisho (schema %s, not " HISHO_SCHEMA
	    ")",
	    name, text);
	return HISHO_SCHEMA_WRONG;
}
