/* linkpage.h - where a mail leads, one line a host */
#pragma once

#include "libhisho/report/case.h"

/* Adds the section to PAGE: each host once, bad ones marked, its registrable
 * domain set apart, what kind of link, seen or hidden; never clickable. */
void hisho_linkpage_add(GString *page, const HishoReportCase *about);
