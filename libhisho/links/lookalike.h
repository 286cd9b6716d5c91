/* lookalike.h - hosts that pass for somebody else's */
#pragma once

#include "libhisho/links/known.h"

/* What a host is taken for. */
typedef struct {
	const char *imitated; /* the registrable domain; the set's */
	HishoKnownRank rank;  /* its */
	const char *how;      /* "letters", "spelling", "domain", "word" */
} HishoLookalike;

/* Whether HOST (A-labels) imitates one of KNOWN, and what: by letters that
 * look alike; by a spelling nearly the same; by a whole domain, or the word
 * for it, where it says nothing of the owner: www.amazon-jp.example.cn.
 * Nobody who is known as well as the imitated is an imitation; an IP address
 * is none. */
bool hisho_lookalike_find(
    const HishoKnown *known, const char *host, HishoLookalike *found);
