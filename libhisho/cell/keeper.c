#include "libhisho/cell/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/cell/sandbox.h"

/* A keeper that does not answer for so long never will. */
#define BIRTH_MS 1000

typedef struct {
	pid_t pid;   /* 0: not told yet; < 0: there is none */
	int failure; /* errno of that */
} Child;

struct HishoKeeper {
	pid_t pid;
	int control; /* -1: the keeper is lost */
	unsigned n_children;
	Child *children;
};

/* What the keeper says about one request. */
typedef struct {
	guint32 slot;
	gint32 pid;
	gint32 failure;
} Birth;

/* Room for one descriptor beside a message, aligned as the kernel wants. */
typedef union {
	char space[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
} FdSpace;

static bool
send_request(int control, guint32 slot, int fd)
{
	FdSpace space = { 0 };
	struct iovec text = { &slot, sizeof slot };
	struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &space,
		.msg_controllen = sizeof space.space,
	};
	struct cmsghdr *passed = CMSG_FIRSTHDR(&message);
	ssize_t sent;

	passed->cmsg_level = SOL_SOCKET;
	passed->cmsg_type = SCM_RIGHTS;
	passed->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(passed), &fd, sizeof fd);
	do
		sent = sendmsg(control, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == sizeof slot;
}

/* The descriptor of the next request, or -1 when there will be none. */
static int
receive_request(int control, guint32 *slot)
{
	FdSpace space = { 0 };
	struct iovec text = { slot, sizeof *slot };
	struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &space,
		.msg_controllen = sizeof space.space,
	};
	ssize_t got;
	int fd;

	do
		got = recvmsg(control, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	struct cmsghdr *passed = CMSG_FIRSTHDR(&message);
	if (got != sizeof *slot || passed == NULL)
		return -1;
	memcpy(&fd, CMSG_DATA(passed), sizeof fd);
	return fd;
}

/* Forks a sibling instead of a child: our parent can then wait for it, kill it
 * without ever meeting a number that was given away again, and see how it
 * ended.  fork(3) cannot say so, and s390 has its arguments swapped. */
static pid_t
fork_sibling(void)
{
	unsigned long flags = CLONE_PARENT | SIGCHLD;

#ifdef __s390__
	return (pid_t)syscall(SYS_clone, 0UL, flags, 0UL, 0UL, 0UL);
#else
	return (pid_t)syscall(SYS_clone, flags, 0UL, 0UL, 0UL, 0UL);
#endif
}

/* The handlers and pipes of our parent are not ours.  Whoever waits for a pipe
 * to close must not have to wait for us. */
static bool
leave_household(int control)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);

	hisho_sandbox_keep_only(control);
	int null = open("/dev/null", O_RDWR);
	if (null < 0)
		return false;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
#ifndef HISHO_SANITIZE /* which tells there what it finds */
	dup2(null, STDERR_FILENO);
#endif
	if (null > HISHO_SANDBOX_FD)
		close(null);
	return true;
}

_Noreturn static void
keep(int control, pid_t parent, const HishoCellPlan *plan)
{
	Birth birth;
	int fd;
	bool is_prepared = plan->prepare == NULL;

	if (!hisho_sandbox_leave_group() || !hisho_worker_die_with(parent) ||
	    !leave_household(control))
		_exit(1);
	control = HISHO_SANDBOX_FD;
	while ((fd = receive_request(control, &birth.slot)) >= 0) {
		if (!is_prepared)
			plan->prepare(plan->context);
		is_prepared = true;
		birth.pid = fork_sibling();
		birth.failure = errno;
		if (birth.pid == 0)
			hisho_worker_run(fd, parent, plan);
		close(fd);
		send(control, &birth, sizeof birth, MSG_NOSIGNAL);
	}
	_exit(0);
}

/* Where SIGCHLD is ignored, as procmail's children may find it, nobody learns
 * how a child ended. */
static void
watch_children(void)
{
	struct sigaction action;

	if (sigaction(SIGCHLD, NULL, &action) == 0 &&
	    action.sa_handler == SIG_IGN)
		signal(SIGCHLD, SIG_DFL);
}

HishoKeeper *
hisho_keeper_new(const HishoCellPlan *plan, GError **error)
{
	g_autoptr(HishoKeeper) keeper = g_new0(HishoKeeper, 1);
	pid_t parent = getpid();
	int pair[2];

	watch_children();
	keeper->control = -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
		keeper->pid = fork();
		if (keeper->pid == 0)
			keep(pair[1], parent, plan);
		close(pair[1]);
		keeper->control = pair[0];
	}
	if (keeper->pid <= 0) {
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "cannot fork: %s", g_strerror(errno));
		return NULL;
	}
	keeper->n_children = plan->n_workers;
	keeper->children = g_new0(Child, plan->n_workers);
	return g_steal_pointer(&keeper);
}

static void
bury(pid_t pid, int *status)
{
	kill(pid, SIGKILL); /* too late for one that is ending: no matter */
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

static void
lose(HishoKeeper *keeper)
{
	int status;

	if (keeper->control >= 0)
		close(keeper->control);
	keeper->control = -1;
	if (keeper->pid > 0)
		bury(keeper->pid, &status);
	keeper->pid = 0;
}

void
hisho_keeper_free(HishoKeeper *keeper)
{
	if (keeper == NULL)
		return;
	lose(keeper);
	g_free(keeper->children);
	g_free(keeper);
}

int
hisho_keeper_start(HishoKeeper *keeper, unsigned slot)
{
	int pair[2];

	if (keeper->control < 0) {
		errno = ECHILD;
		return -1;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	bool sent = send_request(keeper->control, slot, pair[1]);
	close(pair[1]);
	if (!sent) {
		close(pair[0]);
		errno = ECHILD;
		return -1;
	}
	keeper->children[slot].pid = 0;
	return pair[0];
}

/* True when the keeper has told of one more birth. */
static bool
hear(HishoKeeper *keeper)
{
	struct pollfd wait = { .fd = keeper->control, .events = POLLIN };
	Birth birth;
	int ready;

	if (keeper->control < 0)
		return false;
	do
		ready = poll(&wait, 1, BIRTH_MS);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0 ||
	    recv(wait.fd, &birth, sizeof birth, 0) != sizeof birth ||
	    birth.slot >= keeper->n_children)
		return false;
	keeper->children[birth.slot] =
	    (Child){ .pid = birth.pid, .failure = birth.failure };
	return true;
}

bool
hisho_keeper_stop(HishoKeeper *keeper, unsigned slot, int *status)
{
	Child *child = &keeper->children[slot];

	*status = 0;
	while (child->pid == 0) {
		if (hear(keeper))
			continue;
		lose(keeper);
		*child = (Child){ .pid = -1, .failure = ECHILD };
	}
	if (child->pid < 0) {
		errno = child->failure;
		return false;
	}
	bury(child->pid, status);
	return true;
}
