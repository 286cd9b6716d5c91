#include "libhisho/store/suspects.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/store/key.h"
#include "libhisho/store/linkentry.h"

/* Users counted of one report; two decide already. */
#define REPORTERS 1000

/* To go on to the next pair is that much cheaper than to search one. */
#define STEPS 16

#define PREFIX "report "

/* One thing that a link can be listed under. */
typedef struct {
	char *key; /* that of its reports begin so */
	char *entry;
} Candidate;

struct HishoSuspects {
	const GPtrArray *hosts;
	const GPtrArray *urls;
	GArray *candidates; /* of Candidate, by key, each once */
};

static void
clear_candidate(void *data)
{
	Candidate *candidate = data;

	g_free(candidate->key);
	g_free(candidate->entry);
}

static int
compare_candidates(gconstpointer a, gconstpointer b)
{
	return strcmp(((const Candidate *)a)->key, ((const Candidate *)b)->key);
}

/* Of sorted CANDIDATES each once. */
static void
drop_doubles(GArray *candidates)
{
	Candidate *all = (Candidate *)(void *)candidates->data;
	guint n = 0;

	for (guint i = 0; i < candidates->len; i++)
		if (n > 0 && strcmp(all[n - 1].key, all[i].key) == 0)
			clear_candidate(&all[i]);
		else
			all[n++] = all[i];
	if (n == candidates->len)
		return;
	memset(all + n, 0, (candidates->len - n) * sizeof *all);
	g_array_set_size(candidates, n);
}

/* Takes ENTRIES. */
static GArray *
sort_entries(GPtrArray *entries)
{
	GArray *candidates =
	    g_array_sized_new(FALSE, FALSE, sizeof(Candidate), entries->len);

	g_array_set_clear_func(candidates, clear_candidate);
	for (guint i = 0; i < entries->len; i++) {
		Candidate candidate = {
			hisho_key_join("report", entries->pdata[i], "", NULL),
			g_steal_pointer(&entries->pdata[i]),
		};
		g_array_append_val(candidates, candidate);
	}
	g_ptr_array_unref(entries);
	g_array_sort(candidates, compare_candidates);
	drop_doubles(candidates);
	return candidates;
}

HishoSuspects *
hisho_suspects_new(const GPtrArray *hosts, const GPtrArray *urls)
{
	HishoSuspects *suspects = g_new0(HishoSuspects, 1);
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < hosts->len; i++)
		hisho_linkentry_add_host(entries, hosts->pdata[i]);
	for (guint i = 0; i < urls->len; i++)
		hisho_linkentry_add_url(entries, urls->pdata[i]);
	suspects->hosts = hosts;
	suspects->urls = urls;
	suspects->candidates = sort_entries(entries);
	return suspects;
}

void
hisho_suspects_free(HishoSuspects *suspects)
{
	if (suspects == NULL)
		return;
	g_array_unref(suspects->candidates);
	g_free(suspects);
}

/* The way through candidates and reports, both in the order of keys. */
typedef struct {
	const HishoSuspects *suspects;
	const HishoSuspectsReader *reader;
	guint at;    /* the candidate that is looked for */
	guint steps; /* pairs passed since the last that was wanted */
	GPtrArray *found;
	HishoReports *current; /* of the candidate at hand, or NULL */
} Search;

static const Candidate *
candidate_at(const Search *search)
{
	const GArray *candidates = search->suspects->candidates;

	return search->at < candidates->len
	    ? &g_array_index(candidates, Candidate, search->at)
	    : NULL;
}

/* Below 0 before all keys that begin with PREFIX, 0 for one of them. */
static int
compare_key(HishoSlice key, const char *prefix)
{
	size_t length = strlen(prefix);
	int order = memcmp(key.data, prefix, MIN(key.length, length));

	return order == 0 && key.length < length ? -1 : order;
}

/* The user is the last part of KEY. */
static bool
is_mine(HishoSlice key, const Search *search)
{
	g_auto(GStrv) parts = hisho_key_split(key);
	guint n = g_strv_length(parts);

	return n > 0 && g_strcmp0(parts[n - 1], search->reader->user) == 0;
}

static void
count_report(Search *search, HishoSlice key, HishoSlice value)
{
	gint64 since = hisho_lists_read_since(value);

	if (search->current == NULL) {
		search->current = hisho_record_new(&hisho_reports_type);
		search->current->entry = g_strdup(candidate_at(search)->entry);
		search->current->first = since;
		g_ptr_array_add(search->found, search->current);
	}
	HishoReports *reports = search->current;
	if (is_mine(key, search))
		reports->own = true;
	else if (reports->others < REPORTERS)
		reports->others++;
	reports->first = MIN(reports->first, since);
	reports->last = MAX(reports->last, since);
}

/* Goes on to the first candidate that is not before KEY. */
static int
catch_up(Search *search, HishoSlice key)
{
	int order = 1;

	for (; candidate_at(search) != NULL; search->at++) {
		order = compare_key(key, candidate_at(search)->key);
		if (order <= 0)
			return order;
		search->current = NULL;
	}
	return order;
}

