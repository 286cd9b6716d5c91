#include "libhisho/links/look.h"

#include "libhisho/links/shape.h"

#define OPACITY_MIN 0.051
#define SIZE_MIN 1 /* pixels: what is no larger shows nothing */
#define MEDIUM 16  /* pixels */
#define WHOLE 1000 /* pixels of 100% of what nobody knows */
#define UNLIMITED 1e6

static const HishoValue *
value_of(const HishoStyle *style, HishoStyleProperty property)
{
	return hisho_style_has(style, property) ? &style->values[property]
						: NULL;
}

/* What a word of PROPERTY means; OTHERWISE without one. */
static int
word_of(const HishoStyle *style, HishoStyleProperty property, int otherwise)
{
	const HishoValue *value = value_of(style, property);

	return value != NULL && value->kind == HISHO_VALUE_WORD
	    ? (int)value->number
	    : otherwise;
}

/* A length of PROPERTY in pixels; OTHERWISE when it has none. */
static double
length_of(const HishoStyle *style, HishoStyleProperty property,
    const HishoLook *look, double otherwise)
{
	const HishoValue *value = value_of(style, property);

	if (value == NULL || value->kind == HISHO_VALUE_WORD ||
	    value->kind == HISHO_VALUE_INITIAL ||
	    value->kind == HISHO_VALUE_INHERIT)
		return otherwise;
	return hisho_value_pixels(value, look->font_size, WHOLE);
}

HishoLook
hisho_look_of_page(void)
{
	return (HishoLook){
		.color = { 0x000000, 255 },
		.background = { 0xFFFFFF, 255 },
		.opacity = 1,
		.font_size = MEDIUM,
		.line_height = -1,
		.line_box = -1,
	};
}

static void
apply_font(HishoLook *look, const HishoStyle *style)
{
	const HishoValue *size = value_of(style, HISHO_STYLE_FONT_SIZE);
	const HishoValue *line = value_of(style, HISHO_STYLE_LINE_HEIGHT);

	if (size != NULL && size->kind == HISHO_VALUE_INITIAL)
		look->font_size = MEDIUM;
	else if (size != NULL)
		look->font_size = (float)hisho_value_pixels(
		    size, look->font_size, look->font_size);
	if (line == NULL || line->kind == HISHO_VALUE_INHERIT)
		return;
	if (line->kind == HISHO_VALUE_WORD || line->kind == HISHO_VALUE_INITIAL)
		look->line_height = -1;
	else if (line->kind == HISHO_VALUE_NUMBER)
		look->line_height = line->number * look->font_size;
	else
		look->line_height = (float)hisho_value_pixels(
		    line, look->font_size, look->font_size);
}

static void
apply_indent(HishoLook *look, const HishoStyle *style)
{
	const HishoValue *indent = value_of(style, HISHO_STYLE_TEXT_INDENT);

	if (indent != NULL && indent->kind != HISHO_VALUE_INHERIT)
		look->indent =
		    (float)length_of(style, HISHO_STYLE_TEXT_INDENT, look, 0);
}

static HishoColor
color_of(const HishoValue *value, HishoColor initial, HishoColor inherited)
{
	if (value->kind == HISHO_VALUE_COLOR)
		return value->color;
	return value->kind == HISHO_VALUE_INITIAL ? initial : inherited;
}

static void
apply_color(HishoLook *look, const HishoStyle *style)
{
	const HishoColor unknown = { -1, 255 }, black = { 0, 255 };
	const HishoValue *fill = value_of(style, HISHO_STYLE_FILL_COLOR);
	const HishoValue *color = value_of(style, HISHO_STYLE_COLOR);
	const HishoValue *shadow = value_of(style, HISHO_STYLE_TEXT_SHADOW);

	if (fill != NULL)
		look->is_filled = fill->kind == HISHO_VALUE_COLOR;
	if (fill != NULL && look->is_filled)
		look->color = fill->color;
	else if (color != NULL && !look->is_filled)
		look->color = color_of(color, black, look->color);
	if (word_of(style, HISHO_STYLE_BACKGROUND_CLIP, 0) == 1 ||
	    (shadow != NULL && shadow->kind == HISHO_VALUE_COLOR &&
		!hisho_color_is_like(shadow->color, look->background)))
		look->color = unknown;
}

