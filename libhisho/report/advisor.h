/* advisor.h - the advisor's page on one mail, for people */
#pragma once

#include "libhisho/report/case.h"

/* The page: verdict, warnings, sending host, routes, score, links, what a
 * reply would reach, and the commands that act on it.  Safe for terminals,
 * lines of at most 78 columns but for long names.  Only a stage that judges
 * (score) has a page. */
char *hisho_advisor_dup_page(const HishoReportCase *about);
