/* element.h - what is known of the elements of HTML
 *
 * What matters of the parsing rules (WHATWG 13.2.6): which open elements a
 * start tag ends, and how far an end tag reaches. */
#pragma once

#include <glib.h>

enum {
	HISHO_ELEMENT_EMPTY = 1 << 0,  /* has no end tag */
	HISHO_ELEMENT_BLOCK = 1 << 1,  /* ends a run of text, and an open p */
	HISHO_ELEMENT_WALL = 1 << 2,   /* no end tag reaches beyond it */
	HISHO_ELEMENT_FORMAT = 1 << 3, /* its end tag reaches through blocks */
	HISHO_ELEMENT_IN_TABLE = 1 << 4, /* its end tag reaches to the table */
	HISHO_ELEMENT_IN_HEAD = 1 << 5,	 /* may stand in the head */
	HISHO_ELEMENT_UNSEEN = 1 << 6,	 /* nothing in it is shown */
	HISHO_ELEMENT_PAGE = 1 << 7,	 /* its end tag ends nothing */
	HISHO_ELEMENT_FOREIGN = 1 << 8,	 /* svg, math */
	HISHO_ELEMENT_ISLAND = 1 << 9,	 /* HTML again in the midst of them */
	HISHO_ELEMENT_P = 1 << 10,
	HISHO_ELEMENT_ITEM = 1 << 11,
	HISHO_ELEMENT_TERM = 1 << 12,
	HISHO_ELEMENT_CELL = 1 << 13,
	HISHO_ELEMENT_ROW = 1 << 14,
	HISHO_ELEMENT_ANCHOR = 1 << 15,
	HISHO_ELEMENT_HEAD = 1 << 16,
	HISHO_ELEMENT_TABLE = 1 << 17,
};

typedef struct {
	const char *name;
	guint flags;
	guint ends; /* flags of the elements that its start tag ends */
} HishoElement;

/* The element called NAME (lower case).  One that is not known is a plain
 * inline element, without name and flags.  Static. */
const HishoElement *hisho_element_find(const char *name);
