#include "bin/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bin/assess.h"
#include "bin/options.h"
#include "bin/tool.h"
#include "libhisho/cell/sandbox.h"
#include "libhisho/mail/field.h"
#include "libhisho/mail/reader.h"
#include "libhisho/mail/seal.h"
#include "libhisho/report/advisor.h"
#include "libhisho/report/fields.h"
#include "libhisho/report/json.h"
#include "libhisho/report/list.h"

/* A header is read in a few; the first look had its full time. */
#define SECOND_LOOK_MS 500

/* One run of a filter over all its mails. */
typedef struct {
	StageOptions options;
	Tool tool;
	AssessPlan plan;
	HishoCell *cell;  /* NULL: none could be had */
	HishoCell *spare; /* for mails that damaged a worker */
	HishoSealer sealer;
	HishoScreen *screen;
	GQueue waiting; /* Pending, in the order of the cell */
	guint n_done;
	int status;
	bool is_answered; /* --is: the question, and what it is */
} Run;

/* A mail that is in the cell. */
typedef struct {
	HishoRawMail *raw;
	Assessment *assessment;
	const char *file;
} Pending;

static void
pending_free(Pending *pending)
{
	hisho_raw_mail_free(pending->raw);
	assess_free(pending->assessment);
	g_free(pending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pending, pending_free)

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

/* A bad option ends the process inside of argp. */
static void
drain_at_exit(int status, void *is_reading)
{
	if (status != 0 && *(bool *)is_reading)
		drain();
	g_free(is_reading);
}

static HishoReportCase
report_case(const Run *run, const Pending *pending)
{
	const Assessment *assessment = pending->assessment;

	return (HishoReportCase){
		.stage = run->options.stage->stage,
		.file = pending->file,
		.index = (gint64)pending->raw->index,
		.is_numbered = run->options.is_mbox,
		.lang = run->tool.lang,
		.is_colored =
		    isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL,
		.facts = assessment->facts,
		.route = assessment->route,
		.receipt = assessment->receipt,
		.memory = assessment->memory,
		.safe = assessment->safe,
		.verdict = assessment->verdict,
		.degraded = assessment->status,
	};
}

/* The fields of earlier stages that stay. */
static void
keep_sealed(
    GPtrArray *fields, const GPtrArray *sealed, const HishoReportCase *about)
{
	for (guint i = 0; sealed != NULL && i < sealed->len; i++) {
		const char *name = hisho_field_name(sealed->pdata[i]);
		if (strcmp(name, "Seal") == 0 ||
		    hisho_fields_belongs(name, about))
			continue;
		g_autofree char *value =
		    hisho_field_dup_value(sealed->pdata[i]);
		g_ptr_array_add(
		    fields, hisho_field_parse(name, value, strlen(value)));
	}
}

/* Whether SEALED says just what FIELDS say: then its seal holds on, and a
 * stage run twice changes nothing. */
static bool
is_unchanged(GPtrArray *fields, const GPtrArray *sealed)
{
	if (sealed == NULL || sealed->len != fields->len + 1)
		return false;
	hisho_field_sort(fields);
	for (guint i = 0; i < fields->len; i++) {
		g_autofree char *new = hisho_field_dup_value(fields->pdata[i]);
		g_autofree char *old = hisho_field_dup_value(sealed->pdata[i]);
		if (strcmp(hisho_field_name(fields->pdata[i]),
			hisho_field_name(sealed->pdata[i])) != 0 ||
		    strcmp(new, old) != 0)
			return false;
	}
	return true;
}

static void
reseal(
    Run *run, GPtrArray *fields, const GPtrArray *sealed, const HishoWire *wire)
{
	if (!is_unchanged(fields, sealed)) {
		hisho_seal_add(fields, wire, &run->sealer);
		return;
	}
	g_autofree char *value =
	    hisho_field_dup_value(sealed->pdata[sealed->len - 1]);
	g_ptr_array_add(
	    fields, hisho_field_parse("Seal", value, strlen(value)));
}

static bool
write_bytes(GBytes *bytes, GError **error)
{
	gsize length;
	const void *data =
	    bytes != NULL ? g_bytes_get_data(bytes, &length) : NULL;

	return data == NULL || tool_write(data, length, error);
}

static void
write_message(Run *run, const Pending *pending, const GPtrArray *sealed,
    const HishoReportCase *about)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) fields =
	    g_ptr_array_new_with_free_func((GDestroyNotify)hisho_field_free);

	keep_sealed(fields, sealed, about);
	hisho_fields_add(fields, about);
	reseal(run, fields, sealed, pending->assessment->wire);
	g_autofree char *block = hisho_field_dup_block(fields);
	g_autoptr(HishoWire) wire =
	    hisho_wire_new(pending->raw->raw, &run->tool.config->limits);
	g_autoptr(GBytes) mail = hisho_wire_splice(wire, block);
	if (!write_bytes(pending->raw->before, &error) ||
	    !write_bytes(mail, &error))
		fail(run, NULL, error);
}

