/* reason.h - why the votes come to this advice, in words */
#pragma once

#include "libhisho/report/case.h"

/* A sentence: which row decides, at which level, with its shares; or why none
 * does. */
char *hisho_reason_dup(const HishoReportCase *about);

/* The network or organisation by which ROW was counted: the key's last part.
 * NULL where its level is exact. */
char *hisho_reason_dup_level(const HishoRow *row);
