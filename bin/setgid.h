/* setgid.h - tools for users outside the group that keeps the database
 *
 * A set-gid tool goes about its caller's business with the caller's own
 * rights.  The group is kept in reserve for the files of the database, where
 * store/place.h takes it up; nothing that the caller could arrange (variables,
 * options, his configuration) says where these are or what goes into them. */
#pragma once

#include <stdbool.h>

#include "bin/tool.h"

/* To be called before anything is read.  Takes off the group, forgets the
 * variables but those on language and colour, and leaves no core.  Root needs
 * no group, and gives it up for good.  Does nothing in other tools. */
void setgid_start(void);

/* Whether there is a group in reserve. */
bool setgid_is_on(void);

/* Gives it up for good: the database is the caller's own. */
void setgid_give_up(void);

/* OPTIONS without those that would lead elsewhere; they are named on standard
 * error. */
ToolOptions setgid_heeded(const ToolOptions *options);

/* Reads the file PATH of the user over CONFIG, which is that of SYSTEM: only
 * what concerns him alone is heeded. */
bool setgid_read_config(
    HishoConfig *config, const char *system, const char *path, GError **error);

/* Refuses, with HISHO_ERROR_CONFIG, an invented time for what would be written
 * into a database that others share. */
bool setgid_check_time(
    const Tool *tool, const ToolOptions *options, GError **error);
