#include "libhisho/cell/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/cell/line.h"
#include "libhisho/cell/sandbox.h"

static bool
read_all(void *to, size_t length)
{
	char *next = to;

	while (length > 0) {
		ssize_t got = read(HISHO_SANDBOX_FD, next, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		next += got;
		length -= (size_t)got;
	}
	return true;
}

static bool
write_all(const void *from, size_t length)
{
	const char *next = from;

	while (length > 0) {
		ssize_t put = write(HISHO_SANDBOX_FD, next, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		next += put;
		length -= (size_t)put;
	}
	return true;
}

/* SIGPROF ends the worker after MS of its time on a CPU; 0 stops the clock. */
static void
limit_cpu(unsigned ms)
{
	struct timeval left = { ms / 1000, ms % 1000 * 1000 };
	struct itimerval timer = { .it_interval = left, .it_value = left };

	setitimer(ITIMER_PROF, &timer, NULL);
}

/* False when no more mail comes. */
static bool
answer_one(const HishoCellPlan *plan)
{
	HishoFrame frame;

	if (!read_all(&frame, sizeof frame))
		return false;
	g_autofree char *text = g_malloc(frame.length);
	if (!read_all(text, frame.length))
		return false;
	g_autoptr(GBytes) mail =
	    g_bytes_new_take(g_steal_pointer(&text), frame.length);

	limit_cpu(plan->limits.cpu_ms);
	g_autoptr(GBytes) answer = plan->work(mail, plan->context);
	limit_cpu(0);
	frame.magic = HISHO_FRAME_ANSWER;
	frame.length = g_bytes_get_size(answer);
	return write_all(&frame, sizeof frame) &&
	    write_all(g_bytes_get_data(answer, NULL), frame.length);
}

bool
hisho_worker_die_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

void
hisho_worker_run(int fd, pid_t parent, const HishoCellPlan *plan)
{
	HishoSandboxLimits limits = { plan->limits.memory_bytes };
	HishoFrame greeting = { .magic = HISHO_FRAME_GREETING };

	if (!hisho_worker_die_with(parent))
		_exit(1);
	greeting.number = hisho_sandbox_enter(&limits, fd);
	if (!write_all(&greeting, sizeof greeting))
		_exit(1);
	while (answer_one(plan))
		;
	_exit(0);
}

const char *
hisho_worker_death(int status, char **message)
{
	static const struct {
		int signal;
		const char *reason, *message;
	} deaths[] = {
		{ SIGPROF, "cpu", "used up its CPU time" },
		{ SIGSYS, "forbidden", "made a forbidden system call" },
		/* So does GLib end when it gets no memory. */
		{ SIGTRAP, "memory", "gave up, likely for want of memory" },
		{ SIGKILL, "killed", "was killed" },
	};

	if (!WIFSIGNALED(status)) {
		*message = g_strdup("ended without an answer");
		return "exit";
	}
	for (size_t i = 0; i < G_N_ELEMENTS(deaths); i++)
		if (deaths[i].signal == WTERMSIG(status)) {
			*message = g_strdup(deaths[i].message);
			return deaths[i].reason;
		}
	*message = g_strdup_printf("crashed by signal %d (%s)",
	    WTERMSIG(status), g_strsignal(WTERMSIG(status)));
	return "crash";
}
