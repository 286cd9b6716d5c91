#include "libhisho/store/permit.h"

#include <stdlib.h>
#include <string.h>

#define FIELD(member, kind)                                                    \
	HISHO_RECORD_##kind, G_STRUCT_OFFSET(HishoPermit, member), NULL
#define COMMON                                                                 \
	{ "address", FIELD(address, TEXT) },                                   \
	    { "since", FIELD(since, NUMBER) },                                 \
	    { "hosts", FIELD(hosts, TEXTS) }, { "nets", FIELD(nets, TEXTS) },  \
	{                                                                      \
		"organizations", FIELD(organizations, TEXTS)                   \
	}

static const HishoRecordField fields[] = {
	COMMON,
	{ "added", FIELD(added, TEXTS) },
	{ "changed", FIELD(changed, NUMBER) },
	{ "withdrawn", FIELD(withdrawn, NUMBER) },
	{ NULL, 0, 0, NULL },
};

/* Of a permit that was given once and never withdrawn: most are. */
static const HishoRecordField plain_fields[] = {
	COMMON,
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_permit_type = {
	sizeof(HishoPermit),
	fields,
	hisho_permit_free,
};

static const HishoRecordType plain_type = {
	sizeof(HishoPermit),
	plain_fields,
	hisho_permit_free,
};

static const size_t lists[] = {
	G_STRUCT_OFFSET(HishoPermit, hosts),
	G_STRUCT_OFFSET(HishoPermit, nets),
	G_STRUCT_OFFSET(HishoPermit, organizations),
};

G_STATIC_ASSERT(G_N_ELEMENTS(lists) == HISHO_PERMIT_LISTS);

GPtrArray *
hisho_permit_list(const HishoPermit *permit, int i)
{
	return G_STRUCT_MEMBER(GPtrArray *, permit, lists[i]);
}

HishoPermit *
hisho_permit_new(const char *address)
{
	HishoPermit *permit = hisho_record_new(&hisho_permit_type);

	permit->address = g_strdup(address);
	return permit;
}

void
hisho_permit_free(void *permit)
{
	hisho_record_free(&hisho_permit_type, permit);
}

HishoJson *
hisho_permit_to_json(const HishoPermit *permit)
{
	bool is_plain = permit->changed == 0 && permit->withdrawn == 0 &&
	    (permit->added == NULL || permit->added->len == 0);

	return hisho_record_to_json(
	    is_plain ? &plain_type : &hisho_permit_type, permit);
}

gint64
hisho_permit_changed(const HishoPermit *permit)
{
	return MAX(permit->since, permit->changed);
}

bool
hisho_permit_holds(const HishoPermit *permit)
{
	gint64 changed = hisho_permit_changed(permit);

	return changed > 0 && changed >= permit->withdrawn;
}

bool
hisho_permit_equal(const HishoPermit *a, const HishoPermit *b)
{
	g_autoptr(HishoJson) one = hisho_record_to_json(&hisho_permit_type, a);
	g_autoptr(HishoJson) other =
	    hisho_record_to_json(&hisho_permit_type, b);
	g_autofree char *text = hisho_json_dup_line(one);
	g_autofree char *same = hisho_json_dup_line(other);

	return strcmp(text, same) == 0;
}

/* One way, and when it was added. */
struct pin {
	const char *text;
	gint64 time;
	int list;
};

/* Adds PIN to TABLE (struct pin by text); of two the later stays. */
static void
add_pin(GHashTable *table, struct pin pin)
{
	struct pin *kept = g_hash_table_lookup(table, pin.text);

	if (kept == NULL) {
		kept = g_new(struct pin, 1);
		*kept = pin;
		g_hash_table_insert(table, (gpointer)(gsize)pin.text, kept);
		return;
	}
	kept->time = MAX(kept->time, pin.time);
}

/* The times of PERMIT's ways that are not as old as itself, borrowed. */
static GHashTable *
index_added(const HishoPermit *permit)
{
	GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; permit->added != NULL && i < permit->added->len;
	     i++) {
		char *text = permit->added->pdata[i];
		char *space = strchr(text, ' ');
		if (space != NULL)
			g_hash_table_insert(index, space + 1, text);
	}
	return index;
}

