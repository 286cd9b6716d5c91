/* form.h - what a field of a form wants to be told */
#pragma once

#include "libhisho/links/html.h"

typedef enum {
	HISHO_FORM_NO_FIELD, /* a button, a box to search, hidden */
	HISHO_FORM_FIELD,
	HISHO_FORM_SECRET, /* a password, a PIN, a card's number */
} HishoFormField;

/* What TAG takes from its reader.  A field for a secret need not say so by
 * its type, which would show dots: its name, its label and what browsers are
 * to fill it with (WHATWG 4.10.18.7) count as well. */
HishoFormField hisho_form_field(const HishoHtmlToken *tag);

/* Whether one of the fields that LENGTH bytes of markup in TEXT, perhaps
 * within a script, bring is for a secret. */
bool hisho_form_asks_secret(const char *text, size_t length);
