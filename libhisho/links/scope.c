#include "libhisho/links/scope.h"

guint
hisho_scope_find(const HishoStack *stack, const HishoScope *scope)
{
	for (guint i = stack->open->len - 1; i > 0; i--) {
		const HishoOpen *e = hisho_stack_at(stack, i);
		bool is_it = scope->name != 0 ? e->name == scope->name
					      : e->flags & scope->flags;
		if (is_it && !e->is_closed)
			return i;
		if (e->flags & scope->walls)
			return 0;
	}
	return 0;
}

HishoScope
hisho_scope_of_end_tag(guint flags, guint name)
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
			return (HishoScope){ table[i].is_any ? 0 : name,
				table[i].flags, table[i].walls };
	return (HishoScope){ name, 0, HISHO_ELEMENT_SPECIAL };
}
