/* letterwarn.h - what the letter itself gives away */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS what ABOUT's letter itself gives away; the facts are there.
 */
void hisho_letterwarn_find(const HishoWarningCase *about, GPtrArray *warnings);
