/* json.h - one JSON object a mail */
#pragma once

#include "libhisho/report/case.h"

/* The object on one line, without a line end.  Its keys are those of
 * hisho(7), always all that the stage has, null where nothing is known. */
char *hisho_report_dup_json(const HishoReportCase *about);
