/* routewarn.h - what its way here gives away */
#pragma once

#include "libhisho/score/warning.h"

/* Adds to WARNINGS what ABOUT's route gives away; the facts are there. */
void hisho_routewarn_find(const HishoWarningCase *about, GPtrArray *warnings);
