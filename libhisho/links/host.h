/* host.h - the host of a URL in its one spelling
 *
 * After the WHATWG URL standard, 3.5. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A-labels without a final dot, or an IP address without brackets, of LENGTH
 * bytes of TEXT, however they are written; NULL when they can be no host.
 * IS_ADDRESS tells which it is. */
char *hisho_host_dup_normal(const char *text, size_t length, bool *is_address);
