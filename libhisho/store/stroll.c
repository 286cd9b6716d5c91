#include "libhisho/store/stroll.h"

#include "libhisho/base/error.h"

/* How long one look keeps writers out, of the second that a mail may wait;
 * the clock is asked every so many pairs. */
#define LOOK_US 50000
#define PAIRS_PER_CLOCK 64

/* Others who wait ask every 20 ms whether they may come in. */
#define PAUSE_LEAST_MS 45

/* Whoever holds the lock longer than this is stopped or mends the database:
 * better to come again tomorrow. */
#define TRIES 20
#define TRY_AGAIN_US 500000

/* Opens it in one WAY. */
static HishoDatabase *
open_patiently(const char *directory, int tries,
    HishoDatabase *(*way)(const char *, int, GError **), GError **error)
{
	for (int i = 1;; i++) {
		g_autoptr(GError) reason = NULL;
		HishoDatabase *database =
		    way(directory, HISHO_STROLL_WAIT_MS, &reason);
		if (database != NULL)
			return database;
		bool may_pass =
		    g_error_matches(reason, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
		if (i >= tries || !may_pass) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return NULL;
		}
		g_usleep(TRY_AGAIN_US);
	}
}

/* One look. */
struct look {
	const HishoStroll *stroll;
	GByteArray *next; /* the first key of the next look */
	gint64 deadline_us;
	guint n_pairs;
	bool is_last;
};

/* Remembers the key right behind KEY. */
static void
go_behind(struct look *look, HishoSlice key)
{
	g_byte_array_set_size(look->next, 0);
	g_byte_array_append(
	    look->next, (const guint8 *)key.data, (guint)key.length);
	g_byte_array_append(look->next, (const guint8 *)"", 1);
}

static bool
visit(HishoSlice key, HishoSlice value, void *context)
{
	struct look *look = context;
	bool go_on = look->stroll->visit(key, value, look->stroll->context);

	if (++look->n_pairs % PAIRS_PER_CLOCK == 0 &&
	    g_get_monotonic_time() > look->deadline_us)
		go_on = false;
	if (!go_on) {
		go_behind(look, key);
		look->is_last = false;
	}
	return go_on;
}

static bool
take_look(struct look *look, GError **error)
{
	const HishoWalk walk = {
		.prefix = look->stroll->prefix,
		.start = { (const char *)look->next->data, look->next->len },
		.visit = visit,
		.context = look,
	};
	g_autoptr(HishoDatabase) database = open_patiently(
	    look->stroll->directory, look->next->len > 0 ? TRIES : 1,
	    hisho_database_open_for_reading, error);

	look->is_last = true;
	look->deadline_us = g_get_monotonic_time() + LOOK_US;
	return database != NULL && hisho_database_walk(database, &walk, error);
}

bool
hisho_stroll(const HishoStroll *stroll, GError **error)
{
	g_autoptr(GByteArray) next = g_byte_array_new();
	struct look look = { .stroll = stroll, .next = next };

	GError *reason = NULL;

	do {
		if (!take_look(&look, error))
			return false;
		if (stroll->work != NULL &&
		    !stroll->work(stroll->context, &reason)) {
			if (reason != NULL)
				g_propagate_error(error, reason);
			return reason == NULL;
		}
	} while (!look.is_last);
	return true;
}

bool
hisho_stroll_step(const HishoStrollStep *step, gint64 *held_ms, GError **error)
{
	HishoDatabase *database = open_patiently(
	    step->directory, TRIES, hisho_database_open_for_writing, error);

	if (database == NULL)
		return false;
	gint64 start_us = g_get_monotonic_time();
	HishoChange change = step->change(database, step->context, error);
	bool ok = change != HISHO_CHANGE_FAILED &&
	    (change == HISHO_CHANGE_NONE ||
		hisho_database_commit(database, error));
	hisho_database_close(database);
	*held_ms = (g_get_monotonic_time() - start_us) / 1000;
	if (ok)
		g_usleep((gulong)MAX(*held_ms, PAUSE_LEAST_MS) * 1000);
	return ok;
}
