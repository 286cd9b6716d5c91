/* origin.h - where a mail came from, as options and earlier stages tell it */
#pragma once

#include "bin/assess.h"

/* Finds the route of ASSESSMENT, which has facts.  What PLAN does not say is
 * taken from SEALED (may be NULL), the fields of earlier stages. */
void origin_find(
    Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed);
