#include "libhisho/store/slim.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/shrink.h"

/* Where only an age is asked for, a smaller part of the file than this is
 * left free: new mail needs it soon. */
#define PARTS_LEFT 16

/* No step to the size is smaller: each has to walk through all. */
#define STEPS_MOST 64

/* How full the pages of a file are that was made anew, by experience. */
#define FULL_PERCENT 80

/* Points in time between two others: ten million seconds, after two looks. */
#define BUCKETS 4096

/* On the way to a size. */
struct diet {
	const HishoSlimming *slimming;
	HishoExpired *expired;
	gint64 room;  /* for all pairs together */
	gint64 start; /* unix time */
	bool is_over; /* nothing is left that may go */
};

/* All that is in the database, and of that what may go. */
struct census {
	gint64 now; /* what comes while it is counted must stay: or the work
		     * would have no end where mail comes in */
	gint64 bytes;
	gint64 due_bytes;
	gint64 first; /* time of what may go, 0 for none */
	gint64 last;
	GError *error;
};

static bool
count_pair(HishoSlice key, HishoSlice value, void *context)
{
	static const char ledger[] = "ledger ";
	struct census *census = context;
	gint64 bytes = hisho_expire_pair_bytes(key, value);
	bool is_receipt = key.length >= sizeof ledger - 1 &&
	    memcmp(key.data, ledger, sizeof ledger - 1) == 0;
	gint64 time =
	    is_receipt ? hisho_expire_time(key, value, &census->error) : 0;

	census->bytes += bytes;
	if (time <= 0 || time >= census->now)
		return census->error == NULL;
	census->due_bytes += bytes;
	census->first = census->first == 0 ? time : MIN(census->first, time);
	census->last = MAX(census->last, time);
	return true;
}

/* The trouble of a look, if there was some. */
static bool
check(void *context, GError **error)
{
	struct census *census = context;
	bool ok = census->error == NULL;

	if (!ok)
		g_propagate_error(error, g_steal_pointer(&census->error));
	return ok;
}

static bool
take_census(const struct diet *diet, struct census *census, GError **error)
{
	const HishoStroll stroll = { diet->slimming->directory, hisho_slice(""),
		count_pair, check, census };

	*census = (struct census){ .now = diet->start };
	return hisho_stroll(&stroll, error);
}

/* Bytes of what may go, by time; all alike wide. */
struct histogram {
	struct census census; /* for its trouble */
	gint64 from;
	gint64 to;
	gint64 width;
	gint64 bytes[BUCKETS];
};

static bool
sort_pair(HishoSlice key, HishoSlice value, void *context)
{
	struct histogram *histogram = context;
	gint64 time = hisho_expire_time(key, value, &histogram->census.error);

	if (time >= histogram->from && time < histogram->to)
		histogram->bytes[(time - histogram->from) / histogram->width] +=
		    hisho_expire_pair_bytes(key, value);
	return histogram->census.error == NULL;
}

/* Narrows HISTOGRAM to the bucket with which NEED is reached; what is before
 * it is taken from NEED. */
static void
narrow(struct histogram *histogram, gint64 *need)
{
	gsize i = 0;

	while (i < BUCKETS - 1 && histogram->bytes[i] < *need)
		*need -= histogram->bytes[i++];
	histogram->from += (gint64)i * histogram->width;
	histogram->to = MIN(histogram->to, histogram->from + histogram->width);
}

/* The time before which lie the oldest NEED bytes of what may go. */
static bool
find_time(const HishoSlimming *slimming, const struct census *census,
    gint64 need, gint64 *before, GError **error)
{
	g_autofree struct histogram *histogram = g_new0(struct histogram, 1);
	const HishoStroll stroll = { slimming->directory,
		hisho_slice("ledger "), sort_pair, check, histogram };

	histogram->from = census->first;
	histogram->to = census->last + 1;
	while (histogram->to - histogram->from > 1) {
		histogram->width =
		    (histogram->to - histogram->from + BUCKETS - 1) / BUCKETS;
		memset(histogram->bytes, 0, sizeof histogram->bytes);
		if (!hisho_stroll(&stroll, error))
			return false;
		narrow(histogram, &need);
	}
	*before = histogram->to;
	return true;
}

static bool
read_size(const HishoSlimming *slimming, gint64 *bytes, GError **error)
{
	HishoDatabaseState state;
	bool ok = hisho_database_inspect(
	    slimming->directory, HISHO_STROLL_WAIT_MS, &state, error);

	*bytes = state.database_bytes;
	return ok;
}

static bool
fold_before(const HishoSlimming *slimming, gint64 before, HishoExpired *expired,
    GError **error)
{
	const HishoExpiry expiry = { slimming->directory, before,
		slimming->only_count };

	return hisho_expire_receipts(&expiry, expired, error);
}

static bool
fold_by_age(
    const HishoSlimming *slimming, HishoExpired *expired, GError **error)
{
	gint64 bytes;

	if (!read_size(slimming, &bytes, error) ||
	    !fold_before(slimming, slimming->before, expired, error))
		return false;
	return slimming->only_count || expired->bytes <= bytes / PARTS_LEFT ||
	    hisho_shrink(slimming->directory, error);
}

static bool
refuse(const HishoSlimming *slimming, gint64 bytes, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "%" G_GINT64_FORMAT " bytes cannot be had: votes, lists and "
	    "summaries alone take %" G_GINT64_FORMAT,
	    slimming->bytes, bytes);
	return false;
}

/* Folds the oldest until the rest should have room.  What summaries take is
 * known only when they are there. */
static bool
fold_to_fit(struct diet *diet, GError **error)
{
	struct census census;
	gint64 before;

	for (;;) {
		if (!take_census(diet, &census, error))
			return false;
		diet->is_over = census.first == 0;
		if (census.bytes <= diet->room || diet->is_over)
			return true;
		gint64 need = MAX(
		    census.bytes - diet->room, census.bytes / STEPS_MOST + 1);
		if (!find_time(diet->slimming, &census, need, &before, error) ||
		    !fold_before(diet->slimming, before, diet->expired, error))
			return false;
		if (diet->slimming->only_count)
			return true;
	}
}

static bool
fold_to_size(
    const HishoSlimming *slimming, HishoExpired *expired, GError **error)
{
	struct diet diet = { slimming, expired,
		slimming->bytes / 100 * FULL_PERCENT,
		g_get_real_time() / G_USEC_PER_SEC, false };
	gint64 bytes;

	if (!read_size(slimming, &bytes, error))
		return false;
	while (bytes > slimming->bytes) {
		if (diet.is_over)
			return refuse(slimming, bytes, error);
		if (!fold_to_fit(&diet, error))
			return false;
		if (slimming->only_count)
			return true;
		if (!hisho_shrink(slimming->directory, error) ||
		    !read_size(slimming, &bytes, error))
			return false;
		diet.room -= diet.room / STEPS_MOST + 1;
	}
	return true;
}

bool
hisho_slim(const HishoSlimming *slimming, HishoExpired *expired, GError **error)
{
	return (slimming->before == 0 ||
		   fold_by_age(slimming, expired, error)) &&
	    (slimming->bytes == 0 || fold_to_size(slimming, expired, error));
}
