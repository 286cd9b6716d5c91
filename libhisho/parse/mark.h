/* mark.h - what other filters said */
#pragma once

#include <glib.h>

#include "libhisho/base/record.h"

/* One field of another filter.  It is a claim: whoever sent the mail can have
 * written it. */
typedef struct {
	char *name;    /* of the field, as spelled in the table of mark.c; in
			* place of a * what stood there */
	char *verdict; /* "spam", "ham" or "unknown" */
	char *score;   /* a decimal number on the filter's own scale, or NULL */
} HishoMark;

extern const HishoRecordType hisho_mark_type;

void hisho_mark_free(void *mark);

/* The mark that the field NAME with the LENGTH bytes of VALUE is; NULL if it
 * is none.  Of a longer value the first 2,000 bytes are read. */
HishoMark *hisho_mark_read(const char *name, const char *value, size_t length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoMark, hisho_mark_free)
