/* journal.h - which keys change while a database is copied
 *
 * As long as a journal is kept, every change of a pair notes its key in the
 * same transaction.  So a copy can be made pair by pair, with others changing
 * what is copied, and then catch up. */
#pragma once

#include "libhisho/store/berkeley.h"

/* Within a change: begins a journal called NAME, a word that nobody else
 * takes.  It ends the one there was; its notes stay, and do no harm. */
bool hisho_journal_begin(
    HishoBerkeley *berkeley, const char *name, GError **error);

/* Within a change: ends it, if it is still there. */
bool hisho_journal_end(
    HishoBerkeley *berkeley, const char *name, GError **error);

/* *KEPT tells whether changes must be noted.  Whoever began a journal may have
 * been killed, so within a change one of yesterday is ended. */
bool hisho_journal_is_kept(HishoBerkeley *berkeley, bool *kept, GError **error);

/* Within a change: notes that the pair with KEY is another now, or gone. */
bool hisho_journal_note(
    HishoBerkeley *berkeley, HishoSlice key, GError **error);

/* Whether KEY is one of the journal's own, which no copy has. */
bool hisho_journal_owns(HishoSlice key);

typedef struct {
	const char *name;
	HishoBerkeley *from;
	HishoBerkeley *copy; /* NULL: forget what is noted */
	guint most;	     /* notes at once */
	bool is_change;	     /* of FROM: notes that are done with go */
} HishoCatchUp;

/* Makes pairs of the copy what they now are in its origin, of all whose keys
 * are noted; how many these were, or -1.  A journal that is not there any more
 * is HISHO_ERROR_TEMPORARY: the copy can be thrown away. */
int hisho_journal_catch_up(const HishoCatchUp *catch_up, GError **error);
