#include "libhisho/links/nesting.h"

#include <string.h>

/* What an end tag means: an element of a name, or any with one of FLAGS; no
 * element with one of WALLS lies between. */
typedef struct {
	guint name; /* 0: any */
	guint flags;
	guint walls;
} Wanted;

/* The place of the last open element that is WANTED; 0 for none. */
static guint
find_open(const HishoStack *stack, const Wanted *wanted)
{
	for (guint i = stack->open->len - 1; i > 0; i--) {
		const HishoOpen *e = hisho_stack_at(stack, i);
		bool is_it = wanted->name != 0 ? e->name == wanted->name
					       : e->flags & wanted->flags;
		if (is_it && !e->is_closed)
			return i;
		if (e->flags & wanted->walls)
			return 0;
	}
	return 0;
}

static void
end_wanted(HishoStack *stack, const Wanted *wanted)
{
	guint place = find_open(stack, wanted);

	if (place > 0)
		hisho_stack_cut(stack, place);
}

void
hisho_nesting_leave_head(HishoStack *stack)
{
	const Wanted head = { .flags = HISHO_ELEMENT_HEAD };

	end_wanted(stack, &head);
}

/* The innermost table; 0 for none. */
static guint
find_table(const HishoStack *stack)
{
	const Wanted table = { .flags = HISHO_ELEMENT_TABLE };

	return find_open(stack, &table);
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
 * ("adoption agency", 13.2.6.4.7). */
static void
end_around(HishoStack *stack, int entry)
{
	guint place = place_of(stack, entry);
	guint block = place + 1;

	hisho_stack_remove_active(stack, (guint)entry);
	if (place == 0)
		return;
	while (block < stack->open->len &&
	    !(hisho_stack_at(stack, block)->flags & HISHO_ELEMENT_SPECIAL))
		block++;
	if (block == stack->open->len) {
		hisho_stack_cut(stack, place);
		return;
	}
	for (guint i = block; i > place + 1; i--)
		if (!is_active(stack, i - 1))
			hisho_stack_remove(stack, i - 1);
	hisho_stack_remove(stack, place);
}

/* Ends the nearest element NAME, but for a special one around it. */
static void
end_inline(HishoStack *stack, guint name)
{
	const Wanted wanted = { name, 0, HISHO_ELEMENT_SPECIAL };

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
	const Wanted wall = { .flags = HISHO_ELEMENT_WALL };
	guint place = place_of(stack, entry);
	if (place == 0 || find_open(stack, &wall) < place)
		end_around(stack, entry);
}

/* Leaves the form, but not what was opened in it (13.2.6.4.7). */
static void
end_form(HishoStack *stack)
{
	const Wanted form = { .flags = HISHO_ELEMENT_FORM,
		.walls = HISHO_ELEMENT_WALL };
	guint place = find_open(stack, &form);

	if (place == 0)
		return;
	hisho_stack_at(stack, place)->is_closed = true;
	hisho_stack_cut(stack, stack->open->len);
}

/* What the end tag of an element with FLAGS ends: of those of a kind any, and
 * how far it reaches. */
static Wanted
find_wanted(guint flags, guint name)
{
	static const struct {
		guint flags;
		bool is_any;
		guint walls;
	} table[] = {
		{ HISHO_ELEMENT_TABLE, true, 0 },
		{ HISHO_ELEMENT_IN_TABLE, false, HISHO_ELEMENT_TABLE },
		{ HISHO_ELEMENT_HEADING, true, HISHO_ELEMENT_WALL },
		{ HISHO_ELEMENT_P, true,
		    HISHO_ELEMENT_WALL | HISHO_ELEMENT_BUTTON },
		{ HISHO_ELEMENT_ITEM, true,
		    HISHO_ELEMENT_WALL | HISHO_ELEMENT_LIST },
		{ HISHO_ELEMENT_SPECIAL, false, HISHO_ELEMENT_WALL },
		{ ~0U, false, HISHO_ELEMENT_SPECIAL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table) - 1; i++)
		if (flags & table[i].flags)
			return (Wanted){ table[i].is_any ? 0 : name,
				table[i].flags, table[i].walls };
	return (Wanted){ name, 0, HISHO_ELEMENT_SPECIAL };
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
		const Wanted wanted = find_wanted(flags, hash);
		end_wanted(stack, &wanted);
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
	const Wanted item = { 0,
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

/* Ends what an element like KNOWN never stands in. */
static void
end_before(HishoStack *stack, const HishoElement *known)
{
	const Wanted p = { .flags = HISHO_ELEMENT_P,
		.walls = HISHO_ELEMENT_WALL | HISHO_ELEMENT_BUTTON };
	const Wanted button = { .flags = HISHO_ELEMENT_BUTTON,
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
	if (known->flags & HISHO_ELEMENT_ANCHOR)
		entry = hisho_stack_find_active(stack, g_str_hash(known->name));
	if (entry >= 0)
		end_around(stack, entry);
	end_last(stack,
	    known->ends & (HISHO_ELEMENT_HEADING | HISHO_ELEMENT_OPTION));
}

/* Whether the end of a table is missing before another one begins. */
static bool
is_in_table(const HishoStack *stack)
{
	return hisho_stack_top(stack)->flags &
	    (HISHO_ELEMENT_TABLE | HISHO_ELEMENT_ROWS | HISHO_ELEMENT_ROW);
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
	if (flags & HISHO_ELEMENT_TABLE && is_in_table(stack))
		hisho_stack_cut(stack, find_table(stack));
	end_before(stack, known);
	if (!(flags & (HISHO_ELEMENT_BLOCK | HISHO_ELEMENT_UNSEEN)))
		hisho_stack_reopen(stack);
	return true;
}
