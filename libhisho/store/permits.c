#include "libhisho/store/permits.h"

#include "libhisho/base/error.h"
#include "libhisho/store/key.h"
#include "libhisho/store/withdrawn.h"

HishoPermit *
hisho_permits_read(HishoSlice value, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoJson) json =
	    hisho_json_parse(value.data, value.length, &reason);
	HishoPermit *permit = json == NULL
	    ? NULL
	    : hisho_record_from_json(&hisho_permit_type, json, &reason);

	if (permit == NULL)
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "a permit is damaged: %s", reason->message);
	return permit;
}

HishoPermit *
hisho_permits_find(HishoDatabase *database, const char *user,
    const char *address, GError **error)
{
	g_autofree char *key = hisho_key_join("permit", user, address, NULL);
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), error);

	return value == NULL
	    ? NULL
	    : hisho_permits_read(hisho_slice_bytes(value), error);
}

/* Puts the one that is AFTER, or what is left of it, in the place of BEFORE
 * (NULL for none). */
static HishoChange
put_permit(HishoDatabase *database, const char *user, const HishoPermit *after,
    GError **error)
{
	g_autofree char *key =
	    hisho_key_join("permit", user, after->address, NULL);
	g_autoptr(HishoJson) json = hisho_permit_to_json(after);
	g_autofree char *value = hisho_json_dup_line(json);
	bool holds = hisho_permit_holds(after);
	bool written = holds ? hisho_database_put(database, hisho_slice(key),
				   hisho_slice(value), error)
			     : hisho_database_delete(database, hisho_slice(key),
				   error) != HISHO_CHANGE_FAILED;

	return written &&
		hisho_withdrawn_write(
		    database, key, holds ? 0 : after->withdrawn, error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

/* The permit, or the time since when there is none; with nothing in it for
 * neither. */
static HishoPermit *
find_or_past(HishoDatabase *database, const char *user, const char *address,
    GError **error)
{
	GError *reason = NULL;
	g_autofree char *key = hisho_key_join("permit", user, address, NULL);
	g_autoptr(HishoPermit) permit =
	    hisho_permits_find(database, user, address, &reason);

	if (permit == NULL)
		permit = hisho_permit_new(address);
	if (reason != NULL) {
		g_propagate_error(error, reason);
		return NULL;
	}
	if (!hisho_permit_holds(permit) &&
	    !hisho_withdrawn_read(database, key, &permit->withdrawn, error))
		return NULL;
	return g_steal_pointer(&permit);
}

/* Adds to NEW those of MORE that KEPT has not; whether there were any. */
static bool
add_new(GPtrArray *new, GPtrArray *kept, const GPtrArray *more)
{
	for (guint i = 0; more != NULL && i < more->len; i++)
		if (kept->len + new->len < HISHO_PERMIT_PINS &&
		    !g_ptr_array_find_with_equal_func(
			kept, more->pdata[i], g_str_equal, NULL))
			g_ptr_array_add(new, g_strdup(more->pdata[i]));
	return new->len > 0;
}

HishoChange
hisho_permits_add(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error)
{
	g_autoptr(HishoPermit) kept =
	    find_or_past(database, user, permit->address, error);
	g_autoptr(HishoPermit) new = hisho_permit_new(permit->address);
	bool is_more = false;

	if (kept == NULL)
		return HISHO_CHANGE_FAILED;
	for (int i = 0; i < HISHO_PERMIT_LISTS; i++)
		is_more |= add_new(hisho_permit_list(new, i),
		    hisho_permit_list(kept, i), hisho_permit_list(permit, i));
	if (hisho_permit_holds(kept) && !is_more)
		return HISHO_CHANGE_NONE;
	/* A clock that went back must not make it older than what it is added
	 * to, or than what was withdrawn. */
	new->since = MAX(MAX(permit->since, kept->since), kept->withdrawn + 1);
	g_autoptr(HishoPermit) after = hisho_permit_join(kept, new);
	return put_permit(database, user, after, error);
}

HishoChange
hisho_permits_join(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error)
{
	g_autoptr(HishoPermit) kept =
	    find_or_past(database, user, permit->address, error);

	if (kept == NULL)
		return HISHO_CHANGE_FAILED;
	g_autoptr(HishoPermit) before = hisho_permit_join(kept, kept);
	g_autoptr(HishoPermit) after = hisho_permit_join(kept, permit);
	return hisho_permit_equal(before, after)
	    ? HISHO_CHANGE_NONE
	    : put_permit(database, user, after, error);
}

HishoChange
hisho_permits_remove(HishoDatabase *database, const char *user,
    const char *address, GError **error)
{
	GError *reason = NULL;
	g_autofree char *key = hisho_key_join("permit", user, address, NULL);
	g_autoptr(HishoPermit) permit =
	    hisho_permits_find(database, user, address, &reason);

	if (permit == NULL && reason == NULL)
		return HISHO_CHANGE_NONE;
	if (reason != NULL)
		g_propagate_error(error, reason);
	return permit != NULL &&
		hisho_database_delete(database, hisho_slice(key), error) !=
		    HISHO_CHANGE_FAILED &&
		hisho_withdrawn_leave(
		    database, key, hisho_permit_changed(permit), error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

struct collection {
	GPtrArray *found;
	GError *error;
};

static bool
collect_permit(HishoSlice key, HishoSlice value, void *context)
{
	struct collection *collection = context;
	HishoPermit *permit = hisho_permits_read(value, &collection->error);

	(void)key;
	if (permit != NULL)
		g_ptr_array_add(collection->found, permit);
	return permit != NULL;
}

GPtrArray *
hisho_permits_list(HishoDatabase *database, const char *user, GError **error)
{
	g_autofree char *prefix = hisho_key_join("permit", user, "", NULL);
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func(hisho_permit_free);
	struct collection collection = { found, NULL };
	HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = collect_permit,
		.context = &collection };

	if (hisho_database_walk(database, &walk, &collection.error) &&
	    collection.error == NULL)
		return g_steal_pointer(&found);
	g_propagate_error(error, collection.error);
	return NULL;
}
