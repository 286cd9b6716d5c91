/* replace.h - another database file in the place of the one in use
 *
 * Whoever is killed on the way leaves the old database or the new one, never
 * a half one; and readers and writers see the one or the other. */
#pragma once

#include "libhisho/store/database.h"
#include "libhisho/store/newfile.h"

typedef struct HishoReplacement HishoReplacement;

/* Begins a file that is to be the database in DIRECTORY, which is made if it
 * is missing; place.h tells what an open one means for root and for the
 * umask.  Holds no lock. */
HishoReplacement *hisho_replacement_begin(
    const char *directory, GError **error);
void hisho_replacement_end(HishoReplacement *replacement);

/* The file, empty at first. */
HishoNewFile *hisho_replacement_file(HishoReplacement *replacement);

/* Whether the database is still the file that it was at the beginning; else
 * HISHO_ERROR_TEMPORARY. */
bool hisho_replacement_is_timely(
    const HishoReplacement *replacement, GError **error);

/* Whether the file is now a whole database of hisho with our schema; if not,
 * HISHO_ERROR_CONFIG, where the file is called NAME.  Then it is on disk. */
bool hisho_replacement_check(
    HishoReplacement *replacement, const char *name, GError **error);

/* Whether BERKELEY has the form of a database of hisho, and nothing in it but
 * perhaps its schema: that goes where the first change was taken back. */
bool hisho_replacement_is_blank(HishoBerkeley *berkeley);

/* Looks at the pairs of the database that is to go, alone with it; false, with
 * an error, for it stays. */
typedef bool (*HishoReplaceFarewell)(
    HishoBerkeley *pairs, void *context, GError **error);

/* Makes the checked file, a copy of one that has a log, fit to have another;
 * one that never had any is so already. */
bool hisho_replacement_adopt(HishoReplacement *replacement, GError **error);

/* Whether there is nothing in PAIRS but a schema; if there is,
 * HISHO_ERROR_CONFIG tells what to do.  CONTEXT is NULL. */
bool hisho_pairs_must_be_none(
    HishoBerkeley *pairs, void *context, GError **error);

typedef struct {
	int wait_ms;		       /* for others to leave */
	HishoReplaceFarewell farewell; /* NULL: unseen, and it is kept */
	void *context;
} HishoReplaceTerms;

/* Puts the checked file into its place as TERMS say.  True: it is the database
 * now.  What was there is kept as *KEPT, a file in the directory, and may be
 * damaged; NULL if there was nothing, or a farewell, after which it is gone.
 * False: it is the database or it is not, and never a piece of it. */
bool hisho_replacement_place(HishoReplacement *replacement,
    const HishoReplaceTerms *terms, char **kept, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoReplacement, hisho_replacement_end)
