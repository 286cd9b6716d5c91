/* address.h - mailboxes as people write them */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "libhisho/mail/mailbox.h"

/* The HishoMailboxes in the LENGTH bytes of VALUE, a From, To ... field, in
 * order, at most LIMIT.  Group members are included, group names are not.
 * Reads what RFC 5322 3.4 and its obsolete forms allow, dots at any place in a
 * local part (Japanese carriers), and what is often meant by the rest.
 * REMAINDER, which may be NULL, becomes true where another reader might see
 * another address: text is left over, LIMIT was reached, an address stood in
 * an encoded-word. */
GPtrArray *hisho_address_parse(
    const char *value, size_t length, size_t limit, bool *remainder);

/* What two spellings of ADDRESS have in common: the local part case-folded and
 * unquoted where possible, an @, the domain as in HishoMailbox.  NULL without
 * both parts, with control characters, over 512 bytes, and for NULL. */
char *hisho_address_key(const char *address);
