/* keeper.h - the process that forks the workers of a cell, early and late ones
 *
 * It is forked before keys and database are opened and never sees a mail, so
 * that no worker, not even one that replaces another, holds a key, a record
 * or a mail that is not its own. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/cell/worker.h"

typedef struct HishoKeeper HishoKeeper;

/* Forks the keeper of PLAN, which is borrowed.  HISHO_ERROR_TEMPORARY when
 * there can be no process. */
HishoKeeper *hisho_keeper_new(const HishoCellPlan *plan, GError **error);

/* Ends the keeper.  Its workers are to be stopped before. */
void hisho_keeper_free(HishoKeeper *keeper);

/* Asks for a worker numbered SLOT, below the plan's n_workers, and returns the
 * caller's end of the line to it; -1 with errno when that is not possible.
 * Does not wait: when there can be no process, the line breaks. */
int hisho_keeper_start(HishoKeeper *keeper, unsigned slot);

/* Kills the worker SLOT that was started, and waits for it.  STATUS is as of
 * waitpid(2), and that of its own end if it came before.  False with errno
 * when there never was a process. */
bool hisho_keeper_stop(HishoKeeper *keeper, unsigned slot, int *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoKeeper, hisho_keeper_free)
