#include "libhisho/cell/cell.h"

#include <errno.h>
#include <poll.h>

#include "libhisho/base/error.h"
#include "libhisho/cell/keeper.h"
#include "libhisho/cell/line.h"
#include "libhisho/cell/sandbox.h"

/* Mails inside beyond one a worker: enough to bridge the caller's work. */
#define SPARE_MAILS 4

/* Deadlines are kept as exactly as this. */
#define TURN_MS 20

/* One mail inside, and what became of it. */
typedef struct {
	GBytes *mail;
	guint32 number;
	bool done;
	bool is_second_try;
	GBytes *answer; /* NULL when it failed: */
	const char *reason;
	char *message;
} Job;

typedef struct {
	HishoLine *line; /* NULL: there is no process */
	bool is_used;	 /* it has answered a mail */
	bool is_barren;	 /* it could not be started; the others must do */
	Job *job;	 /* NULL: idle */
	gint64 deadline_us;
} Worker;

struct HishoCell {
	HishoCellPlan plan;
	HishoKeeper *keeper;
	Worker *workers;
	GQueue jobs;	/* all, oldest first */
	GQueue waiting; /* those that no worker has yet */
	guint32 n_submitted;
	gint64 served_us; /* when we last looked after the workers */
	unsigned walls;
	const char *reason;
};

