/* handle.h - what is behind an open file of pairs; the only door to db.h
 *
 * For pairs.c and berkeley.c alone. */
#pragma once

#include <db.h>
#include <glib.h>
#include <stdbool.h>

typedef struct HishoBerkeley HishoBerkeley;

struct HishoBerkeley {
	char *path;
	DB_ENV *environment; /* of changes only */
	DB *file;
	DB_TXN *change;
	GString *messages; /* what Berkeley DB said */
	bool damaged;	   /* something in it says that of the files */
	bool broken;	   /* in need of recovery */
};

/* The error for STATUS, and for what Berkeley DB said on the way; false. */
bool hisho_handle_fail(HishoBerkeley *berkeley, int status, GError **error);

HishoBerkeley *hisho_handle_new(char *take_path);
void hisho_handle_free(HishoBerkeley *berkeley);

/* Makes the DB handle, in no environment that another has, with a cache of
 * BYTES.  Temporary files are made in DIRECTORY; NULL for the usual.  A status
 * of Berkeley DB. */
int hisho_handle_make_file(
    HishoBerkeley *berkeley, u_int32_t bytes, const char *directory);

/* Opens ENVIRONMENT at a home where only root can put anything; ours are
 * elsewhere.  A status of Berkeley DB. */
int hisho_handle_open_home(DB_ENV *environment, u_int32_t flags, mode_t mode);

/* PATH from any place; what cannot be found from here stays as it is. */
char *hisho_handle_dup_absolute(const char *path);

/* What goes through all pages, to mend or to check them, may meet some that
 * never got their bytes, and takes them for what they are. */
void hisho_handle_take_any_page(bool any);

/* For set_errcall() of an environment whose app_private is the handle. */
void hisho_handle_keep_message(
    const DB_ENV *environment, const char *prefix, const char *text);
