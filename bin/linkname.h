/* linkname.h - links as a person names them: --host, --url */
#pragma once

#include "bin/ballot.h"

/* The URL TEXT as it was before somebody made it harmless, with a scheme. */
char *linkname_dup_armed(const char *text);

/* What BALLOT's --host or --url can be listed under; NULL for what names no
 * host (HISHO_ERROR_INPUT).  Defanged ones, as pages show them, are read,
 * too, and a URL without a scheme. */
char *linkname_dup_entry(const Ballot *ballot, GError **error);

/* Whether ENTRY would hit people who have nothing to do with each other: a
 * whole host that serves everybody, by the configuration of BALLOT. */
bool linkname_is_shared(const Ballot *ballot, const char *entry);

/* The host of ENTRY alone. */
char *linkname_dup_host(const char *entry);
