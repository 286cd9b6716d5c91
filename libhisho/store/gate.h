/* gate.h - who is in the database now: many readers or one writer
 *
 * A file named "gate" carries two locks and a mark.  The locks are open file
 * description locks: they end with their holder, however it ends, and no
 * close() elsewhere in the process drops them.  The mark says whether the
 * last writer came to its end, and in which boot of the machine. */
#pragma once

#include "libhisho/store/place.h"

typedef struct HishoGate HishoGate;

/* Waits in PLACE, which must outlive the gate, until DEADLINE_US of
 * g_get_monotonic_time(): for all others to leave when PLACE was opened for
 * writing, for a writer to leave when not.  NULL without error if it was not
 * and there is no gate.  Past the deadline, and for what the system refuses,
 * HISHO_ERROR_TEMPORARY. */
HishoGate *hisho_gate_enter(
    const HishoPlace *place, gint64 deadline_us, GError **error);
void hisho_gate_leave(HishoGate *gate);

/* Whether the last writer ended well and the machine has not been started
 * again since; else the database must be recovered before it is read. */
bool hisho_gate_is_clean(const HishoGate *gate);

/* Says that the files are whole again (CLEAN), or that they are about to
 * change; for writers.  A failure is HISHO_ERROR_TEMPORARY. */
bool hisho_gate_mark(HishoGate *gate, bool clean, GError **error);

/* A writer that recovered, unless it was the first of all; stat tells when
 * that was (unix time, 0 never). */
void hisho_gate_note_recovery(HishoGate *gate);
gint64 hisho_gate_recovered(const HishoGate *gate);

/* A figure that each writer makes another one before he changes anything; it
 * comes again after 900,000,000 of them. */
gint64 hisho_gate_writers(const HishoGate *gate);

/* Lets other readers in, for a writer that from now on only reads. */
void hisho_gate_share(HishoGate *gate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoGate, hisho_gate_leave)
