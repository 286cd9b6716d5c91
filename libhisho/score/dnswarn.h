/* dnswarn.h - what the DNS gives away of a host and of a sender */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS what was measured for ABOUT and still holds.  A route that
 * is proven needs no names; what nobody could tell counts against nobody. */
void hisho_dnswarn_find(const HishoWarningCase *about, GPtrArray *warnings);
