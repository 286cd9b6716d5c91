#include "libhisho/score/warning.h"

#include <string.h>

#include "libhisho/score/sentences.h"

/* One warning of a kind is heard, a hundred are not. */
#define WARNINGS_OF_ONE_CODE 3

void
hisho_warning_free(void *data)
{
	HishoWarning *warning = data;

	g_ptr_array_unref(warning->evidence);
	g_free(warning);
}

static bool
has_same_texts(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < MIN(a->len, b->len); i++)
		if (strcmp(a->pdata[i], b->pdata[i]) != 0)
			return false;
	return a->len == b->len;
}

/* Whether NEW tells nothing more: it is there, or enough of its kind are. */
static bool
is_told(const GPtrArray *warnings, const HishoWarning *new)
{
	guint n = 0;

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (strcmp(warning->code, new->code) != 0)
			continue;
		n++;
		if (has_same_texts(warning->evidence, new->evidence))
			return true;
	}
	return n >= WARNINGS_OF_ONE_CODE;
}

void
hisho_warning_add(GPtrArray *warnings, const char *code, ...)
{
	HishoWarning *warning = g_new0(HishoWarning, 1);
	va_list list;
	const char *name;

	warning->code = code;
	warning->evidence = g_ptr_array_new_with_free_func(g_free);
	va_start(list, code);
	while ((name = va_arg(list, const char *)) != NULL) {
		const char *value = va_arg(list, const char *);
		if (value == NULL)
			continue;
		g_ptr_array_add(warning->evidence, g_strdup(name));
		g_ptr_array_add(warning->evidence, g_strdup(value));
	}
	va_end(list);
	if (is_told(warnings, warning))
		hisho_warning_free(warning);
	else
		g_ptr_array_add(warnings, warning);
}

const char *
hisho_warning_level(const HishoWarning *warning)
{
	return hisho_sentence_level(warning->code);
}

char *
hisho_warning_dup_text(const HishoWarning *warning, const char *lang)
{
	return hisho_sentence_dup(warning->code, lang, warning->evidence);
}

HishoJson *
hisho_warning_to_json(const HishoWarning *warning, const char *lang)
{
	HishoJson *json = hisho_json_new_object();
	HishoJson *evidence = hisho_json_new_object();
	g_autofree char *text = hisho_warning_dup_text(warning, lang);
	const GPtrArray *pairs = warning->evidence;

	hisho_json_set_text(json, "code", warning->code);
	hisho_json_set_text(json, "level", hisho_warning_level(warning));
	hisho_json_set_text(json, "text", text);
	for (guint i = 0; i + 1 < pairs->len; i += 2)
		hisho_json_set_text(
		    evidence, pairs->pdata[i], pairs->pdata[i + 1]);
	hisho_json_set_take(json, "evidence", evidence);
	return json;
}

const HishoMailbox *
hisho_warning_from(const HishoFacts *facts)
{
	return facts->letter->from->len > 0 ? facts->letter->from->pdata[0]
					    : NULL;
}

const char *
hisho_warning_from_address(const HishoFacts *facts)
{
	const HishoMailbox *from = hisho_warning_from(facts);

	return from != NULL ? from->address : NULL;
}

bool
hisho_warning_has_finding(const GPtrArray *findings, const char *finding)
{
	return findings != NULL &&
	    g_ptr_array_find_with_equal_func(
		(GPtrArray *)(gsize)findings, finding, g_str_equal, NULL);
}
