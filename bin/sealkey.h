/* sealkey.h - the key by which a user's stages know each other's fields */
#pragma once

#include "bin/tool.h"

/* The key of TOOL's user, made on first use; NULL without error if there is
 * no place for one.  Makes the database's directory, not its parents. */
GBytes *sealkey_load(const Tool *tool, GError **error);
