#include "libhisho/links/cascade.h"

#include <string.h>

#include "libhisho/links/declaration.h"
#include "libhisho/links/hint.h"

#define MEDIUM 16 /* pixels of the usual font */

static void
set_default(HishoStyle *style, HishoStyleProperty property, HishoValue value)
{
	hisho_style_set(style, property, &value, HISHO_STYLE_HINT);
}

/* What a browser says of the element that TAG opens (15.3). */
static void
read_defaults(const HishoCascade *cascade, HishoStyle *style,
    const HishoHtmlToken *tag, bool is_quirky)
{
	if (strcmp(tag->name, "a") == 0 && hisho_html_attribute(tag, "href"))
		set_default(style, HISHO_STYLE_COLOR,
		    (HishoValue){ .kind = HISHO_VALUE_COLOR,
			.color = cascade->link_color });
	if (is_quirky && strcmp(tag->name, "table") == 0)
		set_default(style, HISHO_STYLE_FONT_SIZE,
		    (HishoValue){ HISHO_VALUE_PIXELS, MEDIUM, { 0, 0 } });
}

/* Keeps the STYLES of ELEMENT: those that say nothing are none, and where one
 * is for every view it is kept once. */
static void
keep_styles(const HishoCascade *cascade, const HishoStack *stack,
    HishoOpen *element, const HishoStyle styles[HISHO_STACK_VIEWS])
{
	bool is_one = cascade->sheet == NULL;

	for (guint view = 0; view < stack->n_views; view++) {
		if (styles[is_one ? 0 : view].set == 0)
			continue;
		if (is_one && view > 0) {
			element->styles[view] =
			    g_rc_box_acquire(element->styles[0]);
			continue;
		}
		element->styles[view] = g_rc_box_new(HishoStyle);
		*element->styles[view] = styles[view];
	}
}

void
hisho_cascade_find(HishoCascade *cascade, HishoStack *stack, HishoOpen *element,
    const HishoHtmlToken *tag)
{
	HishoStyle styles[HISHO_STACK_VIEWS];
	const HishoHtmlAttribute *text;

	hisho_style_clear(&styles[0]);
	hisho_hint_read(&styles[0], tag, &text);
	read_defaults(cascade, &styles[0], tag, stack->is_quirky);
	if (text != NULL)
		hisho_declaration_read(&styles[0], text->value,
		    text->value_length, HISHO_STYLE_INLINE_RULE);
	if (cascade->sheet != NULL) {
		styles[1].set = 0;
		if (stack->n_views > 1 && styles[0].set != 0)
			styles[1] = styles[0];
		element->n_names =
		    hisho_sheet_push_names(cascade->sheet, stack, tag);
		hisho_sheet_apply(
		    cascade->sheet, stack, element->n_names, styles);
	}
	keep_styles(cascade, stack, element, styles);
}