static void
write_text(Run *run, char *text, const char *end)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *line = g_strconcat(text, end, NULL);

	g_free(text);
	if (!tool_write(line, strlen(line), &error))
		fail(run, NULL, error);
}

static void
answer_question(Run *run, const HishoReportCase *about)
{
	const char *word = run->options.question;

	run->is_answered = strcmp(word, about->verdict->folder) == 0 ||
	    strcmp(word, about->verdict->advice) == 0;
	if (about->degraded != NULL)
		run->status = EX_TEMPFAIL;
}

static void
write_result(Run *run, const Pending *pending, const GPtrArray *sealed)
{
	HishoReportCase about = report_case(run, pending);

	if (run->options.question != NULL) {
		answer_question(run, &about);
		return;
	}
	switch (run->options.format) {
	case FORMAT_MESSAGE:
		write_message(run, pending, sealed, &about);
		return;
	case FORMAT_JSON:
		write_text(run, hisho_report_dup_json(&about), "\n");
		return;
	case FORMAT_LIST:
		hisho_screen_add(run->screen, &about);
		return;
	case FORMAT_REPORT:
		write_text(run, hisho_advisor_dup_page(&about),
		    run->n_done > 0 ? "\n\f\n" : "");
		return;
	}
}

/* The answer to the oldest mail inside.  Where that mail damaged its worker
 * another one reads its header alone. */
static void
take_answer(Run *run, Pending *pending)
{
	const HishoLimits *limits = &run->tool.config->limits;
	Assessment *assessment = pending->assessment;
	g_autoptr(GBytes) answer = NULL;
	const char *damage = "start";

	if (run->cell != NULL) {
		answer = hisho_cell_next(run->cell, NULL);
		damage = answer == NULL ? hisho_cell_reason(run->cell) : NULL;
	}
	if (answer == NULL && run->spare != NULL) {
		g_autoptr(GBytes) request = hisho_facts_new_request(
		    assessment->wire, HISHO_FACTS_HEADER, limits);
		hisho_cell_set_wall_ms(run->spare, SECOND_LOOK_MS);
		hisho_cell_submit(run->spare, request);
		answer = hisho_cell_next(run->spare, NULL);
	}
	assess_read_answer(assessment, answer, damage, limits);
}

static void
show_progress(const Run *run)
{
	if (run->options.is_batch && isatty(STDERR_FILENO) &&
	    run->n_done % 100 == 0)
		fprintf(stderr, "\r%u mails", run->n_done);
}

static void
finish_one(Run *run)
{
	g_autoptr(Pending) pending = g_queue_pop_head(&run->waiting);
	g_autoptr(GPtrArray) sealed =
	    hisho_seal_read(pending->assessment->wire, &run->sealer);

	take_answer(run, pending);
	tool_reset_clock();
	assess_judge(pending->assessment, &run->plan, sealed);
	write_result(run, pending, sealed);
	run->n_done++;
	show_progress(run);
}

/* How deep the cell must look: the field of a route needs no links. */
static HishoFactsDepth
depth(const Run *run)
{
	HishoStage stage = run->options.stage->stage;

	if (stage == HISHO_STAGE_PARSE)
		return HISHO_FACTS_PARTS;
	if (run->options.format == FORMAT_MESSAGE &&
	    (stage == HISHO_STAGE_ROUTE || stage == HISHO_STAGE_SAFE))
		return HISHO_FACTS_HEADER;
	return HISHO_FACTS_LINKS;
}

