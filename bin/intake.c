#include "bin/intake.h"

/* A header is read in a few; the first look had its full time. */
#define SECOND_LOOK_MS 500

Pending *
pending_new_take(HishoRawMail *raw, const char *file, const HishoLimits *limits)
{
	Pending *pending = g_new0(Pending, 1);

	pending->raw = raw;
	pending->file = raw->path != NULL ? raw->path : file;
	pending->assessment = assess_new(raw->mail, limits);
	return pending;
}

void
pending_free(Pending *pending)
{
	if (pending == NULL)
		return;
	hisho_raw_mail_free(pending->raw);
	assess_free(pending->assessment);
	g_free(pending);
}

bool
intake_open(Intake *intake, const HishoConfig *config, unsigned n_workers,
    GError **error)
{
	g_queue_init(&intake->waiting);
	intake->cell = assess_new_cell(config, n_workers, error);
	intake->spare =
	    intake->is_batch ? assess_new_spare_cell(config) : intake->cell;
	return intake->cell != NULL;
}

void
intake_close(Intake *intake)
{
	g_queue_clear_full(&intake->waiting, (GDestroyNotify)pending_free);
	if (intake->spare != intake->cell)
		hisho_cell_free(intake->spare);
	hisho_cell_free(intake->cell);
}

/* The answer to the oldest mail inside.  Where that mail damaged its worker
 * another one reads its header, and what it can tell of its hosts; if that was
 * too much, the header alone. */
static void
take_answer(Intake *intake, Assessment *assessment)
{
	static const HishoFactsDepth depths[] = { HISHO_FACTS_RAW,
		HISHO_FACTS_HEADER };
	const HishoLimits *limits = intake->limits;
	g_autoptr(GBytes) answer = NULL;
	const char *damage = "start";

	if (intake->cell != NULL) {
		answer = hisho_cell_next(intake->cell, NULL);
		damage =
		    answer == NULL ? hisho_cell_reason(intake->cell) : NULL;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(depths) && answer == NULL &&
	     intake->spare != NULL;
	     i++) {
		g_autoptr(GBytes) request = hisho_facts_new_request(
		    assessment->wire, depths[i], limits);
		hisho_cell_set_wall_ms(intake->spare, SECOND_LOOK_MS);
		hisho_cell_submit(intake->spare, request);
		answer = hisho_cell_next(intake->spare, NULL);
	}
	assess_read_answer(assessment, answer, damage, limits);
}

static void
finish_one(Intake *intake)
{
	g_autoptr(Pending) pending = g_queue_pop_head(&intake->waiting);

	take_answer(intake, pending->assessment);
	if (intake->is_batch)
		assess_restart_clock(pending->assessment);
	intake->use(pending, intake->context);
}

void
intake_take(Intake *intake, Pending *pending)
{
	while (intake->cell != NULL && hisho_cell_is_full(intake->cell))
		finish_one(intake);
	if (intake->cell != NULL) {
		g_autoptr(GBytes) request = hisho_facts_new_request(
		    pending->assessment->wire, intake->depth, intake->limits);
		hisho_cell_submit(intake->cell, request);
	}
	g_queue_push_tail(&intake->waiting, pending);
	if (intake->cell == NULL)
		finish_one(intake);
}

void
intake_finish(Intake *intake)
{
	while (!g_queue_is_empty(&intake->waiting))
		finish_one(intake);
}
