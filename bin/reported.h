/* reported.h - the links of a mail, and what is on the shared list of them */
#pragma once

#include "libhisho/links/link.h"
#include "libhisho/store/memory.h"

/* Tells each link of FOUND how many users reported it, as MEMORY knows: for
 * JSON.  What expired or is allowed is not counted. */
void reported_note(HishoLinksFound *found, const HishoMemory *memory);

/* Keeps in RECEIPT the entries that act: a vote by digest asks of them
 * again. */
void reported_keep(
    HishoReceipt *receipt, const HishoMemory *memory, gint64 others_red);
