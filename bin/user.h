/* user.h - for whom a tool speaks */
#pragma once

#include "bin/tool.h"

/* The user called NAME, or the caller where that is NULL, as "uid:1000" or
 * "name:alice".  TOOL has its configuration and database.  Where the caller
 * may not speak for NAME, or nobody can be called so: HISHO_ERROR_CONFIG. */
char *user_dup_name(const Tool *tool, const char *name, GError **error);

/* Whether the caller may see and replace all of the database: root, whose the
 * directory is, and the configured owner; anybody, of a directory that is not
 * there.  Nobody else, which is HISHO_ERROR_CONFIG. */
bool user_may_keep(const Tool *tool, GError **error);
