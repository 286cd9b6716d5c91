/* authwords.h - an Authentication-Results field cut into words
 *
 * Stricter than token.h: what is not well-formed is not read at all. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What stands in a comment, without its parentheses. */
typedef struct {
	guint before; /* how many words there are before it */
	char *text;
} HishoAuthComment;

/* "=" and ";" are words of their own, a quoted string is one behind a '"',
 * and the value behind a "=" may hold another (RFC 8601 section 2.2). */
typedef struct {
	GPtrArray *words; /* char * */
	GArray *comments; /* HishoAuthComment */
} HishoAuthWords;

/* The words in LENGTH bytes of VALUE.  NULL when a comment or a string is not
 * closed, and beyond 16 kB. */
HishoAuthWords *hisho_authwords_split(const char *value, size_t length);
void hisho_authwords_free(HishoAuthWords *words);

/* Whether word I is MARK, '=' or ';'; whether it is any but these; and
 * whether there is none, or a last "none". */
bool hisho_authwords_is_mark(const HishoAuthWords *words, guint i, char mark);
bool hisho_authwords_is_value(const HishoAuthWords *words, guint i);
bool hisho_authwords_is_end(const HishoAuthWords *words, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoAuthWords, hisho_authwords_free)
