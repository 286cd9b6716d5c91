/* key.h - database keys of several parts
 *
 * Printable ASCII: the parts with a space between, all other bytes of a part
 * percent-encoded.  So no two lists of parts share a key, whatever is in
 * them, and the keys that begin with the same parts stand together. */
#pragma once

#include <glib.h>

#include "libhisho/store/berkeley.h"

/* The key of the parts up to NULL.  An empty last part makes a prefix of all
 * keys that begin with the others.  A part longer than 512 bytes is replaced
 * by its SHA-256; read back, that stands for the part. */
char *hisho_key_join(const char *part, ...) G_GNUC_NULL_TERMINATED;

/* The parts of KEY, for g_strfreev(). */
char **hisho_key_split(HishoSlice key);
