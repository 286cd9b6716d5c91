#include "libhisho/links/nesting.h"

#include "libhisho/links/scope.h"

static void
end_wanted(HishoStack *stack, const HishoScope *wanted)
{
	guint place = hisho_scope_find(stack, wanted);

	if (place > 0)
		hisho_stack_cut(stack, place);
}

void
hisho_nesting_leave_head(HishoStack *stack)
{
	const HishoScope head = { .flags = HISHO_ELEMENT_HEAD };

	end_wanted(stack, &head);
}

/* The innermost table; 0 for none. */
static guint
find_table(const HishoStack *stack)
{
	const HishoScope table = { .flags = HISHO_ELEMENT_TABLE };

	return hisho_scope_find(stack, &table);
}

/* The place of the active element at ENTRY. */
static guint
place_of(const HishoStack *stack, int entry)
{
	return g_array_index(stack->active, HishoActive, entry).place;
}

static bool
is_active(const HishoStack *stack, guint place)
{
	for (guint i = 0; i < stack->active->len; i++)
		if (g_array_index(stack->active, HishoActive, i).place == place)
			return true;
	return false;
}

/* Ends the active element at ENTRY, around the blocks that were opened in it
 * ("adoption agency", 13.2.6.4.7): they stay, and what formats between them,
 * to the last. */
static void
end_around(HishoStack *stack, int entry)
{
	guint place = place_of(stack, entry);
	guint last = stack->open->len - 1;

	hisho_stack_remove_active(stack, (guint)entry);
	if (place == 0)
		return;
	while (last > place &&
	    !(hisho_stack_at(stack, last)->flags & HISHO_ELEMENT_SPECIAL))
		last--;
	hisho_stack_cut(stack, last > place ? last + 1 : place);
	for (guint i = last; i > place + 1 && !stack->limit_reached; i--) {
		guint flags = hisho_stack_at(stack, i - 1)->flags;
		if (!(flags & HISHO_ELEMENT_SPECIAL) &&
		    !is_active(stack, i - 1))
			hisho_stack_remove(stack, i - 1);
	}
	if (last > place)
		hisho_stack_remove(stack, place);
}

/* Ends the nearest element NAME, but for a special one around it. */
static void
end_inline(HishoStack *stack, guint name)
{
	const HishoScope wanted = { name, 0, HISHO_ELEMENT_SPECIAL };

	end_wanted(stack, &wanted);
}

static void
end_format(HishoStack *stack, guint name)
{
	int entry = hisho_stack_find_active(stack, name);

	if (entry < 0) {
		end_inline(stack, name);
		return;
	}
	const HishoScope wall = { .flags = HISHO_ELEMENT_WALL };
	guint place = place_of(stack, entry);
	if (place == 0 || hisho_scope_find(stack, &wall) < place)
		end_around(stack, entry);
}

/* Leaves the form, but not what was opened in it (13.2.6.4.7). */
static void
end_form(HishoStack *stack)
{
	const HishoScope form = { .flags = HISHO_ELEMENT_FORM,
		.walls = HISHO_ELEMENT_WALL };
	guint place = hisho_scope_find(stack, &form);

	stack->has_form = false;
	if (place == 0)
		return;
	hisho_stack_at(stack, place)->is_closed = true;
	hisho_stack_cut(stack, stack->open->len);
}

/* Ends the element NAME of SVG or MathML; false when none is open. */
static bool
end_foreign(HishoStack *stack, guint name)
{
	for (guint i = stack->open->len - 1; hisho_stack_at(stack, i)->alien;
	     i--) {
		if (hisho_stack_at(stack, i)->name != name)
			continue;
		hisho_stack_cut(stack, i);
		return true;
	}
	return false;
}

void
hisho_nesting_end(HishoStack *stack, const char *name)
{
	guint flags = hisho_element_find(name)->flags;
	guint hash = g_str_hash(name);
	const guint cells = HISHO_ELEMENT_IN_TABLE | HISHO_ELEMENT_UNSEEN;

	if (flags & HISHO_ELEMENT_ANCHOR)
		stack->deep_anchor = 0;
	if (stack->limit_reached || end_foreign(stack, hash) ||
	    flags & (HISHO_ELEMENT_PAGE | HISHO_ELEMENT_EMPTY))
		return;
	if (flags & HISHO_ELEMENT_FORM) {
		end_form(stack);
	} else if (flags & HISHO_ELEMENT_FORMAT) {
		end_format(stack, hash);
	} else {
		const HishoScope wanted = hisho_scope_of_end_tag(flags, hash);
		guint place = hisho_scope_find(stack, &wanted);
		if (place > 0)
			hisho_stack_cut(stack, place);
		if (place > 0 && flags & HISHO_ELEMENT_MARKER &&
		    !(flags & cells))
			hisho_stack_clear_to_marker(stack);
	}
}

/* Ends foreign content where an element of HTML proper begins. */
static void
leave_foreign(HishoStack *stack, guint flags)
{
	if (!(flags & (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_FORMAT)) ||
	    flags & HISHO_ELEMENT_ANCHOR)
		return;
	while (hisho_stack_top(stack)->foreign)
		hisho_stack_cut(stack, stack->open->len - 1);
}

/* Ends what stands in the innermost table where a piece of it with FLAGS
 * begins; false when there is none. */
