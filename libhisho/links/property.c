#include "libhisho/links/property.h"

#include <string.h>

#include "libhisho/links/coat.h"
#include "libhisho/links/keyword.h"
#include "libhisho/links/shape.h"

/* A declaration on its way into a style. */
typedef struct {
	HishoStyle *style;
	HishoStyleProperty property;
	guint32 weight;
} Target;

static void
set(const Target *target, const HishoValue *value)
{
	hisho_style_set(target->style, target->property, value, target->weight);
}

static void
set_word(const Target *target, int means)
{
	const HishoValue value = {
		.kind = HISHO_VALUE_WORD,
		.number = (float)means,
	};

	set(target, &value);
}

static void
read_word(const Target *target, const char *text)
{
	int means;

	if (hisho_keyword_read(target->property, text, &means))
		set_word(target, means);
}

static void
read_overflow(const Target *target, const char *text)
{
	g_auto(GStrv) both = g_strsplit(text, " ", 3);
	Target other = *target;
	int x, y;

	if (both[0] == NULL ||
	    !hisho_keyword_read(HISHO_STYLE_OVERFLOW_X, both[0], &x) ||
	    !hisho_keyword_read(
		HISHO_STYLE_OVERFLOW_X, both[both[1] ? 1 : 0], &y))
		return;
	other.property = HISHO_STYLE_OVERFLOW_Y;
	set_word(target, x);
	set_word(&other, y);
}

static void
read_opacity(const Target *target, const char *text)
{
	HishoValue value;

	if (hisho_value_parse_number(&value, text) &&
	    (value.kind == HISHO_VALUE_NUMBER ||
		value.kind == HISHO_VALUE_PART))
		set(target, &value);
}

/* Of a filter, opacity(); of the old one of Internet Explorer nothing. */
static void
read_filter(const Target *target, const char *text)
{
	HishoValue value;
	const char *at = strstr(text, "opacity(");

	if (at == NULL || g_str_has_prefix(text, "progid") ||
	    g_str_has_prefix(text, "alpha")) {
		set_word(target, 0);
		return;
	}
	at += strlen("opacity(");
	if (hisho_value_read_number(&value, &at))
		set(target, &value);
}

/* A length, or one of the words that leave it to the content. */
static void
read_size(const Target *target, const char *text)
{
	static const char *const open[] = { "auto", "none", "min-content",
		"max-content", "fit-content", "normal", NULL };
	HishoValue value;

	if (hisho_value_parse_number(&value, text))
		set(target, &value);
	else if (g_strv_contains(open, text) || strchr(text, '(') != NULL)
		set_word(target, 0);
}

/* The same, as only what cannot be negative. */
static void
read_extent(const Target *target, const char *text)
{
	if (*text != '-')
		read_size(target, text);
}

static void
read_font_size(const Target *target, const char *text)
{
	static const struct {
		const char *word;
		float size;
	} sizes[] = { { "xx-small", 9 }, { "x-small", 10 }, { "small", 13 },
		{ "medium", 16 }, { "large", 18 }, { "x-large", 24 },
		{ "xx-large", 32 }, { "xxx-large", 48 } };
	HishoValue value = { .kind = HISHO_VALUE_PIXELS };

	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
		if (strcmp(sizes[i].word, text) == 0)
			value.number = sizes[i].size;
	if (value.number > 0) {
		set(target, &value);
		return;
	}
	if (strcmp(text, "smaller") == 0 || strcmp(text, "larger") == 0)
		value = (HishoValue){ .kind = HISHO_VALUE_EMS, .number = 1 };
	else if (*text == '-' || !hisho_value_parse_number(&value, text))
		return;
	set(target, &value);
}

/* Of "bold 12px/1.5 Arial" what begins with a digit and is no weight. */
static void
read_font(const Target *target, const char *text)
{
	Target line = *target;
	g_auto(GStrv) parts = g_strsplit(text, " ", 9);

	line.property = HISHO_STYLE_LINE_HEIGHT;
	for (char **word = parts; *word != NULL; word++) {
		HishoValue value;
		char *slash = strchr(*word, '/');
		const char *at = *word;
		if (slash != NULL)
			*slash = '\0';
		bool is_number = hisho_value_read_number(&value, &at);
		bool is_weight = is_number &&
		    value.kind == HISHO_VALUE_NUMBER && value.number >= 1;
		if (is_weight || (!is_number && slash == NULL))
			continue;
		read_font_size(target, *word);
		set_word(&line, 0);
		if (slash != NULL)
			read_extent(&line, slash + 1);
		return;
	}
}

