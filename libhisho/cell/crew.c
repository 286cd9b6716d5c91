#include "libhisho/cell/crew.h"

#include <errno.h>
#include <poll.h>

#include "libhisho/cell/keeper.h"
#include "libhisho/cell/line.h"
#include "libhisho/cell/sandbox.h"

/* So many mails, or so many bytes of them, are with one worker: on a machine
 * whose processors are all at work it runs on for a while without the caller,
 * who waits for a turn as it does. */
#define MAILS_WITH_ONE 16
#define BYTES_WITH_ONE (256 << 10)

typedef struct {
	HishoLine *line;    /* NULL: there is no process */
	bool is_used;	    /* it has answered a mail */
	bool is_barren;	    /* it could not be started; the others must do */
	GQueue jobs;	    /* that are with it; it reads the oldest */
	size_t bytes;	    /* of these */
	gint64 deadline_us; /* of the oldest */
} Worker;

struct HishoCrew {
	HishoCellPlan plan;
	HishoKeeper *keeper;
	Worker *workers;
	GQueue waiting;	  /* jobs that no worker has yet, oldest first */
	gint64 served_us; /* when we last looked after the workers */
	unsigned walls;
};

/* Leaves WORKER without a line when that fails at once. */
static void
start(HishoCrew *crew, Worker *worker)
{
	unsigned slot = (unsigned)(worker - crew->workers);
	int fd = hisho_keeper_start(crew->keeper, slot);

	worker->is_barren = false;
	worker->is_used = false;
	if (fd >= 0)
		worker->line =
		    hisho_line_new_take_fd(fd, crew->plan.limits.answer_bytes);
}

/* Kills and buries WORKER and sets its wait status; false with errno when it
 * never was a process. */
static bool
stop(HishoCrew *crew, Worker *worker, int *status)
{
	unsigned slot = (unsigned)(worker - crew->workers);

	*status = 0;
	if (worker->line == NULL)
		return true;
	g_clear_pointer(&worker->line, hisho_line_free);
	return hisho_keeper_stop(crew->keeper, slot, status);
}

static void
start_clock(const HishoCrew *crew, Worker *worker)
{
	worker->deadline_us = g_get_monotonic_time() +
	    crew->plan.limits.wall_ms * G_TIME_SPAN_MILLISECOND;
}

static HishoJob *
pop_oldest(Worker *worker)
{
	HishoJob *job = g_queue_pop_head(&worker->jobs);

	worker->bytes -= g_bytes_get_size(job->mail);
	return job;
}

/* The jobs of WORKER wait again, before all others. */
static void
give_back(HishoCrew *crew, Worker *worker)
{
	HishoJob *job;

	while ((job = g_queue_pop_tail(&worker->jobs)) != NULL)
		g_queue_push_head(&crew->waiting, job);
	worker->bytes = 0;
}

/* WORKER failed over its oldest mail, and goes; it has not touched those
 * behind.  If it had read others before, the damage may be theirs: the mail is
 * tried in a fresh one. */
static void
fail(HishoCrew *crew, Worker *worker, const char *reason, const char *message)
{
	HishoJob *job = pop_oldest(worker);
	bool again = worker->is_used && !job->is_second_try;
	int status;

	stop(crew, worker, &status);
	give_back(crew, worker);
	hisho_job_fail(job, reason, message);
	if (again) {
		hisho_job_renew(job);
		g_queue_push_head(&crew->waiting, job);
	}
}

static bool
has_workers(const HishoCrew *crew)
{
	for (unsigned i = 0; i < crew->plan.n_workers; i++)
		if (crew->workers[i].line != NULL)
			return true;
	return false;
}

/* There is no process for WORKER, errno says why: its mails wait for another
 * one, if any. */
static void
give_up_start(HishoCrew *crew, Worker *worker)
{
	worker->is_barren = true;
	if (has_workers(crew)) {
		give_back(crew, worker);
		return;
	}
	g_autofree char *message =
	    g_strconcat("cannot be had: ", g_strerror(errno), NULL);
	fail(crew, worker, "start", message);
}

/* WORKER has hung up over its mail. */
static void
fail_by_death(HishoCrew *crew, Worker *worker)
{
	int status;
	g_autofree char *message = NULL;

	if (!stop(crew, worker, &status)) {
		give_up_start(crew, worker);
		return;
	}
	const char *reason = hisho_worker_death(status, &message);
	fail(crew, worker, reason, message);
}

static void
take_answer(HishoCrew *crew, Worker *worker)
{
	HishoJob *job = pop_oldest(worker);

	crew->walls &= hisho_line_walls(worker->line);
	hisho_job_take_answer(job, hisho_line_take_answer(worker->line));
	worker->is_used = true;
	start_clock(crew, worker);
}

/* Takes what WORKER has said, if it IS_READY to be heard. */
static void
listen_to(HishoCrew *crew, Worker *worker, bool is_ready)
{
	HishoLineEvent event =
	    is_ready ? hisho_line_receive(worker->line) : HISHO_LINE_OPEN;

	while (event == HISHO_LINE_ANSWER) {
		take_answer(crew, worker);
		event = hisho_line_examine(worker->line);
	}
	/* Without a mail there is nobody to blame: see is_fit_for(). */
	if (worker->jobs.length == 0)
		return;
	if (event == HISHO_LINE_BROKEN)
		fail_by_death(crew, worker);
	else if (event == HISHO_LINE_FAULT)
		fail(crew, worker, "answer", hisho_line_fault(worker->line));
	else if (worker->deadline_us <= g_get_monotonic_time())
		fail(crew, worker, "time", "had no answer in time");
}

