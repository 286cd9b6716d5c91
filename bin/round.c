#include "bin/round.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bin/batch.h"
#include "bin/selection.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/reader.h"

/* A database that is locked for so many mails in turn stays so. */
#define IN_VAIN 3

typedef struct {
	Poll *poll;
	Selection selection;
	HishoCell *cell;
	GQueue waiting; /* Waiting, in the order of the cell */
	Batch batch;
	guint n_done;
} Round;

/* A mail in the cell. */
typedef struct {
	Assessment *assessment;
	char *name;
} Waiting;

static void
waiting_free(Waiting *waiting)
{
	assess_free(waiting->assessment);
	g_free(waiting->name);
	g_free(waiting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Waiting, waiting_free)

static void
flush(Round *round)
{
	batch_flush(&round->batch);
	poll_forget(round->poll);
}

/* BALLOT, or where there is none ERROR, goes the way of all votes. */
static void
cast_take(Round *round, const char *name, Ballot *ballot, GError *error)
{
	if (batch_take(&round->batch, name, ballot, error))
		flush(round);
}

/* What is said of each mail shows it, too, if it is seen. */
static void
show_progress(const Round *round)
{
	if (round->n_done % 100 == 0 && isatty(STDERR_FILENO) &&
	    !isatty(STDOUT_FILENO))
		fprintf(stderr, "\r%u mails", round->n_done);
}

/* The answer to the oldest mail inside, and the ballot on it. */
static Ballot *
take_answer(Round *round, Assessment *assessment, GError **error)
{
	const HishoLimits *limits = &round->poll->tool.config->limits;
	g_autoptr(GBytes) answer = hisho_cell_next(round->cell, error);

	if (answer == NULL)
		return NULL;
	/* What was said of the same mail before must be known. */
	if (batch_has(&round->batch, assessment->digest))
		flush(round);
	assess_read_answer(assessment, answer, NULL, limits);
	return poll_mail(round->poll, assessment, error);
}

static void
finish_one(Round *round)
{
	GError *error = NULL;
	g_autoptr(Waiting) waiting = g_queue_pop_head(&round->waiting);
	Ballot *ballot = take_answer(round, waiting->assessment, &error);

	cast_take(round, waiting->name, ballot, error);
	round->n_done++;
	show_progress(round);
}

/* Whether it is of no use to go on: the database cannot be had, and each mail
 * would wait for it as long as it may. */
static bool
is_hopeless(const Round *round)
{
	return round->poll->n_in_vain >= IN_VAIN ||
	    batch_is_hopeless(&round->batch);
}

static void
finish_all(Round *round)
{
	while (!g_queue_is_empty(&round->waiting) && !is_hopeless(round))
		finish_one(round);
}

/* A failure, in its turn. */
static void
fail_take(Round *round, const char *name, GError *error)
{
	finish_all(round);
	cast_take(round, name, NULL, error);
}

static char *
dup_name(const HishoRawMail *raw, const char *path, bool is_mbox)
{
	if (raw->path != NULL)
		return g_strdup(raw->path);
	if (is_mbox)
		return g_strdup_printf(
		    "%s: mail %" G_GUINT64_FORMAT, path, raw->index);
	return g_strdup(path);
}

static void
start_one(Round *round, const HishoRawMail *raw, const char *path)
{
	const VoteOptions *options = round->poll->options;
	const HishoLimits *limits = &round->poll->tool.config->limits;
	g_autoptr(Waiting) waiting = g_new0(Waiting, 1);
	const char *digest = round->selection.digest;

	waiting->assessment = assess_new(raw->mail, limits);
	waiting->name = dup_name(raw, path, options->is_mbox);
	const HishoWire *wire = waiting->assessment->wire;
	if (digest != NULL && strcmp(digest, waiting->assessment->digest) != 0)
		return;
	if (hisho_wire_next(wire, NULL, NULL) == NULL) {
		GError *error = NULL;
		ballot_refuse(&error, "there is no mail in it");
		fail_take(round, waiting->name, error);
		return;
	}
	while (hisho_cell_is_full(round->cell))
		finish_one(round);
	g_autoptr(GBytes) request =
	    hisho_facts_new_request(wire, POLL_DEPTH, limits);
	hisho_cell_submit(round->cell, request);
	g_queue_push_tail(&round->waiting, g_steal_pointer(&waiting));
}

/* The next mail of READER that is meant; INDEX counts those before it.  NULL
 * without error behind the last. */
static HishoRawMail *
next_meant(
    const Round *round, HishoReader *reader, guint64 *index, GError **error)
{
	while (!is_hopeless(round) &&
	    selection_goes_on(&round->selection, *index)) {
		g_autoptr(HishoRawMail) raw = hisho_reader_next(reader, error);
		if (raw == NULL)
			return NULL;
		*index = raw->index;
		if (selection_has(&round->selection, raw->index))
			return g_steal_pointer(&raw);
	}
	return NULL;
}

static void
read_file(Round *round, const char *path)
{
	const char *name = path != NULL ? path : "(standard input)";
	bool is_mbox = round->poll->options->is_mbox;
	GError *error = NULL;
	guint64 index = 0;
	bool is_empty = true;
	g_autoptr(HishoReader) reader =
	    hisho_reader_open(path, is_mbox, &error);

	while (reader != NULL) {
		g_autoptr(HishoRawMail) raw =
		    next_meant(round, reader, &index, &error);
		if (raw == NULL && error == NULL)
			break;
		is_empty = false;
		if (raw != NULL)
			start_one(round, raw, name);
		else
			fail_take(round, name, g_steal_pointer(&error));
	}
	if (reader != NULL && is_empty)
		ballot_refuse(&error, "there is no mail in it");
	if (error != NULL)
		fail_take(round, name, error);
}

static bool
select_mails(Round *round, GError **error)
{
	const VoteOptions *options = round->poll->options;
	const SelectionPlace place = { options->files, options->is_mbox,
		&round->poll->tool.config->limits };

	if (options->numbers != NULL) {
		round->selection.ranges = g_array_ref(options->numbers);
		return selection_check(&round->selection, &place, error);
	}
	return options->digest == NULL ||
	    selection_find(&round->selection, options->digest, &place, error);
}

static unsigned
count_workers(const VoteOptions *options)
{
	const char *first = *options->files;
	bool is_one_mail = !options->is_mbox &&
	    (first == NULL ||
		(options->files[1] == NULL &&
		    !g_file_test(first, G_FILE_TEST_IS_DIR)));

	if (is_one_mail)
		return 1;
	return options->n_jobs > 0 ? options->n_jobs : g_get_num_processors();
}

static bool
read_files(Round *round, GError **error)
{
	const VoteOptions *options = round->poll->options;
	char **file = options->files;

	round->cell = assess_new_cell(
	    round->poll->tool.config, count_workers(options), error);
	if (round->cell == NULL || !select_mails(round, error))
		return false;
	if (*file == NULL)
		read_file(round, NULL);
	for (; *file != NULL && !is_hopeless(round); file++)
		read_file(round, *file);
	finish_all(round);
	flush(round);
	if (!is_hopeless(round))
		return true;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
	    "the database cannot be had; the other mails, if any, were not"
	    " tried");
	return false;
}

