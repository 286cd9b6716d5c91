#include "libhisho/score/warnings.h"

#include <string.h>

#include "libhisho/score/authwarn.h"
#include "libhisho/score/dnswarn.h"
#include "libhisho/score/forgery.h"
#include "libhisho/score/letterwarn.h"
#include "libhisho/score/linkwarn.h"
#include "libhisho/score/routewarn.h"
#include "libhisho/score/sentences.h"
#include "libhisho/score/wordwarn.h"

typedef void (*Detector)(const HishoWarningCase *about, GPtrArray *warnings);

/* The gravest kind first, as the sentences are sorted. */
static gint
compare(gconstpointer a, gconstpointer b)
{
	const HishoWarning *first = *(HishoWarning *const *)a;
	const HishoWarning *second = *(HishoWarning *const *)b;

	return hisho_sentence_rank(first->code) -
	    hisho_sentence_rank(second->code);
}

GPtrArray *
hisho_warnings_find(const HishoWarningCase *about)
{
	static const Detector detectors[] = { hisho_letterwarn_find,
		hisho_linkwarn_find, hisho_forgery_find, hisho_routewarn_find,
		hisho_authwarn_find, hisho_dnswarn_find, hisho_wordwarn_find };
	GPtrArray *warnings =
	    g_ptr_array_new_with_free_func(hisho_warning_free);

	if (about->degraded != NULL)
		hisho_warning_add(
		    warnings, "not-analysed", "reason", about->degraded, NULL);
	if (about->memory->unavailable != NULL)
		hisho_warning_add(warnings, "not-analysed", "reason",
		    "reputation-unavailable", NULL);
	if (about->facts == NULL)
		return warnings;
	for (size_t i = 0; i < G_N_ELEMENTS(detectors); i++)
		detectors[i](about, warnings);
	g_ptr_array_sort(warnings, compare);
	return warnings;
}

bool
hisho_warnings_have_danger(const GPtrArray *warnings)
{
	for (guint i = 0; i < warnings->len; i++)
		if (strcmp(hisho_warning_level(warnings->pdata[i]), "danger") ==
		    0)
			return true;
	return false;
}
