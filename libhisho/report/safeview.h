/* safeview.h - the text of a mail, where nothing can happen */
#pragma once

#include "libhisho/report/case.h"

/* Who wrote what to whom, in lines for a terminal: no link in it can be
 * followed, where the shown ones lead is told, attachments are only named. */
char *hisho_safeview_dup_page(const HishoReportCase *about);