/* What needs no mail. */
static bool
name_one(Round *round, GError **error)
{
	Poll *poll = round->poll;
	Ballot *ballot = poll->options->digest != NULL
	    ? poll_digest(poll, error)
	    : poll_name(poll, error);

	if (ballot != NULL)
		cast_take(round, NULL, ballot, NULL);
	return ballot != NULL;
}

static bool
is_about_input(const VoteOptions *options)
{
	if (*options->files != NULL || options->is_mbox ||
	    options->numbers != NULL)
		return true;
	return options->digest == NULL && options->host == NULL &&
	    options->url == NULL && options->address == NULL &&
	    !options->is_of_lists;
}

int
round_hold(Poll *poll)
{
	Round round = { .poll = poll };
	GError *error = NULL;

	g_queue_init(&round.waiting);
	round.batch = batch_of(&poll->tool, poll->options->action);
	bool ok = is_about_input(poll->options) ? read_files(&round, &error)
						: name_one(&round, &error);
	if (!ok)
		cast_take(&round, NULL, NULL, error);
	flush(&round);
	int status = round.batch.status;
	batch_clear(&round.batch);
	selection_clear(&round.selection);
	while (!g_queue_is_empty(&round.waiting))
		waiting_free(g_queue_pop_head(&round.waiting));
	hisho_cell_free(round.cell);
	return status;
}
