/* value.h - the values that properties of CSS have
 *
 * Only as far as they hide something: lengths, colours and some words. */
#pragma once

#include "libhisho/links/color.h"

typedef enum {
	HISHO_VALUE_WORD,   /* number: what it means, by property */
	HISHO_VALUE_PIXELS, /* number */
	HISHO_VALUE_EMS,    /* number, of the element's font size */
	HISHO_VALUE_PART,   /* number, 1 for 100% */
	HISHO_VALUE_NUMBER, /* number, without a unit */
	HISHO_VALUE_COLOR,  /* color */
	HISHO_VALUE_INHERIT,
	HISHO_VALUE_INITIAL,
} HishoValueKind;

typedef struct {
	HishoValueKind kind;
	float number;
	HishoColor color;
} HishoValue;

/* Reads a number with or without unit at *AT (lower case) and moves *AT behind
 * it.  False when there is none, or of an unknown unit. */
bool hisho_value_read_number(HishoValue *value, const char **at);

/* Reads TEXT, which is nothing but such a number. */
bool hisho_value_parse_number(HishoValue *value, const char *text);

/* The length of VALUE in pixels; FONT_SIZE is in pixels, too, WHOLE what 100%
 * are.  What has no length is as long as WHOLE. */
double hisho_value_pixels(
    const HishoValue *value, double font_size, double whole);
