#include "libhisho/cell/sandbox.h"

#include <errno.h>
#include <glib.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

/* Kernels without close_range(2), older than 5.9. */
#define HIGHEST_FD 65536

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(scmp_filter_ctx, seccomp_release, NULL)

void
hisho_sandbox_keep_only(int fd)
{
	dup2(fd, HISHO_SANDBOX_FD);
	if (close_range(HISHO_SANDBOX_FD + 1, ~0U, 0) == 0)
		return;
	for (int i = HISHO_SANDBOX_FD + 1; i < HIGHEST_FD; i++)
		close(i);
}

bool
hisho_sandbox_leave_group(void)
{
	gid_t own = getgid();

	return setresgid(own, own, own) == 0;
}

/* struct landlock_ruleset_attr as it is since ABI 6; headers may be older. */
struct ruleset {
	guint64 filesystem, network, scopes;
};

/* All that the kernel's ABI can take away.  Naming a right it does not know
 * makes the whole call fail. */
static struct ruleset
all_rights(long abi)
{
	static const unsigned filesystem[] = { 0, 13, 14, 15, 15, 16 };
	size_t row = MIN((size_t)abi, G_N_ELEMENTS(filesystem) - 1);

	return (struct ruleset){
		.filesystem = (1ULL << filesystem[row]) - 1,
		.network = abi >= 4 ? 3 : 0,
		.scopes = abi >= 6 ? 3 : 0,
	};
}

static bool
forbid_paths(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return false;

	struct ruleset rights = all_rights(abi);
	size_t size = abi >= 6 ? sizeof rights
	    : abi >= 4	       ? offsetof(struct ruleset, scopes)
			       : offsetof(struct ruleset, network);
	int ruleset =
	    (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
	if (ruleset < 0)
		return false;
	bool done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	return done;
}

static bool
limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit both = { most, most };

	return setrlimit(resource, &both) == 0;
}

/* These hold even where neither Landlock nor seccomp does: no file can be
 * opened as no number is left for it, and only root could fork. */
static bool
forbid_resources(void)
{
	bool done = limit(RLIMIT_CORE, 0);

	done &= limit(RLIMIT_FSIZE, 0);
	done &= limit(RLIMIT_NPROC, 0);
	done &= limit(RLIMIT_NOFILE, HISHO_SANDBOX_FD + 1);
	return done;
}

#ifdef HISHO_SANITIZE
/* The shadow memory of the sanitizers takes terabytes of address space. */
static bool
limit_memory(size_t bytes)
{
	return bytes == 0;
}
#else
static size_t
mapped_bytes(void)
{
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "re");

	if (statm == NULL)
		return 0;
	if (fscanf(statm, "%lu", &pages) != 1)
		pages = 0;
	fclose(statm);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static bool
limit_memory(size_t bytes)
{
	return bytes == 0 || limit(RLIMIT_AS, mapped_bytes() + bytes);
}
#endif

/* Without conditions.  All else is answered with EPERM and not by death, for
 * libraries probe: glibc looks for locales and gconv modules, qsort(3) for the
 * size of the memory, and both do well without. */
static const int allowed[] = {
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(brk),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(futex_time64),
	SCMP_SYS(sched_yield),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_nanosleep_time64),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(setitimer),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(lseek),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* Nothing that reads mail makes these calls, so whoever does is not ours any
 * more and gets no second try. */
static const int deadly[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(clone),
	SCMP_SYS(clone3),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(kill),
	SCMP_SYS(setuid),
	SCMP_SYS(setgid),
	SCMP_SYS(mount),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(keyctl),
};

static int
allow_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp condition)
{
	return seccomp_rule_add_array(
	    filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

/* Reading and writing our own descriptor, memory that is never code, and
 * abort(3), which signals ourselves. */
static int
allow_conditionally(scmp_filter_ctx f)
{
	struct scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, HISHO_SANDBOX_FD);
	struct scmp_arg_cmp data = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (guint64)getpid());
	int failure = 0;

	failure |= allow_if(f, SCMP_SYS(read), own);
	failure |= allow_if(f, SCMP_SYS(write), own);
#ifdef HISHO_SANITIZE
	/* What a sanitizer found is told there. */
	failure |=
	    allow_if(f, SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
#endif
	failure |= allow_if(f, SCMP_SYS(mmap), data);
	failure |= allow_if(f, SCMP_SYS(mmap2), data);
	failure |= allow_if(f, SCMP_SYS(mprotect), data);
	failure |= allow_if(f, SCMP_SYS(tgkill), self);
	return failure;
}

static int
add_rules(scmp_filter_ctx filter)
{
	int failure = allow_conditionally(filter);

	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++)
		failure |=
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
		failure |= seccomp_rule_add(
		    filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
	return failure;
}

static bool
forbid_calls(void)
{
	g_auto(scmp_filter_ctx) filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (filter == NULL)
		return false;
	return add_rules(filter) == 0 && seccomp_load(filter) == 0;
}

unsigned
hisho_sandbox_enter(const HishoSandboxLimits *limits, int fd)
{
	unsigned walls = 0;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	hisho_sandbox_keep_only(fd);
	/* In this order: the size of the process is read from a file, a ruleset
	 * is a file for a moment, and after seccomp nothing can be set. */
	if (limit_memory(limits->memory_bytes))
		walls |= HISHO_SANDBOX_MEMORY;
	if (forbid_paths())
		walls |= HISHO_SANDBOX_LANDLOCK;
	if (forbid_resources())
		walls |= HISHO_SANDBOX_RLIMITS;
	if (forbid_calls())
		walls |= HISHO_SANDBOX_SECCOMP;
	return walls;
}

char *
hisho_sandbox_dup_gaps(unsigned walls)
{
	static const struct {
		unsigned wall;
		const char *gap;
	} gaps[] = {
		{ HISHO_SANDBOX_RLIMITS, "no resource limits" },
		{ HISHO_SANDBOX_MEMORY, "no memory limit" },
		{ HISHO_SANDBOX_LANDLOCK, "no Landlock" },
		{ HISHO_SANDBOX_SECCOMP, "no seccomp" },
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(gaps); i++) {
		if (walls & gaps[i].wall)
			continue;
		if (text->len > 0)
			g_string_append(text, ", ");
		g_string_append(text, gaps[i].gap);
	}
	if (text->len == 0)
		return NULL;
	return g_string_free(g_steal_pointer(&text), FALSE);
}
