#include "libhisho/store/folded.h"

#include <string.h>

#include "libhisho/store/key.h"

/* Receipts stand together by so many digits of their digest: 4,096 places a
 * user, so that among a million one is 2 kB. */
#define PLACE_DIGITS 3

/* 48 bits of a SHA-256 in base64, sorted. */
#define MARK_BYTES 6
#define MARK_LETTERS 8

static char *
dup_key(const HishoReceipt *receipt)
{
	g_autofree char *place = g_strndup(receipt->digest, PLACE_DIGITS);

	return hisho_key_join("folded-mails", receipt->user, place, NULL);
}

static void
make_mark(const HishoReceipt *receipt, char mark[MARK_LETTERS + 1])
{
	g_autofree char *name = hisho_key_join(
	    receipt->digest, receipt->host == NULL ? "" : receipt->host, NULL);
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 digest[32];
	gsize length = sizeof digest;

	g_checksum_update(checksum, (const guchar *)name, -1);
	g_checksum_get_digest(checksum, digest, &length);
	g_autofree char *text = g_base64_encode(digest, MARK_BYTES);
	g_strlcpy(mark, text, MARK_LETTERS + 1);
}

bool
hisho_folded_can_be(HishoSlice value)
{
	for (size_t i = MARK_LETTERS; i < value.length; i += MARK_LETTERS) {
		const char *mark = value.data + i;
		if (value.length - i >= MARK_LETTERS &&
		    memcmp(mark - MARK_LETTERS, mark, MARK_LETTERS) >= 0)
			return false;
	}
	return value.length > 0 && value.length % MARK_LETTERS == 0;
}

/* Where in MARKS is MARK, or would be; *FOUND tells which. */
static size_t
find_mark(HishoSlice marks, const char *mark, bool *found)
{
	size_t from = 0, to = marks.length / MARK_LETTERS;

	*found = false;
	while (from < to && !*found) {
		size_t middle = from + (to - from) / 2;
		int order = memcmp(
		    marks.data + middle * MARK_LETTERS, mark, MARK_LETTERS);
		*found = order == 0;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return to * MARK_LETTERS;
}

bool
hisho_folded_add(
    HishoDatabase *database, const HishoReceipt *receipt, GError **error)
{
	GError *reason = NULL;
	g_autofree char *key = dup_key(receipt);
	g_autoptr(GBytes) kept =
	    hisho_database_get(database, hisho_slice(key), &reason);
	HishoSlice marks = { "", 0 };
	char mark[MARK_LETTERS + 1];
	bool found;

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	if (kept != NULL)
		marks = hisho_slice_bytes(kept);
	make_mark(receipt, mark);
	size_t at = find_mark(marks, mark, &found);
	if (found)
		return true;
	g_autoptr(GString) more = g_string_new_len(marks.data, (gssize)at);
	g_string_append(more, mark);
	g_string_append_len(more, marks.data + at, (gssize)(marks.length - at));
	return hisho_database_put(database, hisho_slice(key),
	    (HishoSlice){ more->str, more->len }, error);
}

bool
hisho_folded_has(HishoDatabase *database, const HishoReceipt *like,
    bool *folded, GError **error)
{
	GError *reason = NULL;
	g_autofree char *key = dup_key(like);
	g_autoptr(GBytes) kept =
	    hisho_database_get(database, hisho_slice(key), &reason);
	char mark[MARK_LETTERS + 1];

	*folded = false;
	if (reason != NULL)
		g_propagate_error(error, reason);
	if (kept == NULL)
		return reason == NULL;
	make_mark(like, mark);
	find_mark(hisho_slice_bytes(kept), mark, folded);
	return true;
}
