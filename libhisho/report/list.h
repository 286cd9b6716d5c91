/* list.h - the folder screen: one line a mail, main, gray, spam */
#pragma once

#include <glib.h>

#include "libhisho/report/case.h"

typedef struct HishoScreen HishoScreen;

HishoScreen *hisho_screen_new(void);
void hisho_screen_free(HishoScreen *screen);

/* Notes one judged mail; costs one line of memory, with `is_verbose` one more
 * for each host it leads to. */
void hisho_screen_add(HishoScreen *screen, const HishoReportCase *about);

/* The screen: each folder with its count, its mails in input order.  Safe
 * for terminals; the advice stands there as a word, coloured or not. */
char *hisho_screen_dup_text(const HishoScreen *screen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoScreen, hisho_screen_free)
