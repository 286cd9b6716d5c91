#include "libhisho/store/lists.h"

#include "libhisho/store/key.h"
#include "libhisho/store/withdrawn.h"

#define FIELD(type, member, kind)                                              \
	HISHO_RECORD_##kind, G_STRUCT_OFFSET(type, member), NULL

static const HishoRecordField listed_fields[] = {
	{ "entry", FIELD(HishoListed, entry, TEXT) },
	{ "since", FIELD(HishoListed, since, NUMBER) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_listed_type = {
	sizeof(HishoListed),
	listed_fields,
	hisho_listed_free,
};

void
hisho_listed_free(void *listed)
{
	hisho_record_free(&hisho_listed_type, listed);
}

struct collection {
	GPtrArray *found;
	const char *user;
};

/* Entries stand by their user, but reports by what they are on: all that is
 * said of one link host is found in one place. */
static char *
entry_key(const HishoListEntry *entry)
{
	if (entry->list == HISHO_LIST_REPORT)
		return hisho_key_join(
		    "report", entry->entry, entry->user, NULL);
	return hisho_key_join(
	    entry->list == HISHO_LIST_BLOCK ? "block" : "allow-link",
	    entry->user, entry->entry, NULL);
}

gint64
hisho_lists_read_since(HishoSlice value)
{
	return hisho_withdrawn_parse(value);
}

gint64
hisho_lists_since(
    HishoDatabase *database, const HishoListEntry *entry, GError **error)
{
	GError *reason = NULL;
	g_autofree char *key = entry_key(entry);
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);

	if (value != NULL)
		return hisho_lists_read_since(hisho_slice_bytes(value));
	if (reason == NULL)
		return 0;
	g_propagate_error(error, reason);
	return -1;
}

static bool
put_since(
    HishoDatabase *database, const char *key, gint64 since, GError **error)
{
	g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT, since);

	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), error);
}

static HishoChange
made(bool is_made)
{
	return is_made ? HISHO_CHANGE_MADE : HISHO_CHANGE_FAILED;
}

HishoChange
hisho_lists_add(
    HishoDatabase *database, const HishoListEntry *entry, GError **error)
{
	g_autofree char *key = entry_key(entry);
	gint64 since = hisho_lists_since(database, entry, error);
	gint64 removed;

	if (since != 0)
		return since < 0 ? HISHO_CHANGE_FAILED : HISHO_CHANGE_NONE;
	if (!hisho_withdrawn_read(database, key, &removed, error))
		return HISHO_CHANGE_FAILED;
	since = MAX(entry->since, removed + 1);
	return made(
	    (removed == 0 || hisho_withdrawn_write(database, key, 0, error)) &&
	    put_since(database, key, since, error));
}

HishoChange
hisho_lists_remove(
    HishoDatabase *database, const HishoListEntry *entry, GError **error)
{
	g_autofree char *key = entry_key(entry);
	gint64 since = hisho_lists_since(database, entry, error);

	if (since <= 0)
		return since < 0 ? HISHO_CHANGE_FAILED : HISHO_CHANGE_NONE;
	return made(hisho_database_delete(database, hisho_slice(key), error) !=
		HISHO_CHANGE_FAILED &&
	    hisho_withdrawn_leave(database, key, since, error));
}

HishoChange
hisho_lists_join(HishoDatabase *database, const HishoListEntry *entry,
    bool is_removed, GError **error)
{
	g_autofree char *key = entry_key(entry);
	gint64 added = hisho_lists_since(database, entry, error);
	gint64 removed;

	if (added < 0 || !hisho_withdrawn_read(database, key, &removed, error))
		return HISHO_CHANGE_FAILED;
	if (is_removed) {
		if (entry->since <= MAX(added, removed))
			return HISHO_CHANGE_NONE;
		return made(hisho_database_delete(database, hisho_slice(key),
				error) != HISHO_CHANGE_FAILED &&
		    hisho_withdrawn_write(database, key, entry->since, error));
	}
	if (entry->since <= added || entry->since < removed)
		return HISHO_CHANGE_NONE;
	return made(hisho_withdrawn_write(database, key, 0, error) &&
	    put_since(database, key, entry->since, error));
}

/* "LIST USER ENTRY", or of reports, which are all walked, "report ENTRY
 * USER". */
static bool
collect_entry(HishoSlice key, HishoSlice value, void *context)
{
	struct collection *collection = context;
	g_auto(GStrv) parts = hisho_key_split(key);
	bool report = g_str_equal(parts[0], "report");

	if (g_strv_length(parts) != 3 ||
	    !g_str_equal(parts[report ? 2 : 1], collection->user))
		return true;
	HishoListed *listed = hisho_record_new(&hisho_listed_type);
	listed->entry = g_strdup(parts[report ? 1 : 2]);
	listed->since = hisho_lists_read_since(value);
	g_ptr_array_add(collection->found, listed);
	return true;
}

GPtrArray *
hisho_lists_entries(
    HishoDatabase *database, HishoList list, const char *user, GError **error)
{
	HishoListEntry none = { list, user, "", 0 };
	g_autofree char *prefix = list == HISHO_LIST_REPORT
	    ? hisho_key_join("report", "", NULL)
	    : entry_key(&none);
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func(hisho_listed_free);
	struct collection collection = { found, user };
	HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = collect_entry,
		.context = &collection };

	if (!hisho_database_walk(database, &walk, error))
		return NULL;
	return g_steal_pointer(&found);
}
