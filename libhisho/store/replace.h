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

/* Whether the file is now a whole database of hisho with our schema; if not,
 * HISHO_ERROR_CONFIG, where the file is called NAME.  Then it is on disk. */
bool hisho_replacement_check(
    HishoReplacement *replacement, const char *name, GError **error);

/* Whether BERKELEY has the form of a database of hisho, and nothing in it but
 * perhaps its schema: that goes where the first change was taken back. */
bool hisho_replacement_is_blank(HishoBerkeley *berkeley);

/* Whether there is nothing in the database in DIRECTORY but its schema; if
 * there is, HISHO_ERROR_CONFIG tells what to do.  WAIT_MS as for readers. */
bool hisho_database_must_be_empty(
    const char *directory, int wait_ms, GError **error);

typedef struct {
	int wait_ms;	    /* for others to leave */
	bool must_be_empty; /* the database, as above; it is not kept then */
} HishoReplaceTerms;

/* Puts the checked file into its place as TERMS say.  True: it is the
 * database now, and what was there is kept as *KEPT, a file in the directory;
 * NULL if there was nothing.  A database that is damaged is no hindrance.
 * False: it is the database or it is not, and never a piece of it. */
bool hisho_replacement_place(HishoReplacement *replacement,
    const HishoReplaceTerms *terms, char **kept, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoReplacement, hisho_replacement_end)