static void
apply_background(HishoLook *look, const HishoStyle *style)
{
	const HishoColor unknown = { -1, 255 }, none = { 0, 0 };
	const HishoValue *color = value_of(style, HISHO_STYLE_BACKGROUND_COLOR);

	if (word_of(style, HISHO_STYLE_BACKGROUND_IMAGE, 0) == 1)
		look->background = unknown;
	else if (color != NULL)
		look->background = hisho_color_over(
		    color_of(color, none, none), look->background);
}

static void
apply_opacity(HishoLook *look, const HishoStyle *style)
{
	static const HishoStyleProperty both[] = { HISHO_STYLE_OPACITY,
		HISHO_STYLE_FILTER };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		const HishoValue *value = value_of(style, both[i]);
		if (value == NULL ||
		    (value->kind != HISHO_VALUE_NUMBER &&
			value->kind != HISHO_VALUE_PART))
			continue;
		look->opacity *= CLAMP(value->number, 0, 1);
	}
}

static void
apply_visibility(HishoLook *look, const HishoStyle *style)
{
	const HishoValue *value = value_of(style, HISHO_STYLE_VISIBILITY);

	if (value != NULL && value->kind != HISHO_VALUE_INHERIT)
		look->invisible =
		    word_of(style, HISHO_STYLE_VISIBILITY, 0) == 1;
}

/* Whether FIRST, a width or a height with its maximum and minimum after it,
 * leaves nothing of it. */
static bool
is_flat(
    const HishoLook *look, const HishoStyle *style, HishoStyleProperty first)
{
	double size = length_of(style, first, look, UNLIMITED);

	size = MIN(size, length_of(style, first + 1, look, UNLIMITED));
	return MAX(size, length_of(style, first + 2, look, 0)) <= SIZE_MIN;
}

static bool
is_far(const HishoLook *look, const HishoStyle *style)
{
	static const struct {
		HishoStyleProperty property;
		double least, most;
	} ways[] = {
		{ HISHO_STYLE_LEFT, -HISHO_SHAPE_FAR, 4 * HISHO_SHAPE_FAR },
		{ HISHO_STYLE_TOP, -HISHO_SHAPE_FAR, UNLIMITED },
		{ HISHO_STYLE_RIGHT, -HISHO_SHAPE_FAR, 4 * HISHO_SHAPE_FAR },
		{ HISHO_STYLE_BOTTOM, -HISHO_SHAPE_FAR, UNLIMITED },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		double way = length_of(style, ways[i].property, look, 0);
		if (way <= ways[i].least || way >= ways[i].most)
			return true;
	}
	return false;
}

static bool
is_away(const HishoLook *look, const HishoStyle *style)
{
	static const HishoStyleProperty moves[] = { HISHO_STYLE_TRANSFORM,
		HISHO_STYLE_TRANSLATE };

	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++)
		if (word_of(style, moves[i], 0) == HISHO_SHAPE_AWAY)
			return true;
	return length_of(style, HISHO_STYLE_MARGIN_LEFT, look, 0) <=
	    -HISHO_SHAPE_FAR ||
	    length_of(style, HISHO_STYLE_MARGIN_TOP, look, 0) <=
	    -HISHO_SHAPE_FAR;
}

/* What an element of STYLE is laid out as. */
static HishoLookShape
shape_of(const HishoStyle *style, HishoLookShape shape)
{
	int display = word_of(style, HISHO_STYLE_DISPLAY, -1);

	if (shape == HISHO_LOOK_REPLACED)
		return shape;
	if (display == HISHO_STYLE_BLOCK)
		shape = HISHO_LOOK_BLOCK;
	else if (display == HISHO_STYLE_CELL)
		shape = HISHO_LOOK_CELL;
	else if (display == HISHO_STYLE_INLINE)
		shape = HISHO_LOOK_INLINE;
	bool is_out = word_of(style, HISHO_STYLE_FLOAT, 0) == 1 ||
	    word_of(style, HISHO_STYLE_POSITION, 0) == 2;
	return is_out && shape == HISHO_LOOK_INLINE ? HISHO_LOOK_BLOCK : shape;
}

