#include "libhisho/store/memory.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/freemail.h"
#include "libhisho/store/folded.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/place.h"
#include "libhisho/store/pool.h"
#include "libhisho/store/suspects.h"

void
hisho_memory_free(HishoMemory *memory)
{
	if (memory == NULL)
		return;
	g_free(memory->unavailable);
	g_free(memory->vote);
	g_free(memory->blocked);
	g_ptr_array_unref(memory->rows);
	g_ptr_array_unref(memory->reports);
	g_ptr_array_unref(memory->routes);
	g_free(memory);
}

HishoMemory *
hisho_memory_new_unavailable(const char *why)
{
	HishoMemory *memory = g_new0(HishoMemory, 1);

	memory->unavailable = g_strdup(why);
	memory->rows = g_ptr_array_new_with_free_func(hisho_row_free);
	memory->reports = g_ptr_array_new_with_free_func(hisho_reports_free);
	memory->routes = g_ptr_array_new_with_free_func(hisho_known_route_free);
	return memory;
}

gint64
hisho_memory_before(const HishoMemory *memory, gint64 count)
{
	return MAX(count - (memory->is_received ? 1 : 0), 0);
}

/* Puts NEW in the place of LIST; false if there is none. */
static bool
replace(GPtrArray **list, GPtrArray *new)
{
	if (new == NULL)
		return false;
	g_ptr_array_unref(*list);
	*list = new;
	return true;
}

/* This host is no other route. */
static void
drop_host(GPtrArray *routes, const char *host)
{
	for (guint i = 0; i < routes->len; i++) {
		const HishoKnownRoute *route = routes->pdata[i];
		if (strcmp(route->host, host) == 0) {
			g_ptr_array_remove_index(routes, i);
			return;
		}
	}
}

static bool
read_mail(HishoMemory *memory, HishoDatabase *database,
    const HishoReceipt *receipt, GError **error)
{
	g_autoptr(HishoReceipt) kept =
	    hisho_ledger_find(database, receipt, error);

	if (kept == NULL && *error != NULL)
		return false;
	memory->vote = kept == NULL ? NULL : g_strdup(kept->vote);
	memory->is_received = kept != NULL && kept->received > 0;
	return memory->is_received ||
	    hisho_folded_has(database, receipt, &memory->is_received, error);
}

static bool
has_text(const GPtrArray *texts, const char *text)
{
	for (guint i = 0; i < texts->len; i++)
		if (strcmp(texts->pdata[i], text) == 0)
			return true;
	return false;
}

/* Permits are pinned to the routes they were given on. */
static bool
read_permit(HishoMemory *memory, HishoDatabase *database,
    const HishoReceipt *receipt, GError **error)
{
	if (receipt->from == NULL)
		return true;
	g_autoptr(HishoPermit) permit =
	    hisho_permits_find(database, receipt->user, receipt->from, error);
	if (permit == NULL)
		return *error == NULL;
	memory->is_permitted = true;
	memory->permits_route =
	    *receipt->host != '\0' && has_text(permit->hosts, receipt->host);
	memory->permits_net = receipt->host_net != NULL &&
	    has_text(permit->nets, receipt->host_net);
	memory->permits_organization = receipt->host_organization != NULL &&
	    has_text(permit->organizations, receipt->host_organization);
	return true;
}

/* KEY is an address, or a List-Id. */
static void
add_block_entries(GPtrArray *entries, const char *key)
{
	const char *at = key != NULL ? strrchr(key, '@') : NULL;

	if (key == NULL)
		return;
	g_ptr_array_add(entries, g_strdup(key));
	for (const char *domain = at != NULL ? at : strchr(key, '.');
	     domain != NULL; domain = strchr(domain + 1, '.'))
		g_ptr_array_add(entries, g_strdup(domain + 1));
}

GPtrArray *
hisho_memory_block_entries(const HishoReceipt *receipt)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);

	add_block_entries(entries, receipt->from);
	if (g_strcmp0(receipt->sender, receipt->from) != 0)
		add_block_entries(entries, receipt->sender);
	return entries;
}

static bool
read_block(HishoMemory *memory, HishoDatabase *database,
    const HishoReceipt *receipt, GError **error)
{
	g_autoptr(GPtrArray) entries = hisho_memory_block_entries(receipt);

	for (guint i = 0; i < entries->len && memory->blocked == NULL; i++) {
		const HishoListEntry entry = { HISHO_LIST_BLOCK, receipt->user,
			entries->pdata[i], 0 };
		gint64 since = hisho_lists_since(database, &entry, error);
		if (since < 0)
			return false;
		if (since > 0)
			memory->blocked = g_strdup(entry.entry);
	}
	return true;
}

