/* shortener.h - hosts whose links say nothing of where they lead */
#pragma once

#include <stdbool.h>

/* Whether HOST is one at which anybody makes a short link to anywhere.  A
 * service that shortens the links of its OWNER's people (t.co those of x.com)
 * is none in their mail; OWNER, the sender's organisation, may be NULL. */
bool hisho_shortener_is(const char *host, const char *owner);
