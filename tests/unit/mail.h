/* mail.h - mails as text, for tests of what reads them */
#pragma once

#include <string.h>

#include "libhisho/mail/digest.h"
#include "libhisho/mail/splice.h"
#include "libhisho/mail/wire.h"

/* The wire form of LENGTH bytes of TEXT (-1: up to its NUL), which are
 * copied to the byte, so that reading past them is noticed. */
static inline HishoWire *
mail_wire(const char *text, gssize length, const HishoLimits *limits)
{
	static const HishoLimits defaults = HISHO_LIMITS_DEFAULT;
	size_t size = length < 0 ? strlen(text) : (size_t)length;
	g_autoptr(GBytes) mail = g_bytes_new(text, size);

	return hisho_wire_new(mail, limits != NULL ? limits : &defaults);
}

/* TEXT with each LF written as LINE_END. */
static inline char *
mail_with_ends(const char *text, const char *line_end)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	return g_strjoinv(line_end, lines);
}

static inline char *
mail_digest(const char *text, gssize length)
{
	g_autoptr(HishoWire) wire = mail_wire(text, length, NULL);

	return hisho_digest_dup(wire);
}

static inline char *
mail_spliced(const char *text, const char *block)
{
	g_autoptr(HishoWire) wire = mail_wire(text, -1, NULL);
	g_autoptr(GBytes) out = hisho_splice(wire, block);

	return g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
}
