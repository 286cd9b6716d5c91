/* color.h - colours as HTML and CSS write them */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The colour that TEXT means as 0xRRGGBB, -1 where it cannot be told. */
gint32 hisho_color_parse(const char *text);

/* Whether A and B are nearly the same: nobody reads #FDFDFD on white.  A
 * colour that cannot be told is like no other. */
bool hisho_color_is_like(gint32 a, gint32 b);
