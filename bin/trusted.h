/* trusted.h - where the mail that people trust comes from and links to */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "bin/tool.h"

/* Organisations, and hosts that have none. */
typedef struct Trusted Trusted;

/* Those of mail that anybody trusts and received, or that TOOL's user trusts.
 * NULL for a failure.  Reads a copy of the database, so that nobody waits for
 * a long ledger. */
Trusted *trusted_find(const Tool *tool, GError **error);
void trusted_free(Trusted *trusted);

/* Whether such mail links to HOST, or comes from there by its From; what the
 * user said of the mail DIGEST (NULL for none) aside. */
bool trusted_has(const Trusted *trusted, const char *host, const char *digest);

/* Whether HOST is of the From of mail that the user himself trusts. */
bool trusted_is_correspondent(const Trusted *trusted, const char *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trusted, trusted_free)
