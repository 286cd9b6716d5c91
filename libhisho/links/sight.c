#include "libhisho/links/sight.h"

#include <string.h>

#include "libhisho/links/declaration.h"
#include "libhisho/links/element.h"
#include "libhisho/links/look.h"

/* As deep as Blink goes; what is deeper looks as this level does. */
#define DEPTH_MAX 512

typedef struct {
	guint name; /* its hash: a stranger's name needs no keeping */
	guint flags;
	HishoLook look;
	bool alien;   /* an element of SVG or MathML */
	bool foreign; /* what stands in it is, too */
} OpenElement;

struct HishoSight {
	GArray *open; /* of OpenElement; the first stands for the page */
	size_t n_deeper;
	size_t lowest; /* depth between the last tag's ends and its start */
	HishoColor link_color;
};

static OpenElement *
sight_top(const HishoSight *sight)
{
	return &g_array_index(sight->open, OpenElement, sight->open->len - 1);
}

HishoSight *
hisho_sight_new(void)
{
	const OpenElement page = {
		.look = hisho_look_of_page(),
	};
	HishoSight *sight = g_new0(HishoSight, 1);

	sight->link_color = (HishoColor){ 0x0000EE, 255 };
	sight->open = g_array_new(FALSE, FALSE, sizeof(OpenElement));
	g_array_append_val(sight->open, page);
	return sight;
}

void
hisho_sight_free(HishoSight *sight)
{
	if (sight == NULL)
		return;
	g_array_unref(sight->open);
	g_free(sight);
}

size_t
hisho_sight_depth(const HishoSight *sight)
{
	return sight->open->len + sight->n_deeper;
}

size_t
hisho_sight_lowest(const HishoSight *sight)
{
	return sight->lowest;
}

const char *
hisho_sight_reason(const HishoSight *sight)
{
	return hisho_look_text_reason(&sight_top(sight)->look);
}

bool
hisho_sight_is_alien(const HishoSight *sight)
{
	return sight_top(sight)->alien;
}

/* What the attributes of TAG alone say of its style. */
static void
read_hints(HishoStyle *style, const HishoHtmlToken *tag)
{
	for (size_t i = 0; i < tag->n_attributes; i++) {
		const HishoHtmlAttribute *a = &tag->attributes[i];
		HishoValue value = { .kind = HISHO_VALUE_COLOR };
		if (strcmp(a->name, "hidden") == 0) {
			hisho_style_set_word(
			    style, HISHO_STYLE_DISPLAY, HISHO_STYLE_NONE);
		} else if (strcmp(a->name, "style") == 0) {
			hisho_declaration_read(style, a->value, a->value_length,
			    HISHO_STYLE_INLINE_RULE);
		} else if (strcmp(a->name, "background") == 0) {
			hisho_style_set_word(
			    style, HISHO_STYLE_BACKGROUND_IMAGE, 1);
		} else if (strcmp(a->name, "bgcolor") == 0) {
			value.color = hisho_color_of_attribute(a->value);
			hisho_style_set(style, HISHO_STYLE_BACKGROUND_COLOR,
			    &value, HISHO_STYLE_HINT);
		} else if (strcmp(a->name, "color") == 0 ||
		    strcmp(a->name, "text") == 0) {
			value.color = hisho_color_of_attribute(a->value);
			hisho_style_set(
			    style, HISHO_STYLE_COLOR, &value, HISHO_STYLE_HINT);
		}
	}
}

static void
apply_attributes(HishoSight *sight, HishoLook *look, const HishoHtmlToken *tag)
{
	HishoStyle style;

	hisho_style_clear(&style);
	read_hints(&style, tag);
	guint flags = hisho_element_find(tag->name)->flags;
	hisho_look_apply(look, &style,
	    flags &
		    (HISHO_ELEMENT_CELL | HISHO_ELEMENT_ROW |
			HISHO_ELEMENT_TABLE)
		? HISHO_LOOK_CELL
		: flags & HISHO_ELEMENT_BLOCK ? HISHO_LOOK_BLOCK
					      : HISHO_LOOK_INLINE);
	(void)sight;
}

