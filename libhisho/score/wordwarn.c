#include "libhisho/score/wordwarn.h"

/* The phrases of FOUND as one text; NULL without any. */
static char *
dup_joined(const GPtrArray *found)
{
	GString *text = found->len > 0 ? g_string_new(NULL) : NULL;

	for (guint i = 0; i < found->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "",
		    (const char *)found->pdata[i]);
	return text != NULL ? g_string_free(text, FALSE) : NULL;
}

void
hisho_wordwarn_find(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoAsking *asking = about->facts->asking;
	g_autofree char *secrets = dup_joined(asking->secrets);
	g_autofree char *money = dup_joined(asking->money);
	bool is_odd = warnings->len > 0;

	if (secrets != NULL)
		hisho_warning_add(
		    warnings, "password-words", "words", secrets, NULL);
	if (money != NULL && is_odd)
		hisho_warning_add(
		    warnings, "money-words", "words", money, NULL);
}
