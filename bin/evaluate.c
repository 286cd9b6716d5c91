#include "bin/evaluate.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bin/origin.h"
#include "bin/replay.h"
#include "libhisho/report/worthpage.h"

/* One evaluation, from options to numbers. */
typedef struct {
	StageOptions *options;
	Replay replay;
	Intake intake;
	HishoReader *readers[HISHO_WORTH_SIDES];
	GArray *mails; /* TimelineMail */
	guint n_done;
	int status;
} Evaluation;

static void
fail(Evaluation *evaluation, const char *subject, const GError *error)
{
	tool_complain(subject, error);
	evaluation->status = EX_TEMPFAIL;
}

/* WHAT must hold of the options; else the process ends. */
static void
demand(bool what, const char *reason)
{
	if (!what)
		argp_failure(NULL, EX_TEMPFAIL, 0, "--evaluate: %s", reason);
}

static void
check_options(const StageOptions *options)
{
	const HishoBoundaryOptions *boundary = &options->boundary;
	char **files = options->operands;

	demand(files[0] != NULL && files[1] != NULL && files[2] == NULL,
	    "two files are needed, the good mail and the bad");
	demand(options->question == NULL, "--is asks of one message");
	demand(options->record <= 0 && options->common.database == NULL,
	    "no database is changed: --record and --database do not go with "
	    "it");
	demand(options->common.now == NULL,
	    "the time is that of each mail: --now does not go with it");
	demand(boundary->client_ip == NULL && boundary->client_name == NULL &&
		boundary->helo == NULL && options->envelope_from == NULL,
	    "--client-ip and the like are of one mail");
	demand(options->format == FORMAT_MESSAGE ||
		options->format == FORMAT_REPORT ||
		options->format == FORMAT_JSON,
	    "it prints a report or json");
}

static void
show_progress(Evaluation *evaluation, guint n_all)
{
	if (++evaluation->n_done % 100 != 0 || !isatty(STDERR_FILENO))
		return;
	if (n_all == 0)
		fprintf(stderr, "\r%u mails found", evaluation->n_done);
	else
		fprintf(stderr, "\r%u of %u mails judged", evaluation->n_done,
		    n_all);
}

static void
clear_progress(Evaluation *evaluation)
{
	if (evaluation->n_done >= 100 && isatty(STDERR_FILENO))
		fprintf(stderr, "\r%40s\r", "");
	evaluation->n_done = 0;
}

/* When it came by the word of our own server; else by its own. */
static gint64
time_of(const Assessment *assessment)
{
	gint64 received = hisho_route_time(assessment->route);

	return received > 0 ? received
			    : MAX(assessment->facts->letter->time, 0);
}

/* Notes a mail of which the header was read. */
static void
note(Pending *pending, void *context)
{
	Evaluation *evaluation = context;
	g_autofree TimelineMail *mail = (TimelineMail *)(gsize)pending->about;

	origin_find(pending->assessment, &evaluation->replay.plan, NULL);
	mail->time = time_of(pending->assessment);
	timeline_set_key(mail, pending->assessment);
	g_array_append_val(evaluation->mails, *mail);
	show_progress(evaluation, 0);
}

/* Hands in the mail that READER of SIDE yields next; false at the end. */
static bool
find_next(Evaluation *evaluation, HishoSide side)
{
	g_autoptr(GError) error = NULL;
	HishoReader *reader = evaluation->readers[side];
	const char *file = evaluation->options->operands[side];
	guint64 place = hisho_reader_tell(reader);
	HishoRawMail *raw = hisho_reader_next(reader, &error);

	if (raw == NULL && error != NULL)
		fail(evaluation, file, error);
	if (raw == NULL)
		return error != NULL;
	TimelineMail *mail = g_new0(TimelineMail, 1);
	mail->place = place;
	mail->index = (guint32)raw->index;
	mail->side = side;
	Pending *pending =
	    pending_new_take(raw, file, evaluation->intake.limits);
	pending->about = mail;
	intake_take(&evaluation->intake, pending);
	return true;
}

static void
find_all(Evaluation *evaluation)
{
	evaluation->intake.depth = HISHO_FACTS_HEADER;
	evaluation->intake.use = note;
	for (int side = 0; side < HISHO_WORTH_SIDES; side++)
		while (find_next(evaluation, (HishoSide)side))
			continue;
	intake_finish(&evaluation->intake);
	timeline_sort(evaluation->mails, evaluation->replay.worth->sides);
	clear_progress(evaluation);
}

