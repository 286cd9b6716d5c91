#include "bin/stage.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "bin/assess.h"
#include "bin/evaluate.h"
#include "bin/intake.h"
#include "bin/options.h"
#include "bin/output.h"
#include "bin/sealkey.h"
#include "bin/tool.h"
#include "libhisho/base/error.h"
#include "libhisho/cell/sandbox.h"
#include "libhisho/mail/reader.h"
#include "libhisho/mail/seal.h"
#include "libhisho/route/resolver.h"
#include "libhisho/store/place.h"

/* One run of a filter over all its mails. */
typedef struct {
	StageOptions options;
	Tool tool;
	AssessPlan plan;
	HishoDatabase *resting;
	Intake intake;
	HishoSealer sealer;
	HishoResolver *resolver; /* NULL: DNS is not asked */
	Output output;
	bool is_trouble_told;
	int status;
} Run;

static void
fail(Run *run, const char *subject, const GError *error)
{
	tool_complain(subject, error);
	run->status = EX_TEMPFAIL;
}

/* Whoever feeds a filter must not be left with a broken pipe. */
static void
drain(void)
{
	char chunk[65536];

	if (isatty(STDIN_FILENO))
		return;
	while (read(STDIN_FILENO, chunk, sizeof chunk) > 0)
		continue;
}

/* What nobody can mend: no memory, or a fault of ours.  The mail is still
 * with whoever feeds us; a broken pipe could lose it. */
static void
drain_and_defer(int signal_number G_GNUC_UNUSED)
{
	drain();
	_exit(EX_TEMPFAIL);
}

static void
guard_against_crashes(void)
{
	static const int signals[] = { SIGABRT, SIGTRAP, SIGSEGV, SIGBUS,
		SIGFPE, SIGILL };
	size_t n = G_N_ELEMENTS(signals);

#ifdef HISHO_SANITIZE
	n = 0; /* sanitizers have a word to say first */
#endif
	for (size_t i = 0; i < n; i++)
		signal(signals[i], drain_and_defer);
}

/* A bad option ends the process inside of argp. */
static void
drain_at_exit(int status, void *is_reading)
{
	if (status != 0 && *(bool *)is_reading)
		drain();
	g_free(is_reading);
}

static void
show_progress(const Run *run)
{
	if (run->options.is_batch && run->output.n_done % 100 == 0 &&
	    isatty(STDERR_FILENO))
		fprintf(stderr, "\r%u mails", run->output.n_done);
}

/* Why there is no reputation, once: the fields only say that there is none. */
static void
tell_trouble(Run *run, const HishoMemory *memory)
{
	if (run->is_trouble_told || memory == NULL ||
	    memory->unavailable == NULL)
		return;
	g_autoptr(GError) trouble = g_error_new_literal(
	    HISHO_ERROR, HISHO_ERROR_TEMPORARY, memory->unavailable);
	tool_complain(NULL, trouble);
	run->is_trouble_told = true;
}

static void
finish_one(Pending *pending, void *context)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	const HishoSealedMail mail = assess_sealed_mail(pending->assessment);
	g_autoptr(GPtrArray) sealed = hisho_seal_read(&mail, &run->sealer);

	assess_judge(pending->assessment, &run->plan, sealed);
	tell_trouble(run, pending->assessment->memory);
	if (!output_add(&run->output, pending, sealed, &error))
		fail(run, NULL, error);
	show_progress(run);
}

/* How deep the cell must look: only the safe view wants the text, the field of
 * a route needs no links, that of the links nothing else where none was
 * reported, and only warnings are about words. */
static HishoFactsDepth
depth(const StageOptions *options, const Tool *tool)
{
	HishoStage stage = options->stage->stage;

	if (options->format == FORMAT_TEXT)
		return HISHO_FACTS_TEXT;
	if (stage == HISHO_STAGE_PARSE)
		return HISHO_FACTS_PARTS;
	if (stage == HISHO_STAGE_SCORE)
		return HISHO_FACTS_WORDS;
	if (options->format != FORMAT_MESSAGE || options->question != NULL)
		return HISHO_FACTS_LINKS;
	if (stage == HISHO_STAGE_ROUTE || stage == HISHO_STAGE_SAFE)
		return HISHO_FACTS_HEADER;
	return stage == HISHO_STAGE_LINKS && !options->is_told &&
		!hisho_place_may_have_database(tool->database)
	    ? HISHO_FACTS_ONLY_LINKS
	    : HISHO_FACTS_LINKS;
}

