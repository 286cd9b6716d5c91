/* party.h - whether two names may be one server, or of one house */
#pragma once

#include <stdbool.h>

/* Whether NAME is OTHER, its first label, or of one organisation with it; so
 * it is between servers that are set up together.  False for NULL. */
bool hisho_party_is_same(const char *name, const char *other);
