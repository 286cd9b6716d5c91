#include "libhisho/store/lists.h"

#include "libhisho/store/key.h"

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
	g_autofree char *text = g_strndup(value.data, value.length);

	return g_ascii_strtoll(text, NULL, 10);
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

HishoChange
hisho_lists_add(
    HishoDatabase *database, const HishoListEntry *entry, GError **error)
{
	g_autofree char *key = entry_key(entry);
	g_autofree char *value =
	    g_strdup_printf("%" G_GINT64_FORMAT, MAX(entry->since, 1));
	gint64 since = hisho_lists_since(database, entry, error);

	if (since != 0)
		return since < 0 ? HISHO_CHANGE_FAILED : HISHO_CHANGE_NONE;
	return hisho_database_put(
		   database, hisho_slice(key), hisho_slice(value), error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

HishoChange
hisho_lists_remove(
    HishoDatabase *database, const HishoListEntry *entry, GError **error)
{
	g_autofree char *key = entry_key(entry);

	return hisho_database_delete(database, hisho_slice(key), error);
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
