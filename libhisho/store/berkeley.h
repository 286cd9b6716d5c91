/* berkeley.h - files of keys and values, opened, changed as a whole, closed
 *
 * It knows nothing of locks: see database.h. */
#pragma once

#include <sys/types.h>

#include "libhisho/store/pairs.h"

/* Opens the file at PATH for reading only.  All failures of this module name
 * it, here as NAME; they are HISHO_ERROR_CONFIG when the file or its log is
 * damaged, else HISHO_ERROR_TEMPORARY. */
HishoBerkeley *hisho_berkeley_open_file(
    const char *path, const char *name, GError **error);

/* Opens a new file for change that nobody else sees and that is gone with this
 * process, however it ends: what memory does not hold is in a file without a
 * name in DIRECTORY.  It takes no commit. */
HishoBerkeley *hisho_berkeley_open_scratch(
    const char *directory, GError **error);

typedef struct {
	const char *directory;
	const char *name; /* of the file in it */
	mode_t mode;	  /* of files that are made */
	bool recover;	  /* the last change was cut short */
	bool adopt;	  /* a file is there, but no log: it is a copy */
	bool stay_closed; /* only do the above */
} HishoBerkeleyRequest;

/* Opens the file of REQUEST, made if missing, and begins the one change that
 * the handle is for.  The caller keeps everybody else out. */
HishoBerkeley *hisho_berkeley_open_for_change(
    const HishoBerkeleyRequest *request, GError **error);

/* Puts an empty database into the file at PATH, for a handle that is written
 * to without a log: until hisho_berkeley_sync() the file is nothing.  PATH
 * and NAME as above. */
HishoBerkeley *hisho_berkeley_create_file(
    const char *path, const char *name, GError **error);

/* Opens such a file again, to change it more in the same way. */
HishoBerkeley *hisho_berkeley_open_created(
    const char *path, const char *name, GError **error);

/* Writes all that was put there into it. */
bool hisho_berkeley_sync(HishoBerkeley *berkeley, GError **error);

/* Whether the file is one that hisho makes: its pages, checksums, and keys
 * that are there once. */
bool hisho_berkeley_has_our_form(HishoBerkeley *berkeley);

/* Makes a copy, the file NAME in DIRECTORY, fit to be changed with another
 * log than its own; killed on the way it is none. */
bool hisho_berkeley_forget_log(
    const char *directory, const char *name, GError **error);

/* True when the files are whole after it: when what was not committed could
 * be taken back and everything is in its place.  Else recover. */
bool hisho_berkeley_close(HishoBerkeley *berkeley);

/* The bytes of the file in which nothing is, in free pages and in those that
 * are not full; -1 for a failure.  Looks at every page. */
gint64 hisho_berkeley_free_bytes(HishoBerkeley *berkeley, GError **error);

/* Makes the change last, through a crash of the machine; the handle is then
 * only good for closing. */
bool hisho_berkeley_commit(HishoBerkeley *berkeley, GError **error);

/* Checks every page of the file at PATH, which errors call NAME. */
bool hisho_berkeley_verify(const char *path, const char *name, GError **error);
