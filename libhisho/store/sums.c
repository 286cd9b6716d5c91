#include "libhisho/store/sums.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/key.h"

/* The parts of each axis's key.  From stands first in routes, so that one
 * walk finds all routes of a From. */
static const struct {
	const char *name;
	size_t first;
	size_t second; /* 0 (the user's) for none */
} parts[] = {
#define PART(member) G_STRUCT_OFFSET(HishoAxes, member)
	{ "route", PART(from), PART(host) },
	{ "route-net", PART(from), PART(host_net) },
	{ "route-organization", PART(from), PART(host_organization) },
	{ "route-tls", PART(from), PART(tls_host) },
	{ "sender", PART(sender), 0 },
	{ "from", PART(from), 0 },
	{ "host", PART(host), 0 },
	{ "host-net", PART(host_net), 0 },
	{ "host-organization", PART(host_organization), 0 },
	{ "sender-domain", PART(sender_domain), 0 },
	{ "from-domain", PART(from_domain), 0 },
	{ "pool", PART(host), PART(from_organization) },
	{ "pool-net", PART(host_net), PART(from_organization) },
	{ "pool-organization", PART(host_organization),
	    PART(from_organization) },
#undef PART
};

G_STATIC_ASSERT(G_N_ELEMENTS(parts) == HISHO_AXES_COUNT);

static const char *
part(const HishoAxes *axes, size_t offset)
{
	return G_STRUCT_MEMBER(const char *, axes, offset);
}

char *
hisho_sums_dup_shown_key(const HishoAxes *axes, HishoAxis axis)
{
	const char *first = part(axes, parts[axis].first);
	const char *second = part(axes, parts[axis].second);

	if (first == NULL || second == NULL)
		return NULL;
	return parts[axis].second == 0 ? hisho_key_join(first, NULL)
				       : hisho_key_join(first, second, NULL);
}

char *
hisho_sums_dup_own_key(const HishoAxes *axes, HishoAxis axis)
{
	g_autofree char *shown = hisho_sums_dup_shown_key(axes, axis);
	g_autofree char *prefix =
	    hisho_key_join("own", axes->user, parts[axis].name, "", NULL);

	return shown == NULL ? NULL : g_strconcat(prefix, shown, NULL);
}

char *
hisho_sums_dup_all_key(const HishoAxes *axes, HishoAxis axis)
{
	g_autofree char *shown = hisho_sums_dup_shown_key(axes, axis);
	g_autofree char *prefix =
	    hisho_key_join("all", parts[axis].name, "", NULL);

	return shown == NULL ? NULL : g_strconcat(prefix, shown, NULL);
}

static bool
refuse(const char *key, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "the sum '%s' cannot be true: the database needs a rebuild", key);
	return false;
}

bool
hisho_sums_read(
    HishoDatabase *database, const char *key, HishoSum *sum, GError **error)
{
	GError *reason = NULL;
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);

	*sum = (HishoSum){ 0 };
	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	if (value == NULL)
		return true;
	return hisho_sum_parse(hisho_slice_bytes(value), sum) ||
	    refuse(key, error);
}

/* Others are all without the user. */
bool
hisho_sums_read_tally(HishoDatabase *database, HishoSumPlace place,
    HishoTally *tally, GError **error)
{
	g_autofree char *own_key =
	    hisho_sums_dup_own_key(place.axes, place.axis);
	g_autofree char *all_key =
	    hisho_sums_dup_all_key(place.axes, place.axis);
	HishoSum own, all;

	*tally = (HishoTally){ 0 };
	if (own_key == NULL)
		return true;
	if (!hisho_sums_read(database, own_key, &own, error) ||
	    !hisho_sums_read(database, all_key, &all, error))
		return false;
	all = hisho_sum_add(all, hisho_sum_as_others_see(own), -1);
	*tally = (HishoTally){ own.own, all.all };
	return true;
}

static bool
write_sum(HishoDatabase *database, const char *key, const HishoSum *sum,
    GError **error)
{
	for (int i = 0; i < HISHO_SUM_NUMBERS; i++)
		if (sum->numbers[i] < 0)
			return refuse(key, error);
	if (hisho_sum_is_zero(sum))
		return hisho_database_delete(database, hisho_slice(key),
			   error) != HISHO_CHANGE_FAILED;
	g_autofree char *text = hisho_sum_dup_text(sum);
	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(text), error);
}

/* One change of the sums of one axis: of whom, where, by how much. */
struct change {
	const HishoAxes *axes;
	HishoAxis axis;
	HishoSum difference;
};