static bool
is_cutting(const HishoStyle *style)
{
	return word_of(style, HISHO_STYLE_OVERFLOW_X, 0) == 1 ||
	    word_of(style, HISHO_STYLE_OVERFLOW_Y, 0) == 1;
}

/* What of STYLE takes a box of SHAPE from sight. */
static const char *
box_reason(const HishoLook *look, const HishoStyle *style, HishoLookShape shape)
{
	int position = word_of(style, HISHO_STYLE_POSITION, 0);
	bool is_cut = shape == HISHO_LOOK_REPLACED ||
	    (shape == HISHO_LOOK_BLOCK && is_cutting(style));

	if (is_cut &&
	    (is_flat(look, style, HISHO_STYLE_WIDTH) ||
		is_flat(look, style, HISHO_STYLE_HEIGHT)))
		return "size";
	if (word_of(style, HISHO_STYLE_CLIP_PATH, 0) == HISHO_SHAPE_NOTHING ||
	    (position == 2 &&
		word_of(style, HISHO_STYLE_CLIP, 0) == HISHO_SHAPE_NOTHING))
		return "clip";
	if (shape != HISHO_LOOK_INLINE &&
	    (word_of(style, HISHO_STYLE_TRANSFORM, 0) == HISHO_SHAPE_NOTHING ||
		word_of(style, HISHO_STYLE_SCALE, 0) == HISHO_SHAPE_NOTHING))
		return "scale";
	if ((position > 0 && is_far(look, style)) ||
	    (shape != HISHO_LOOK_INLINE && is_away(look, style)) ||
	    length_of(style, HISHO_STYLE_MARGIN_LEFT, look, 0) <=
		-HISHO_SHAPE_FAR)
		return "off-screen";
	return NULL;
}

/* Why nothing in an element of STYLE is seen, whatever its descendants say. */
static const char *
find_gone(const HishoLook *look, const HishoStyle *style, HishoLookShape shape)
{
	if (word_of(style, HISHO_STYLE_DISPLAY, -1) == HISHO_STYLE_NONE)
		return style->weights[HISHO_STYLE_DISPLAY] == HISHO_STYLE_HINT
		    ? "hidden"
		    : "display";
	if (word_of(style, HISHO_STYLE_CONTENT_VISIBILITY, 0) == 1)
		return "visibility";
	if (look->opacity < OPACITY_MIN)
		return "opacity";
	return box_reason(look, style, shape);
}

void
hisho_look_apply(HishoLook *look, const HishoStyle *style, HishoLookShape shape)
{
	if (style != NULL && style->set != 0) {
		apply_font(look, style);
		apply_indent(look, style);
		apply_background(look, style);
		apply_color(look, style);
		apply_opacity(look, style);
		shape = shape_of(style, shape);
		apply_visibility(look, style);
		const char *gone = find_gone(look, style, shape);
		if (look->gone == NULL)
			look->gone = gone;
		look->is_cut |= shape == HISHO_LOOK_BLOCK && is_cutting(style);
	}
	if (shape == HISHO_LOOK_BLOCK || shape == HISHO_LOOK_CELL) {
		look->line_box = look->line_height;
		look->indent_box = look->indent;
	}
}

const char *
hisho_look_image_reason(const HishoLook *look)
{
	if (look->gone != NULL)
		return look->gone;
	if (look->invisible)
		return "visibility";
	if (look->indent_box <= -HISHO_SHAPE_FAR ||
	    (look->is_cut && look->indent_box >= WHOLE))
		return "off-screen";
	return NULL;
}

const char *
hisho_look_text_reason(const HishoLook *look)
{
	const char *reason = hisho_look_image_reason(look);

	if (reason != NULL)
		return reason;
	if (look->font_size <= SIZE_MIN)
		return "font-size";
	if (look->is_cut && look->line_box >= 0 && look->line_box <= SIZE_MIN &&
	    look->line_height <= SIZE_MIN)
		return "line-height";
	return hisho_color_is_like(look->color, look->background) ? "color"
								  : NULL;
}

bool
hisho_look_is_painted(const HishoStyle *style)
{
	return word_of(style, HISHO_STYLE_BACKGROUND_IMAGE, 0) == 1;
}
