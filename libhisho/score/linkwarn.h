/* linkwarn.h - what its links and forms give away */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS what ABOUT's links and forms give away; the facts are there.
 */
void hisho_linkwarn_find(const HishoWarningCase *about, GPtrArray *warnings);
