/* textlink.h - links as people write them, in the midst of a text */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A link in a text: where it stands, and whether it lacks a scheme. */
typedef struct {
	size_t start;
	size_t host; /* where it goes on after its scheme, if any */
	size_t end;
	const char *scheme; /* undisguised, with its marks; static */
	bool bare;
} HishoTextlink;

/* The next link of TEXT from *AT on, which moves behind it.  False at the
 * end.  No byte is looked at more than a fixed number of times. */
bool hisho_textlink_find(
    const char *text, size_t length, size_t *at, HishoTextlink *link);

/* The LINK that was found in TEXT as a URL, undisguised and in one line: one
 * without scheme is one of the Web. */
char *hisho_textlink_dup_url(const char *text, const HishoTextlink *link);
