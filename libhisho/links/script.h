/* script.h - links that scripts write */
#pragma once

#include "libhisho/links/catalog.h"

/* Lists the links that SCRIPT, with its escapes undone, has but for those to
 * hosts that are known by now: it is not run, so they may lead anywhere.  Notes
 * a form for secrets that it writes. */
void hisho_script_read(HishoCatalog *catalog, const HishoCandidate *script);
