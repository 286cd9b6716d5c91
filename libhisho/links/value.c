#include "libhisho/links/value.h"

#include <string.h>

#define ROOT_FONT_SIZE 16 /* pixels */
#define VIEW_PART 8	  /* pixels of 1% of a window */

bool
hisho_value_read_number(HishoValue *value, const char **at)
{
	static const struct {
		const char *unit;
		HishoValueKind kind;
		double factor;
	} units[] = {
		{ "px", HISHO_VALUE_PIXELS, 1 },
		{ "%", HISHO_VALUE_PART, 0.01 },
		{ "em", HISHO_VALUE_EMS, 1 },
		{ "pt", HISHO_VALUE_PIXELS, 96 / 72.0 },
		{ "rem", HISHO_VALUE_PIXELS, ROOT_FONT_SIZE },
		{ "ex", HISHO_VALUE_EMS, 0.5 },
		{ "ch", HISHO_VALUE_EMS, 0.5 },
		{ "lh", HISHO_VALUE_EMS, 1.2 },
		{ "pc", HISHO_VALUE_PIXELS, 16 },
		{ "in", HISHO_VALUE_PIXELS, 96 },
		{ "cm", HISHO_VALUE_PIXELS, 96 / 2.54 },
		{ "mm", HISHO_VALUE_PIXELS, 96 / 25.4 },
		{ "q", HISHO_VALUE_PIXELS, 96 / 101.6 },
		{ "vw", HISHO_VALUE_PIXELS, VIEW_PART },
		{ "vh", HISHO_VALUE_PIXELS, VIEW_PART },
		{ "vmin", HISHO_VALUE_PIXELS, VIEW_PART },
		{ "vmax", HISHO_VALUE_PIXELS, VIEW_PART },
		{ "deg", HISHO_VALUE_NUMBER, 1 },
		{ "", HISHO_VALUE_NUMBER, 1 },
	};
	char *end;
	double number;

	/* Neither "inf" nor "0x1" is a number here. */
	if (!g_ascii_isdigit((*at)[strspn(*at, "+-.")]))
		return false;
	const char *digits = *at + strspn(*at, "+-");
	number = g_ascii_strtod(*at, &end);
	if (digits[0] == '0' && digits[1] == 'x')
		return false;
	size_t n = 0;
	while (g_ascii_isalpha(end[n]) || end[n] == '%')
		n++;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strncmp(units[i].unit, end, n) != 0 ||
		    units[i].unit[n] != '\0')
			continue;
		*at = end + n;
		value->kind = units[i].kind;
		value->number =
		    (float)(CLAMP(number, -1e6, 1e6) * units[i].factor);
		return true;
	}
	return false;
}

bool
hisho_value_parse_number(HishoValue *value, const char *text)
{
	HishoValue parsed = { 0 };

	if (!hisho_value_read_number(&parsed, &text) || *text != '\0')
		return false;
	*value = parsed;
	return true;
}

double
hisho_value_pixels(const HishoValue *value, double font_size, double whole)
{
	switch (value->kind) {
	case HISHO_VALUE_PIXELS:
	case HISHO_VALUE_NUMBER:
		return value->number;
	case HISHO_VALUE_EMS:
		return value->number * font_size;
	case HISHO_VALUE_PART:
		return value->number * whole;
	default:
		return whole;
	}
}
