/* guise.h - whose name a sender goes by */
#pragma once

#include "libhisho/links/known.h"

/* The best known domain of the brand, or of the protected one, for which NAME
 * (UTF-8, of a mailbox) gives itself out: by one of its domains, or by its
 * name with nothing beside but words like "support".  NULL if it is no such
 * name; stays KNOWN's. */
const char *hisho_guise_find(const HishoKnown *known, const char *name);
