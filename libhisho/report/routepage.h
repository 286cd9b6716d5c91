/* routepage.h - what is known of a mail's route, for people */
#pragma once

#include "libhisho/report/case.h"

/* Adds to PAGE how new the route is for the From; of route, host and From
 * how many mails came to me and in all, when, and which shares of all are
 * trusted, distrusted and neither; my vote; and other routes of the From, the
 * first three and how many more.  Days are those of UTC. */
void hisho_routepage_add(GString *page, const HishoReportCase *about);
