#include "libhisho/links/stack.h"

/* As deep as Blink goes. */
#define DEPTH_MAX 512
#define ACTIVE_MAX 64
#define EQUALS_MAX 3 /* active elements that are the same (13.2.4.3) */
#define STEPS_MAX 500000

static const guint table_parts =
    HISHO_ELEMENT_TABLE | HISHO_ELEMENT_ROWS | HISHO_ELEMENT_ROW;

HishoOpen *
hisho_stack_at(const HishoStack *stack, guint i)
{
	return &g_array_index(stack->open, HishoOpen, i);
}

HishoOpen *
hisho_stack_top(const HishoStack *stack)
{
	return hisho_stack_at(stack, stack->open->len - 1);
}

static HishoActive *
active_at(const HishoStack *stack, guint i)
{
	return &g_array_index(stack->active, HishoActive, i);
}

void
hisho_stack_drop(HishoOpen *element)
{
	for (size_t i = 0; i < HISHO_STACK_VIEWS; i++)
		g_clear_pointer(&element->styles[i], g_rc_box_release);
}

HishoStack *
hisho_stack_new(void)
{
	HishoStack *stack = g_new0(HishoStack, 1);
	HishoOpen page = { .shape = HISHO_LOOK_CELL };

	stack->n_views = 1;
	stack->open = g_array_new(FALSE, FALSE, sizeof(HishoOpen));
	stack->active = g_array_new(FALSE, FALSE, sizeof(HishoActive));
	stack->names = g_array_new(FALSE, FALSE, sizeof(guint));
	for (size_t i = 0; i < HISHO_STACK_VIEWS; i++)
		page.looks[i] = hisho_look_of_page();
	g_array_append_val(stack->open, page);
	return stack;
}

void
hisho_stack_free(HishoStack *stack)
{
	if (stack == NULL)
		return;
	for (guint i = 0; i < stack->open->len; i++)
		hisho_stack_drop(hisho_stack_at(stack, i));
	for (guint i = 0; i < stack->active->len; i++)
		hisho_stack_drop(&active_at(stack, i)->element);
	g_array_unref(stack->open);
	g_array_unref(stack->active);
	g_array_unref(stack->names);
	g_free(stack);
}

const HishoOpen *
hisho_stack_parent(const HishoStack *stack, guint i, guint flags)
{
	const guint inside = HISHO_ELEMENT_IN_TABLE | HISHO_ELEMENT_UNSEEN;

	i--;
	if (flags & inside || !(hisho_stack_at(stack, i)->flags & table_parts))
		return hisho_stack_at(stack, i);
	while (
	    i > 0 && !(hisho_stack_at(stack, i)->flags & HISHO_ELEMENT_TABLE))
		i--;
	return hisho_stack_at(stack, i > 0 ? i - 1 : 0);
}

/* Finds out how element I looks, and in which anchor it stands. */
static void
look_at(HishoStack *stack, guint i)
{
	HishoOpen *element = hisho_stack_at(stack, i);
	const HishoOpen *parent =
	    i > 0 ? hisho_stack_parent(stack, i, element->flags) : NULL;

	if (i > 0 && !(element->flags & HISHO_ELEMENT_ANCHOR))
		element->anchor = hisho_stack_at(stack, i - 1)->anchor;
	for (guint view = 0; view < stack->n_views; view++) {
		HishoLook *look = &element->looks[view];
		*look = parent ? parent->looks[view] : hisho_look_of_page();
		hisho_look_apply(look, element->styles[view], element->shape);
		if (look->gone == NULL)
			look->gone = element->gone;
	}
}

/* Counts the work; false when there was too much of it. */
static bool
take_step(HishoStack *stack)
{
	if (stack->n_steps++ >= STEPS_MAX)
		stack->limit_reached = true;
	return !stack->limit_reached;
}

void
hisho_stack_refresh(HishoStack *stack, guint i)
{
	for (; i < stack->open->len && take_step(stack); i++)
		look_at(stack, i);
}

static bool
is_same_style(const HishoStyle *a, const HishoStyle *b)
{
	if (a == NULL || b == NULL || a->set != b->set)
		return a == b;
	for (size_t i = 0; i < HISHO_STYLE_PROPERTIES; i++) {
		const HishoValue *x = &a->values[i], *y = &b->values[i];
		if (hisho_style_has(a, i) &&
		    (x->kind != y->kind || x->number != y->number ||
			x->color.rgb != y->color.rgb))
			return false;
	}
	return true;
}

void
hisho_stack_remove_active(HishoStack *stack, guint i)
{
	hisho_stack_drop(&active_at(stack, i)->element);
	g_array_remove_index(stack->active, i);
}

/* Lets no more than a few of the same be active. */
static void
make_room(HishoStack *stack, const HishoOpen *element)
{
	guint n = 0, first = 0;

	for (guint i = stack->active->len; i > 0; i--) {
		const HishoOpen *other = &active_at(stack, i - 1)->element;
		if (other->flags == 0)
			break;
		if (other->name != element->name ||
		    !is_same_style(other->styles[0], element->styles[0]))
			continue;
		first = i - 1;
		n++;
	}
	if (n >= EQUALS_MAX)
		hisho_stack_remove_active(stack, first);
	if (stack->active->len >= ACTIVE_MAX) {
		stack->limit_reached = true;
		hisho_stack_remove_active(stack, 0);
	}
}

