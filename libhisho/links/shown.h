/* shown.h - the text that a mail shows its reader, gathered */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct {
	GString *text;
	size_t part; /* where the text of the present part begins */
} HishoShown;

HishoShown *hisho_shown_new(void);
void hisho_shown_free(HishoShown *shown);

/* Begins the text of another part.  Of each 64 KiB are kept, of all 256. */
void hisho_shown_begin_part(HishoShown *shown);

/* Adds LENGTH bytes of TEXT; what goes beyond the limits is left out. */
void hisho_shown_add(HishoShown *shown, const char *text, size_t length);

/* Ends a line, or a paragraph, which an empty line does. */
void hisho_shown_end_line(HishoShown *shown);
void hisho_shown_end_paragraph(HishoShown *shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoShown, hisho_shown_free)
