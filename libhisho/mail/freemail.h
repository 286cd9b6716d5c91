/* freemail.h - providers where anybody can have an address
 *
 * Their domain says nothing of the writer: it gets no row, and two of its
 * addresses are two strangers. */
#pragma once

#include <stdbool.h>

/* Whether DOMAIN (an organisation or a domain, A-labels in lower case) is
 * such a provider's; false for NULL. */
bool hisho_freemail_is_public(const char *domain);
