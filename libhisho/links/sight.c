#include "libhisho/links/sight.h"

#include <string.h>

#include "libhisho/links/cascade.h"
#include "libhisho/links/nesting.h"

struct HishoSight {
	HishoStack *stack;
	HishoOpen tag; /* of the last start tag; holds no styles */
	bool tag_shows;
	HishoCascade cascade;
	bool has_body; /* its tag was met */
};

void
hisho_sight_free(HishoSight *sight)
{
	if (sight == NULL)
		return;
	hisho_stack_free(sight->stack);
	hisho_sheet_free(sight->cascade.sheet);
	g_free(sight);
}

/* Why what ELEMENT looks like is not seen, in any view. */
static const char *
find_reason(const HishoSight *sight, const HishoOpen *element,
    const char *(*reason_of)(const HishoLook *look))
{
	const char *reason = reason_of(&element->looks[0]);

	for (guint view = 1; view < sight->stack->n_views; view++)
		if (reason != NULL && reason_of(&element->looks[view]) == NULL)
			reason = NULL;
	if (reason == NULL && sight->stack->limit_reached)
		return "limit";
	return reason;
}

const char *
hisho_sight_reason(const HishoSight *sight)
{
	const HishoOpen *here =
	    hisho_stack_parent(sight->stack, sight->stack->open->len, 0);

	return find_reason(sight, here, hisho_look_text_reason);
}

const char *
hisho_sight_tag_reason(const HishoSight *sight)
{
	return find_reason(sight, &sight->tag, hisho_look_image_reason);
}

bool
hisho_sight_tag_shows(const HishoSight *sight)
{
	return sight->tag_shows;
}

bool
hisho_sight_is_alien(const HishoSight *sight)
{
	return hisho_stack_top(sight->stack)->alien;
}

guint
hisho_sight_anchor(const HishoSight *sight)
{
	return hisho_stack_anchor(sight->stack);
}

bool
hisho_sight_has_anchor(const HishoSight *sight, guint n)
{
	return hisho_stack_has_anchor(sight->stack, n);
}

bool
hisho_sight_limit_reached(const HishoSight *sight)
{
	return sight->stack->limit_reached ||
	    (sight->cascade.sheet != NULL &&
		hisho_sheet_limit_reached(sight->cascade.sheet));
}

void
hisho_sight_note_doctype(HishoSight *sight)
{
	sight->stack->is_quirky = false;
}

static HishoLookShape
shape_of(guint flags)
{
	if (flags & HISHO_ELEMENT_IMAGE)
		return HISHO_LOOK_REPLACED;
	if (flags &
	    (HISHO_ELEMENT_CELL | HISHO_ELEMENT_ROW | HISHO_ELEMENT_ROWS |
		HISHO_ELEMENT_TABLE | HISHO_ELEMENT_PAGE))
		return HISHO_LOOK_CELL;
	if (flags & (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_BOX))
		return HISHO_LOOK_BLOCK;
	return HISHO_LOOK_INLINE;
}

/* Why nothing that stands in the element of TAG is shown; NULL when it is. */
static const char *
find_gone(const HishoHtmlToken *tag, const HishoElement *known)
{
	bool is_open = hisho_html_attribute(tag, "open") != NULL;

	if (known->flags & HISHO_ELEMENT_UNSEEN)
		return known->name;
	if (!is_open &&
	    (strcmp(known->name, "details") == 0 ||
		strcmp(known->name, "dialog") == 0))
		return known->name;
	return NULL;
}

/* In what the element of a tag would be seen: the sources of a video are not
 * what it shows when it cannot, and nobody looks for a refresh in the head. */
static const HishoOpen *
find_parent(const HishoStack *stack, guint flags)
{
	guint depth = stack->open->len;
	guint around = hisho_stack_top(stack)->flags;
	bool is_source = (flags & HISHO_ELEMENT_EMPTY) &&
	    !(flags & HISHO_ELEMENT_IMAGE) && around & HISHO_ELEMENT_IMAGE;

	if (depth > 1 && (is_source || around & HISHO_ELEMENT_HEAD))
		depth--;
	return hisho_stack_parent(stack, depth, flags);
}

/* How the element of the tag looks itself, whatever stands in it. */
static void
note_tag(HishoSight *sight, const HishoOpen *element)
{
	const HishoStack *stack = sight->stack;
	const HishoOpen *parent = find_parent(stack, element->flags);

	for (guint view = 0; view < stack->n_views; view++) {
		const HishoStyle *style = element->styles[view];
		sight->tag.looks[view] = parent->looks[view];
		hisho_look_apply(
		    &sight->tag.looks[view], style, element->shape);
		sight->tag_shows |=
		    style != NULL && hisho_look_is_painted(style);
	}
}

/* Adds what a tag of html or body says to the page: what an earlier one said
 * holds (13.2.6.4.7). */
