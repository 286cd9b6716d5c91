/* splice.h - the X-Hisho-* fields of a mail out, new ones in */
#pragma once

#include "libhisho/mail/wire.h"

/* The mail without its X-Hisho-* fields and with BLOCK (LF lines; NULL for
 * nothing) in their place, in the mail's own line end.  Where no field can
 * be placed the mail as it came. */
GBytes *hisho_splice(const HishoWire *wire, const char *block);