/* A worker that says something unasked, or has died since its last mail, is
 * not to be trusted with another. */
static bool
is_fit_for(const Worker *worker, const HishoJob *job)
{
	if (worker->line == NULL || worker->jobs.length > 0 || !worker->is_used)
		return true;
	return !job->is_second_try && !hisho_line_is_ready(worker->line);
}

static void
assign(HishoCrew *crew, Worker *worker, HishoJob *job)
{
	int status;

	if (!is_fit_for(worker, job))
		stop(crew, worker, &status);
	if (worker->line == NULL)
		start(crew, worker);
	if (worker->jobs.length == 0)
		start_clock(crew, worker);
	g_queue_push_tail(&worker->jobs, job);
	worker->bytes += g_bytes_get_size(job->mail);
	if (worker->line != NULL)
		hisho_line_put(worker->line, job->mail, job->number);
	else
		give_up_start(crew, worker);
}

/* Whether WORKER may have JOB now; BEST (may be NULL) would take it, too. */
static bool
is_better(const Worker *worker, const Worker *best, const HishoJob *job)
{
	if (worker->jobs.length > 0 &&
	    (job->is_second_try || worker->jobs.length >= MAILS_WITH_ONE ||
		worker->bytes >= BYTES_WITH_ONE))
		return false;
	return best == NULL || worker->jobs.length < best->jobs.length;
}

/* The one with the least to do, or NULL when JOB must wait. */
static Worker *
worker_for(const HishoCrew *crew, const HishoJob *job)
{
	bool only_barren = !has_workers(crew);
	Worker *best = NULL;

	for (unsigned i = 0; i < crew->plan.n_workers; i++) {
		Worker *worker = &crew->workers[i];
		if ((!worker->is_barren || only_barren) &&
		    is_better(worker, best, job))
			best = worker;
	}
	return best;
}

static void
assign_waiting(HishoCrew *crew)
{
	HishoJob *job;
	Worker *worker;

	while ((job = g_queue_peek_head(&crew->waiting)) != NULL &&
	    (worker = worker_for(crew, job)) != NULL) {
		g_queue_pop_head(&crew->waiting);
		assign(crew, worker, job);
	}
}

/* While the caller was elsewhere nobody read what workers wrote. */
static void
forgive_absence(HishoCrew *crew)
{
	gint64 now_us = g_get_monotonic_time();

	for (unsigned i = 0; i < crew->plan.n_workers; i++)
		crew->workers[i].deadline_us += now_us - crew->served_us;
	crew->served_us = now_us;
}

static struct pollfd
interest_in(const Worker *worker)
{
	if (worker->jobs.length == 0)
		return (struct pollfd){ .fd = -1 };
	bool sending = hisho_line_is_sending(worker->line);
	return (struct pollfd){
		.fd = hisho_line_fd(worker->line),
		.events = sending ? POLLIN | POLLOUT : POLLIN,
	};
}

void
hisho_crew_send(HishoCrew *crew)
{
	forgive_absence(crew);
	assign_waiting(crew);
	for (unsigned i = 0; i < crew->plan.n_workers; i++) {
		HishoLine *line = crew->workers[i].line;
		if (line != NULL && hisho_line_is_sending(line))
			hisho_line_send(line);
	}
}

void
hisho_crew_listen(HishoCrew *crew, int wait_ms)
{
	unsigned n = crew->plan.n_workers;
	g_autofree struct pollfd *polls = g_new0(struct pollfd, n);

	for (unsigned i = 0; i < n; i++)
		polls[i] = interest_in(&crew->workers[i]);
	int n_ready = poll(polls, n, wait_ms);
	crew->served_us = g_get_monotonic_time();
	for (unsigned i = 0; n_ready >= 0 && i < n; i++)
		if (polls[i].fd >= 0)
			listen_to(crew, &crew->workers[i],
			    polls[i].revents & ~POLLOUT);
}

HishoCrew *
hisho_crew_new(const HishoCellPlan *plan, GError **error)
{
	g_autoptr(HishoCrew) crew = g_new0(HishoCrew, 1);

	crew->plan = *plan;
	crew->walls = HISHO_SANDBOX_ALL;
	crew->keeper = hisho_keeper_new(&crew->plan, error);
	if (crew->keeper == NULL)
		return NULL;
	crew->workers = g_new0(Worker, plan->n_workers);
	if (!plan->is_spare)
		start(crew, &crew->workers[0]);
	return g_steal_pointer(&crew);
}

void
hisho_crew_free(HishoCrew *crew)
{
	int status;

	if (crew == NULL)
		return;
	for (unsigned i = 0; crew->workers && i < crew->plan.n_workers; i++) {
		stop(crew, &crew->workers[i], &status);
		g_queue_clear(&crew->workers[i].jobs);
	}
	hisho_keeper_free(crew->keeper);
	g_free(crew->workers);
	g_queue_clear(&crew->waiting);
	g_free(crew);
}

void
hisho_crew_put(HishoCrew *crew, HishoJob *job)
{
	g_queue_push_tail(&crew->waiting, job);
}

void
hisho_crew_set_wall_ms(HishoCrew *crew, unsigned wall_ms)
{
	crew->plan.limits.wall_ms = wall_ms;
}

unsigned
hisho_crew_walls(const HishoCrew *crew)
{
	return crew->walls;
}
