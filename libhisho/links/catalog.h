/* catalog.h - the list of a mail's links while it grows */
#pragma once

#include "libhisho/base/limits.h"
#include "libhisho/links/further.h"
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

/* A document in a document: what a link or an attribute holds as a whole. */
typedef struct {
	char *text;
	size_t length;
	char *where;	/* what holds it */
	char *reason;	/* why nothing of it is shown, or NULL */
	size_t offset;	/* of what holds it */
	guint depth;	/* 1: stands in a part of the mail */
	bool is_script; /* no HTML */
} HishoNested;

typedef struct {
	HishoLimits limits;
	HishoLinksFound *found;
	HishoShown *shown;	   /* the text around them */
	GHashTable *hosts;	   /* those of found, and whose they are */
	GQueue *nested;		   /* HishoNested, not yet read */
	guint n_nested;		   /* of all there ever were */
	size_t nested_bytes;	   /* in them */
	const HishoNested *within; /* the one that is read; not its own */
	HishoFurther *further;	   /* what is beyond the limits */
	guint n_beyond;		   /* links that were read and not listed */
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

/* Keeps the text of HOLDER, markup or a script, to be read later; only as deep
 * and as much as any real mail has. */
void hisho_catalog_nest(
    HishoCatalog *catalog, const HishoCandidate *holder, bool is_script);

/* The next document to be read; NULL when there is none. */
HishoNested *hisho_catalog_take_nested(HishoCatalog *catalog);
void hisho_nested_free(HishoNested *nested);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoNested, hisho_nested_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoCatalog, hisho_catalog_free)
