/* linkentry.h - what a link can be listed under: its host, or its page
 *
 * A host entry is a name in A-labels or an IP address, and stands for all
 * below it.  A page entry has a slash: "host/path", or "host:port/path", and
 * stands for all that goes on behind one of its marks "/?#".  A page is the
 * same by http and https, with and without a user's name, and however its
 * letters are percent-encoded.  Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The page entry of URL, which is in normal form (links/url.h); NULL if it
 * names no host. */
char *hisho_linkentry_dup_page(const char *url);

/* The host of that page alone; NULL as above. */
char *hisho_linkentry_dup_host(const char *url);

/* Adds to ENTRIES (of char *) all that HOST can be listed under: itself and the
 * names above it of two to 16 labels.  Public suffixes may be among them: such
 * an entry holds for nothing. */
void hisho_linkentry_add_host(GPtrArray *entries, const char *host);

/* The same of URL: its host, its page, and that cut at each of its marks, the
 * first 32 of them. */
void hisho_linkentry_add_url(GPtrArray *entries, const char *url);

/* All that a link to HOST by URL can be listed under; either may be NULL. */
GPtrArray *hisho_linkentry_list(const char *host, const char *url);

/* Whether ENTRY is for a page, not for a host. */
bool hisho_linkentry_is_page(const char *entry);
