/* brand.h - names that are often forged, and whose they are */
#pragma once

/* What else stands beside a word in the names of others. */
typedef enum {
	HISHO_BRAND_NEAR = 1,	  /* no other word is spelled nearly alike */
	HISHO_BRAND_TOPIC = 2,	  /* others write about it, in hosts too */
	HISHO_BRAND_COUNTRY = 4,  /* its name under any country is its own */
	HISHO_BRAND_OUTSIDE = 8,  /* a name with it may be its own, too: only
				   * outside of those it is forged */
	HISHO_BRAND_PURSE = 16,	  /* about money: strangers count no clicks
				   * on links to it */
	HISHO_BRAND_SURNAME = 32, /* people are called so, too */
	HISHO_BRAND_PLACE = 64	  /* where everybody has a page that others
				   * link to */
} HishoBrandFlags;

typedef struct {
	const char *words;   /* by which it goes; "" for one to be left alone */
	unsigned flags;	     /* HishoBrandFlags */
	const char *domains; /* registrable, the best known first; blanks
			      * between them */
} HishoBrand;

/* All that are known; the last one has no words. */
extern const HishoBrand hisho_brands[];
