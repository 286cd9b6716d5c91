/* element.h - what is known of the elements of HTML
 *
 * What matters of the parsing rules (WHATWG 13.2.6): which open elements a
 * start tag ends, and how far an end tag reaches. */
#pragma once

#include <glib.h>

enum {
	HISHO_ELEMENT_EMPTY = 1 << 0,  /* has no end tag */
	HISHO_ELEMENT_BLOCK = 1 << 1,  /* ends a run of text */
	HISHO_ELEMENT_WALL = 1 << 2,   /* hardly an end tag reaches beyond it */
	HISHO_ELEMENT_FORMAT = 1 << 3, /* goes on behind an end that is not its
					  own */
	HISHO_ELEMENT_MARKER = 1 << 4, /* but not beyond this one */
	HISHO_ELEMENT_IN_HEAD = 1 << 5, /* may stand in the head */
	HISHO_ELEMENT_UNSEEN = 1 << 6,	/* nothing in it is shown */
	HISHO_ELEMENT_PAGE = 1 << 7,	/* html, body: the page itself */
	HISHO_ELEMENT_FOREIGN = 1 << 8, /* svg, math */
	HISHO_ELEMENT_ISLAND = 1 << 9,	/* HTML again in the midst of them */
	HISHO_ELEMENT_P = 1 << 10,
	HISHO_ELEMENT_ITEM = 1 << 11,
	HISHO_ELEMENT_TERM = 1 << 12,
	HISHO_ELEMENT_CELL = 1 << 13,
	HISHO_ELEMENT_ROW = 1 << 14,
	HISHO_ELEMENT_ROWS = 1 << 15, /* tbody and its like */
	HISHO_ELEMENT_TABLE = 1 << 16,
	HISHO_ELEMENT_IN_TABLE = 1 << 17, /* nowhere else */
	HISHO_ELEMENT_ANCHOR = 1 << 18,
	HISHO_ELEMENT_HEAD = 1 << 19,
	HISHO_ELEMENT_LIST = 1 << 20,
	HISHO_ELEMENT_BUTTON = 1 << 21,
	HISHO_ELEMENT_FORM = 1 << 22,
	HISHO_ELEMENT_HEADING = 1 << 23,
	HISHO_ELEMENT_OPTION = 1 << 24,
	HISHO_ELEMENT_DIVISION = 1 << 25, /* an item ends through it */
	HISHO_ELEMENT_BOX = 1 << 26,	  /* has a size among text */
	HISHO_ELEMENT_IMAGE = 1 << 27,	  /* a box that shows something */
	HISHO_ELEMENT_SUMMARY = 1 << 28,

	/* In one of these no end tag of an inline element reaches out. */
	HISHO_ELEMENT_SPECIAL = HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_WALL |
	    HISHO_ELEMENT_UNSEEN | HISHO_ELEMENT_ISLAND | HISHO_ELEMENT_BUTTON,
};

typedef struct {
	const char *name;
	guint flags;
	guint ends; /* flags of the elements that its start tag ends */
} HishoElement;

/* The element called NAME (lower case).  One that is not known is a plain
 * inline element, without name and flags.  Static. */
const HishoElement *hisho_element_find(const char *name);
