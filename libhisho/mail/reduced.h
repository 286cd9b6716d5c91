/* reduced.h - what of a mail the MIME parser gets to see */
#pragma once

#include "libhisho/mail/wire.h"

/* Of the mail of WIRE the Content-* fields, each ended by LF, an empty line and
 * the body: all else of a header is read by us.  Where lines end in CR alone,
 * LF stands for it. */
GByteArray *hisho_reduced_new(const HishoWire *wire);
