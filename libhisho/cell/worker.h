/* worker.h - a process in a sandbox that answers one mail after the other */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Runs in a worker for each MAIL; what it returns is the answer.  Never
 * NULL.  CONTEXT is the plan's, as it was when the cell was made. */
typedef GBytes *(*HishoCellWork)(GBytes *mail, void *context);

/* Runs in the keeper, once before its first worker, and may still open files:
 * charset converters, patterns, time zones.  Workers inherit what it made. */
typedef void (*HishoCellPrepare)(void *context);

typedef struct {
	unsigned wall_ms;    /* from handing a mail over to its answer */
	unsigned cpu_ms;     /* spent on a mail by its worker */
	size_t answer_bytes; /* of one answer */
	size_t memory_bytes; /* of a worker, above what it starts with */
} HishoCellLimits;

/* An answer to a letter of 25 MB and 1,000 links stays below 8 MB. */
#define HISHO_CELL_LIMITS_DEFAULT                                              \
	{                                                                      \
		.wall_ms = 2000, .cpu_ms = 2000, .answer_bytes = 16 << 20,     \
		.memory_bytes = 512 << 20,                                     \
	}

typedef struct {
	unsigned n_workers; /* at least 1 */
	bool is_spare;	    /* no worker before there is a mail */
	HishoCellWork work;
	HishoCellPrepare prepare; /* or NULL */
	void *context;		  /* borrowed as long as the cell stands */
	HishoCellLimits limits;
} HishoCellPlan;

/* A worker's life, in a sandbox: reads mails from FD and answers them, until
 * its other end is closed or its parent, PARENT, dies. */
_Noreturn void hisho_worker_run(
    int fd, pid_t parent, const HishoCellPlan *plan);

/* Binds our life to that of PARENT; false when it is not our parent. */
bool hisho_worker_die_with(pid_t parent);

/* In one word how a worker with the wait STATUS ended, see hisho_cell_reason();
 * MESSAGE, for g_free(), says it as in "crashed by signal 11 (...)". */
const char *hisho_worker_death(int status, char **message);