static void
job_free(void *data)
{
	Job *job = data;

	g_bytes_unref(job->mail);
	g_clear_pointer(&job->answer, g_bytes_unref);
	g_free(job->message);
	g_free(job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Job, job_free)

/* Leaves WORKER without a line when that fails at once. */
static void
start(HishoCell *cell, Worker *worker)
{
	unsigned slot = (unsigned)(worker - cell->workers);
	int fd = hisho_keeper_start(cell->keeper, slot);

	worker->is_barren = false;
	worker->is_used = false;
	if (fd >= 0)
		worker->line =
		    hisho_line_new_take_fd(fd, cell->plan.limits.answer_bytes);
}

/* Kills and buries WORKER and sets its wait status; false with errno when it
 * never was a process. */
static bool
stop(HishoCell *cell, Worker *worker, int *status)
{
	unsigned slot = (unsigned)(worker - cell->workers);

	*status = 0;
	if (worker->line == NULL)
		return true;
	g_clear_pointer(&worker->line, hisho_line_free);
	return hisho_keeper_stop(cell->keeper, slot, status);
}

/* The mail of WORKER failed, and WORKER goes.  If it had read others, the
 * damage may be theirs: the mail is tried in a fresh one. */
static void
fail(HishoCell *cell, Worker *worker, const char *reason, const char *message)
{
	Job *job = worker->job;
	bool again = worker->is_used && !job->is_second_try;
	int status;

	stop(cell, worker, &status);
	worker->job = NULL;
	g_free(job->message);
	job->reason = reason;
	job->message = g_strdup(message);
	job->done = !again;
	job->is_second_try = true;
	if (again)
		g_queue_push_head(&cell->waiting, job);
}

static bool
has_workers(const HishoCell *cell)
{
	for (unsigned i = 0; i < cell->plan.n_workers; i++)
		if (cell->workers[i].line != NULL)
			return true;
	return false;
}

/* There is no process for WORKER, errno says why: its mail waits for another
 * one, if any. */
static void
give_up_start(HishoCell *cell, Worker *worker)
{
	worker->is_barren = true;
	if (!has_workers(cell)) {
		g_autofree char *message =
		    g_strconcat("cannot be had: ", g_strerror(errno), NULL);
		fail(cell, worker, "start", message);
		return;
	}
	g_queue_push_head(&cell->waiting, worker->job);
	worker->job = NULL;
}

/* WORKER has hung up over its mail. */
static void
fail_by_death(HishoCell *cell, Worker *worker)
{
	int status;
	g_autofree char *message = NULL;

	if (!stop(cell, worker, &status)) {
		give_up_start(cell, worker);
		return;
	}
	const char *reason = hisho_worker_death(status, &message);
	fail(cell, worker, reason, message);
}

static void
act_on(HishoCell *cell, Worker *worker, HishoLineEvent event)
{
	switch (event) {
	case HISHO_LINE_OPEN:
		break;
	case HISHO_LINE_ANSWER:
		cell->walls &= hisho_line_walls(worker->line);
		worker->job->answer = hisho_line_take_answer(worker->line);
		worker->job->done = true;
		worker->job = NULL;
		worker->is_used = true;
		break;
	case HISHO_LINE_BROKEN:
		fail_by_death(cell, worker);
		break;
	case HISHO_LINE_FAULT:
		fail(cell, worker, "answer", hisho_line_fault(worker->line));
		break;
	}
}

/* A worker that says something unasked, or has died since its last mail, is
 * not to be trusted with another. */
static bool
is_fit_for(const Worker *worker, const Job *job)
{
	if (worker->line == NULL || !worker->is_used)
		return true;
	return !job->is_second_try && !hisho_line_is_ready(worker->line);
}

static void
assign(HishoCell *cell, Worker *worker, Job *job)
{
	int status;

	if (!is_fit_for(worker, job))
		stop(cell, worker, &status);
	if (worker->line == NULL)
		start(cell, worker);
	worker->job = job;
	worker->deadline_us = g_get_monotonic_time() +
	    cell->plan.limits.wall_ms * G_TIME_SPAN_MILLISECOND;
	if (worker->line == NULL)
		give_up_start(cell, worker);
	else
		hisho_line_put(worker->line, job->mail, job->number);
}

static void
assign_waiting(HishoCell *cell)
{
	bool only_barren = !has_workers(cell);

	for (unsigned i = 0; i < cell->plan.n_workers; i++) {
		Worker *worker = &cell->workers[i];
		if (cell->waiting.length == 0)
			return;
		if (worker->job == NULL && (!worker->is_barren || only_barren))
			assign(cell, worker, g_queue_pop_head(&cell->waiting));
	}
}

static void
serve_worker(HishoCell *cell, Worker *worker, short events)
{
	if (events & ~POLLOUT)
		act_on(cell, worker, hisho_line_receive(worker->line));
	if (worker->job != NULL && (events & POLLOUT))
		act_on(cell, worker, hisho_line_send(worker->line));
	if (worker->job != NULL &&
	    worker->deadline_us <= g_get_monotonic_time())
		fail(cell, worker, "time", "had no answer in time");
}

/* While the caller was elsewhere nobody read what workers wrote. */
static void
forgive_absence(HishoCell *cell)
{
	gint64 absence = g_get_monotonic_time() - cell->served_us;

	for (unsigned i = 0; i < cell->plan.n_workers; i++)
		cell->workers[i].deadline_us += absence;
}

static struct pollfd
interest_in(const Worker *worker)
{
	if (worker->job == NULL)
		return (struct pollfd){ .fd = -1 };
	bool sending = hisho_line_is_sending(worker->line);
	return (struct pollfd){
		.fd = hisho_line_fd(worker->line),
		.events = sending ? POLLIN | POLLOUT : POLLIN,
	};
}

/* One turn: hands out work, and moves what can be moved. */
static void
serve(HishoCell *cell, bool wait)
{
	unsigned n = cell->plan.n_workers;
	g_autofree struct pollfd *polls = g_new0(struct pollfd, n);

	forgive_absence(cell);
	assign_waiting(cell);
	for (unsigned i = 0; i < n; i++)
		polls[i] = interest_in(&cell->workers[i]);
	int n_ready = poll(polls, n, wait ? TURN_MS : 0);
	cell->served_us = g_get_monotonic_time();
	for (unsigned i = 0; n_ready >= 0 && i < n; i++)
		if (polls[i].fd >= 0)
			serve_worker(cell, &cell->workers[i], polls[i].revents);
}

HishoCell *
hisho_cell_new(const HishoCellPlan *plan, GError **error)
{
	g_autoptr(HishoCell) cell = g_new0(HishoCell, 1);

	cell->plan = *plan;
	cell->walls = HISHO_SANDBOX_ALL;
	cell->keeper = hisho_keeper_new(&cell->plan, error);
	if (cell->keeper == NULL)
		return NULL;
	cell->workers = g_new0(Worker, plan->n_workers);
	start(cell, &cell->workers[0]);
	return g_steal_pointer(&cell);
}

void
hisho_cell_free(HishoCell *cell)
{
	int status;

	if (cell == NULL)
		return;
	for (unsigned i = 0; cell->workers && i < cell->plan.n_workers; i++)
		stop(cell, &cell->workers[i], &status);
	hisho_keeper_free(cell->keeper);
	g_free(cell->workers);
	g_queue_clear(&cell->waiting);
	g_queue_clear_full(&cell->jobs, job_free);
	g_free(cell);
}

bool
hisho_cell_is_full(const HishoCell *cell)
{
	return cell->jobs.length >= cell->plan.n_workers + SPARE_MAILS;
}

bool
hisho_cell_is_empty(const HishoCell *cell)
{
	return cell->jobs.length == 0;
}

void
hisho_cell_submit(HishoCell *cell, GBytes *mail)
{
	Job *job = g_new0(Job, 1);

	g_assert(!hisho_cell_is_full(cell));
	job->mail = g_bytes_ref(mail);
	job->number = cell->n_submitted++;
	g_queue_push_tail(&cell->jobs, job);
	g_queue_push_tail(&cell->waiting, job);
	serve(cell, false);
}

GBytes *
hisho_cell_next(HishoCell *cell, GError **error)
{
	Job *oldest = g_queue_peek_head(&cell->jobs);

	cell->reason = NULL;
	if (oldest == NULL)
		return NULL;
	while (!oldest->done)
		serve(cell, true);
	g_autoptr(Job) job = g_queue_pop_head(&cell->jobs);
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
	cell->plan.limits.wall_ms = wall_ms;
}

const char *
hisho_cell_reason(const HishoCell *cell)
{
	return cell->reason;
}

unsigned
hisho_cell_walls(const HishoCell *cell)
{
	return cell->walls;
}