static void
add_list(GHashTable *table, const HishoPermit *permit, int list)
{
	const GPtrArray *pins = hisho_permit_list(permit, list);
	g_autoptr(GHashTable) added = index_added(permit);

	for (guint i = 0; pins != NULL && i < pins->len; i++) {
		const char *text = pins->pdata[i];
		const char *when = g_hash_table_lookup(added, text);
		gint64 time = when == NULL ? permit->since
					   : g_ascii_strtoll(when, NULL, 10);
		add_pin(table, (struct pin){ text, time, list });
	}
}

static int
compare_latest_first(gconstpointer a, gconstpointer b)
{
	const struct pin *one = *(struct pin *const *)a;
	const struct pin *other = *(struct pin *const *)b;

	if (one->time != other->time)
		return one->time > other->time ? -1 : 1;
	return strcmp(one->text, other->text);
}

static int
compare_oldest_first(gconstpointer a, gconstpointer b)
{
	const struct pin *one = *(struct pin *const *)a;
	const struct pin *other = *(struct pin *const *)b;

	if (one->time != other->time)
		return one->time < other->time ? -1 : 1;
	return strcmp(one->text, other->text);
}

/* The pins of TABLE in LIST that are not older than AFTER; of them the
 * latest, oldest first, borrowed. */
static GPtrArray *
choose(GHashTable *table, int list, gint64 after)
{
	GPtrArray *chosen = g_ptr_array_new();
	GHashTableIter iterator;
	gpointer value;

	g_hash_table_iter_init(&iterator, table);
	while (g_hash_table_iter_next(&iterator, NULL, &value)) {
		const struct pin *pin = value;
		if (pin->list == list && pin->time >= after)
			g_ptr_array_add(chosen, value);
	}
	g_ptr_array_sort(chosen, compare_latest_first);
	g_ptr_array_set_size(chosen, (gint)MIN(chosen->len, HISHO_PERMIT_PINS));
	g_ptr_array_sort(chosen, compare_oldest_first);
	return chosen;
}

/* Puts PINS, which are in order, into a LIST of PERMIT, whose time is set. */
static void
keep(HishoPermit *permit, GPtrArray *list, const GPtrArray *pins)
{
	for (guint i = 0; i < pins->len; i++) {
		const struct pin *pin = pins->pdata[i];
		g_ptr_array_add(list, g_strdup(pin->text));
		if (pin->time != permit->since)
			g_ptr_array_add(permit->added,
			    g_strdup_printf("%" G_GINT64_FORMAT " %s",
				pin->time, pin->text));
	}
}

static gint64
oldest(GPtrArray *const pins[], gint64 since)
{
	for (int i = 0; i < HISHO_PERMIT_LISTS; i++)
		if (pins[i]->len > 0) {
			const struct pin *first = pins[i]->pdata[0];
			since = MIN(since, first->time);
		}
	return since;
}

/* Fills PERMIT, which was withdrawn and changed then, from TABLE. */
static void
fill(HishoPermit *permit, GHashTable *table, gint64 changed)
{
	GPtrArray *pins[HISHO_PERMIT_LISTS];

	for (int i = 0; i < HISHO_PERMIT_LISTS; i++)
		pins[i] = choose(table, i, permit->withdrawn);
	permit->since = oldest(pins, changed);
	permit->changed = changed != permit->since ? changed : 0;
	for (int i = 0; i < HISHO_PERMIT_LISTS; i++) {
		keep(permit, hisho_permit_list(permit, i), pins[i]);
		g_ptr_array_unref(pins[i]);
	}
}

HishoPermit *
hisho_permit_join(const HishoPermit *a, const HishoPermit *b)
{
	HishoPermit *both = hisho_permit_new(a->address);
	gint64 changed = MAX(hisho_permit_changed(a), hisho_permit_changed(b));
	g_autoptr(GHashTable) table =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	both->withdrawn = MAX(a->withdrawn, b->withdrawn);
	if (changed == 0 || changed < both->withdrawn)
		return both;
	for (int i = 0; i < HISHO_PERMIT_LISTS; i++) {
		add_list(table, a, i);
		add_list(table, b, i);
	}
	fill(both, table, changed);
	return both;
}
