#include "libhisho/store/past.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/store/withdrawn.h"

/* Before the key of a record, for its implicit vote behind an explicit one. */
#define WAITING_PREFIX "waiting "

bool
hisho_past_parse_waiting(HishoSlice value, HishoVote *waiting)
{
	const char *space = memchr(value.data, ' ', value.length);
	size_t length = space == NULL ? 0 : (size_t)(space - value.data);

	*waiting = (HishoVote){ 0 };
	if (space == NULL)
		return false;
	g_autofree char *word = g_strndup(space + 1, value.length - length - 1);
	waiting->time =
	    hisho_withdrawn_parse((HishoSlice){ value.data, length });
	waiting->word = hisho_vote_word(word);
	return waiting->word != NULL && waiting->time > 0;
}

bool
hisho_past_read_waiting(HishoDatabase *database, const HishoReceipt *receipt,
    HishoVote *waiting, GError **error)
{
	GError *reason = NULL;
	g_autofree char *record = hisho_receipt_dup_key(receipt);
	g_autofree char *key = g_strconcat(WAITING_PREFIX, record, NULL);
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &reason);

	*waiting = (HishoVote){ 0 };
	if (reason != NULL)
		g_propagate_error(error, reason);
	if (value == NULL)
		return reason == NULL;
	if (hisho_past_parse_waiting(hisho_slice_bytes(value), waiting))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
	    "'%s' is no vote that waits", key);
	return false;
}

static bool
write_waiting(HishoDatabase *database, const char *record, HishoVote waiting,
    GError **error)
{
	g_autofree char *key = g_strconcat(WAITING_PREFIX, record, NULL);

	if (waiting.word == NULL)
		return hisho_database_delete(database, hisho_slice(key),
			   error) != HISHO_CHANGE_FAILED;
	g_autofree char *value = g_strdup_printf(
	    "%" G_GINT64_FORMAT " %s", waiting.time, waiting.word);
	return hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), error);
}

bool
hisho_past_read(HishoDatabase *database, const HishoReceipt *receipt,
    HishoOpinion *opinion, GError **error)
{
	g_autofree char *key = hisho_receipt_dup_key(receipt);
	bool kept;

	*opinion = hisho_opinion_of(receipt->vote, receipt->voted);
	if (!hisho_withdrawn_is_kept(database, &kept, error))
		return false;
	if (!kept)
		return true;
	/* The vote that counts stays where it is. */
	HishoVote *waiting =
	    opinion->firm.word != NULL ? &opinion->implicit : &(HishoVote){ 0 };
	return hisho_withdrawn_read(
		   database, key, &opinion->withdrawn, error) &&
	    hisho_past_read_waiting(database, receipt, waiting, error);
}

static HishoVote
waiting_of(const HishoOpinion *opinion)
{
	return opinion->firm.word != NULL ? opinion->implicit
					  : (HishoVote){ 0 };
}

bool
hisho_past_write(HishoDatabase *database, const HishoReceipt *receipt,
    const HishoPastChange *change, GError **error)
{
	g_autofree char *key = hisho_receipt_dup_key(receipt);
	HishoVote old = waiting_of(&change->old);
	HishoVote new = waiting_of(&change->new);

	if (change->old.withdrawn != change->new.withdrawn &&
	    !hisho_withdrawn_write(database, key, change->new.withdrawn, error))
		return false;
	return hisho_opinion_is_same(old, new) ||
	    write_waiting(database, key, new, error);
}
