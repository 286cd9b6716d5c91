/* shown.h - the text that a mail shows its reader, gathered */
#pragma once

#include <glib.h>
#include <stddef.h>

/* What the text of a part is to the reader. */
typedef enum {
	HISHO_SHOWN_MAIN,
	HISHO_SHOWN_ASIDE, /* another version of it, or an attachment */
	HISHO_SHOWN_NEVER,
} HishoShownRole;

typedef struct {
	GString *main; /* an empty line between paragraphs and parts */
	GString *aside;
	GString *present; /* where the present part goes, or NULL */
	size_t start;	  /* of the present part in there */
} HishoShown;

HishoShown *hisho_shown_new(void);
void hisho_shown_free(HishoShown *shown);

/* Begins the text of another part.  Of each 64 KiB are kept, of all that play
 * one role 256. */
void hisho_shown_begin_part(HishoShown *shown, HishoShownRole role);

/* Adds LENGTH bytes of TEXT; what goes beyond the limits is left out. */
void hisho_shown_add(HishoShown *shown, const char *text, size_t length);

/* The same, every run of white space one blank: HTML. */
void hisho_shown_add_flowed(HishoShown *shown, const char *text, size_t length);

/* Ends a line, or a paragraph, which an empty line does. */
void hisho_shown_end_line(HishoShown *shown);
void hisho_shown_end_paragraph(HishoShown *shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoShown, hisho_shown_free)
