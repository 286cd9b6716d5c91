#include "libhisho/safe/rules.h"

static const HishoRecordField members[] = {
	{ "rule", HISHO_RECORD_TEXT, offsetof(HishoSafe, rule), NULL },
	{ "kind", HISHO_RECORD_TEXT, offsetof(HishoSafe, kind), NULL },
	{ "matched", HISHO_RECORD_TEXT, offsetof(HishoSafe, matched), NULL },
	{ 0 },
};
const HishoRecordType hisho_safe_type = { sizeof(HishoSafe), members,
	hisho_safe_free };

void
hisho_safe_free(void *safe)
{
	hisho_record_free(&hisho_safe_type, safe);
}

HishoSafe *
hisho_safe_match(const HishoSafeCase *about)
{
	if (about->from == NULL || !about->is_permitted ||
	    about->is_own_address)
		return NULL;
	HishoSafe *safe = hisho_record_new(&hisho_safe_type);
	safe->rule = g_strdup("permitted-from");
	safe->kind = g_strdup("permit");
	safe->matched = g_strdup(about->from);
	return safe;
}