/* DNS is for those who show the route, or judge by it. */
static bool
asks_dns(const StageOptions *options)
{
	HishoStage stage = options->stage->stage;

	return !options->no_dns &&
	    (stage == HISHO_STAGE_ROUTE || stage == HISHO_STAGE_SCORE ||
		(stage == HISHO_STAGE_SAFE &&
		    options->format != FORMAT_MESSAGE));
}

static void
visit(Run *run, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReader) reader =
	    hisho_reader_open(path, run->options.is_mbox, &error);
	const char *name = path != NULL ? path : "(standard input)";

	while (reader != NULL) {
		HishoRawMail *raw = hisho_reader_next(reader, &error);
		if (raw != NULL)
			intake_take(&run->intake,
			    pending_new_take(raw, path, run->intake.limits));
		else if (error != NULL)
			fail(run, name, error);
		else
			return;
		g_clear_error(&error);
	}
	fail(run, name, error);
}

/* The cell is forked before the key is read and the database opened. */
static bool
open_run(Run *run, GError **error)
{
	StageOptions *options = &run->options;

	if (!tool_open(&run->tool, &options->common, error))
		return false;
	stage_options_resolve(options, &run->tool);
	g_autoptr(GError) reason = NULL;
	run->intake = (Intake){
		.limits = &run->tool.config->limits,
		.depth = depth(options, &run->tool),
		.is_batch = options->is_batch,
		.use = finish_one,
		.context = run,
	};
	if (!intake_open(
		&run->intake, run->tool.config, options->n_jobs, &reason))
		tool_complain(NULL, reason);
	g_clear_error(&reason);
	run->sealer.user = run->tool.user;
	run->sealer.now = run->tool.now;
	/* No later stage may record what was made up. */
	if (!run->tool.is_setgid || !options->is_made_up)
		run->sealer.key = sealkey_load(&run->tool, &reason);
	if (reason != NULL && options->common.verbose)
		tool_complain("fields go unsealed", reason);
	if (asks_dns(options))
		run->resolver =
		    hisho_resolver_new(options->dns_servers, options->dns_ms);
	run->plan = (AssessPlan){
		.tool = &run->tool,
		.circle = circle_new(&run->tool),
		.resting = &run->resting,
		.shows_links = options->format != FORMAT_MESSAGE,
		.lookup = { &run->tool, run->resolver, options->dns_ms,
		    options->again },
		.stage = options->stage->stage,
		.depth = run->intake.depth,
		.boundary = options->boundary,
		.envelope_from = options->envelope_from,
		.is_told = options->is_told,
		.is_counted = options->is_counted,
	};
	run->output = output_of(options, &run->tool, &run->sealer);
	return true;
}

static void
close_run(Run *run)
{
	if (run->intake.cell != NULL && run->options.common.verbose) {
		g_autofree char *gaps =
		    hisho_sandbox_dup_gaps(hisho_cell_walls(run->intake.cell));
		if (gaps != NULL)
			fprintf(stderr,
			    "%s: the cell stands without all its "
			    "walls: %s\n",
			    program_invocation_short_name, gaps);
	}
	intake_close(&run->intake);
	hisho_resolver_free(run->resolver);
	g_clear_pointer(&run->options.dns_servers, g_array_unref);
	hisho_screen_free(run->output.screen);
	g_clear_pointer(&run->sealer.key, g_bytes_unref);
	circle_free(run->plan.circle);
	hisho_database_close(run->resting);
	tool_close(&run->tool);
}

static void
read_all(Run *run)
{
	g_autoptr(GError) error = NULL;
	char **operands = run->options.operands;

	if (*operands == NULL)
		visit(run, NULL);
	for (; *operands != NULL; operands++)
		visit(run, *operands);
	intake_finish(&run->intake);
	if (!output_end(&run->output, &error))
		fail(run, NULL, error);
}

int
stage_main(const StageTool *stage, int argc, char *argv[])
{
	Run run = { .options = { .stage = stage } };
	g_autoptr(GError) error = NULL;

	tool_start();
	guard_against_crashes();
	bool *is_reading = g_new(bool, 1);
	*is_reading = true;
	on_exit(drain_at_exit, is_reading);
	stage_options_parse(&run.options, argc, argv);
	*is_reading = *run.options.operands == NULL;
	if (run.options.is_evaluation)
		return evaluate(&run.options);
	if (open_run(&run, &error))
		read_all(&run);
	else
		fail(&run, NULL, error);
	g_clear_error(&error);
	if (!tool_close_output(&error))
		fail(&run, NULL, error);
	if (run.output.is_doubtful)
		run.status = EX_TEMPFAIL;
	if (run.options.question != NULL && run.status == 0)
		run.status = run.output.is_answered ? 0 : 1;
	close_run(&run);
	return run.status;
}
