#include "libhisho/cell/cell.h"

#include "libhisho/base/error.h"
#include "libhisho/cell/crew.h"

/* Mails inside for each worker, and beyond: enough to bridge what the caller
 * does with an answer. */
#define MAILS_EACH 32
#define SPARE_MAILS 16

/* Where these are so large, fewer must do. */
#define INSIDE_BYTES (8 << 20)

/* Deadlines are kept as exactly as this. */
#define TURN_MS 20

struct HishoCell {
	unsigned n_workers;
	HishoCrew *crew;
	GQueue jobs;  /* HishoJob, oldest first */
	size_t bytes; /* of their mails */
	guint32 n_submitted;
	const char *reason;
};

HishoCell *
hisho_cell_new(const HishoCellPlan *plan, GError **error)
{
	HishoCrew *crew = hisho_crew_new(plan, error);

	if (crew == NULL)
		return NULL;
	HishoCell *cell = g_new0(HishoCell, 1);
	cell->n_workers = plan->n_workers;
	cell->crew = crew;
	return cell;
}

void
hisho_cell_free(HishoCell *cell)
{
	if (cell == NULL)
		return;
	hisho_crew_free(cell->crew);
	g_queue_clear_full(&cell->jobs, hisho_job_free);
	g_free(cell);
}

bool
hisho_cell_is_full(const HishoCell *cell)
{
	unsigned each = cell->bytes < INSIDE_BYTES ? MAILS_EACH : 1;

	return cell->jobs.length >= cell->n_workers * each + SPARE_MAILS;
}

bool
hisho_cell_is_empty(const HishoCell *cell)
{
	return cell->jobs.length == 0;
}

void
hisho_cell_submit(HishoCell *cell, GBytes *mail)
{
	HishoJob *job = hisho_job_new(mail, cell->n_submitted++);

	g_assert(!hisho_cell_is_full(cell));
	g_queue_push_tail(&cell->jobs, job);
	cell->bytes += g_bytes_get_size(mail);
	hisho_crew_put(cell->crew, job);
	hisho_crew_send(cell->crew);
}

GBytes *
hisho_cell_next(HishoCell *cell, GError **error)
{
	HishoJob *oldest = g_queue_peek_head(&cell->jobs);

	cell->reason = NULL;
	if (oldest == NULL)
		return NULL;
	while (!oldest->is_done) {
		hisho_crew_send(cell->crew);
		hisho_crew_listen(cell->crew, TURN_MS);
	}
	g_autoptr(HishoJob) job = g_queue_pop_head(&cell->jobs);
	cell->bytes -= g_bytes_get_size(job->mail);
	if (job->answer != NULL)
		return g_steal_pointer(&job->answer);
	cell->reason = job->reason;
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
	    "the process that reads it %s", job->message);
	return NULL;
}

void
hisho_cell_set_wall_ms(HishoCell *cell, unsigned wall_ms)
{
	hisho_crew_set_wall_ms(cell->crew, wall_ms);
}

const char *
hisho_cell_reason(const HishoCell *cell)
{
	return cell->reason;
}

unsigned
hisho_cell_walls(const HishoCell *cell)
{
	return hisho_crew_walls(cell->crew);
}
