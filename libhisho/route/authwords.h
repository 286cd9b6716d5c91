/* authwords.h - an Authentication-Results field cut into words
 *
 * Stricter than token.h: what is not well-formed is not read at all. */
#pragma once

#include <glib.h>
#include <stddef.h>

/* The words (char *) in LENGTH bytes of VALUE, comments left out: "=" and
 * ";" are words of their own, a quoted string is one behind a '"', and the
 * value behind a "=" may hold another (RFC 8601 section 2.2).  NULL when a
 * comment or a string is not closed, and beyond 16 kB. */
GPtrArray *hisho_authwords_split(const char *value, size_t length);
