/* cell.h - the locked room: hostile bytes are read by processes of their own
 *
 * One cell is a pool of workers in a sandbox.  Mails go in, answers come out
 * in the same order; what a mail does to its worker costs that mail alone: one
 * that fails after others in a worker is tried once more in a fresh one.
 * The loop of a caller:
 *
 *	while ((mail = next mail)) {
 *		if (hisho_cell_is_full(cell))
 *			use(hisho_cell_next(cell, &error));
 *		hisho_cell_submit(cell, mail);
 *	}
 *	while (!hisho_cell_is_empty(cell))
 *		use(hisho_cell_next(cell, &error));
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/cell/worker.h"

typedef struct HishoCell HishoCell;

/* Forks the keeper and, unless it is a spare cell, asks it for a first worker;
 * the others follow as they are needed.  To be called by a process of one
 * thread, before it holds a secret: what is in its memory now is in every
 * worker's.  An ignored SIGCHLD is set back to its default, or nobody could be
 * waited for. HISHO_ERROR_TEMPORARY when no process can be had. */
HishoCell *hisho_cell_new(const HishoCellPlan *plan, GError **error);

/* Kills all workers; what was not answered is forgotten. */
void hisho_cell_free(HishoCell *cell);

/* True when so many mails are inside that one must come out first: some for
 * each worker, fewer where they are large, so that none waits for work. */
bool hisho_cell_is_full(const HishoCell *cell);
bool hisho_cell_is_empty(const HishoCell *cell);

/* Hands MAIL in; a reference is kept until it is answered.  Never waits.  The
 * cell must not be full. */
void hisho_cell_submit(HishoCell *cell, GBytes *mail);

/* Waits for the answer to the oldest mail inside and takes both out.  Only
 * the frame and the size of an answer are checked: a worker that was taken
 * over may say what it likes.  The clock of a mail stands still while the
 * caller is elsewhere.
 * NULL with HISHO_ERROR_TEMPORARY when this mail damaged its worker or ran out
 * of time; the worker is replaced.  NULL without error when the cell is empty.
 */
GBytes *hisho_cell_next(HishoCell *cell, GError **error);

/* From now on a mail may take WALL_MS: less for one that took its time
 * already. */
void hisho_cell_set_wall_ms(HishoCell *cell, unsigned wall_ms);

/* Why the last hisho_cell_next() failed, in one word for a field: "crash",
 * "forbidden", "memory", "time", "cpu", "killed", "exit", "answer" or "start";
 * NULL if it did not. */
const char *hisho_cell_reason(const HishoCell *cell);

/* The walls that stand around every worker that was seen so far, see
 * hisho_sandbox_dup_gaps(); HISHO_SANDBOX_ALL before there was one. */
unsigned hisho_cell_walls(const HishoCell *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoCell, hisho_cell_free)
