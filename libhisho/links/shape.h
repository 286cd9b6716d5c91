/* shape.h - values of CSS that cut an element off or move it away */
#pragma once

#include <stdbool.h>

/* How far to the left or above the page nothing is seen any more, in pixels.*/
#define HISHO_SHAPE_FAR 500

/* What becomes of an element. */
typedef enum {
	HISHO_SHAPE_SEEN,
	HISHO_SHAPE_NOTHING, /* nothing is left of it */
	HISHO_SHAPE_AWAY,    /* it is out of the page */
} HishoShape;

/* Each reads TEXT in lower case, with single blanks.  What is not understood
 * is seen. */
HishoShape hisho_shape_of_clip(const char *text);
HishoShape hisho_shape_of_clip_path(const char *text);
HishoShape hisho_shape_of_transform(const char *text);
HishoShape hisho_shape_of_scale(const char *text);
HishoShape hisho_shape_of_translate(const char *text);
