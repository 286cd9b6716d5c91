/* scoretable.h - the votes on a mail's route and parties, as a table */
#pragma once

#include "libhisho/report/case.h"

/* Adds the rows of the score that say anything to PAGE: own and others',
 * each with bars and exact numbers, others' also with the users for and
 * against, which decide there; ">" marks the deciding row. */
void hisho_scoretable_add(GString *page, const HishoReportCase *about);