static bool
apply(HishoDatabase *database, const struct change *change, GError **error)
{
	g_autofree char *own_key =
	    hisho_sums_dup_own_key(change->axes, change->axis);
	g_autofree char *all_key =
	    hisho_sums_dup_all_key(change->axes, change->axis);
	HishoSum before, all;

	if (own_key == NULL || hisho_sum_is_zero(&change->difference))
		return true;
	if (!hisho_sums_read(database, own_key, &before, error) ||
	    !hisho_sums_read(database, all_key, &all, error))
		return false;
	HishoSum after = hisho_sum_add(before, change->difference, 1);
	all = hisho_sum_add(all, hisho_sum_as_others_see(before), -1);
	all = hisho_sum_add(all, hisho_sum_as_others_see(after), 1);
	return write_sum(database, own_key, &after, error) &&
	    write_sum(database, all_key, &all, error);
}

/* Both at once where the key stays the same: half the work, and no sum is
 * taken away only to come back. */
static bool
move(HishoDatabase *database, struct change from, struct change to,
    GError **error)
{
	g_autofree char *old = hisho_sums_dup_own_key(from.axes, from.axis);
	g_autofree char *new = hisho_sums_dup_own_key(to.axes, to.axis);

	if (g_strcmp0(old, new) == 0) {
		to.difference =
		    hisho_sum_add(to.difference, from.difference, 1);
		return apply(database, &to, error);
	}
	return apply(database, &from, error) && apply(database, &to, error);
}

bool
hisho_sums_change(HishoDatabase *database, const HishoContribution *before,
    const HishoContribution *after, GError **error)
{
	const HishoSum zero = { 0 };
	HishoSum minus =
	    hisho_sum_add(zero, (HishoSum){ .own = before->share }, -1);
	HishoSum plus = { .own = after->share };

	for (HishoAxis axis = 0; axis < HISHO_AXES_COUNT; axis++) {
		struct change from = { &before->axes, axis, minus };
		struct change to = { &after->axes, axis, plus };
		if (!move(database, from, to, error))
			return false;
	}
	return true;
}

struct HishoSums {
	GHashTable *own; /* HishoSum by key */
};

HishoSums *
hisho_sums_new(void)
{
	HishoSums *sums = g_new0(HishoSums, 1);

	sums->own =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return sums;
}

void
hisho_sums_free(HishoSums *sums)
{
	if (sums == NULL)
		return;
	g_hash_table_unref(sums->own);
	g_free(sums);
}

/* Adds SUM to what TABLE has under KEY, which becomes the table's. */
static void
add_take(GHashTable *table, char *key, HishoSum sum)
{
	HishoSum *kept = g_hash_table_lookup(table, key);

	if (kept != NULL) {
		*kept = hisho_sum_add(*kept, sum, 1);
		g_free(key);
		return;
	}
	kept = g_new(HishoSum, 1);
	*kept = sum;
	g_hash_table_insert(table, key, kept);
}

void
hisho_sums_add(HishoSums *sums, const HishoContribution *contribution)
{
	for (HishoAxis axis = 0; axis < HISHO_AXES_COUNT; axis++) {
		char *key = hisho_sums_dup_own_key(&contribution->axes, axis);
		if (key != NULL)
			add_take(sums->own, key,
			    (HishoSum){ .own = contribution->share });
	}
}

/* "own USER AXIS ..." is summed up in "all AXIS ...". */
static char *
dup_all_key(const char *own_key)
{
	const char *user = strchr(own_key, ' ') + 1;

	return g_strconcat("all", strchr(user, ' '), NULL);
}

static void
print_into(GHashTable *table, GHashTable *sums)
{
	GHashTableIter iterator;
	gpointer key, sum;

	g_hash_table_iter_init(&iterator, sums);
	while (g_hash_table_iter_next(&iterator, &key, &sum))
		if (!hisho_sum_is_zero(sum))
			g_hash_table_insert(
			    table, g_strdup(key), hisho_sum_dup_text(sum));
}

GHashTable *
hisho_sums_dup_table(const HishoSums *sums)
{
	g_autoptr(GHashTable) all =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	GHashTable *table =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	GHashTableIter iterator;
	gpointer key, sum;

	g_hash_table_iter_init(&iterator, sums->own);
	while (g_hash_table_iter_next(&iterator, &key, &sum))
		add_take(all, dup_all_key(key),
		    hisho_sum_as_others_see(*(const HishoSum *)sum));
	print_into(table, sums->own);
	print_into(table, all);
	return table;
}
