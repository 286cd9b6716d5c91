/* media.h - on what screens rules of CSS hold */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The width of a window, and of a telephone, in pixels. */
#define HISHO_MEDIA_WIDE 1200
#define HISHO_MEDIA_NARROW 375

/* Whether the media queries in TEXT (mediaqueries-4, in any case) hold on a
 * screen that is WIDTH pixels wide; "" does.  What is not understood does
 * not. */
bool hisho_media_holds(const char *text, int width);
