#include "libhisho/links/color.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

gint32
hisho_color_parse(const char *text)
{
	static const struct {
		const char *name;
		gint32 color;
	} names[] = {
		{ "white", 0xFFFFFF },
		{ "black", 0x000000 },
		{ "snow", 0xFFFAFA },
		{ "ivory", 0xFFFFF0 },
		{ "whitesmoke", 0xF5F5F5 },
		{ "ghostwhite", 0xF8F8FF },
		{ "floralwhite", 0xFFFAF0 },
		{ "red", 0xFF0000 },
		{ "green", 0x008000 },
		{ "blue", 0x0000FF },
		{ "yellow", 0xFFFF00 },
		{ "silver", 0xC0C0C0 },
		{ "gray", 0x808080 },
		{ "grey", 0x808080 },
		{ "navy", 0x000080 },
		{ "orange", 0xFFA500 },
		{ "lightgray", 0xD3D3D3 },
		{ "lightgrey", 0xD3D3D3 },
	};
	guint r, g, b;
	int n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(text, names[i].name) == 0)
			return names[i].color;
	if (sscanf(text, "rgb(%3u , %3u , %3u )%n", &r, &g, &b, &n) == 3 &&
	    n > 0)
		return (
		    gint32)(MIN(r, 255) << 16 | MIN(g, 255) << 8 | MIN(b, 255));
	text += *text == '#';
	size_t digits = strspn(text, "0123456789abcdefABCDEF");
	if (text[digits] != '\0' || (digits != 3 && digits != 6))
		return -1;
	gint32 value = (gint32)strtol(text, NULL, 16);
	if (digits == 6)
		return value;
	return (value >> 8 & 15) * 0x110000 + (value >> 4 & 15) * 0x1100 +
	    (value & 15) * 0x11;
}

bool
hisho_color_is_like(gint32 a, gint32 b)
{
	if (a < 0 || b < 0)
		return false;
	for (int shift = 0; shift <= 16; shift += 8)
		if (ABS((a >> shift & 255) - (b >> shift & 255)) > 12)
			return false;
	return true;
}
