/* recall.h - a mail judged again from what its receipt kept of it */
#pragma once

#include "bin/tool.h"
#include "libhisho/score/score.h"

/* Adds to HOSTS and URLS (of char *) the links that RECEIPT kept. */
void recall_add_links(
    const HishoReceipt *receipt, GPtrArray *hosts, GPtrArray *urls);

/* The warnings that the database gives rise to today: reports of its links,
 * permits of its From.  What else the mail holds was judged when it came.
 * NULL for a failure. */
HishoVerdict *recall_judge(
    const Tool *tool, const HishoReceipt *receipt, GError **error);
