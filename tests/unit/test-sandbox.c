#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "libhisho/cell/sandbox.h"

/* What a deed inside comes to, besides the number of a signal. */
enum { REFUSED = 200, DONE };

static int
as_refused(bool done)
{
	return done ? DONE : REFUSED;
}

static int
open_file(void)
{
	return as_refused(open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0);
}

static int
create_file(void)
{
	return as_refused(creat("/tmp/hisho-sandbox", 0600) >= 0);
}

static int
connect_out(void)
{
	return as_refused(socket(AF_INET, SOCK_DGRAM, 0) >= 0);
}

static int
start_program(void)
{
	char *const none[] = { NULL };

	return as_refused(execve("/nonexistent", none, none) == 0);
}

static int
fork_child(void)
{
	return as_refused(fork() >= 0);
}

static int
look_into_parent(void)
{
	/* PTRACE_PEEKDATA of a process that is not traced: harmless. */
	return as_refused(syscall(SYS_ptrace, 2, getppid(), 0, 0) == 0);
}

static int
signal_parent(void)
{
	return as_refused(kill(getppid(), 0) == 0);
}

static int
write_elsewhere(void)
{
	return as_refused(write(STDOUT_FILENO, "", 0) == 0);
}

static int
make_code(void)
{
	return as_refused(
	    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		-1, 0) != MAP_FAILED);
}

static int
turn_data_into_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return EXIT_FAILURE;
	return as_refused(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int
give_up(void)
{
	abort();
}

static int
compute(void)
{
	g_autofree char *memory = g_malloc0(30 << 20);
	char byte;

	return as_refused(memory[0] == 0 &&
	    read(HISHO_SANDBOX_FD, &byte, 1) == 0 && clock() != (clock_t)-1);
}

static const struct {
	const char *deed;
	int (*act)(void);
	int outcome;	  /* where all walls stand */
	int without_both; /* where there is neither Landlock nor seccomp; 0:
			     no matter */
} deeds[] = {
	{ "compute", compute, DONE, DONE },
	{ "open a file", open_file, REFUSED, REFUSED },
	{ "create a file", create_file, REFUSED, REFUSED },
	{ "open a socket", connect_out, REFUSED, REFUSED },
	{ "start a program", start_program, SIGSYS, 0 },
	{ "fork", fork_child, SIGSYS, 0 },
	{ "trace the parent", look_into_parent, SIGSYS, 0 },
	{ "signal the parent", signal_parent, SIGSYS, 0 },
	{ "write elsewhere", write_elsewhere, REFUSED, 0 },
	{ "make code", make_code, REFUSED, 0 },
	{ "turn data into code", turn_data_into_code, REFUSED, 0 },
	{ "give up", give_up, SIGABRT, SIGABRT },
};

/* As on a kernel, or in a container, that has neither. */
static void
take_away_landlock_and_seccomp(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 4, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset,
		    3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { G_N_ELEMENTS(code), code };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		_exit(EXIT_FAILURE);
}

/* The signal or status that ACT inside a sandbox ends with; WALLS are those
 * that were reported. */
static int
end_of(int (*act)(void), bool bare, unsigned *walls)
{
	HishoSandboxLimits limits = { 64 << 20 };
	int line[2], report[2];
	int status;

	g_assert_cmpint(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line), ==, 0);
	g_assert_cmpint(pipe(report), ==, 0);
	pid_t child = fork();
	if (child == 0) {
		if (bare)
			take_away_landlock_and_seccomp();
		shutdown(line[1], SHUT_RD);
		/* Only seccomp keeps it from being written to later. */
		dup2(report[1], STDOUT_FILENO);
		unsigned standing = hisho_sandbox_enter(&limits, line[1]);
		if (write(HISHO_SANDBOX_FD, &standing, sizeof standing) < 0)
			_exit(EXIT_FAILURE);
		_exit(act());
	}
	close(line[1]);
	g_assert_cmpint(read(line[0], walls, sizeof *walls), ==, sizeof *walls);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	close(line[0]);
	close(report[0]);
	close(report[1]);
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static unsigned
expected_walls(void)
{
#ifdef HISHO_SANITIZE
	return HISHO_SANDBOX_ALL & ~HISHO_SANDBOX_MEMORY;
#else
	return HISHO_SANDBOX_ALL;
#endif
}

static void
test_hardly_a_deed_is_left(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
		unsigned walls;
		int end = end_of(deeds[i].act, false, &walls);
		g_test_message("%s: %d", deeds[i].deed, end);
		if ((walls & HISHO_SANDBOX_SECCOMP) == 0) {
			g_test_skip("no seccomp here");
			return;
		}
		g_assert_cmpint(end, ==, deeds[i].outcome);
	}
}

static void
test_without_landlock_and_seccomp_no_file_opens(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
		unsigned walls;
		int end = end_of(deeds[i].act, true, &walls);
		g_test_message("%s: %d", deeds[i].deed, end);
		g_assert_cmpuint(walls, ==,
		    expected_walls() &
			~(HISHO_SANDBOX_LANDLOCK | HISHO_SANDBOX_SECCOMP));
		if (deeds[i].without_both != 0)
			g_assert_cmpint(end, ==, deeds[i].without_both);
	}
}

static int
pass_memory_limit(void)
{
	return as_refused(
	    mmap(NULL, 65 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		0) != MAP_FAILED);
}

static void
test_memory_counts_from_what_is_mapped(void)
{
	unsigned walls;
	g_autofree char *before = g_malloc0(80 << 20);

	g_assert_cmpint(before[0], ==, 0);
	g_assert_cmpint(end_of(compute, false, &walls), ==, DONE);
	if (walls & HISHO_SANDBOX_MEMORY)
		g_assert_cmpint(
		    end_of(pass_memory_limit, false, &walls), ==, REFUSED);
}

static void
test_gaps_are_named(void)
{
	g_autofree char *both = hisho_sandbox_dup_gaps(
	    HISHO_SANDBOX_RLIMITS | HISHO_SANDBOX_MEMORY);

	g_assert_cmpstr(both, ==, "no Landlock, no seccomp");
	g_assert_null(hisho_sandbox_dup_gaps(HISHO_SANDBOX_ALL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/sandbox/hardly-a-deed-is-left", test_hardly_a_deed_is_left);
	g_test_add_func("/sandbox/without-landlock-and-seccomp-no-file-opens",
	    test_without_landlock_and_seccomp_no_file_opens);
	g_test_add_func("/sandbox/memory-counts-from-what-is-mapped",
	    test_memory_counts_from_what_is_mapped);
	g_test_add_func("/sandbox/gaps-are-named", test_gaps_are_named);
	return g_test_run();
}
