/* rights.h - with whose rights the files of a database are used
 *
 * A caller of a set-gid program has its group as the saved one, and so he has
 * not taken it up.  What is taken up here is the calling thread's alone, for
 * files alone, until it is laid aside. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

/* Takes up the saved group: to open a directory that may be its own. */
void hisho_rights_try_group(void);

/* In DIRECTORY: root does as its owner, and the saved group stays only where
 * it is the group of it. */
void hisho_rights_settle(const struct stat *directory);

void hisho_rights_reset(void);

/* What was taken up, to be taken up again when other rights are laid aside. */
typedef struct {
	uid_t user;
	gid_t group;
} HishoRights;

HishoRights hisho_rights_now(void);
void hisho_rights_return(HishoRights rights);

/* Why DIRECTORY is no place for a database, after hisho_rights_settle(), or
 * NULL: others could do there what only its owner and group may; or, for
 * WRITING, what is made there would not be the group's that writes there. */
char *hisho_rights_dup_complaint(const struct stat *directory, bool writing);

/* What a caller who may not use DIRECTORY, or a file in it, can do about it:
 * ": ..." to go behind the reason, or "". */
char *hisho_rights_dup_advice(const char *directory);
