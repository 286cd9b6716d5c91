/* commands.h - what a reader can say of a mail, as commands */
#pragma once

#include "libhisho/report/case.h"

/* Adds the section to PAGE: the commands that trust and distrust the mail, take
 * a vote back, report its links or answer their reports, with nothing in them
 * that the sender wrote.  Of the reader's own mail only the one that takes a
 * vote back. */
void hisho_commands_add(GString *page, const HishoReportCase *about);
