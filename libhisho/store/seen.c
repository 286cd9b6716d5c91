#include "libhisho/store/seen.h"

#include <string.h>

#include "libhisho/base/error.h"

static const HishoAxis axes_seen[] = { HISHO_AXIS_ROUTE, HISHO_AXIS_FROM,
	HISHO_AXIS_HOST };

/* Each axis has two keys, that of the user first. */
#define KEYS (2 * G_N_ELEMENTS(axes_seen))

/* NULL where the axes lack a part of it. */
static char *
dup_key(HishoSumPlace place, bool own)
{
	g_autofree char *sum = own
	    ? hisho_sums_dup_own_key(place.axes, place.axis)
	    : hisho_sums_dup_all_key(place.axes, place.axis);

	return sum != NULL ? g_strconcat("seen ", sum, NULL) : NULL;
}

static char *
dup_nth_key(const HishoAxes *axes, gsize i)
{
	return dup_key((HishoSumPlace){ axes, axes_seen[i / 2] }, i % 2 == 0);
}

static bool
parse(const char *text, HishoSpan *span)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 3);

	return g_strv_length(words) == 2 &&
	    g_ascii_string_to_signed(
		words[0], 10, 1, G_MAXINT64, &span->first, NULL) &&
	    g_ascii_string_to_signed(
		words[1], 10, span->first, G_MAXINT64, &span->last, NULL);
}

bool
hisho_seen_can_be(HishoSlice value)
{
	g_autofree char *text = g_strndup(value.data, value.length);
	HishoSpan span;

	return parse(text, &span);
}

static char *
print(HishoSpan span)
{
	return g_strdup_printf(
	    "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, span.first, span.last);
}

static HishoSpan
widen(HishoSpan span, gint64 received)
{
	return (HishoSpan){
		span.first == 0 ? received : MIN(span.first, received),
		MAX(span.last, received),
	};
}

static bool
read_span(
    HishoDatabase *database, const char *key, HishoSpan *span, GError **error)
{
	GError *reason = NULL;
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);

	*span = (HishoSpan){ 0 };
	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	if (value == NULL)
		return true;
	HishoSlice slice = hisho_slice_bytes(value);
	g_autofree char *text = g_strndup(slice.data, slice.length);
	if (parse(text, span))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "the times '%s' cannot be true: the database needs a rebuild", key);
	return false;
}

static bool
widen_at(
    HishoDatabase *database, const char *key, gint64 received, GError **error)
{
	HishoSpan span;

	if (!read_span(database, key, &span, error))
		return false;
	HishoSpan wide = widen(span, received);
	if (memcmp(&wide, &span, sizeof span) == 0)
		return true;
	g_autofree char *text = print(wide);
	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(text), error);
}

bool
hisho_seen_widen(HishoDatabase *database, const HishoAxes *axes,
    gint64 received, GError **error)
{
	if (received <= 0)
		return true;
	for (gsize i = 0; i < KEYS; i++) {
		g_autofree char *key = dup_nth_key(axes, i);
		if (key != NULL && !widen_at(database, key, received, error))
			return false;
	}
	return true;
}

bool
hisho_seen_read(HishoDatabase *database, HishoSumPlace place, HishoSeen *seen,
    GError **error)
{
	g_autofree char *own = dup_key(place, true);
	g_autofree char *all = dup_key(place, false);

	*seen = (HishoSeen){ 0 };
	return own == NULL ||
	    (read_span(database, own, &seen->own, error) &&
		read_span(database, all, &seen->all, error));
}

void
hisho_seen_add(GHashTable *table, const HishoAxes *axes, gint64 received)
{
	for (gsize i = 0; i < KEYS && received > 0; i++) {
		char *key = dup_nth_key(axes, i);
		HishoSpan span = { 0 };
		if (key == NULL)
			continue;
		const char *kept = g_hash_table_lookup(table, key);
		if (kept != NULL && !parse(kept, &span))
			span = (HishoSpan){ 0 };
		g_hash_table_insert(table, key, print(widen(span, received)));
	}
}