/* One to four values of the sides in ORDER, top first. */
static void
read_sides(
    const Target *target, const char *text, const HishoStyleProperty order[4])
{
	static const guint side_of[5][4] = { { 0 }, { 0, 0, 0, 0 },
		{ 0, 1, 0, 1 }, { 0, 1, 2, 1 }, { 0, 1, 2, 3 } };
	g_auto(GStrv) sides = g_strsplit(text, " ", 5);
	guint n = g_strv_length(sides);
	Target side = *target;

	for (size_t i = 0; n > 0 && n < 5 && i < 4; i++) {
		side.property = order[i];
		if (order[i] != HISHO_STYLE_PROPERTIES)
			read_size(&side, sides[side_of[n][i]]);
	}
}

static void
read_margin(const Target *target, const char *text)
{
	static const HishoStyleProperty order[] = { HISHO_STYLE_MARGIN_TOP,
		HISHO_STYLE_PROPERTIES, HISHO_STYLE_PROPERTIES,
		HISHO_STYLE_MARGIN_LEFT };

	read_sides(target, text, order);
}

static void
read_inset(const Target *target, const char *text)
{
	static const HishoStyleProperty order[] = { HISHO_STYLE_TOP,
		HISHO_STYLE_RIGHT, HISHO_STYLE_BOTTOM, HISHO_STYLE_LEFT };

	read_sides(target, text, order);
}

