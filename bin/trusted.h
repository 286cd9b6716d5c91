/* trusted.h - where the mail that people trust links to */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/tool.h"

/* Organisations, and hosts that have none, to which mail links that anybody
 * trusts and received, or that TOOL's user trusts; what he said of the mail
 * DIGEST aside.  As a set of texts; NULL for a failure.  Reads a copy of the
 * database, so that nobody waits for a long ledger. */
GHashTable *trusted_find(const Tool *tool, const char *digest, GError **error);

/* Whether HOST is of one that stands in TRUSTED. */
bool trusted_has(GHashTable *trusted, const char *host);
