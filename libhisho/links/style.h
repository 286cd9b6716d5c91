/* style.h - what a style attribute does to the look of an element */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* How a reader sees what stands in an element; each holds for all in it,
 * unless said otherwise. */
typedef struct {
	const char *gone; /* why not at all, once and for all; static */
	bool invisible;	  /* until a descendant is visible */
	bool tiny;	  /* until a descendant has another size */
	gint32 color;	  /* 0xRRGGBB, -1 where nobody can tell */
	gint32 background;
} HishoLook;

/* Changes LOOK, until now the parent's, by the declarations of LENGTH bytes
 * of TEXT; 16 KiB of them are read. */
void hisho_style_apply(HishoLook *look, const char *text, size_t length);

/* Why text of this look would not be seen: "display", "color", ...; static.
 * NULL when it would. */
const char *hisho_style_reason(const HishoLook *look);
