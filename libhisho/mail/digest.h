/* digest.h - what makes a mail this mail, wherever it is kept */
#pragma once

#include "libhisho/mail/wire.h"

/* SHA-256 in hex of what makes this mail this mail: From, Sender, Reply-To,
 * To, Cc, Date, Message-ID and Subject unfolded, and the body with line
 * ends, `>From ` quoting and trailing empty lines evened out.  The same in
 * the filter, the IMAP store and the archive. */
char *hisho_digest_dup(const HishoWire *wire);
