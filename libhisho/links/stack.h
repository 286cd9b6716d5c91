/* stack.h - the elements that are open at a place of a page
 *
 * The stack of open elements and the list of active formatting elements of
 * the parsing rules (WHATWG 13.2.4), with the look of each. */
#pragma once

#include "libhisho/links/element.h"
#include "libhisho/links/look.h"

/* A page can be seen in a window, or in the narrow one of a telephone. */
#define HISHO_STACK_VIEWS 2

typedef struct {
	guint name; /* its hash: a stranger's name needs no keeping */
	guint flags;
	guint anchor; /* the number of the anchor it stands in, or is; or 0 */
	HishoLookShape shape;
	const char *gone; /* why what stands in it is not seen; static */
	bool alien;	  /* an element of SVG or MathML */
	bool foreign;	  /* what stands in it is, too */
	bool is_closed;	  /* but what was opened in it is not */
	HishoStyle *styles[HISHO_STACK_VIEWS]; /* NULL for none */
	HishoLook looks[HISHO_STACK_VIEWS];
	guint first_name, n_names; /* by which rules of CSS know it */
} HishoOpen;

/* A formatting element that its own end tag has not ended. */
typedef struct {
	HishoOpen element; /* with flags of 0: a marker */
	guint place;	   /* of it in the stack; 0: ended by others' tags */
} HishoActive;

typedef struct {
	GArray *open;	 /* of HishoOpen; the first stands for the page */
	GArray *active;	 /* of HishoActive */
	GArray *names;	 /* of guint, of the open elements */
	guint n_anchors; /* so far */
	guint deep_anchor;
	guint n_views;
	size_t n_steps;
	bool has_form;	    /* began, and its end tag was not met */
	bool is_quirky;	    /* without doctype, as old pages are read */
	bool limit_reached; /* nobody knows what is open */
} HishoStack;

/* A page with nothing open. */
HishoStack *hisho_stack_new(void);
void hisho_stack_free(HishoStack *stack);

/* Lets go of the styles of ELEMENT, which is not opened. */
void hisho_stack_drop(HishoOpen *element);

/* Element I, or the last one. */
HishoOpen *hisho_stack_at(const HishoStack *stack, guint i);
HishoOpen *hisho_stack_top(const HishoStack *stack);

/* The element in which one of FLAGS would be seen that was opened I deep:
 * nothing but cells is seen in a table, it stands before it. */
const HishoOpen *hisho_stack_parent(
    const HishoStack *stack, guint i, guint flags);

/* Opens ELEMENT, whose styles it takes; how it looks is found out. */
void hisho_stack_push_take(HishoStack *stack, HishoOpen *element);

/* Ends element KEEP and all in it. */
void hisho_stack_cut(HishoStack *stack, guint keep);

/* Forgets the active elements from the last marker on, as the end tag of its
 * element does; that of a cell ends by whichever tag. */
void hisho_stack_clear_to_marker(HishoStack *stack);

/* Ends element I, but nothing in it. */
void hisho_stack_remove(HishoStack *stack, guint i);

/* Finds out again how element I looks and all in it. */
void hisho_stack_refresh(HishoStack *stack, guint i);

/* The entry of the last active element NAME that no marker hides; -1 for
 * none. */
int hisho_stack_find_active(const HishoStack *stack, guint name);
void hisho_stack_remove_active(HishoStack *stack, guint i);

/* Opens again what only others' tags have ended. */
void hisho_stack_reopen(HishoStack *stack);

/* The number of the anchor in which text would stand here; 0 for none. */
guint hisho_stack_anchor(const HishoStack *stack);

/* Whether text might still stand in anchor N. */
bool hisho_stack_has_anchor(const HishoStack *stack, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoStack, hisho_stack_free)
