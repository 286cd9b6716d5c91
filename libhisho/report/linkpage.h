/* linkpage.h - where a mail leads, one line a host */
#pragma once

#include "libhisho/report/case.h"

/* Adds the section to PAGE: each host once, the worst first, those marked **
 * that a report acts on, and * where one does not; its registrable domain set
 * apart, what kind of link, seen or hidden, where it leads on to, and how it
 * stands to From; never clickable.  Nothing for a mail without links. */
void hisho_linkpage_add(GString *page, const HishoReportCase *about);

/* Adds those lines alone, LIMIT of them and how many more there are. */
void hisho_linkpage_add_hosts(
    GString *page, const HishoReportCase *about, guint limit);
