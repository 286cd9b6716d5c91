#include "bin/ballot.h"

#include "libhisho/base/error.h"

bool
ballot_refuse(GError **error, const char *why, ...)
{
	va_list list;

	va_start(list, why);
	g_autofree char *text = g_strdup_vprintf(why, list);
	va_end(list);
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, text);
	return false;
}

void
ballot_say(
    GString *said, HishoChange change, const char *done, const char *what)
{
	g_string_append_printf(said, "%s%s: %s\n",
	    change == HISHO_CHANGE_NONE ? "already " : "", done, what);
}

HishoChange
ballot_graver(HishoChange a, HishoChange b)
{
	if (a == HISHO_CHANGE_FAILED || b == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	return MAX(a, b);
}
