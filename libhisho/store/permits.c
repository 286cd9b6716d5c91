#include "libhisho/store/permits.h"

#include "libhisho/base/error.h"
#include "libhisho/store/key.h"

/* Ways a permit is pinned to; no honest sender has more hosts. */
#define PINS 1000

#define FIELD(member, kind)                                                    \
	HISHO_RECORD_##kind, G_STRUCT_OFFSET(HishoPermit, member), NULL

static const HishoRecordField fields[] = {
	{ "address", FIELD(address, TEXT) },
	{ "since", FIELD(since, NUMBER) },
	{ "hosts", FIELD(hosts, TEXTS) },
	{ "nets", FIELD(nets, TEXTS) },
	{ "organizations", FIELD(organizations, TEXTS) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_permit_type = {
	sizeof(HishoPermit),
	fields,
	hisho_permit_free,
};

void
hisho_permit_free(void *permit)
{
	hisho_record_free(&hisho_permit_type, permit);
}

static HishoPermit *
read_permit(HishoSlice value, GError **error)
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

	return value == NULL ? NULL
			     : read_permit(hisho_slice_bytes(value), error);
}

/* Whether anything was new. */
static bool
add_texts(GPtrArray *texts, const GPtrArray *more)
{
	guint before = texts->len;

	for (guint i = 0; more != NULL && i < more->len; i++)
		if (texts->len < PINS &&
		    !g_ptr_array_find_with_equal_func(
			texts, more->pdata[i], g_str_equal, NULL))
			g_ptr_array_add(texts, g_strdup(more->pdata[i]));
	return texts->len > before;
}

static HishoChange
put_permit(HishoDatabase *database, const char *user, const HishoPermit *permit,
    GError **error)
{
	g_autofree char *key =
	    hisho_key_join("permit", user, permit->address, NULL);
	g_autoptr(HishoJson) json =
	    hisho_record_to_json(&hisho_permit_type, permit);
	g_autofree char *value = hisho_json_dup_line(json);

	return hisho_database_put(
		   database, hisho_slice(key), hisho_slice(value), error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

HishoChange
hisho_permits_add(HishoDatabase *database, const char *user,
    const HishoPermit *permit, GError **error)
{
	GError *reason = NULL;
	g_autoptr(HishoPermit) kept =
	    hisho_permits_find(database, user, permit->address, &reason);

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return HISHO_CHANGE_FAILED;
	}
	bool is_new = kept == NULL;
	if (is_new) {
		kept = hisho_record_new(&hisho_permit_type);
		kept->address = g_strdup(permit->address);
		kept->since = permit->since;
	}
	bool more_hosts = add_texts(kept->hosts, permit->hosts);
	bool more_nets = add_texts(kept->nets, permit->nets);
	bool more_organizations =
	    add_texts(kept->organizations, permit->organizations);
	if (!is_new && !more_hosts && !more_nets && !more_organizations)
		return HISHO_CHANGE_NONE;
	return put_permit(database, user, kept, error);
}

HishoChange
hisho_permits_remove(HishoDatabase *database, const char *user,
    const char *address, GError **error)
{
	g_autofree char *key = hisho_key_join("permit", user, address, NULL);

	return hisho_database_delete(database, hisho_slice(key), error);
}

struct collection {
	GPtrArray *found;
	GError *error;
};

static bool
collect_permit(HishoSlice key, HishoSlice value, void *context)
{
	struct collection *collection = context;
	HishoPermit *permit = read_permit(value, &collection->error);

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
