#include "libhisho/store/routes.h"

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

/* Hosts, each once, from the keys of a walk. */
struct collection {
	GPtrArray *routes;
	GHashTable *hosts;
	guint looked_at;
};

static bool
collect_host(HishoSlice key, HishoSlice value, void *context)
{
	struct collection *collection = context;
	g_auto(GStrv) parts = hisho_key_split(key);
	const char *host = parts[g_strv_length(parts) - 1];

	(void)value;
	if (!g_hash_table_contains(collection->hosts, host)) {
		HishoKnownRoute *route =
		    hisho_record_new(&hisho_known_route_type);
		route->host = g_strdup(host);
		g_hash_table_add(collection->hosts, route->host);
		g_ptr_array_add(collection->routes, route);
	}
	return ++collection->looked_at < ROUTES;
}

static bool
collect_from(HishoDatabase *database, const char *prefix,
    struct collection *collection, GError **error)
{
	HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = collect_host,
		.context = collection };

	collection->looked_at = 0;
	return hisho_database_walk(database, &walk, error);
}

static bool
collect(
    HishoDatabase *database, HishoAxes axes, GPtrArray *routes, GError **error)
{
	g_autoptr(GHashTable) hosts = g_hash_table_new(g_str_hash, g_str_equal);
	struct collection collection = { routes, hosts, 0 };

	axes.host = ""; /* makes prefixes of all hosts' keys */
	g_autofree char *own = hisho_sums_dup_own_key(&axes, HISHO_AXIS_ROUTE);
	g_autofree char *all = hisho_sums_dup_all_key(&axes, HISHO_AXIS_ROUTE);
	return own == NULL ||
	    (collect_from(database, own, &collection, error) &&
		collect_from(database, all, &collection, error));
}

static bool
count(HishoDatabase *database, HishoAxes axes, HishoKnownRoute *route,
    GError **error)
{
	HishoSumPlace place = { &axes, HISHO_AXIS_ROUTE };
	HishoTally tally;

	axes.host = route->host;
	if (!hisho_sums_read_tally(database, place, &tally, error))
		return false;
	route->messages = tally.own.messages;
	route->trusted = tally.own.trusted;
	route->distrusted = tally.own.distrusted;
	route->others_messages = tally.others.messages;
	route->users_trusted = tally.others.users_trusted;
	route->users_distrusted = tally.others.users_distrusted;
	return true;
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

	if (!collect(database, *axes, routes, error))
		return NULL;
	for (guint i = 0; i < routes->len; i++)
		if (!count(database, *axes, routes->pdata[i], error))
			return NULL;
	g_ptr_array_sort(routes, compare);
	return g_steal_pointer(&routes);
}
