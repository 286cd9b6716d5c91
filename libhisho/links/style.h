/* style.h - which declaration holds for each property of an element
 *
 * Of CSS as far as it can hide something. */
#pragma once

#include "libhisho/links/value.h"

typedef enum {
	HISHO_STYLE_DISPLAY,	/* a HishoStyleDisplay */
	HISHO_STYLE_VISIBILITY, /* of these, 1 means what hides */
	HISHO_STYLE_CONTENT_VISIBILITY,
	HISHO_STYLE_FLOAT,
	HISHO_STYLE_POSITION, /* 0 static, 1 relative, 2 out of the flow */
	HISHO_STYLE_OVERFLOW_X,
	HISHO_STYLE_OVERFLOW_Y,
	HISHO_STYLE_OPACITY,
	HISHO_STYLE_FILTER, /* its opacity */
	HISHO_STYLE_FONT_SIZE,
	HISHO_STYLE_LINE_HEIGHT,
	HISHO_STYLE_WIDTH,
	HISHO_STYLE_MAX_WIDTH,
	HISHO_STYLE_MIN_WIDTH,
	HISHO_STYLE_HEIGHT,
	HISHO_STYLE_MAX_HEIGHT,
	HISHO_STYLE_MIN_HEIGHT,
	HISHO_STYLE_LEFT,
	HISHO_STYLE_RIGHT,
	HISHO_STYLE_TOP,
	HISHO_STYLE_BOTTOM,
	HISHO_STYLE_MARGIN_LEFT,
	HISHO_STYLE_MARGIN_TOP,
	HISHO_STYLE_TEXT_INDENT,
	HISHO_STYLE_CLIP,      /* 1: nothing is left */
	HISHO_STYLE_CLIP_PATH, /* the same */
	HISHO_STYLE_TRANSFORM, /* 1: to nothing, 2: out of the page */
	HISHO_STYLE_SCALE,     /* the same */
	HISHO_STYLE_TRANSLATE, /* the same */
	HISHO_STYLE_COLOR,
	HISHO_STYLE_FILL_COLOR,
	HISHO_STYLE_BACKGROUND_COLOR,
	HISHO_STYLE_BACKGROUND_IMAGE, /* 1: there is one */
	HISHO_STYLE_BACKGROUND_CLIP,  /* 1: it is seen through the text */
	HISHO_STYLE_TEXT_SHADOW,      /* a color */
	HISHO_STYLE_PROPERTIES,
} HishoStyleProperty;

typedef enum {
	HISHO_STYLE_NONE,
	HISHO_STYLE_INLINE,
	HISHO_STYLE_BLOCK, /* what has a size of its own */
	HISHO_STYLE_CELL,  /* what is as large as its content */
} HishoStyleDisplay;

/* What outweighs what (css-cascade-4, 6.1), to be added up. */
enum {
	HISHO_STYLE_HINT = 0, /* an attribute of HTML, or what is usual */
	HISHO_STYLE_RULE = 1,
	HISHO_STYLE_INLINE_RULE = 1 << 29,
	HISHO_STYLE_IMPORTANT = 1 << 30,
};

typedef struct {
	guint64 set; /* bit by property */
	HishoValue values[HISHO_STYLE_PROPERTIES];
	guint32 weights[HISHO_STYLE_PROPERTIES];
} HishoStyle;

/* Forgets all declarations. */
void hisho_style_clear(HishoStyle *style);

/* Whether there is one for PROPERTY. */
bool hisho_style_has(const HishoStyle *style, HishoStyleProperty property);

/* Declares VALUE for PROPERTY unless what holds has a greater WEIGHT. */
void hisho_style_set(HishoStyle *style, HishoStyleProperty property,
    const HishoValue *value, guint32 weight);

/* The same of a word that means NUMBER. */
void hisho_style_set_word(
    HishoStyle *style, HishoStyleProperty property, int number);
