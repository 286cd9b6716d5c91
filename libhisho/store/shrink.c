#include "libhisho/store/shrink.h"

/* How long one transaction should keep others out, and may at most; and how
 * many pairs it draws together. */
#define STEP_MS 250
#define STEP_MOST_MS 800
#define PAIRS_FIRST 200
#define PAIRS_LEAST 100
#define PAIRS_MOST 20000

/* A disk may be slow once. */
#define SLOW_STEPS_MOST 5

/* The first draws together, the second fills what that made free from the end
 * of the file, which then can go. */
#define PASSES 2

/* On the way through all keys. */
struct pass {
	GByteArray *from; /* empty for the first */
	GByteArray *to;	  /* empty for the last */
	guint pairs;
	guint seen;
	guint slow_steps; /* in a row, though they were small */
};

static HishoSlice
slice(const GByteArray *bytes)
{
	return (HishoSlice){ (const char *)bytes->data, bytes->len };
}

static bool
count_pair(HishoSlice key, HishoSlice value, void *context)
{
	struct pass *pass = context;

	(void)value;
	if (++pass->seen <= pass->pairs)
		return true;
	g_byte_array_append(
	    pass->to, (const guint8 *)key.data, (guint)key.length);
	return false;
}

static HishoChange
draw_together(HishoDatabase *database, void *context, GError **error)
{
	struct pass *pass = context;
	const HishoWalk walk = { hisho_slice(""), slice(pass->from), count_pair,
		pass };

	pass->seen = 0;
	g_byte_array_set_size(pass->to, 0);
	return hisho_database_walk(database, &walk, error) &&
		hisho_database_compact(
		    database, slice(pass->from), slice(pass->to), error)
	    ? HISHO_CHANGE_MADE
	    : HISHO_CHANGE_FAILED;
}

static void
adapt(struct pass *pass, gint64 held_ms)
{
	bool is_slow = held_ms > STEP_MOST_MS && pass->pairs == PAIRS_LEAST;

	pass->slow_steps = is_slow ? pass->slow_steps + 1 : 0;
	if (held_ms > STEP_MS)
		pass->pairs = MAX(pass->pairs / 2, PAIRS_LEAST);
	else if (held_ms < STEP_MS / 3)
		pass->pairs = MIN(pass->pairs * 2, PAIRS_MOST);
}

/* Whether small steps were too long again and again. */
static bool
is_hopeless(const struct pass *pass)
{
	return pass->slow_steps >= SLOW_STEPS_MOST;
}

static bool
go_through(const HishoStrollStep *step, struct pass *pass, GError **error)
{
	g_byte_array_set_size(pass->from, 0);
	do {
		gint64 held_ms;
		if (!hisho_stroll_step(step, &held_ms, error))
			return false;
		adapt(pass, held_ms);
		g_byte_array_set_size(pass->from, 0);
		g_byte_array_append(pass->from, pass->to->data, pass->to->len);
	} while (!is_hopeless(pass) && pass->to->len > 0);
	return true;
}

bool
hisho_shrink(const char *directory, bool *gave_up, GError **error)
{
	g_autoptr(GByteArray) from = g_byte_array_new();
	g_autoptr(GByteArray) to = g_byte_array_new();
	struct pass pass = { from, to, PAIRS_FIRST, 0, 0 };
	const HishoStrollStep step = { directory, draw_together, &pass };

	for (int i = 0; i < PASSES && !is_hopeless(&pass); i++)
		if (!go_through(&step, &pass, error))
			return false;
	*gave_up = is_hopeless(&pass);
	return true;
}