static void
read_shape(const Target *target, const char *text)
{
	static const struct {
		HishoStyleProperty property;
		HishoShape (*read)(const char *text);
	} shapes[] = {
		{ HISHO_STYLE_CLIP, hisho_shape_of_clip },
		{ HISHO_STYLE_CLIP_PATH, hisho_shape_of_clip_path },
		{ HISHO_STYLE_TRANSFORM, hisho_shape_of_transform },
		{ HISHO_STYLE_SCALE, hisho_shape_of_scale },
		{ HISHO_STYLE_TRANSLATE, hisho_shape_of_translate },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
		if (shapes[i].property == target->property)
			set_word(target, (int)shapes[i].read(text));
}

static void
read_color(const Target *target, const char *text)
{
	HishoValue value = { .kind = HISHO_VALUE_COLOR };

	if (strcmp(text, "currentcolor") == 0)
		value.kind = HISHO_VALUE_INHERIT;
	else if (!hisho_color_parse(&value.color, text))
		return;
	set(target, &value);
}

static void
read_background(const Target *target, const char *text)
{
	HishoValue value = { .kind = HISHO_VALUE_COLOR };
	Target color = *target;

	color.property = HISHO_STYLE_BACKGROUND_COLOR;
	if (hisho_coat_find_color(&value.color, text))
		set(&color, &value);
	else
		set(&color, &(HishoValue){ .kind = HISHO_VALUE_INITIAL });
	set_word(target, hisho_coat_has_image(text));
}

static void
read_image(const Target *target, const char *text)
{
	set_word(target, hisho_coat_has_image(text));
}

static void
read_shadow(const Target *target, const char *text)
{
	HishoValue value = { .kind = HISHO_VALUE_COLOR };

	if (strcmp(text, "none") == 0)
		set_word(target, 0);
	else if (hisho_coat_find_color(&value.color, text))
		set(target, &value);
}

/* Those written most come first. */
static const struct {
	const char *name;
	void (*read)(const Target *target, const char *text);
	HishoStyleProperty property;
} properties[] = {
	{ "color", read_color, HISHO_STYLE_COLOR },
	{ "font-size", read_font_size, HISHO_STYLE_FONT_SIZE },
	{ "line-height", read_extent, HISHO_STYLE_LINE_HEIGHT },
	{ "width", read_extent, HISHO_STYLE_WIDTH },
	{ "height", read_extent, HISHO_STYLE_HEIGHT },
	{ "display", read_word, HISHO_STYLE_DISPLAY },
	{ "background-color", read_color, HISHO_STYLE_BACKGROUND_COLOR },
	{ "background", read_background, HISHO_STYLE_BACKGROUND_IMAGE },
	{ "font", read_font, HISHO_STYLE_FONT_SIZE },
	{ "margin", read_margin, HISHO_STYLE_MARGIN_LEFT },
	{ "max-width", read_extent, HISHO_STYLE_MAX_WIDTH },
	{ "max-height", read_extent, HISHO_STYLE_MAX_HEIGHT },
	{ "min-width", read_extent, HISHO_STYLE_MIN_WIDTH },
	{ "min-height", read_extent, HISHO_STYLE_MIN_HEIGHT },
	{ "overflow", read_overflow, HISHO_STYLE_OVERFLOW_X },
	{ "overflow-x", read_word, HISHO_STYLE_OVERFLOW_X },
	{ "overflow-y", read_word, HISHO_STYLE_OVERFLOW_Y },
	{ "visibility", read_word, HISHO_STYLE_VISIBILITY },
	{ "opacity", read_opacity, HISHO_STYLE_OPACITY },
	{ "margin-left", read_size, HISHO_STYLE_MARGIN_LEFT },
	{ "margin-top", read_size, HISHO_STYLE_MARGIN_TOP },
	{ "float", read_word, HISHO_STYLE_FLOAT },
	{ "position", read_word, HISHO_STYLE_POSITION },
	{ "left", read_size, HISHO_STYLE_LEFT },
	{ "right", read_size, HISHO_STYLE_RIGHT },
	{ "top", read_size, HISHO_STYLE_TOP },
	{ "bottom", read_size, HISHO_STYLE_BOTTOM },
	{ "inset", read_inset, HISHO_STYLE_TOP },
	{ "text-indent", read_size, HISHO_STYLE_TEXT_INDENT },
	{ "background-image", read_image, HISHO_STYLE_BACKGROUND_IMAGE },
	{ "background-clip", read_word, HISHO_STYLE_BACKGROUND_CLIP },
	{ "-webkit-background-clip", read_word, HISHO_STYLE_BACKGROUND_CLIP },
	{ "-webkit-text-fill-color", read_color, HISHO_STYLE_FILL_COLOR },
	{ "text-shadow", read_shadow, HISHO_STYLE_TEXT_SHADOW },
	{ "clip", read_shape, HISHO_STYLE_CLIP },
	{ "clip-path", read_shape, HISHO_STYLE_CLIP_PATH },
	{ "-webkit-clip-path", read_shape, HISHO_STYLE_CLIP_PATH },
	{ "transform", read_shape, HISHO_STYLE_TRANSFORM },
	{ "-webkit-transform", read_shape, HISHO_STYLE_TRANSFORM },
	{ "scale", read_shape, HISHO_STYLE_SCALE },
	{ "translate", read_shape, HISHO_STYLE_TRANSLATE },
	{ "filter", read_filter, HISHO_STYLE_FILTER },
	{ "content-visibility", read_word, HISHO_STYLE_CONTENT_VISIBILITY },
};

/* What every property takes; a variable may be anything. */
static bool
declare_common(const Target *target, const char *value)
{
	static const char *const initial[] = { "initial", "unset", "revert",
		"revert-layer", NULL };
	HishoValue common = { .kind = HISHO_VALUE_INHERIT };

	if (g_strv_contains(initial, value))
		common.kind = HISHO_VALUE_INITIAL;
	else if (strcmp(value, "inherit") != 0)
		return false;
	set(target, &common);
	return true;
}

void
hisho_property_declare(
    HishoStyle *style, const char *name, const char *value, guint32 weight)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		const Target target = {
			.style = style,
			.property = properties[i].property,
			.weight = weight,
		};
		if (properties[i].name[0] != name[0] ||
		    strcmp(properties[i].name, name) != 0)
			continue;
		if (!declare_common(&target, value))
			properties[i].read(&target, value);
		return;
	}
}
