/* parts.h - the links of every part of a mail
 *
 * Each part is read as what it is, whatever it says to be: by its type, its
 * name, its first bytes. */
#pragma once

#include "libhisho/links/links.h"
#include "libhisho/mail/message.h"

/* Adds the links of all parts of MESSAGE, and of the mails encoded in them, to
 * LINKS.  Whether a part was longer than the limit. */
bool hisho_parts_read(
    HishoLinks *links, const HishoMessage *message, const HishoLimits *limits);
