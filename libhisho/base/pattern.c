#include "libhisho/base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "libhisho/base/error.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(pcre2_code, pcre2_code_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(pcre2_match_data, pcre2_match_data_free)

/* Stops (a+)+$ on a line of "a" after 0.3 ms. */
#define MATCH_LIMIT 100000

/* In kB; far more than MATCH_LIMIT steps of sane patterns take. */
#define HEAP_LIMIT 8192

struct HishoPattern {
	pcre2_code *code;
	pcre2_match_context *limits;
};

HishoPattern *
hisho_pattern_new(const char *source, bool caseless, GError **error)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
	    PCRE2_NEVER_BACKSLASH_C | (caseless ? PCRE2_CASELESS : 0);
	int status;
	size_t offset;

	g_autoptr(pcre2_code) code = pcre2_compile((PCRE2_SPTR)source,
	    PCRE2_ZERO_TERMINATED, options, &status, &offset, NULL);
	if (code == NULL) {
		char reason[128];

		pcre2_get_error_message(
		    status, (PCRE2_UCHAR *)reason, sizeof reason);
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "pattern '%s', character %zu: %s", source, offset + 1,
		    reason);
		return NULL;
	}

	HishoPattern *pattern = g_new0(HishoPattern, 1);
	pattern->code = g_steal_pointer(&code);
	pattern->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
	pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
	return pattern;
}

void
hisho_pattern_free(HishoPattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	g_free(pattern);
}

bool
hisho_pattern_matches(const HishoPattern *pattern, const char *text,
    size_t length, bool *limit_reached)
{
	g_autoptr(pcre2_match_data) match =
	    pcre2_match_data_create_from_pattern(pattern->code, NULL);
	int status = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, 0, 0,
	    match, pattern->limits);

	if (limit_reached != NULL)
		*limit_reached = status < 0 && status != PCRE2_ERROR_NOMATCH;
	return status >= 0;
}
