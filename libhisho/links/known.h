/* known.h - the names a reader knows, which others may imitate */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/edits.h"

/* How well an organisation is known.  Those of brand.h are all brands. */
typedef enum {
	HISHO_KNOWN_NOT,
	HISHO_KNOWN_RECEIVED, /* has written several times */
	HISHO_KNOWN_BRAND,
	HISHO_KNOWN_TRUSTED,   /* by votes and permits */
	HISHO_KNOWN_PROTECTED, /* by the configuration, with all its names */
} HishoKnownRank;

/* One of them; stays the set's. */
typedef struct {
	char *domain;	   /* registrable, A-labels */
	char *label;	   /* its first label, U-label */
	char *skeleton;	   /* of that */
	guint32 letters;   /* a bit for each of a to z in label */
	const char *owner; /* the best known domain of the same owner */
	HishoKnownRank rank;
	unsigned flags; /* HishoBrandFlags of its brand */
	bool is_near;	/* what is spelled nearly alike is an imitation */
} HishoKnownName;

/* A word by which one goes in labels of others. */
typedef struct {
	char *word;
	const char *domain; /* the best known of the organisation */
	unsigned flags;	    /* HishoBrandFlags */
	HishoKnownRank rank;
} HishoKnownWord;

typedef struct HishoKnown HishoKnown;

/* The brands of brand.h, to begin with. */
HishoKnown *hisho_known_new(void);
void hisho_known_free(HishoKnown *known);

/* What is changed in the list of public mail providers; the texts must
 * outlive KNOWN.  Before anything is added. */
void hisho_known_set_providers(HishoKnown *known, HishoEdits providers);

/* Whether DOMAIN (A-labels) is such a provider's. */
bool hisho_known_is_public(const HishoKnown *known, const char *domain);

/* Adds the organisation of DOMAIN (A-labels); one that is there keeps its
 * higher rank.  A public mail provider has none.  Those trusted or better are
 * known by their first label, too. */
void hisho_known_add(
    HishoKnown *known, const char *domain, HishoKnownRank rank);

/* How well ORGANIZATION (registrable) itself is known; that of a brand under
 * any country, where it is its own everywhere, is the brand. */
HishoKnownRank hisho_known_rank(
    const HishoKnown *known, const char *organization);

/* The HishoBrandFlags of ORGANIZATION; a protected one is like a bank. */
unsigned hisho_known_flags(const HishoKnown *known, const char *organization);

/* The best known domain of the owner of ORGANIZATION; NULL if that is not
 * known. */
const char *hisho_known_owner(
    const HishoKnown *known, const char *organization);

/* Whether both organisations, A and B, are known to be of one owner. */
bool hisho_known_same_owner(
    const HishoKnown *known, const char *a, const char *b);

/* The best known name of that DOMAIN, its dots written as hyphens; of a label
 * with that SKELETON; or whose label is spelled nearly as LABEL: one letter
 * added, left out, replaced or two swapped, two such slips in ten letters,
 * none in fewer than five; in names that are no brands nothing that catches
 * the eye.  NULL if there is none. */
const HishoKnownName *hisho_known_find_dashed(
    const HishoKnown *known, const char *domain);
const HishoKnownName *hisho_known_find_skeleton(
    const HishoKnown *known, const char *skeleton);
const HishoKnownName *hisho_known_find_near(
    const HishoKnown *known, const char *label);

/* The word with that SKELETON. */
const HishoKnownWord *hisho_known_find_word(
    const HishoKnown *known, const char *skeleton);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoKnown, hisho_known_free)
