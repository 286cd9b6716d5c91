#include "libhisho/store/tally.h"

/* Five make a pool; nobody needs to know how many a large one has. */
#define ORGANIZATIONS 100

#define TEXT(member) HISHO_RECORD_TEXT, G_STRUCT_OFFSET(HishoRow, member), NULL
#define NUMBER(member)                                                         \
	HISHO_RECORD_NUMBER, G_STRUCT_OFFSET(HishoRow, member), NULL

static const HishoRecordField row_fields[] = {
	{ "scope", TEXT(scope) },
	{ "axis", TEXT(axis) },
	{ "key", TEXT(key) },
	{ "level", TEXT(level) },
	{ "messages", NUMBER(messages) },
	{ "trusted", NUMBER(trusted) },
	{ "distrusted", NUMBER(distrusted) },
	{ "users_trusted", NUMBER(users_trusted) },
	{ "users_distrusted", NUMBER(users_distrusted) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_row_type = {
	sizeof(HishoRow),
	row_fields,
	hisho_row_free,
};

void
hisho_row_free(void *row)
{
	hisho_record_free(&hisho_row_type, row);
}

/* The nearest level of a row stands first. */
static const char *const levels[] = { "exact", "net", "organization" };

#define LEVELS G_N_ELEMENTS(levels)

/* The rows of one scope, by level; HISHO_AXES_COUNT for no such level. */
static const struct {
	const char *name;
	HishoAxis axes[LEVELS];
} rows[] = {
#define NO_MORE HISHO_AXES_COUNT, HISHO_AXES_COUNT
	{ "route",
	    { HISHO_AXIS_ROUTE, HISHO_AXIS_ROUTE_NET,
		HISHO_AXIS_ROUTE_ORGANIZATION } },
	{ "sender", { HISHO_AXIS_SENDER, NO_MORE } },
	{ "from", { HISHO_AXIS_FROM, NO_MORE } },
	{ "host",
	    { HISHO_AXIS_HOST, HISHO_AXIS_HOST_NET,
		HISHO_AXIS_HOST_ORGANIZATION } },
	{ "sender-domain", { HISHO_AXIS_SENDER_DOMAIN, NO_MORE } },
	{ "from-domain", { HISHO_AXIS_FROM_DOMAIN, NO_MORE } },
#undef NO_MORE
};

/* Reads tallies until the first failure, which it keeps. */
struct reader {
	HishoDatabase *database;
	const HishoAxes *axes;
	HishoPool pool;
	GError *error;
};

static bool
finish(struct reader *reader, GError **error)
{
	if (reader->error == NULL)
		return true;
	g_propagate_error(error, reader->error);
	return false;
}

static HishoTally
read_tally(struct reader *reader, HishoAxis axis)
{
	HishoSumPlace place = { reader->axes, axis };
	HishoTally tally = { 0 };

	if (axis != HISHO_AXES_COUNT && reader->error == NULL)
		hisho_sums_read_tally(
		    reader->database, place, &tally, &reader->error);
	return tally;
}

static HishoSeen
read_seen(struct reader *reader, HishoAxis axis)
{
	HishoSumPlace place = { reader->axes, axis };
	HishoSeen seen = { 0 };

	if (reader->error == NULL)
		hisho_seen_read(reader->database, place, &seen, &reader->error);
	return seen;
}

static HishoRow *
new_row(const struct reader *reader, HishoAxis axis, HishoCounts counts)
{
	HishoRow *row = hisho_record_new(&hisho_row_type);

	row->key = hisho_sums_dup_shown_key(reader->axes, axis);
	row->messages = counts.messages;
	row->trusted = counts.trusted;
	row->distrusted = counts.distrusted;
	row->users_trusted = counts.users_trusted;
	row->users_distrusted = counts.users_distrusted;
	return row;
}

/* The counts a row shows of TALLY. */
static HishoCounts
scope_counts(const HishoTally *tally, bool own)
{
	if (!own)
		return tally->others;
	return (HishoCounts){
		.messages = tally->own.messages,
		.trusted = tally->own.trusted,
		.distrusted = tally->own.distrusted,
	};
}

static bool
has_votes(HishoCounts counts)
{
	return counts.trusted + counts.distrusted > 0;
}

/* Whether nothing is decided by row I at LEVEL: many share the host, the net
 * or the organisation. */
static bool
is_shared(const struct reader *reader, gsize i, gsize level)
{
	const bool shared[LEVELS] = { reader->pool.host, reader->pool.net,
		reader->pool.organization };

	return rows[i].axes[0] == HISHO_AXIS_HOST && shared[level];
}

/* The nearest level with votes, preferably one that may decide; the exact one
 * where none has any. */
static gsize
choose_level(const struct reader *reader, gsize i,
    const HishoTally tallies[LEVELS], bool own)
{
	gsize nearest = LEVELS;

	for (gsize level = 0; level < LEVELS; level++) {
		if (!has_votes(scope_counts(&tallies[level], own)))
			continue;
		if (!is_shared(reader, i, level))
			return level;
		nearest = MIN(nearest, level);
	}
	return nearest < LEVELS ? nearest : 0;
}

/* Row I from its levels, for one scope; NULL if the mail lacks it. */
static HishoRow *
choose_row(const struct reader *reader, gsize i,
    const HishoTally tallies[LEVELS], bool own)
{
	gsize level = choose_level(reader, i, tallies, own);
	HishoRow *row = new_row(
	    reader, rows[i].axes[level], scope_counts(&tallies[level], own));

	if (row->key == NULL) {
		hisho_row_free(row);
		return NULL;
	}
	row->scope = g_strdup(own ? "own" : "others");
	row->axis = g_strdup(rows[i].name);
	row->level = g_strdup(levels[level]);
	row->mine = scope_counts(&tallies[level], true);
	return row;
}

GPtrArray *
hisho_tally_rows(HishoDatabase *database, const HishoAxes *axes, HishoPool pool,
    GError **error)
{
	struct reader reader = { database, axes, pool, NULL };
	HishoTally tallies[G_N_ELEMENTS(rows)][LEVELS];
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func(hisho_row_free);

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		for (gsize level = 0; level < LEVELS; level++)
			tallies[i][level] =
			    read_tally(&reader, rows[i].axes[level]);
	if (!finish(&reader, error))
		return NULL;
	for (gsize i = 0; i < 2 * G_N_ELEMENTS(rows); i++) {
		gsize which = i % G_N_ELEMENTS(rows);
		HishoRow *row =
		    choose_row(&reader, which, tallies[which], i == which);
		if (row != NULL)
			g_ptr_array_add(found, row);
	}
	return g_steal_pointer(&found);
}

static bool
count_pair(HishoSlice key, HishoSlice value, void *context)
{
	gint64 *count = context;

	(void)key;
	(void)value;
	return ++*count < ORGANIZATIONS;
}

/* Only received mail counts: a vote alone puts zeros in all's sum, which
 * are not kept. */
static gint64
count_organizations(struct reader *reader, HishoAxis axis)
{
	HishoAxes axes = *reader->axes;
	gint64 count = 0;

	axes.from_organization = ""; /* makes a prefix of all their keys */
	g_autofree char *prefix = hisho_sums_dup_all_key(&axes, axis);
	if (prefix == NULL || reader->error != NULL)
		return 0;
	HishoWalk walk = { .prefix = hisho_slice(prefix),
		.visit = count_pair,
		.context = &count };
	hisho_database_walk(reader->database, &walk, &reader->error);
	return count;
}

HishoTrack
hisho_tally_track(const HishoTally *tally, const HishoSeen *seen)
{
	const HishoShare *own = &tally->own;
	const HishoCounts *others = &tally->others;

	return (HishoTrack){
		.messages = own->messages,
		.trusted = own->trusted,
		.distrusted = own->distrusted,
		.first = seen->own.first,
		.last = seen->own.last,
		.all_messages = own->messages + others->messages,
		.all_trusted = own->trusted + others->trusted,
		.all_distrusted = own->distrusted + others->distrusted,
		.all_first = seen->all.first,
		.all_last = seen->all.last,
	};
}

bool
hisho_tally_standing(HishoDatabase *database, const HishoAxes *axes,
    HishoStanding *standing, GError **error)
{
	HishoAxes encrypted = *axes;
	struct reader reader = { .database = database, .axes = &encrypted };

	/* Whether this one was or not. */
	encrypted.tls_host = axes->host;
	*standing = (HishoStanding){
		.from = read_tally(&reader, HISHO_AXIS_FROM),
		.host = read_tally(&reader, HISHO_AXIS_HOST),
		.route = read_tally(&reader, HISHO_AXIS_ROUTE),
		.route_net = read_tally(&reader, HISHO_AXIS_ROUTE_NET),
		.route_organization =
		    read_tally(&reader, HISHO_AXIS_ROUTE_ORGANIZATION),
		.from_seen = read_seen(&reader, HISHO_AXIS_FROM),
		.host_seen = read_seen(&reader, HISHO_AXIS_HOST),
		.route_seen = read_seen(&reader, HISHO_AXIS_ROUTE),
		.route_tls = read_tally(&reader, HISHO_AXIS_ROUTE_TLS),
		.organizations = count_organizations(&reader, HISHO_AXIS_POOL),
		.organizations_by_net =
		    count_organizations(&reader, HISHO_AXIS_POOL_NET),
		.organizations_by_organization =
		    count_organizations(&reader, HISHO_AXIS_POOL_ORGANIZATION),
	};
	return finish(&reader, error);
}
