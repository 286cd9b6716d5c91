#include "libhisho/links/color.h"

#include <stdlib.h>
#include <string.h>

#include "libhisho/links/color-table.h"

#define LIKE 16 /* of 255: how far two colours differ that are nearly one */

static const HishoColor unknown = { -1, 255 };

static int
compare_names(const void *key, const void *named)
{
	return strcmp(key, ((const HishoNamedColor *)named)->name);
}

static bool
parse_name(HishoColor *color, const char *text)
{
	const HishoNamedColor *named =
	    bsearch(text, hisho_named_colors, G_N_ELEMENTS(hisho_named_colors),
		sizeof(*hisho_named_colors), compare_names);

	if (named != NULL)
		*color = (HishoColor){ named->rgb, 255 };
	else if (strcmp(text, "transparent") == 0)
		*color = (HishoColor){ 0, 0 };
	else
		return false;
	return true;
}

/* "rgb", "rgba", "rrggbb" or "rrggbbaa". */
static bool
parse_hex(HishoColor *color, const char *text)
{
	size_t n = strspn(text, "0123456789abcdefABCDEF");
	guint parts[4] = { 0, 0, 0, 255 };

	if (text[n] != '\0' || (n != 3 && n != 4 && n != 6 && n != 8))
		return false;
	size_t width = n < 6 ? 1 : 2;
	for (size_t i = 0; i < n / width; i++) {
		guint high = (guint)g_ascii_xdigit_value(text[i * width]);
		guint low =
		    (guint)g_ascii_xdigit_value(text[i * width + width - 1]);
		parts[i] = high * 16 + low;
	}
	*color = (HishoColor){
		(gint32)(parts[0] << 16 | parts[1] << 8 | parts[2]),
		(guint8)parts[3],
	};
	return true;
}

/* One part of a function, of which 1 is FULL; -1 if it is none. */
static double
read_part(const char **at, double full)
{
	char *end;

	*at += strspn(*at, " ,/");
	double part = g_ascii_strtod(*at, &end) / full;
	if (end == *at)
		return -1;
	if (*end == '%')
		part *= full / 100;
	*at = end + strcspn(end, " ,/)");
	return CLAMP(part, 0, 1);
}

/* The channel of a hue (css-color-4, 7.1). */
static double
hue_channel(double n, double hue, double saturation, double lightness)
{
	double k = n + hue * 12;

	while (k >= 12)
		k -= 12;
	double a = saturation * MIN(lightness, 1 - lightness);
	double b = MIN(MIN(k - 3, 9 - k), 1);
	return lightness - a * MAX(-1, b);
}

static void
turn_hue(double parts[3])
{
	const double hue = parts[0], saturation = parts[1], light = parts[2];

	parts[0] = hue_channel(0, hue, saturation, light);
	parts[1] = hue_channel(8, hue, saturation, light);
	parts[2] = hue_channel(4, hue, saturation, light);
}

static bool
parse_function(HishoColor *color, const char *text)
{
	HishoColor parsed = unknown;
	bool hue = g_str_has_prefix(text, "hsl");
	double parts[4] = { 0, 0, 0, 1 };
	const char *at = strchr(text, '(');

	if (at == NULL || text[strlen(text) - 1] != ')')
		return false;
	if ((!hue && !g_str_has_prefix(text, "rgb")) ||
	    strstr(text, "var(") != NULL) {
		*color = unknown;
		return true;
	}
	at++;
	for (size_t i = 0; i < 3; i++)
		parts[i] = read_part(&at, !hue ? 255 : i == 0 ? 360 : 100);
	if (parts[0] < 0 || parts[1] < 0 || parts[2] < 0)
		return false;
	double alpha = read_part(&at, 1);
	if (alpha < 0)
		alpha = 1;
	if (hue)
		turn_hue(parts);
	parsed.rgb = (gint32)(parts[0] * 255 + 0.5) << 16 |
	    (gint32)(parts[1] * 255 + 0.5) << 8 |
	    (gint32)(parts[2] * 255 + 0.5);
	parsed.alpha = (guint8)(alpha * 255 + 0.5);
	*color = parsed;
	return true;
}

bool
hisho_color_parse(HishoColor *color, const char *text)
{
	if (*text == '#')
		return parse_hex(color, text + 1);
	if (strchr(text, '(') != NULL)
		return parse_function(color, text);
	return parse_name(color, text);
}

/* The N bytes of TEXT as a number, where what is no digit is 0. */
static guint
loose_hex(const char *text, size_t n)
{
	guint value = 0;

	for (size_t i = 0; i < n; i++)
		value =
		    value * 16 + (guint)MAX(g_ascii_xdigit_value(text[i]), 0);
	return value;
}

/* Three parts of the same length, of each the first two digits that are not
 * 0 in all of them. */
static gint32
parse_loose(const char *text)
{
	char digits[129] = { 0 };
	size_t n = MIN(strlen(text), 128);

	memcpy(digits, text, n);
	size_t width = MAX((n + 2) / 3, 1), skip = 0;
	memset(digits + n, '0', width * 3 > n ? width * 3 - n : 0);
	if (width > 8)
		skip = width - 8;
	while (width - skip > 2 && loose_hex(digits + skip, 1) == 0 &&
	    loose_hex(digits + width + skip, 1) == 0 &&
	    loose_hex(digits + 2 * width + skip, 1) == 0)
		skip++;
	size_t used = MIN(width - skip, 2);
	return (gint32)(loose_hex(digits + skip, used) << 16 |
	    loose_hex(digits + width + skip, used) << 8 |
	    loose_hex(digits + 2 * width + skip, used));
}

HishoColor
hisho_color_of_attribute(const char *text)
{
	g_autofree char *copy = g_strndup(text, 256);
	g_autofree char *lower = g_ascii_strdown(g_strstrip(copy), -1);
	HishoColor color = unknown;

	if (*lower == '\0' || strcmp(lower, "transparent") == 0)
		return color;
	if (*lower != '#' && parse_name(&color, lower))
		return color;
	const char *digits = lower + (*lower == '#' ? 1 : 0);
	if (strlen(lower) == 4 && *lower == '#' && parse_hex(&color, digits))
		return color;
	return (HishoColor){ parse_loose(digits), 255 };
}

HishoColor
hisho_color_over(HishoColor color, HishoColor ground)
{
	gint32 rgb = 0;

	if (color.alpha == 255)
		return color;
	if (color.alpha == 0)
		return ground;
	if (color.rgb < 0 || ground.rgb < 0)
		return unknown;
	for (int shift = 0; shift <= 16; shift += 8) {
		gint32 front = color.rgb >> shift & 255;
		gint32 back = ground.rgb >> shift & 255;
		rgb |= (back + (front - back) * color.alpha / 255) << shift;
	}
	return (HishoColor){ rgb, 255 };
}

bool
hisho_color_is_like(HishoColor color, HishoColor ground)
{
	if (color.alpha <= LIKE)
		return true;
	color = hisho_color_over(color, ground);
	if (color.rgb < 0 || ground.rgb < 0)
		return false;
	for (int shift = 0; shift <= 16; shift += 8)
		if (ABS((color.rgb >> shift & 255) -
			(ground.rgb >> shift & 255)) > LIKE)
			return false;
	return true;
}