static void
judge(Pending *pending, void *context)
{
	Evaluation *evaluation = context;

	replay_judge(&evaluation->replay, pending);
	show_progress(evaluation, evaluation->mails->len);
}

/* Hands in the mail that lies where MAIL says. */
static void
replay_one(Evaluation *evaluation, const TimelineMail *mail)
{
	g_autoptr(GError) error = NULL;
	HishoReader *reader = evaluation->readers[mail->side];
	const char *file = evaluation->options->operands[mail->side];
	HishoRawMail *raw = NULL;

	if (hisho_reader_seek(reader, mail->place, &error))
		raw = hisho_reader_next(reader, &error);
	if (raw == NULL) {
		if (error != NULL)
			fail(evaluation, file, error);
		evaluation->replay.worth->sides[mail->side].damaged++;
		return;
	}
	Pending *pending =
	    pending_new_take(raw, file, evaluation->intake.limits);
	pending->about = mail;
	intake_take(&evaluation->intake, pending);
}

static void
replay_all(Evaluation *evaluation)
{
	evaluation->intake.depth = HISHO_FACTS_WORDS;
	evaluation->intake.use = judge;
	for (guint i = 0;
	     i < evaluation->mails->len && evaluation->replay.error == NULL;
	     i++)
		replay_one(evaluation,
		    &g_array_index(evaluation->mails, TimelineMail, i));
	intake_finish(&evaluation->intake);
	clear_progress(evaluation);
}

/* Both must be files: they are read twice, in different orders. */
static bool
open_readers(Evaluation *evaluation, GError **error)
{
	for (int side = 0; side < HISHO_WORTH_SIDES; side++) {
		const char *file = evaluation->options->operands[side];
		evaluation->readers[side] =
		    hisho_reader_open(file, true, error);
		if (evaluation->readers[side] == NULL ||
		    !hisho_reader_seek(evaluation->readers[side], 0, error)) {
			g_prefix_error(error, "%s: ", file);
			return false;
		}
	}
	return true;
}

/* The cell is forked before the database is there. */
static bool
open_all(Evaluation *evaluation, GError **error)
{
	StageOptions *options = evaluation->options;
	Replay *replay = &evaluation->replay;

	evaluation->mails = g_array_new(FALSE, FALSE, sizeof(TimelineMail));
	if (!replay_open(replay, options, error) ||
	    !open_readers(evaluation, error))
		return false;
	evaluation->intake = (Intake){ .limits = &replay->tool.config->limits,
		.is_batch = true,
		.context = evaluation };
	return intake_open(&evaluation->intake, replay->tool.config,
		   options->n_jobs, error) &&
	    replay_begin(replay, error);
}

static void
close_all(Evaluation *evaluation)
{
	intake_close(&evaluation->intake);
	for (int side = 0; side < HISHO_WORTH_SIDES; side++)
		hisho_reader_free(evaluation->readers[side]);
	g_clear_pointer(&evaluation->mails, g_array_unref);
	g_clear_pointer(&evaluation->options->dns_servers, g_array_unref);
	replay_close(&evaluation->replay);
}

static void
print(Evaluation *evaluation)
{
	const StageOptions *options = evaluation->options;
	const HishoWorthCase about = { evaluation->replay.worth,
		{ options->operands[0], options->operands[1] } };
	g_autoptr(GError) error = NULL;

	hisho_worth_sort(evaluation->replay.worth);
	g_autofree char *text = options->format == FORMAT_JSON
	    ? hisho_worthpage_dup_json(&about)
	    : hisho_worthpage_dup_text(&about);
	g_autofree char *page =
	    g_strconcat(text, options->format == FORMAT_JSON ? "\n" : "", NULL);
	if (!tool_write(page, strlen(page), &error))
		fail(evaluation, NULL, error);
}

/* Where the database failed there is nothing to tell. */
static void
evaluate_all(Evaluation *evaluation)
{
	const Replay *replay = &evaluation->replay;

	find_all(evaluation);
	replay_all(evaluation);
	if (replay->error != NULL)
		fail(evaluation, NULL, replay->error);
	else
		print(evaluation);
}

int
evaluate(StageOptions *options)
{
	Evaluation evaluation = { .options = options };
	g_autoptr(GError) error = NULL;

	check_options(options);
	if (open_all(&evaluation, &error))
		evaluate_all(&evaluation);
	else
		fail(&evaluation, NULL, error);
	g_clear_error(&error);
	if (!tool_close_output(&error))
		fail(&evaluation, NULL, error);
	close_all(&evaluation);
	return evaluation.status;
}
