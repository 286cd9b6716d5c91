#include "bin/timeline.h"

#include <string.h>

void
timeline_set_key(TimelineMail *mail, const Assessment *assessment)
{
	const char *host = assessment->route->ip;
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 all[32];
	gsize length = sizeof all;

	g_checksum_update(checksum, (const guchar *)assessment->digest, -1);
	if (host != NULL)
		g_checksum_update(checksum, (const guchar *)host, -1);
	g_checksum_get_digest(checksum, all, &length);
	memcpy(mail->key, all, sizeof mail->key);
}

/* Input order is that of side, then index. */
static int
by_time(gconstpointer a, gconstpointer b)
{
	const TimelineMail *left = a, *right = b;

	if ((left->time == 0) != (right->time == 0))
		return left->time == 0 ? 1 : -1;
	if (left->time != right->time)
		return left->time < right->time ? -1 : 1;
	if (left->side != right->side)
		return left->side < right->side ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static guint
hash(gconstpointer key)
{
	guint start;

	memcpy(&start, key, sizeof start);
	return start;
}

static gboolean
is_same(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, TIMELINE_KEY_BYTES) == 0;
}

/* The sides on which each key is, as bits. */
static GHashTable *
new_index(GArray *mails)
{
	GHashTable *index = g_hash_table_new(hash, is_same);

	for (guint i = 0; i < mails->len; i++) {
		TimelineMail *mail = &g_array_index(mails, TimelineMail, i);
		guint bits =
		    GPOINTER_TO_UINT(g_hash_table_lookup(index, mail->key));
		g_hash_table_insert(index, mail->key,
		    GUINT_TO_POINTER(bits | 1U << mail->side));
	}
	return index;
}

static void
note_time(HishoWorthSide *side, gint64 time)
{
	side->undated += time == 0;
	if (time != 0 && (side->first == 0 || time < side->first))
		side->first = time;
	if (time != 0 && (side->last == 0 || time > side->last))
		side->last = time;
}

/* Whether MAIL stays, as its side and those of its KEY tell. */
static bool
admit(const TimelineMail *mail, GHashTable *index, GHashTable *seen,
    HishoWorthSide *side)
{
	guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(index, mail->key));
	bool is_disputed = (bits & (bits - 1)) != 0;
	bool is_copy = !is_disputed && g_hash_table_contains(seen, mail->key);

	side->mails++;
	side->disputed += is_disputed;
	side->copies += is_copy;
	return !is_disputed && !is_copy;
}

void
timeline_sort(GArray *mails, HishoWorthSide *sides)
{
	g_array_sort(mails, by_time);
	g_autoptr(GHashTable) index = new_index(mails);
	g_autoptr(GHashTable) seen = g_hash_table_new(hash, is_same);
	g_autoptr(GArray) kept =
	    g_array_new(FALSE, FALSE, sizeof(TimelineMail));

	for (guint i = 0; i < mails->len; i++) {
		TimelineMail *mail = &g_array_index(mails, TimelineMail, i);
		HishoWorthSide *side = &sides[mail->side];
		if (!admit(mail, index, seen, side))
			continue;
		g_hash_table_add(seen, mail->key);
		note_time(side, mail->time);
		g_array_append_val(kept, *mail);
	}
	g_array_set_size(mails, 0);
	if (kept->len > 0)
		g_array_append_vals(mails, kept->data, kept->len);
}
