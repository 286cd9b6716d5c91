/* bare.h - which names in a text are hosts without being told */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The most bytes of a host's name (RFC 1035 2.3.4). */
#define HISHO_BARE_NAME_MAX 253

/* Whether C can stand in a host's name of ASCII.  Asked of every byte there
 * is, so it stands here. */
static inline bool
hisho_bare_is_byte(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

/* Whether LENGTH bytes of NAME end in a top-level domain there is. */
bool hisho_bare_is_known(const char *name, size_t length);

/* Whether an '@', of any width, stands before START in TEXT. */
bool hisho_bare_follows_at(const char *text, size_t start);

/* Whether what stands from START to END of TEXT is a host by itself, and
 * neither part of an address or of a path, nor a file, nor a server as sendmail
 * speaks of it. */
bool hisho_bare_is_host(
    const char *text, size_t length, size_t start, size_t end);
