#include "libhisho/cell/worker.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/cell/line.h"
#include "libhisho/cell/sandbox.h"

/* What has come in beyond what was asked for: the mails that are next. */
typedef struct {
	char bytes[65536];
	size_t begin, end;
} Inbox;

/* Reads at most LENGTH bytes; 0 when nothing more comes. */
static size_t
read_some(void *to, size_t length)
{
	ssize_t got;

	do
		got = read(HISHO_SANDBOX_FD, to, length);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

/* At most LENGTH bytes of what comes next, large ones past the inbox. */
static size_t
take_some(Inbox *inbox, void *to, size_t length)
{
	if (inbox->begin == inbox->end) {
		if (length >= sizeof inbox->bytes)
			return read_some(to, length);
		inbox->begin = 0;
		inbox->end = read_some(inbox->bytes, sizeof inbox->bytes);
	}
	size_t got = MIN(length, inbox->end - inbox->begin);
	memcpy(to, inbox->bytes + inbox->begin, got);
	inbox->begin += got;
	return got;
}

static bool
read_all(Inbox *inbox, void *to, size_t length)
{
	char *next = to;

	while (length > 0) {
		size_t got = take_some(inbox, next, length);
		if (got == 0)
			return false;
		next += got;
		length -= got;
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

/* ANSWER behind its FRAME goes up by one call: whoever waits for it wakes up
 * once. */
static bool
send_answer(HishoFrame frame, GBytes *answer)
{
	size_t length;
	gconstpointer text = g_bytes_get_data(answer, &length);
	g_autofree char *whole = g_malloc(sizeof frame + length);

	frame.magic = HISHO_FRAME_ANSWER;
	frame.length = length;
	memcpy(whole, &frame, sizeof frame);
	if (length > 0)
		memcpy(whole + sizeof frame, text, length);
	return write_all(whole, sizeof frame + length);
}

/* False when no more mail comes. */
static bool
answer_one(Inbox *inbox, const HishoCellPlan *plan)
{
	HishoFrame frame;

	if (!read_all(inbox, &frame, sizeof frame))
		return false;
	g_autofree char *text = g_malloc(frame.length);
	if (!read_all(inbox, text, frame.length))
		return false;
	g_autoptr(GBytes) mail =
	    g_bytes_new_take(g_steal_pointer(&text), frame.length);

	limit_cpu(plan->limits.cpu_ms);
	g_autoptr(GBytes) answer = plan->work(mail, plan->context);
	limit_cpu(0);
	return send_answer(frame, answer);
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
	g_autofree Inbox *inbox = g_new(Inbox, 1);
	inbox->begin = inbox->end = 0;
	while (answer_one(inbox, plan))
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
