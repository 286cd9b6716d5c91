/* pack.h - records as bytes on their way from process to process, and back
 *
 * Both ends are one program, so the table says what comes next and no name is
 * written.  Whoever writes may be hostile: nothing is taken on trust. */
#pragma once

#include <glib.h>

#include "libhisho/base/record.h"

/* RECORD and all below it.  What is not UTF-8 in its texts is replaced. */
GBytes *hisho_pack_record(const HishoRecordType *type, const void *record);

/* The record that PACKED holds.  Anything else than whole records with texts
 * of UTF-8 is HISHO_ERROR_INPUT.  Takes time and memory in proportion to the
 * size of PACKED. */
void *hisho_pack_read(
    const HishoRecordType *type, GBytes *packed, GError **error);
