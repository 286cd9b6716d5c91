/* warnings.h - what a careful colleague would say about this mail
 *
 * Warnings are independent of the folder and of the advice. */
#pragma once

#include "libhisho/score/warning.h"

/* The warnings that hold, the gravest first. */
GPtrArray *hisho_warnings_find(const HishoWarningCase *about);

/* Whether one of WARNINGS is a danger. */
bool hisho_warnings_have_danger(const GPtrArray *warnings);
