/* sandbox.h - shut the calling process in: limits, Landlock, seccomp */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The one descriptor that stays open beside 0, 1 and 2. */
#define HISHO_SANDBOX_FD 3

typedef struct {
	size_t memory_bytes; /* above what is mapped already; 0: no limit */
} HishoSandboxLimits;

/* The walls that may stand around a process. */
enum {
	HISHO_SANDBOX_RLIMITS = 1 << 0,	 /* no new files, no processes */
	HISHO_SANDBOX_MEMORY = 1 << 1,	 /* memory_bytes and no more */
	HISHO_SANDBOX_LANDLOCK = 1 << 2, /* no path can be reached */
	HISHO_SANDBOX_SECCOMP = 1 << 3,	 /* hardly a system call is left */
	HISHO_SANDBOX_ALL = (1 << 4) - 1,
};

/* Moves FD to HISHO_SANDBOX_FD and closes all others above 2. */
void hisho_sandbox_keep_only(int fd);

/* Gives up for good what a set-gid program may have in reserve.  False where
 * that failed. */
bool hisho_sandbox_leave_group(void);

/* Shuts the calling process in for good: it keeps its memory, 0 to 2, and FD
 * as HISHO_SANDBOX_FD.  It can then compute, read and write FD, set its own
 * timers and end; nothing else.  Returns the walls that stand: what the kernel
 * or a container does not offer is left out, it is not a failure. */
unsigned hisho_sandbox_enter(const HishoSandboxLimits *limits, int fd);

/* Which of WALLS are missing, as in "no Landlock, no seccomp"; NULL when none
 * is.  Sanitizers need address space: under them there is no memory limit. */
char *hisho_sandbox_dup_gaps(unsigned walls);
