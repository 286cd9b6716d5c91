/* doctype.h - what a DOCTYPE of HTML says beside its name
 *
 * After the WHATWG HTML standard, 13.2.5.55 to 68. */
#pragma once

#include "libhisho/links/scan.h"

typedef struct {
	char *public_id; /* NULL: missing, which is not the same as "" */
	char *system_id;
	bool force_quirks; /* it is broken */
} HishoDoctype;

/* Takes apart TOKEN, a DOCTYPE. */
HishoDoctype *hisho_doctype_new(const HishoHtmlToken *token);
void hisho_doctype_free(HishoDoctype *doctype);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoDoctype, hisho_doctype_free)