/* Nobody answers for all users of a public provider: of its domain there is
 * no row.  The sums are kept all the same, for what is public is a matter of
 * the configuration, which may change. */
static HishoAxes
find_axes(const HishoReceipt *receipt, const HishoConfig *config)
{
	HishoAxes axes = hisho_receipt_axes(receipt);
	const HishoEdits providers = hisho_config_providers(config);

	if (hisho_freemail_has(axes.from_domain, &providers))
		axes.from_domain = NULL;
	if (hisho_freemail_has(axes.sender_domain, &providers))
		axes.sender_domain = NULL;
	return axes;
}

static bool
read_score(HishoMemory *memory, HishoDatabase *database,
    const HishoMemoryQuestion *question, GError **error)
{
	g_autoptr(HishoConfig) defaults = hisho_config_new();
	const HishoConfig *config =
	    question->config != NULL ? question->config : defaults;
	const HishoAxes axes = find_axes(question->receipt, config);

	if (!hisho_tally_standing(database, &axes, &memory->standing, error))
		return false;
	HishoPool pool =
	    hisho_pool_find(question->receipt, &memory->standing, config);
	if (!replace(&memory->rows,
		hisho_tally_rows(database, &axes, pool, error)) ||
	    !replace(
		&memory->routes, hisho_routes_find(database, &axes, error)))
		return false;
	drop_host(memory->routes, question->receipt->host);
	return true;
}

static HishoMemory *
read_all(HishoDatabase *database, HishoSuspects *suspects,
    const HishoMemoryQuestion *question, GError **error)
{
	const HishoReceipt *receipt = question->receipt;
	const HishoSuspectsReader reader = { receipt->user,
		question->reports_after };
	g_autoptr(HishoMemory) memory = hisho_memory_new_unavailable(NULL);

	if (!read_mail(memory, database, receipt, error) ||
	    !read_score(memory, database, question, error) ||
	    !read_permit(memory, database, receipt, error) ||
	    !read_block(memory, database, receipt, error) ||
	    !replace(&memory->reports,
		hisho_suspects_read(suspects, database, &reader, error)))
		return NULL;
	return g_steal_pointer(&memory);
}

static HishoMemory *
new_unavailable(const GError *error)
{
	HishoMemory *memory = hisho_memory_new_unavailable(error->message);

	memory->is_damaged =
	    g_error_matches(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	return memory;
}

/* Made before the database is locked; NULL where there is none. */
static HishoSuspects *
new_suspects(const char *directory, const HishoMemoryQuestion *question)
{
	return hisho_place_may_have_database(directory)
	    ? hisho_suspects_new(question->hosts, question->urls)
	    : NULL;
}

HishoMemory *
hisho_memory_read_from(
    HishoDatabase *database, const HishoMemoryQuestion *question)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoSuspects) suspects =
	    hisho_suspects_new(question->hosts, question->urls);
	HishoMemory *memory = read_all(database, suspects, question, &error);

	return memory != NULL ? memory : new_unavailable(error);
}

/* Comes into *DATABASE, opened before or not. */
static bool
resume(HishoDatabase **database, const char *directory, int wait_ms,
    GError **error)
{
	if (*database != NULL)
		return hisho_database_resume(*database, wait_ms, error);
	*database = hisho_database_open_for_reading(directory, wait_ms, error);
	return *database != NULL;
}

HishoMemory *
hisho_memory_read_on(HishoDatabase **database, const char *directory,
    int wait_ms, const HishoMemoryQuestion *question)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoSuspects) suspects = new_suspects(directory, question);
	HishoMemory *memory = resume(database, directory, wait_ms, &error)
	    ? read_all(*database, suspects, question, &error)
	    : NULL;

	if (memory == NULL) {
		g_clear_pointer(database, hisho_database_close);
		return new_unavailable(error);
	}
	hisho_database_rest(*database);
	return memory;
}

HishoMemory *
hisho_memory_read(
    const char *directory, int wait_ms, const HishoMemoryQuestion *question)
{
	g_autoptr(HishoDatabase) database = NULL;

	return hisho_memory_read_on(&database, directory, wait_ms, question);
}
