/* catalog.h - the list of a mail's links while it grows */
#pragma once

#include "libhisho/base/limits.h"
#include "libhisho/links/link.h"
#include "libhisho/links/shown.h"
#include "libhisho/links/url.h"

/* A URL as it was met. */
typedef struct {
	const char *text;
	size_t length;
	const HishoUrl *base;
	const char *kind;
	const char *where;
	size_t offset;
	const char *reason; /* why hidden */
	bool visible;
} HishoCandidate;

typedef struct {
	HishoLimits limits;
	HishoLinksFound *found;
	GHashTable *hosts; /* those of found; not its own */
	HishoShown *shown; /* the text around them */
} HishoCatalog;

/* An empty list; links of LIMITS are listed at most. */
HishoCatalog *hisho_catalog_new(const HishoLimits *limits);
void hisho_catalog_free(HishoCatalog *catalog);

/* What was found, to keep; the list is empty afterwards. */
HishoLinksFound *hisho_catalog_steal_found(HishoCatalog *catalog);

/* Whether a link to HOST was met. */
bool hisho_catalog_has_host(const HishoCatalog *catalog, const char *host);

/* Lists a link and notes its host, and after it what it says to lead on to;
 * NULL when it is none or cannot be listed any more.  What it yields stays the
 * catalog's, to be filled in. */
HishoLink *hisho_catalog_add(
    HishoCatalog *catalog, const HishoCandidate *candidate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoCatalog, hisho_catalog_free)
