#include "libhisho/store/withdrawn.h"

#include "libhisho/base/error.h"

static bool
get(HishoDatabase *database, const char *key, GBytes **value, GError **error)
{
	GError *reason = NULL;

	*value = hisho_database_get(database, hisho_slice(key), &reason);
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

static bool
put_time(HishoDatabase *database, const char *key, gint64 time, GError **error)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, time);

	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(text), error);
}

bool
hisho_withdrawn_is_kept(HishoDatabase *database, bool *kept, GError **error)
{
	g_autoptr(GBytes) value = NULL;
	bool ok = get(database, HISHO_WITHDRAWN_BEGUN, &value, error);

	*kept = value != NULL;
	return ok;
}

HishoChange
hisho_withdrawn_begin(HishoDatabase *database, GError **error)
{
	bool kept;

	if (!hisho_withdrawn_is_kept(database, &kept, error))
		return HISHO_CHANGE_FAILED;
	if (kept)
		return HISHO_CHANGE_NONE;
	return put_time(database, HISHO_WITHDRAWN_BEGUN,
		   hisho_database_time(database), error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

gint64
hisho_withdrawn_parse(HishoSlice value)
{
	g_autofree char *text = g_strndup(value.data, value.length);
	gint64 time;

	return g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &time, NULL)
	    ? time
	    : 0;
}

bool
hisho_withdrawn_read(
    HishoDatabase *database, const char *key, gint64 *time, GError **error)
{
	g_autofree char *mark = g_strconcat(HISHO_WITHDRAWN_PREFIX, key, NULL);
	g_autoptr(GBytes) value = NULL;

	*time = 0;
	if (!get(database, mark, &value, error))
		return false;
	if (value == NULL)
		return true;
	*time = hisho_withdrawn_parse(hisho_slice_bytes(value));
	if (*time == 0)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "the mark '%s' is damaged", mark);
	return *time != 0;
}

bool
hisho_withdrawn_write(
    HishoDatabase *database, const char *key, gint64 time, GError **error)
{
	g_autofree char *mark = g_strconcat(HISHO_WITHDRAWN_PREFIX, key, NULL);

	if (time > 0)
		return put_time(database, mark, time, error);
	return hisho_database_delete(database, hisho_slice(mark), error) !=
	    HISHO_CHANGE_FAILED;
}

bool
hisho_withdrawn_leave(
    HishoDatabase *database, const char *key, gint64 set, GError **error)
{
	bool kept;

	if (!hisho_withdrawn_is_kept(database, &kept, error))
		return false;
	return !kept ||
	    hisho_withdrawn_write(database, key,
		MAX(hisho_database_time(database), set + 1), error);
}
