/* fields.h - what each stage writes into the mail */
#pragma once

#include <glib.h>

#include "libhisho/mail/field.h"
#include "libhisho/report/case.h"

/* Appends to FIELDS (HishoField) what the stage of ABOUT has to say: its own
 * field; score the earlier stages' too, with warnings, advice and folder; a
 * degraded stage those last three besides the status. */
void hisho_fields_add(GPtrArray *fields, const HishoReportCase *about);

/* Whether the field NAME is written by STAGE alone, so that an older one
 * has to go. */
bool hisho_fields_belongs(const char *name, const HishoReportCase *about);

/* What an earlier stage measured, as its field ROUTE tells; NULL if it did
 * not. */
HishoDns *hisho_fields_read_dns(const HishoField *route);
