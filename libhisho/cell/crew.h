/* crew.h - the workers of a cell, and the mails that are with them */
#pragma once

#include <glib.h>

#include "libhisho/cell/job.h"
#include "libhisho/cell/worker.h"

typedef struct HishoCrew HishoCrew;

/* Forks the keeper, see hisho_cell_new(). */
HishoCrew *hisho_crew_new(const HishoCellPlan *plan, GError **error);
void hisho_crew_free(HishoCrew *crew);

/* Hands JOB in, which is borrowed until it is done. */
void hisho_crew_put(HishoCrew *crew, HishoJob *job);

/* Hands out what waits and sends what can be sent.  Never waits.  The clocks
 * of the mails stand still between one listening and the next sending. */
void hisho_crew_send(HishoCrew *crew);

/* Waits at most WAIT_MS for answers and deaths, and deals with them.  To be
 * called after hisho_crew_send(). */
void hisho_crew_listen(HishoCrew *crew, int wait_ms);

void hisho_crew_set_wall_ms(HishoCrew *crew, unsigned wall_ms);
unsigned hisho_crew_walls(const HishoCrew *crew);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoCrew, hisho_crew_free)