static bool
look_at(HishoSlice key, HishoSlice value, void *context)
{
	Search *search = context;
	int order = catch_up(search, key);

	if (order == 0) {
		count_report(search, key, value);
		search->steps = 0;
		return true;
	}
	return order < 0 && ++search->steps < STEPS;
}

static bool
search_reports(Search *search, HishoDatabase *database, GError **error)
{
	do {
		HishoWalk walk = {
			.prefix = hisho_slice(PREFIX),
			.start = hisho_slice(candidate_at(search)->key),
			.visit = look_at,
			.context = search,
		};
		search->steps = 0;
		if (!hisho_database_walk(database, &walk, error))
			return false;
	} while (search->steps >= STEPS && candidate_at(search) != NULL);
	return true;
}

static bool
has_any(GHashTable *table, const GPtrArray *entries)
{
	for (guint i = 0; i < entries->len; i++)
		if (g_hash_table_contains(table, entries->pdata[i]))
			return true;
	return false;
}

/* What is allowed, and what was reported; both by entry. */
typedef struct {
	GHashTable *allowed;
	GHashTable *reports;
} Pardon;

/* The reports that cover one link that I do not allow stay. */
static void
pardon_link(const Pardon *pardon, const char *host, const char *url)
{
	g_autoptr(GPtrArray) entries = hisho_linkentry_list(host, url);

	if (has_any(pardon->allowed, entries))
		return;
	for (guint i = 0; i < entries->len; i++) {
		HishoReports *reports =
		    g_hash_table_lookup(pardon->reports, entries->pdata[i]);
		if (reports != NULL)
			reports->is_allowed = false;
	}
}

/* Hosts that stand in a URL, of which more is known. */
static GHashTable *
hosts_of(const GPtrArray *urls)
{
	GHashTable *hosts =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < urls->len; i++) {
		char *host = hisho_linkentry_dup_host(urls->pdata[i]);
		if (host != NULL)
			g_hash_table_add(hosts, host);
	}
	return hosts;
}

static void
pardon(const HishoSuspects *suspects, const Pardon *pardon)
{
	g_autoptr(GHashTable) hosts = hosts_of(suspects->urls);
	GHashTableIter iterator;
	gpointer reports;

	g_hash_table_iter_init(&iterator, pardon->reports);
	while (g_hash_table_iter_next(&iterator, NULL, &reports))
		((HishoReports *)reports)->is_allowed = true;
	for (guint i = 0; i < suspects->urls->len; i++)
		pardon_link(pardon, NULL, suspects->urls->pdata[i]);
	for (guint i = 0; i < suspects->hosts->len; i++)
		if (!g_hash_table_contains(hosts, suspects->hosts->pdata[i]))
			pardon_link(pardon, suspects->hosts->pdata[i], NULL);
}

/* USER's allowed links, by entry; NULL for a failure. */
static GHashTable *
read_allowed(HishoDatabase *database, const char *user, GError **error)
{
	g_autoptr(GPtrArray) entries =
	    hisho_lists_entries(database, HISHO_LIST_ALLOW_LINK, user, error);

	if (entries == NULL)
		return NULL;
	GHashTable *allowed =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < entries->len; i++) {
		HishoListed *listed = entries->pdata[i];
		g_hash_table_add(allowed, g_steal_pointer(&listed->entry));
	}
	return allowed;
}

/* What became a public suffix since it was reported is nobody's host. */
static void
drop_suffixes(GPtrArray *found)
{
	for (guint i = found->len; i > 0; i--) {
		const HishoReports *reports = found->pdata[i - 1];
		if (!hisho_linkentry_is_page(reports->entry) &&
		    hisho_domain_is_public_suffix(reports->entry))
			g_ptr_array_remove_index(found, i - 1);
	}
}

GPtrArray *
hisho_suspects_read(const HishoSuspects *suspects, HishoDatabase *database,
    const HishoSuspectsReader *reader, GError **error)
{
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func(hisho_reports_free);
	Search search = {
		.suspects = suspects,
		.reader = reader,
		.found = found,
	};

	if (suspects == NULL || suspects->candidates->len == 0)
		return g_steal_pointer(&found);
	if (!search_reports(&search, database, error))
		return NULL;
	drop_suffixes(found);
	if (found->len == 0)
		return g_steal_pointer(&found);
	for (guint i = 0; i < found->len; i++) {
		HishoReports *reports = found->pdata[i];
		reports->is_expired = reports->last <= reader->after;
	}
	g_autoptr(GHashTable) allowed =
	    read_allowed(database, reader->user, error);
	if (allowed == NULL)
		return NULL;
	if (g_hash_table_size(allowed) > 0) {
		g_autoptr(GHashTable) index = hisho_reports_index(found);
		pardon(suspects, &(const Pardon){ allowed, index });
	}
	return g_steal_pointer(&found);
}
