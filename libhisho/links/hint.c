#include "libhisho/links/hint.h"

#include <stdlib.h>
#include <string.h>

static void
hint_color(HishoStyle *style, HishoStyleProperty property, const char *text)
{
	const HishoValue value = {
		.kind = HISHO_VALUE_COLOR,
		.color = hisho_color_of_attribute(text),
	};

	if (value.color.rgb >= 0)
		hisho_style_set(style, property, &value, HISHO_STYLE_HINT);
}

static void
hint_image(HishoStyle *style, HishoStyleProperty property, const char *text)
{
	hisho_style_set_word(
	    style, property, text[strspn(text, " \t\r\n\f")] != '\0');
}

/* A length in pixels or percent (WHATWG 2.3.4.4). */
static void
hint_length(HishoStyle *style, HishoStyleProperty property, const char *text)
{
	char *end;
	HishoValue value = { .kind = HISHO_VALUE_PIXELS };

	text += strspn(text, " \t\r\n\f");
	if (!g_ascii_isdigit(*text))
		return;
	value.number = (float)MIN(g_ascii_strtod(text, &end), 1e6);
	if (*end == '%') {
		value.kind = HISHO_VALUE_PART;
		value.number /= 100;
	}
	hisho_style_set(style, property, &value, HISHO_STYLE_HINT);
}

/* The sizes of font (WHATWG 15.3.4). */
static void
hint_font_size(HishoStyle *style, HishoStyleProperty property, const char *text)
{
	static const float sizes[] = { 10, 10, 13, 16, 18, 24, 32, 48 };
	char *end;

	text += strspn(text, " \t\r\n\f");
	long size = strtol(text, &end, 10);
	if (end == text)
		return;
	size += *text == '+' || *text == '-' ? 3 : 0;
	const HishoValue value = {
		.kind = HISHO_VALUE_PIXELS,
		.number = sizes[CLAMP(size, 1, 7)],
	};
	hisho_style_set(style, property, &value, HISHO_STYLE_HINT);
}

static void
hint_hidden(HishoStyle *style, HishoStyleProperty property, const char *text)
{
	(void)text;
	hisho_style_set_word(style, property, HISHO_STYLE_NONE);
}

static const struct {
	const char *attribute;
	const char *elements; /* NULL: any; otherwise each between spaces */
	void (*read)(
	    HishoStyle *style, HishoStyleProperty property, const char *text);
	HishoStyleProperty property;
} hints[] = {
	{ "bgcolor", " body table tr td th tbody thead tfoot marquee ",
	    hint_color, HISHO_STYLE_BACKGROUND_COLOR },
	{ "color", " font ", hint_color, HISHO_STYLE_COLOR },
	{ "text", " body ", hint_color, HISHO_STYLE_COLOR },
	{ "background", " body table tr td th tbody thead tfoot ", hint_image,
	    HISHO_STYLE_BACKGROUND_IMAGE },
	{ "width", " img image input iframe embed object video canvas svg ",
	    hint_length, HISHO_STYLE_WIDTH },
	{ "height", " img image input iframe embed object video canvas svg ",
	    hint_length, HISHO_STYLE_HEIGHT },
	{ "size", " font ", hint_font_size, HISHO_STYLE_FONT_SIZE },
	{ "hidden", NULL, hint_hidden, HISHO_STYLE_DISPLAY },
};

static bool
is_among(const char *elements, const char *name)
{
	size_t n = strlen(name);
	const char *at = elements != NULL ? strstr(elements, name) : NULL;

	if (elements == NULL)
		return true;
	for (; at != NULL; at = strstr(at + 1, name))
		if (at > elements && at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}

void
hisho_hint_read(HishoStyle *style, const HishoHtmlToken *tag,
    const HishoHtmlAttribute **text)
{
	*text = NULL;
	for (size_t n = 0; n < tag->n_attributes; n++) {
		const HishoHtmlAttribute *a = &tag->attributes[n];
		if (strcmp(a->name, "style") == 0)
			*text = a;
		for (size_t i = 0; i < G_N_ELEMENTS(hints); i++)
			if (hints[i].attribute[0] == a->name[0] &&
			    strcmp(hints[i].attribute, a->name) == 0 &&
			    is_among(hints[i].elements, tag->name))
				hints[i].read(
				    style, hints[i].property, a->value);
	}
}
