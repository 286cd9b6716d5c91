/* permit.h - one permit: by which ways his mail came, and since when
 *
 * However permits of one sender come together, in any order and any number of
 * times, the same is left: all ways that were added after it was last taken
 * back.  Pure. */
#pragma once

#include "libhisho/base/record.h"

/* A sender, and by which way his mail came when he was permitted.  Times are
 * unix times. */
typedef struct {
	char *address;
	gint64 since;		  /* when the oldest way was added */
	GPtrArray *hosts;	  /* of char *: addresses */
	GPtrArray *nets;	  /* of char *: /24 or /48 */
	GPtrArray *organizations; /* of char *: of confirmed names */
	GPtrArray *added; /* of char *: "TIME WAY" of those added later */
	gint64 changed;	  /* when he was last permitted; 0: since */
	gint64 withdrawn; /* when he was not any more, before that; 0: never */
} HishoPermit;

extern const HishoRecordType hisho_permit_type;
HishoPermit *hisho_permit_new(const char *address);
void hisho_permit_free(void *permit);

/* So many of each kind of ways are kept: no honest sender has more. */
#define HISHO_PERMIT_PINS 1000

/* A and B, of one address, as one; the latest ways if they are too many.
 * Commutative, associative, idempotent. */
HishoPermit *hisho_permit_join(const HishoPermit *a, const HishoPermit *b);

/* Whether it still stands; what was withdrawn since it was last permitted is
 * no more than the time of that. */
bool hisho_permit_holds(const HishoPermit *permit);

bool hisho_permit_equal(const HishoPermit *a, const HishoPermit *b);

/* When anything of it was last set. */
gint64 hisho_permit_changed(const HishoPermit *permit);

/* PERMIT's lists of ways, which may be NULL: hosts, nets, organisations. */
enum { HISHO_PERMIT_LISTS = 3 };
GPtrArray *hisho_permit_list(const HishoPermit *permit, int i);

/* As an object; without what only withdrawing and adding later bring. */
HishoJson *hisho_permit_to_json(const HishoPermit *permit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoPermit, hisho_permit_free)
