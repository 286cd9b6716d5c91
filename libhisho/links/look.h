/* look.h - how a reader sees what stands in an element */
#pragma once

#include "libhisho/links/style.h"

/* How what stands in an element looks. */
typedef struct {
	const char *gone; /* why not at all, once and for all; static */
	HishoColor color;
	HishoColor background; /* what is behind it */
	float opacity;
	float font_size;   /* pixels */
	float line_height; /* pixels, or less than 0: by the font */
	float line_box;	   /* the same of the block */
	float indent;	   /* pixels */
	float indent_box;  /* the same of the block */
	bool invisible;	   /* until a descendant is visible */
	bool is_cut;	   /* by the edge of something */
	bool is_filled;	   /* the color is that of a fill */
} HishoLook;

/* What an element is by itself. */
typedef enum {
	HISHO_LOOK_INLINE,
	HISHO_LOOK_BLOCK,
	HISHO_LOOK_CELL,     /* as large as its content, whatever is said */
	HISHO_LOOK_REPLACED, /* an image: cut by its own size */
} HishoLookShape;

/* Black text on white. */
HishoLook hisho_look_of_page(void);

/* Changes LOOK, until now the parent's, to that of an element of SHAPE with
 * STYLE, NULL for none. */
void hisho_look_apply(
    HishoLook *look, const HishoStyle *style, HishoLookShape shape);

/* Why text that looks so is not seen: "display", "color", ...; static.  NULL
 * when it is seen. */
const char *hisho_look_text_reason(const HishoLook *look);

/* The same of an image, which needs neither color nor font. */
const char *hisho_look_image_reason(const HishoLook *look);

/* Whether an element of STYLE shows something even without content. */
bool hisho_look_is_painted(const HishoStyle *style);
