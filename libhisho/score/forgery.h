/* forgery.h - who passes for somebody else, in From and in links */
#pragma once

#include "libhisho/score/warning.h"

/* Tells of each of the links FOUND what its host imitates of KNOWN. */
void hisho_forgery_mark(HishoLinksFound *found, const HishoKnown *known);

/* Adds the warnings of senders and of marked links that pass for others, and
 * of links that lead elsewhere than they read. */
void hisho_forgery_find(const HishoWarningCase *about, GPtrArray *warnings);
