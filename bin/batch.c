#include "bin/batch.h"

#include <string.h>
#include <sysexits.h>

#include "libhisho/base/error.h"

/* Some 50 ms of writing, while all others wait; one by one every mail would
 * wait four times for the disk. */
#define BATCH_MAILS 64

/* A database that is locked so often in turn, or a disk that is full, stays
 * so. */
#define IN_VAIN 3

typedef struct {
	char *name;
	Ballot *ballot; /* NULL: it failed before */
	GString *said;
	GError *error;
} Vote;

static void
vote_free(void *data)
{
	Vote *vote = data;

	g_free(vote->name);
	ballot_free(vote->ballot);
	g_string_free(vote->said, TRUE);
	g_clear_error(&vote->error);
	g_free(vote);
}

Batch
batch_of(const Tool *tool, const Action *action)
{
	return (Batch){
		.tool = tool,
		.action = action,
		.votes = g_ptr_array_new_with_free_func(vote_free),
		.status = EX_OK,
	};
}

void
batch_clear(Batch *batch)
{
	g_clear_pointer(&batch->votes, g_ptr_array_unref);
}

bool
batch_take(Batch *batch, const char *name, Ballot *ballot, GError *error)
{
	Vote *vote = g_new0(Vote, 1);

	vote->name = g_strdup(name);
	vote->ballot = ballot;
	vote->said = g_string_new(NULL);
	vote->error = error;
	g_ptr_array_add(batch->votes, vote);
	return batch->action->is_alone || batch->votes->len >= BATCH_MAILS;
}

bool
batch_is_hopeless(const Batch *batch)
{
	return batch->n_in_vain >= IN_VAIN;
}

bool
batch_has(const Batch *batch, const char *digest)
{
	for (guint i = 0; i < batch->votes->len; i++) {
		const Vote *vote = batch->votes->pdata[i];
		if (vote->ballot != NULL &&
		    g_strcmp0(vote->ballot->receipt->digest, digest) == 0)
			return true;
	}
	return false;
}

static HishoDatabase *
open_database(const Batch *batch, GError **error)
{
	const char *directory = batch->tool->database;
	int wait_ms = (int)batch->tool->config->database_ms;

	if (batch->action->only_reads)
		return hisho_database_open_for_reading(
		    directory, wait_ms, error);
	HishoDatabase *database =
	    hisho_database_open_for_writing(directory, wait_ms, error);
	if (database != NULL)
		hisho_database_set_time(database, batch->tool->now);
	return database;
}

/* Whether others may go on: a refusal has changed nothing. */
static bool
act(const Batch *batch, Vote *vote, HishoDatabase *database,
    HishoChange *change)
{
	if (vote->ballot == NULL)
		return true;
	g_string_truncate(vote->said, 0);
	g_clear_error(&vote->error);
	vote->ballot->database = database;
	HishoChange one =
	    batch->action->act(vote->ballot, vote->said, &vote->error);
	vote->ballot->database = NULL;
	*change = MAX(*change, one);
	return one != HISHO_CHANGE_FAILED ||
	    g_error_matches(vote->error, HISHO_ERROR, HISHO_ERROR_INPUT);
}

/* All N fail for REASON, those that were refused aside.  A damaged record is
 * the fault of one of them, and says nothing of the next. */
static void
fail(Batch *batch, Vote *const *votes, guint n, const GError *reason)
{
	if (!g_error_matches(reason, HISHO_ERROR, HISHO_ERROR_CONFIG))
		batch->n_in_vain++;
	for (guint i = 0; i < n; i++) {
		if (votes[i]->ballot == NULL || votes[i]->error != NULL)
			continue;
		votes[i]->error = g_error_copy(reason);
	}
}

/* The N votes in one transaction; false for a failure that may be the fault of
 * one of them.  All of those that were not refused then have an error. */
static bool
carry_out(Batch *batch, Vote *const *votes, guint n)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoDatabase) database = open_database(batch, &reason);
	HishoChange change = HISHO_CHANGE_NONE;

	if (database == NULL) {
		fail(batch, votes, n, reason);
		return true;
	}
	for (guint i = 0; i < n; i++)
		if (!act(batch, votes[i], database, &change)) {
			fail(batch, votes, n, votes[i]->error);
			return false;
		}
	if (change != HISHO_CHANGE_MADE ||
	    hisho_database_commit(database, &reason)) {
		batch->n_in_vain = 0;
		return true;
	}
	fail(batch, votes, n, reason);
	return false;
}

static void
tell(Batch *batch, const Vote *vote)
{
	g_autoptr(GError) error = NULL;
	const char *name = vote->error != NULL ? vote->name : NULL;

	if (vote->error != NULL)
		error = g_error_copy(vote->error);
	else if (tool_write(vote->said->str, vote->said->len, &error))
		return;
	tool_complain(name, error);
	int failure = hisho_error_exit_status(error);
	batch->status = MAX(batch->status, failure);
}

void
batch_flush(Batch *batch)
{
	Vote *const *votes = (Vote **)batch->votes->pdata;
	guint n = batch->votes->len;
	bool has_ballots = false;

	for (guint i = 0; i < n; i++)
		has_ballots |= votes[i]->ballot != NULL;
	if (has_ballots && !carry_out(batch, votes, n) && n > 1)
		for (guint i = 0; i < n && !batch_is_hopeless(batch); i++)
			if (votes[i]->ballot != NULL)
				carry_out(batch, votes + i, 1);
	for (guint i = 0; i < n; i++)
		tell(batch, votes[i]);
	g_ptr_array_set_size(batch->votes, 0);
}
