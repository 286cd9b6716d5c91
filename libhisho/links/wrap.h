/* wrap.h - links that go on in the next line */
#pragma once

#include <stddef.h>

/* A link that begins at START, its host at HOST, and breaks off at END. */
typedef struct {
	size_t start;
	size_t host;
	size_t end;
} HishoWrapped;

/* Where the link in TEXT really ends: in angle brackets, where they do (RFC
 * 3986 C); else where the line is full and the next one can be nothing but
 * its rest.  The end of LINK if it does not go on.  No line end is taken for
 * part of a host that is one without what follows. */
size_t hisho_wrap_find_end(
    const char *text, size_t length, const HishoWrapped *link);
