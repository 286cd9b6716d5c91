#include "libhisho/links/style.h"

void
hisho_style_clear(HishoStyle *style)
{
	style->set = 0;
}

bool
hisho_style_has(const HishoStyle *style, HishoStyleProperty property)
{
	return style->set >> property & 1;
}

void
hisho_style_set(HishoStyle *style, HishoStyleProperty property,
    const HishoValue *value, guint32 weight)
{
	if (hisho_style_has(style, property) &&
	    style->weights[property] > weight)
		return;
	style->set |= (guint64)1 << property;
	style->values[property] = *value;
	style->weights[property] = weight;
}

void
hisho_style_set_word(HishoStyle *style, HishoStyleProperty property, int number)
{
	const HishoValue value = {
		.kind = HISHO_VALUE_WORD,
		.number = (float)number,
	};

	hisho_style_set(style, property, &value, HISHO_STYLE_HINT);
}
