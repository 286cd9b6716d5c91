#include "libhisho/links/style.h"

#include <string.h>

#include "libhisho/links/color.h"
#include "libhisho/links/css.h"

#define STYLE_MAX_BYTES 16384 /* of one attribute, read for what it hides */

/* What the declarations of one style attribute come to. */
typedef struct {
	HishoLook *look;
	bool display_none;
	bool transparent;
	bool zero_size;
	bool cut;
	bool far_away;
} Style;

static void
apply_display(Style *style, const char *value)
{
	style->display_none = strcmp(value, "none") == 0;
}

static void
apply_visibility(Style *style, const char *value)
{
	style->look->invisible = strcmp(value, "visible") != 0 &&
	    (style->look->invisible || strcmp(value, "hidden") == 0 ||
		strcmp(value, "collapse") == 0);
}

static void
apply_opacity(Style *style, const char *value)
{
	char *end;
	double opacity = g_ascii_strtod(value, &end);

	style->transparent = end != value && opacity < 0.02;
}

/* 0 and 1 pixel are no size; a relative size is one of its parent's. */
static void
apply_font_size(Style *style, const char *value)
{
	char *unit;
	double size = g_ascii_strtod(value, &unit);
	bool relative = g_str_has_prefix(unit, "em") || *unit == '%';

	if (unit == value)
		return;
	if (relative)
		style->look->tiny |= size < (*unit == '%' ? 10 : 0.1);
	else
		style->look->tiny =
		    size <= (g_str_has_prefix(unit, "rem") ? 0.1 : 1);
}

static void
apply_font(Style *style, const char *value)
{
	if (g_ascii_isdigit(*value))
		apply_font_size(style, value);
}

static void
apply_size(Style *style, const char *value)
{
	char *unit;
	double size = g_ascii_strtod(value, &unit);

	style->zero_size |= unit != value && size <= 1 && *unit != '%';
}

static void
apply_overflow(Style *style, const char *value)
{
	style->cut = strcmp(value, "hidden") == 0;
}

static void
apply_position(Style *style, const char *value)
{
	style->far_away |= g_ascii_strtod(value, NULL) <= -900;
}

static void
apply_color(Style *style, const char *value)
{
	if (strcmp(value, "inherit") != 0)
		style->look->color = hisho_color_parse(value);
}

static void
apply_background(Style *style, const char *value)
{
	if (strcmp(value, "none") == 0 || strcmp(value, "inherit") == 0 ||
	    strcmp(value, "transparent") == 0)
		return;
	style->look->background = hisho_color_parse(value);
}

static const struct {
	const char *name;
	void (*apply)(Style *style, const char *value);
} properties[] = {
	{ "display", apply_display },
	{ "visibility", apply_visibility },
	{ "opacity", apply_opacity },
	{ "font-size", apply_font_size },
	{ "font", apply_font },
	{ "width", apply_size },
	{ "height", apply_size },
	{ "max-width", apply_size },
	{ "max-height", apply_size },
	{ "overflow", apply_overflow },
	{ "text-indent", apply_position },
	{ "left", apply_position },
	{ "top", apply_position },
	{ "margin-left", apply_position },
	{ "margin-top", apply_position },
	{ "color", apply_color },
	{ "background", apply_background },
	{ "background-color", apply_background },
};

/* One "name: value" of a style, in lower case. */
static void
apply_declaration(Style *style, char *declaration)
{
	char *colon = strchr(declaration, ':');

	if (colon == NULL)
		return;
	*colon = '\0';
	char *mark = strrchr(colon + 1, '!');
	if (mark != NULL)
		*mark = '\0';
	const char *name = g_strstrip(declaration);
	const char *value = g_strstrip(colon + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(properties[i].name, name) == 0)
			properties[i].apply(style, value);
}

void
hisho_style_apply(HishoLook *look, const char *text, size_t length)
{
	Style style = { .look = look };
	g_autofree char *decoded =
	    hisho_css_dup_decoded(text, MIN(length, STYLE_MAX_BYTES));
	g_autofree char *lower = g_ascii_strdown(decoded, -1);
	g_auto(GStrv) declarations = g_strsplit(lower, ";", -1);

	for (char **d = declarations; *d != NULL; d++)
		apply_declaration(&style, *d);
	if (style.display_none)
		look->gone = "display";
	else if (style.transparent)
		look->gone = "opacity";
	else if (style.zero_size && style.cut)
		look->gone = "size";
	else if (style.far_away)
		look->gone = "off-screen";
}

const char *
hisho_style_reason(const HishoLook *look)
{
	if (look->gone != NULL)
		return look->gone;
	if (look->invisible)
		return "visibility";
	if (look->tiny)
		return "font-size";
	return hisho_color_is_like(look->color, look->background) ? "color"
								  : NULL;
}
