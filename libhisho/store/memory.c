#include "libhisho/store/memory.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/domain.h"
#include "libhisho/store/permits.h"

/* A URL has more slashes only to hide something. */
#define PREFIX_LIMIT 20

/* Where the URL of a report may end within that of a link. */
#define URL_MARKS "/?#"

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

	if (kept == NULL)
		return *error == NULL;
	memory->is_received = kept->received > 0;
	memory->vote = g_strdup(kept->vote);
	return true;
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
	return true;
}

static bool
read_block(HishoMemory *memory, HishoDatabase *database,
    const HishoReceipt *receipt, GError **error)
{
	const char *const keys[] = { receipt->from, receipt->from_domain,
		receipt->sender, receipt->sender_domain };

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const HishoListEntry entry = { HISHO_LIST_BLOCK, receipt->user,
			keys[i], 0 };
		if (keys[i] == NULL || memory->blocked != NULL)
			continue;
		gint64 since = hisho_lists_since(database, &entry, error);
		if (since < 0)
			return false;
		if (since > 0)
			memory->blocked = g_strdup(keys[i]);
	}
	return true;
}

static void
add_entry(GPtrArray *entries, GHashTable *seen, char *entry)
{
	if (entry == NULL || g_hash_table_contains(seen, entry)) {
		g_free(entry);
		return;
	}
	g_hash_table_add(seen, entry);
	g_ptr_array_add(entries, entry);
}

/* The first LENGTH bytes of URL, with and without the mark that follows. */
static void
add_cut(GPtrArray *entries, GHashTable *seen, const char *url, size_t length)
{
	add_entry(entries, seen, g_strndup(url, length));
	add_entry(entries, seen, g_strndup(url, length + 1));
}

/* URL cut at each of its marks, and whole: a report may name any. */
static void
add_prefixes(GPtrArray *entries, GHashTable *seen, const char *url)
{
	const char *at = strstr(url, "://");
	guint n = 0;

	add_entry(entries, seen, g_strdup(url));
	add_cut(entries, seen, url, strcspn(url, "?#"));
	for (at = at != NULL ? at + 3 : url;
	     n < PREFIX_LIMIT && (at = strpbrk(at, URL_MARKS)) != NULL;
	     at++, n++)
		add_cut(entries, seen, url, (size_t)(at - url));
}

/* Under what the links of the mail could have been reported. */
static GPtrArray *
report_entries(const HishoMemoryQuestion *question)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < question->hosts->len; i++) {
		const char *host = question->hosts->pdata[i];
		add_entry(entries, seen, g_strdup(host));
		add_entry(entries, seen, hisho_domain_organization(host));
	}
	for (guint i = 0; i < question->urls->len; i++)
		add_prefixes(entries, seen, question->urls->pdata[i]);
	return entries;
}

/* Whether reports of others on ENTRY, a host or a URL, do not touch USER. */
static bool
is_allowed(HishoDatabase *database, const char *user, const char *entry)
{
	const char *scheme_end = strstr(entry, "://");
	const char *start = scheme_end != NULL ? scheme_end + 3 : entry;
	g_autofree char *host = g_strndup(start, strcspn(start, "/:"));
	const HishoListEntry allowed = { HISHO_LIST_ALLOW_LINK, user, host, 0 };

	return hisho_lists_since(database, &allowed, NULL) > 0;
}

static bool
read_reports(HishoMemory *memory, HishoDatabase *database,
    const HishoMemoryQuestion *question, GError **error)
{
	const char *user = question->receipt->user;
	g_autoptr(GPtrArray) entries = report_entries(question);
	g_autoptr(GPtrArray) all =
	    hisho_lists_reports(database, user, entries, error);

	for (guint i = 0; all != NULL && i < all->len; i++) {
		const HishoReports *reports = all->pdata[i];
		if (reports->own ||
		    (reports->others > 0 &&
			!is_allowed(database, user, reports->entry)))
			g_ptr_array_add(memory->reports,
			    hisho_record_dup(&hisho_reports_type, reports));
	}
	return all != NULL;
}

/* Whether URL is ENTRY, or goes on behind one of its marks. */
static bool
begins_with(const char *url, const char *entry)
{
	size_t length = strlen(entry);

	if (!g_str_has_prefix(url, entry))
		return false;
	return url[length] == '\0' || strchr(URL_MARKS, url[length]) != NULL ||
	    (length > 0 && strchr(URL_MARKS, url[length - 1]) != NULL);
}

bool
hisho_memory_covers(
    const HishoReports *reports, const char *host, const char *url)
{
	const char *entry = reports->entry;

	if (url != NULL && strchr(entry, '/') != NULL)
		return begins_with(url, entry);
	if (host == NULL || !g_str_has_suffix(host, entry))
		return false;
	size_t rest = strlen(host) - strlen(entry);
	return rest == 0 || host[rest - 1] == '.';
}

static bool
read_score(HishoMemory *memory, HishoDatabase *database,
    const HishoReceipt *receipt, GError **error)
{
	const HishoAxes axes = hisho_receipt_axes(receipt);

	if (!replace(&memory->rows, hisho_tally_rows(database, &axes, error)) ||
	    !hisho_tally_standing(database, &axes, &memory->standing, error) ||
	    !replace(
		&memory->routes, hisho_routes_find(database, &axes, error)))
		return false;
	drop_host(memory->routes, receipt->host);
	return true;
}

HishoMemory *
hisho_memory_read(
    const char *directory, int wait_ms, const HishoMemoryQuestion *question)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoMemory) memory = hisho_memory_new_unavailable(NULL);
	const HishoReceipt *receipt = question->receipt;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(directory, wait_ms, &error);

	if (database != NULL && read_mail(memory, database, receipt, &error) &&
	    read_score(memory, database, receipt, &error) &&
	    read_permit(memory, database, receipt, &error) &&
	    read_block(memory, database, receipt, &error) &&
	    read_reports(memory, database, question, &error))
		return g_steal_pointer(&memory);
	HishoMemory *unavailable = hisho_memory_new_unavailable(error->message);
	unavailable->is_damaged =
	    g_error_matches(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	return unavailable;
}
