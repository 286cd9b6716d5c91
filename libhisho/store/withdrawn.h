/* withdrawn.h - what was taken back, for hosts that still have it
 *
 * A database that never met another forgets what is withdrawn.  From its
 * first exchange on (whose time is in it) each withdrawal
 * leaves a mark, "withdrawn KEY" with its time, until KEY is set again:
 * whoever still has the old value would bring it back else.  Times are unix
 * times. */
#pragma once

#include "libhisho/store/database.h"

/* Where it stands since when that is remembered. */
#define HISHO_WITHDRAWN_BEGUN "exchanged"

/* Before the keys of marks. */
#define HISHO_WITHDRAWN_PREFIX "withdrawn "

/* From now on withdrawals are remembered. */
HishoChange hisho_withdrawn_begin(HishoDatabase *database, GError **error);

/* Whether they are. */
bool hisho_withdrawn_is_kept(
    HishoDatabase *database, bool *kept, GError **error);

/* When KEY was withdrawn; 0 where it was not, or nobody remembers.  A mark
 * that is no time is HISHO_ERROR_CONFIG. */
bool hisho_withdrawn_read(
    HishoDatabase *database, const char *key, gint64 *time, GError **error);

/* Says that KEY was withdrawn at TIME, whether such is remembered or not; at
 * 0 it was not. */
bool hisho_withdrawn_write(
    HishoDatabase *database, const char *key, gint64 time, GError **error);

/* Leaves a mark for KEY, whose value of the time SET was just taken away, if
 * such is remembered: later than SET, whatever the clock says. */
bool hisho_withdrawn_leave(
    HishoDatabase *database, const char *key, gint64 set, GError **error);

/* The time in VALUE, as it stands in the database; 0 for none. */
gint64 hisho_withdrawn_parse(HishoSlice value);
