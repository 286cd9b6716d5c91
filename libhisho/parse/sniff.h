/* sniff.h - what a file really is */
#pragma once

#include <stddef.h>

/* The media type of the LENGTH bytes of DATA, a decoded attachment, by what is
 * in it and not by its name.  Archives and containers are told apart by their
 * entries; readable bytes that are nothing else are text/plain, the rest
 * application/octet-stream.  NULL if there are none.  The string is static. */
const char *hisho_sniff_type(const char *data, size_t length);
