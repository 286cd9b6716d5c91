/* linklist.h - what hisho-links tells people of one mail */
#pragma once

#include "libhisho/report/case.h"

/* Its hosts, one line each, as on the advisor's page; below the name of the
 * mail where there may be several.  Every host that has a link listed. */
char *hisho_linklist_dup_hosts(const HishoReportCase *about);

/* Each of its links: what it shows beside where it leads, in which attribute
 * and at which byte, seen or hidden and why, and what was found odd; with
 * `is_hidden_only` those alone that the reader does not see.  Never
 * clickable. */
char *hisho_linklist_dup_links(const HishoReportCase *about);
