/* redirect.h - where a link says that it leads in the end
 *
 * Only what stands in the URL itself is read; nothing is fetched. */
#pragma once

#include <stdbool.h>

#include "libhisho/links/url.h"

/* The Web URLs that URL carries as its target, and those that these carry, up
 * to five deep and 16 in all, each once: of the redirectors and wrappers that
 * are known, and of any other a parameter that names a host of another
 * organisation.  Array of HishoUrl, often empty. */
GPtrArray *hisho_redirect_targets(const HishoUrl *url);

/* Whether HOST is that of a known redirector or wrapper, whoever uses it. */
bool hisho_redirect_is_known(const char *host);

/* Whether HOST belongs to a well-known party that leads anybody on to
 * anywhere.  Filters that put themselves before every link, and those who
 * count clicks for a sender, do not. */
bool hisho_redirect_is_open(const char *host);

/* Whether a redirector or wrapper that is known leads on to ORGANIZATION, and
 * nowhere else in the end. */
bool hisho_redirect_ends_at(const HishoUrl *url, const char *organization);
