#include "libhisho/store/routes.h"

#include <string.h>

#include "libhisho/store/key.h"

/* Anybody can forge any From from any number of hosts. */
#define ROUTES 1000

#define TEXT(member)                                                           \
	HISHO_RECORD_TEXT, G_STRUCT_OFFSET(HishoKnownRoute, member), NULL
#define NUMBER(member)                                                         \
	HISHO_RECORD_NUMBER, G_STRUCT_OFFSET(HishoKnownRoute, member), NULL

static const HishoRecordField fields[] = {
	{ "host", TEXT(host) },
	{ "messages", NUMBER(messages) },
	{ "trusted", NUMBER(trusted) },
	{ "distrusted", NUMBER(distrusted) },
	{ "others_messages", NUMBER(others_messages) },
	{ "users_trusted", NUMBER(users_trusted) },
	{ "users_distrusted", NUMBER(users_distrusted) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_known_route_type = {
	sizeof(HishoKnownRoute),
	fields,
	hisho_known_route_free,
};

void
hisho_known_route_free(void *route)
{
	hisho_record_free(&hisho_known_route_type, route);
}

/* Each route has two sums: mine and all's. */
enum { OWN, ALL, SUMS };

typedef struct {
	HishoSum sums[SUMS];
	bool is_read[SUMS];
} Found;

/* Two walks, one after the other, over sums that lie side by side: to search
 * each of them would take many times as long. */
typedef struct {
	HishoDatabase *database;
	HishoAxes axes;
	GPtrArray *routes;
	GHashTable *found; /* Found by the host of each */
	int which;
	guint looked_at;
	char *stopped[SUMS]; /* keys behind this one were not looked at */
	char *damaged;	     /* its value is no sum */
} Collection;

static Found *
find_or_add(Collection *collection, const char *host)
{
	Found *found = g_hash_table_lookup(collection->found, host);

	if (found != NULL)
		return found;
	HishoKnownRoute *route = hisho_record_new(&hisho_known_route_type);
	route->host = g_strdup(host);
	g_ptr_array_add(collection->routes, route);
	found = g_new0(Found, 1);
	g_hash_table_insert(collection->found, route->host, found);
	return found;
}

static bool
collect_sum(HishoSlice key, HishoSlice value, void *context)
{
	Collection *collection = context;
	int which = collection->which;
	g_auto(GStrv) parts = hisho_key_split(key);
	Found *found = find_or_add(collection, parts[g_strv_length(parts) - 1]);

	found->is_read[which] = hisho_sum_parse(value, &found->sums[which]);
	if (!found->is_read[which])
		collection->damaged = g_strndup(key.data, key.length);
	else if (++collection->looked_at == ROUTES)
		collection->stopped[which] = g_strndup(key.data, key.length);
	else
		return true;
	return false;
}

static char *
dup_key(const Collection *collection, const char *host)
{
	HishoAxes axes = collection->axes;

	axes.host = host;
	return collection->which == OWN
	    ? hisho_sums_dup_own_key(&axes, HISHO_AXIS_ROUTE)
	    : hisho_sums_dup_all_key(&axes, HISHO_AXIS_ROUTE);
}

static bool
collect(Collection *collection, GError **error)
{
	g_autofree char *prefix = dup_key(collection, "");
	HishoSum sum;

	if (prefix == NULL)
		return true;
	const HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = collect_sum,
		.context = collection };
	collection->looked_at = 0;
	if (!hisho_database_walk(collection->database, &walk, error))
		return false;
	/* To read it again tells what is wrong with it. */
	return collection->damaged == NULL ||
	    hisho_sums_read(
		collection->database, collection->damaged, &sum, error);
}

/* Reads those sums that the walk did not come to. */
static bool
complete(Collection *collection, GError **error)
{
	const char *stopped = collection->stopped[collection->which];
	GHashTableIter iterator;
	gpointer host, value;

	g_hash_table_iter_init(&iterator, collection->found);
	while (stopped != NULL &&
	    g_hash_table_iter_next(&iterator, &host, &value)) {
		Found *found = value;
		if (found->is_read[collection->which])
			continue;
		g_autofree char *key = dup_key(collection, host);
		if (strcmp(key, stopped) > 0 &&
		    !hisho_sums_read(collection->database, key,
			&found->sums[collection->which], error))
			return false;
	}
	return true;
}

/* Does STEP with mine, then with all's. */
static bool
with_both(Collection *collection, bool (*step)(Collection *, GError **),
    GError **error)
{
	bool fine = true;

	for (int which = 0; which < SUMS && fine; which++) {
		collection->which = which;
		fine = step(collection, error);
	}
	return fine;
}

/* Others are all without me. */
static void
count(HishoKnownRoute *route, const Found *found)
{
	const HishoShare *own = &found->sums[OWN].own;
	HishoSum mine = hisho_sum_as_others_see(found->sums[OWN]);
	HishoSum others = hisho_sum_add(found->sums[ALL], mine, -1);

	route->messages = own->messages;
	route->trusted = own->trusted;
	route->distrusted = own->distrusted;
	route->others_messages = others.all.messages;
	route->users_trusted = others.all.users_trusted;
	route->users_distrusted = others.all.users_distrusted;
}

static int
compare(gconstpointer a, gconstpointer b)
{
	const HishoKnownRoute *one = *(HishoKnownRoute *const *)a;
	const HishoKnownRoute *other = *(HishoKnownRoute *const *)b;

	if (one->messages != other->messages)
		return one->messages < other->messages ? 1 : -1;
	if (one->others_messages != other->others_messages)
		return one->others_messages < other->others_messages ? 1 : -1;
	return g_strcmp0(one->host, other->host);
}

GPtrArray *
hisho_routes_find(
    HishoDatabase *database, const HishoAxes *axes, GError **error)
{
	g_autoptr(GPtrArray) routes =
	    g_ptr_array_new_with_free_func(hisho_known_route_free);
	g_autoptr(GHashTable) found =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	Collection collection = { .database = database,
		.axes = *axes,
		.routes = routes,
		.found = found };
	bool fine = with_both(&collection, collect, error) &&
	    with_both(&collection, complete, error);

	g_free(collection.stopped[OWN]);
	g_free(collection.stopped[ALL]);
	g_free(collection.damaged);
	if (!fine)
		return NULL;
	for (guint i = 0; i < routes->len; i++) {
		HishoKnownRoute *route = routes->pdata[i];
		count(route, g_hash_table_lookup(found, route->host));
	}
	g_ptr_array_sort(routes, compare);
	return g_steal_pointer(&routes);
}