/* Ends the outermost open element with one of FLAGS that no wall hides. */
static void
sight_end(HishoSight *sight, guint flags)
{
	guint keep = sight->open->len;

	for (guint i = sight->open->len - 1; i > 0; i--) {
		const OpenElement *e =
		    &g_array_index(sight->open, OpenElement, i);
		if (e->flags & flags)
			keep = i;
		else if (e->flags & HISHO_ELEMENT_WALL)
			break;
	}
	g_array_set_size(sight->open, keep);
}

/* Ends foreign content where an element of HTML proper begins. */
static void
sight_leave_foreign(HishoSight *sight, guint flags)
{
	if (!(flags & (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_FORMAT)) ||
	    flags & HISHO_ELEMENT_ANCHOR)
		return;
	while (sight_top(sight)->foreign)
		g_array_set_size(sight->open, sight->open->len - 1);
}

void
hisho_sight_open(HishoSight *sight, const HishoHtmlToken *tag)
{
	const HishoElement *known = hisho_element_find(tag->name);
	guint flags = known->flags;
	const char *outside = sight_top(sight)->look.gone;

	sight_leave_foreign(sight, flags);
	if (known->ends != 0)
		sight_end(sight, known->ends);
	if (!(flags & HISHO_ELEMENT_IN_HEAD) && g_strcmp0(outside, "head") == 0)
		sight_end(sight, HISHO_ELEMENT_HEAD);
	sight->lowest = hisho_sight_depth(sight);
	if (flags & HISHO_ELEMENT_EMPTY)
		return;
	if (sight->open->len == DEPTH_MAX) {
		sight->n_deeper++;
		return;
	}
	OpenElement element = *sight_top(sight);
	element.name = g_str_hash(tag->name);
	element.flags = flags;
	element.alien = flags & HISHO_ELEMENT_FOREIGN || element.foreign;
	element.foreign = element.alien && !(flags & HISHO_ELEMENT_ISLAND);
	if (element.alien && tag->self_closing)
		return;
	if (flags & HISHO_ELEMENT_UNSEEN && element.look.gone == NULL)
		element.look.gone = known->name;
	if (flags & HISHO_ELEMENT_ANCHOR)
		element.look.color = sight->link_color;
	const char *gone = element.look.gone;
	apply_attributes(sight, &element.look, tag);
	if (gone != NULL)
		element.look.gone = gone;
	g_array_append_val(sight->open, element);
}

/* How far the end tag of an element with FLAGS reaches. */
static guint
end_tag_limit(guint flags)
{
	if (flags & HISHO_ELEMENT_IN_TABLE)
		return HISHO_ELEMENT_TABLE;
	if (flags &
	    (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_FORMAT | HISHO_ELEMENT_WALL))
		return HISHO_ELEMENT_WALL;
	return HISHO_ELEMENT_WALL | HISHO_ELEMENT_BLOCK;
}

/* The place of the open element that an end tag NAME means; 0 for none. */
static guint
find_open(const HishoSight *sight, const char *name)
{
	guint hash = g_str_hash(name);
	guint limit = end_tag_limit(hisho_element_find(name)->flags);

	for (guint i = sight->open->len - 1; i > 0; i--) {
		const OpenElement *e =
		    &g_array_index(sight->open, OpenElement, i);
		if (e->name == hash)
			return i;
		if (e->flags & limit)
			return 0;
	}
	return 0;
}

void
hisho_sight_close(HishoSight *sight, const char *name)
{
	guint place = 0;

	if (hisho_element_find(name)->flags &
	    (HISHO_ELEMENT_PAGE | HISHO_ELEMENT_EMPTY))
		return;
	if (sight->n_deeper > 0)
		sight->n_deeper--;
	else
		place = find_open(sight, name);
	if (place > 0)
		g_array_set_size(sight->open, place);
	sight->lowest = hisho_sight_depth(sight);
}

void
hisho_sight_leave_head(HishoSight *sight)
{
	if (g_strcmp0(sight_top(sight)->look.gone, "head") == 0)
		sight_end(sight, HISHO_ELEMENT_HEAD);
}
