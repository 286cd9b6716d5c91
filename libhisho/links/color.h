/* color.h - colours as HTML and CSS write them */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* 0xRRGGBB, -1 where it cannot be told, and how much of it covers what is
 * behind: 255 all, 0 nothing. */
typedef struct {
	gint32 rgb;
	guint8 alpha;
} HishoColor;

/* Reads TEXT (lower case, blanks collapsed) as CSS does (css-color-4).  False,
 * with COLOR untouched, when it is no colour; one of a kind that is not
 * computed here, or a variable, cannot be told. */
bool hisho_color_parse(HishoColor *color, const char *text);

/* The colour of an attribute, where anything is one (WHATWG 2.3.6). */
HishoColor hisho_color_of_attribute(const char *text);

/* What is seen of COLOR on GROUND. */
HishoColor hisho_color_over(HishoColor color, HishoColor ground);

/* Whether COLOR on GROUND is nearly the same: nobody reads #FDFDFD on white.
 * What cannot be told is like no other, but what is transparent is. */
bool hisho_color_is_like(HishoColor color, HishoColor ground);