static bool
enter_table(HishoStack *stack, guint flags)
{
	guint around = 0;
	guint table = find_table(stack);

	if (table == 0)
		return false;
	if (flags & HISHO_ELEMENT_CELL)
		around = HISHO_ELEMENT_ROWS | HISHO_ELEMENT_ROW;
	else if (flags & HISHO_ELEMENT_ROW)
		around = HISHO_ELEMENT_ROWS;
	while (table + 1 < stack->open->len &&
	    hisho_stack_at(stack, table + 1)->flags & around)
		table++;
	hisho_stack_cut(stack, table + 1);
	return true;
}

/* Ends an item of a list where the next one begins. */
static void
end_item(HishoStack *stack, guint flags)
{
	const HishoScope item = { 0,
		flags & (HISHO_ELEMENT_ITEM | HISHO_ELEMENT_TERM),
		HISHO_ELEMENT_SPECIAL & ~HISHO_ELEMENT_BLOCK };

	for (guint i = stack->open->len - 1; i > 0; i--) {
		guint open = hisho_stack_at(stack, i)->flags;
		if (open & item.flags) {
			hisho_stack_cut(stack, i);
			return;
		}
		if (open & HISHO_ELEMENT_SPECIAL &&
		    !(open & HISHO_ELEMENT_DIVISION))
			return;
	}
}

static void
end_last(HishoStack *stack, guint flags)
{
	if (hisho_stack_top(stack)->flags & flags)
		hisho_stack_cut(stack, stack->open->len - 1);
}

/* Ends the anchor at ENTRY where the next one begins; one around a table is
 * left, but all in the table still stands in it. */
static void
end_anchor(HishoStack *stack, int entry)
{
	const HishoScope wall = { .flags = HISHO_ELEMENT_WALL };
	guint place = place_of(stack, entry);

	if (hisho_scope_find(stack, &wall) <= place) {
		end_around(stack, entry);
		return;
	}
	hisho_stack_remove_active(stack, (guint)entry);
	if (place > 0)
		hisho_stack_at(stack, place)->is_closed = true;
}

/* Ends what an element like KNOWN never stands in. */
static void
end_before(HishoStack *stack, const HishoElement *known)
{
	const HishoScope p = { .flags = HISHO_ELEMENT_P,
		.walls = HISHO_ELEMENT_WALL | HISHO_ELEMENT_BUTTON };
	const HishoScope button = { .flags = HISHO_ELEMENT_BUTTON,
		.walls = HISHO_ELEMENT_WALL };
	int entry = -1;

	if (known->flags & (HISHO_ELEMENT_ITEM | HISHO_ELEMENT_TERM))
		end_item(stack, known->flags);
	/* Old pages have tables in paragraphs (13.2.6.4.7). */
	if (known->ends & HISHO_ELEMENT_P &&
	    !(known->flags & HISHO_ELEMENT_TABLE && stack->is_quirky))
		end_wanted(stack, &p);
	if (known->ends & HISHO_ELEMENT_BUTTON)
		end_wanted(stack, &button);
	if (known->ends & HISHO_ELEMENT_FORMAT)
		entry = hisho_stack_find_active(stack, g_str_hash(known->name));
	if (entry >= 0)
		end_anchor(stack, entry);
	end_last(stack,
	    known->ends & (HISHO_ELEMENT_HEADING | HISHO_ELEMENT_OPTION));
}

/* Whether only cells and the like may stand here: what does not is put before
 * the table, but read by its rules (13.2.6.4.9). */
static bool
is_between_cells(const HishoStack *stack)
{
	const guint table =
	    HISHO_ELEMENT_TABLE | HISHO_ELEMENT_ROWS | HISHO_ELEMENT_ROW;
	const HishoScope around = { .flags = table | HISHO_ELEMENT_IN_TABLE };
	guint place = hisho_scope_find(stack, &around);

	return place > 0 && hisho_stack_at(stack, place)->flags & table;
}

/* Whether a form may begin: one at a time, and among cells it is ended at
 * once. */
static bool
begin_form(HishoStack *stack)
{
	bool is_first = !stack->has_form;

	stack->has_form = true;
	return is_first && !is_between_cells(stack);
}

bool
hisho_nesting_begin(HishoStack *stack, const HishoElement *known)
{
	guint flags = known->flags;

	if (flags & HISHO_ELEMENT_ANCHOR)
		stack->deep_anchor = 0;
	if (stack->limit_reached)
		return true;
	leave_foreign(stack, flags);
	if (!(flags & HISHO_ELEMENT_IN_HEAD) &&
	    hisho_stack_top(stack)->flags & HISHO_ELEMENT_HEAD)
		hisho_nesting_leave_head(stack);
	if (hisho_stack_top(stack)->foreign)
		return true;
	if (flags & HISHO_ELEMENT_HEAD && stack->open->len > 1)
		return false;
	if (flags & HISHO_ELEMENT_IN_TABLE)
		return enter_table(stack, flags);
	if (flags & HISHO_ELEMENT_TABLE && is_between_cells(stack))
		hisho_stack_cut(stack, find_table(stack));
	if (flags & HISHO_ELEMENT_FORM && !begin_form(stack))
		return false;
	end_before(stack, known);
	if (!(flags & (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_UNSEEN)))
		hisho_stack_reopen(stack);
	return true;
}