static void
change_page(HishoSight *sight, HishoOpen *element, const HishoHtmlToken *tag)
{
	HishoOpen *page = hisho_stack_at(sight->stack, 0);
	const char *link = hisho_html_attribute(tag, "link");

	if (sight->stack->open->len == 1)
		page->n_names = sight->stack->names->len;
	if (link != NULL && hisho_color_of_attribute(link).rgb >= 0)
		sight->cascade.link_color = hisho_color_of_attribute(link);
	for (guint view = 0; view < sight->stack->n_views; view++) {
		HishoStyle *style = page->styles[view];
		HishoStyle *more = g_steal_pointer(&element->styles[view]);
		for (guint i = 0; style && more && i < HISHO_STYLE_PROPERTIES;
		     i++)
			if (hisho_style_has(style, i))
				hisho_style_set(more, i, &style->values[i],
				    sight->has_body ? G_MAXUINT32
						    : style->weights[i]);
		if (more == NULL)
			continue;
		if (style != NULL)
			g_rc_box_release(style);
		page->styles[view] = more;
	}
	hisho_stack_refresh(sight->stack, 0);
}

/* The page is html and body in one, for rules too, and there without tags. */
static void
begin_page(HishoSight *sight)
{
	static const HishoHtmlToken both[] = { { .name = "html" },
		{ .name = "body" } };

	if (hisho_sheet_has_views(sight->cascade.sheet))
		sight->stack->n_views = HISHO_STACK_VIEWS;
	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		HishoOpen element = { .flags = HISHO_ELEMENT_PAGE };
		hisho_cascade_find(
		    &sight->cascade, sight->stack, &element, &both[i]);
		change_page(sight, &element, &both[i]);
	}
}

HishoSight *
hisho_sight_new(const char *html, size_t length)
{
	HishoSight *sight = g_new0(HishoSight, 1);

	sight->stack = hisho_stack_new();
	sight->cascade.sheet = hisho_sheet_read(html, length);
	if (sight->cascade.sheet != NULL)
		begin_page(sight);
	sight->cascade.link_color = (HishoColor){ 0x0000EE, 255 };
	sight->stack->is_quirky = true;
	return sight;
}

/* A summary is seen though the rest of its details is not. */
static void
show_summary(HishoSight *sight)
{
	HishoOpen *top = hisho_stack_top(sight->stack);
	const HishoOpen *around =
	    hisho_stack_at(sight->stack, sight->stack->open->len - 2);

	if (around->gone == NULL || strcmp(around->gone, "details") != 0)
		return;
	for (guint view = 0; view < sight->stack->n_views; view++)
		if (g_strcmp0(top->looks[view].gone, "details") == 0)
			top->looks[view].gone = NULL;
}

static void
meet_page(HishoSight *sight, HishoOpen *element, const HishoHtmlToken *tag)
{
	change_page(sight, element, tag);
	sight->has_body |= strcmp(tag->name, "body") == 0;
}

/* Whether an element of SVG with NAME draws something. */
static bool
is_drawn(const char *name)
{
	static const char *const shapes[] = { "circle", "ellipse", "line",
		"path", "polygon", "polyline", "rect", "use" };

	for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
		if (strcmp(shapes[i], name) == 0)
			return true;
	return false;
}

/* Lets go of ELEMENT, which has nothing in it. */
static void
drop_tag(HishoSight *sight, HishoOpen *element)
{
	g_array_set_size(sight->stack->names, element->first_name);
	hisho_stack_drop(element);
}

void
hisho_sight_open(HishoSight *sight, const HishoHtmlToken *tag)
{
	const HishoElement *known = hisho_element_find(tag->name);
	HishoStack *stack = sight->stack;
	HishoOpen element = {
		.name = g_str_hash(tag->name),
		.flags = known->flags,
		.shape = shape_of(known->flags),
		.gone = find_gone(tag, known),
	};

	sight->tag_shows = known->flags & HISHO_ELEMENT_IMAGE;
	if (!hisho_nesting_begin(stack, known))
		return;
	const HishoOpen *top = hisho_stack_top(stack);
	element.alien = known->flags & HISHO_ELEMENT_FOREIGN || top->foreign;
	element.foreign =
	    element.alien && !(known->flags & HISHO_ELEMENT_ISLAND);
	sight->tag_shows |= element.foreign && is_drawn(tag->name);
	element.first_name = stack->names->len;
	hisho_cascade_find(&sight->cascade, sight->stack, &element, tag);
	note_tag(sight, &element);
	if (known->flags & HISHO_ELEMENT_PAGE)
		meet_page(sight, &element, tag);
	else if (known->flags & HISHO_ELEMENT_EMPTY ||
	    (element.alien && tag->self_closing))
		drop_tag(sight, &element);
	else
		hisho_stack_push_take(stack, &element);
	if (known->flags & HISHO_ELEMENT_SUMMARY && stack->open->len > 2)
		show_summary(sight);
}

void
hisho_sight_close(HishoSight *sight, const char *name)
{
	hisho_nesting_end(sight->stack, name);
}

void
hisho_sight_meet_text(HishoSight *sight)
{
	if (sight->stack->limit_reached)
		return;
	if (hisho_stack_top(sight->stack)->flags & HISHO_ELEMENT_HEAD)
		hisho_nesting_leave_head(sight->stack);
	if (!(hisho_stack_top(sight->stack)->flags & HISHO_ELEMENT_UNSEEN))
		hisho_stack_reopen(sight->stack);
}