/* Notes the last element opened as active, or as a marker. */
static void
add_active(HishoStack *stack)
{
	const HishoOpen *element = hisho_stack_top(stack);
	HishoActive entry = { .element = *element };

	if (element->flags & HISHO_ELEMENT_MARKER) {
		entry.element = (HishoOpen){ .flags = 0 };
	} else {
		make_room(stack, element);
		entry.place = stack->open->len - 1;
		for (size_t i = 0; i < HISHO_STACK_VIEWS; i++)
			if (element->styles[i] != NULL)
				g_rc_box_acquire(element->styles[i]);
	}
	g_array_append_val(stack->active, entry);
}

static bool
open_element(HishoStack *stack, HishoOpen *element)
{
	if (stack->open->len >= DEPTH_MAX || stack->limit_reached) {
		stack->limit_reached = true;
		hisho_stack_drop(element);
		return false;
	}
	g_array_append_val(stack->open, *element);
	look_at(stack, stack->open->len - 1);
	return true;
}

void
hisho_stack_push_take(HishoStack *stack, HishoOpen *element)
{
	bool is_anchor = element->flags & HISHO_ELEMENT_ANCHOR;

	if (is_anchor)
		element->anchor = ++stack->n_anchors;
	if (!open_element(stack, element)) {
		g_array_set_size(stack->names, element->first_name);
		if (is_anchor)
			stack->deep_anchor = element->anchor;
		return;
	}
	if (!element->alien &&
	    element->flags & (HISHO_ELEMENT_FORMAT | HISHO_ELEMENT_MARKER))
		add_active(stack);
}

void
hisho_stack_clear_to_marker(HishoStack *stack)
{
	bool is_marker = false;

	while (stack->active->len > 0 && !is_marker) {
		guint last = stack->active->len - 1;
		is_marker = active_at(stack, last)->element.flags == 0;
		hisho_stack_remove_active(stack, last);
	}
}

void
hisho_stack_cut(HishoStack *stack, guint keep)
{
	const guint cells = HISHO_ELEMENT_IN_TABLE | HISHO_ELEMENT_UNSEEN;

	while (stack->open->len > keep ||
	    (stack->open->len > 1 && hisho_stack_top(stack)->is_closed)) {
		HishoOpen *element = hisho_stack_top(stack);
		if (element->flags & HISHO_ELEMENT_MARKER && !element->alien &&
		    element->flags & cells)
			hisho_stack_clear_to_marker(stack);
		g_array_set_size(stack->names, element->first_name);
		hisho_stack_drop(element);
		g_array_set_size(stack->open, stack->open->len - 1);
	}
	for (guint i = 0; i < stack->active->len; i++)
		if (active_at(stack, i)->place >= stack->open->len)
			active_at(stack, i)->place = 0;
}

void
hisho_stack_remove(HishoStack *stack, guint i)
{
	hisho_stack_drop(hisho_stack_at(stack, i));
	g_array_remove_index(stack->open, i);
	for (guint n = 0; n < stack->active->len; n++) {
		HishoActive *entry = active_at(stack, n);
		if (entry->place == i)
			entry->place = 0;
		else if (entry->place > i)
			entry->place--;
	}
	hisho_stack_refresh(stack, i);
}

int
hisho_stack_find_active(const HishoStack *stack, guint name)
{
	for (guint i = stack->active->len; i > 0; i--) {
		const HishoOpen *element = &active_at(stack, i - 1)->element;
		if (element->flags == 0)
			return -1;
		if (element->name == name)
			return (int)i - 1;
	}
	return -1;
}

/* The first of the active elements that are to be opened again. */
static guint
find_ended(const HishoStack *stack)
{
	guint i = stack->active->len;

	while (i > 0 && active_at(stack, i - 1)->place == 0 &&
	    active_at(stack, i - 1)->element.flags != 0)
		i--;
	return i;
}

void
hisho_stack_reopen(HishoStack *stack)
{
	for (guint i = find_ended(stack); i < stack->active->len; i++) {
		HishoOpen element = active_at(stack, i)->element;
		for (size_t view = 0; view < HISHO_STACK_VIEWS; view++)
			if (element.styles[view] != NULL)
				g_rc_box_acquire(element.styles[view]);
		element.first_name = stack->names->len;
		element.n_names = 0;
		if (!take_step(stack) || !open_element(stack, &element))
			return;
		active_at(stack, i)->place = stack->open->len - 1;
	}
}

guint
hisho_stack_anchor(const HishoStack *stack)
{
	if (stack->deep_anchor > 0)
		return stack->deep_anchor;
	for (guint i = stack->active->len; i > find_ended(stack); i--) {
		const HishoOpen *element = &active_at(stack, i - 1)->element;
		if (element->flags & HISHO_ELEMENT_ANCHOR)
			return element->anchor;
	}
	return hisho_stack_top(stack)->anchor;
}

bool
hisho_stack_has_anchor(const HishoStack *stack, guint n)
{
	for (guint i = stack->open->len - 1; i > 0; i--) {
		const HishoOpen *element = hisho_stack_at(stack, i);
		if (element->anchor == n)
			return true;
		if (element->anchor == 0)
			break;
	}
	for (guint i = 0; i < stack->active->len; i++)
		if (active_at(stack, i)->element.anchor == n &&
		    active_at(stack, i)->element.flags & HISHO_ELEMENT_ANCHOR)
			return true;
	return n == stack->deep_anchor;
}
