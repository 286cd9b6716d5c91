/* commonhost.h - hosts that serve everybody, the good and the bad
 *
 * Where everybody can put a page, what mail of every kind loads from, and what
 * leads on to anywhere: one of them as a whole is never the malicious part. */
#pragma once

#include <stdbool.h>

#include "libhisho/base/edits.h"

/* Whether HOST (A-labels, an IP address) is one of them, a public suffix, or a
 * provider of mail for everybody: ours with the edits PROVIDERS (NULL for
 * none). */
bool hisho_commonhost_is(const char *host, const HishoEdits *providers);