static void
start_one(Run *run, HishoRawMail *raw, const char *file)
{
	const HishoLimits *limits = &run->tool.config->limits;
	Pending *pending = g_new0(Pending, 1);

	pending->raw = raw;
	pending->file = raw->path != NULL ? raw->path : file;
	pending->assessment = assess_new(raw->mail, limits);
	while (run->cell != NULL && hisho_cell_is_full(run->cell))
		finish_one(run);
	if (run->cell != NULL) {
		g_autoptr(GBytes) request = hisho_facts_new_request(
		    pending->assessment->wire, depth(run), limits);
		hisho_cell_submit(run->cell, request);
	}
	g_queue_push_tail(&run->waiting, pending);
	if (run->cell == NULL)
		finish_one(run);
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
			start_one(run, raw, path);
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

	if (!tool_open(&run->tool, &options->common, error) ||
	    !stage_options_resolve(options, &run->tool, error))
		return false;
	g_autoptr(GError) reason = NULL;
	run->cell = assess_new_cell(run->tool.config, options->n_jobs, &reason);
	if (run->cell == NULL)
		tool_complain(NULL, reason);
	run->spare = options->is_batch
	    ? assess_new_cell(run->tool.config, 1, NULL)
	    : run->cell;
	g_clear_error(&reason);
	run->sealer.user = run->tool.user;
	run->sealer.now = run->tool.now;
	g_autofree char *key_path = tool_dup_key_path(&run->tool);
	if (key_path != NULL)
		run->sealer.key = hisho_seal_load_key(key_path, &reason);
	if (reason != NULL && options->common.verbose)
		tool_complain("fields go unsealed", reason);
	run->plan = (AssessPlan){
		.tool = &run->tool,
		.stage = options->stage->stage,
		.boundary = options->boundary,
		.envelope_from = options->envelope_from,
		.is_counted = options->is_counted,
	};
	run->screen = hisho_screen_new();
	return true;
}

static void
close_run(Run *run)
{
	if (run->cell != NULL && run->options.common.verbose) {
		g_autofree char *gaps =
		    hisho_sandbox_dup_gaps(hisho_cell_walls(run->cell));
		if (gaps != NULL)
			fprintf(stderr,
			    "%s: the cell stands without all its "
			    "walls: %s\n",
			    program_invocation_short_name, gaps);
	}
	if (run->spare != run->cell)
		hisho_cell_free(run->spare);
	hisho_cell_free(run->cell);
	hisho_screen_free(run->screen);
	g_clear_pointer(&run->sealer.key, g_bytes_unref);
	stage_options_clear(&run->options);
	tool_close(&run->tool);
}

static void
read_all(Run *run)
{
	char **operands = run->options.operands;

	if (*operands == NULL)
		visit(run, NULL);
	for (; *operands != NULL; operands++)
		visit(run, *operands);
	while (!g_queue_is_empty(&run->waiting))
		finish_one(run);
	if (run->options.format == FORMAT_LIST && run->options.question == NULL)
		write_text(run, hisho_screen_dup_text(run->screen), "");
}

int
stage_main(const StageTool *stage, int argc, char *argv[])
{
	Run run = { .options = { .stage = stage } };
	g_autoptr(GError) error = NULL;

	tool_start();
	g_queue_init(&run.waiting);
	bool *is_reading = g_new(bool, 1);
	*is_reading = true;
	on_exit(drain_at_exit, is_reading);
	stage_options_parse(&run.options, argc, argv);
	*is_reading = *run.options.operands == NULL;
	if (open_run(&run, &error))
		read_all(&run);
	else
		fail(&run, NULL, error);
	g_clear_error(&error);
	if (!tool_close_output(&error))
		fail(&run, NULL, error);
	if (run.options.question != NULL && run.status == 0)
		run.status = run.is_answered ? 0 : 1;
	close_run(&run);
	return run.status;
}
