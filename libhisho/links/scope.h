/* scope.h - which open element a tag means
 *
 * The scopes of the parsing rules (WHATWG 13.2.4.2). */
#pragma once

#include "libhisho/links/stack.h"

/* An element of a name, or any with one of FLAGS; no element with one of WALLS
 * lies between. */
typedef struct {
	guint name; /* its hash; 0: any */
	guint flags;
	guint walls;
} HishoScope;

/* The place of the last open element in SCOPE; 0 for none. */
guint hisho_scope_find(const HishoStack *stack, const HishoScope *scope);

/* What the end tag of an element NAME with FLAGS ends: of those of a kind any,
 * and how far it reaches. */
HishoScope hisho_scope_of_end_tag(guint flags, guint name);
