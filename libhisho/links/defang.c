#include "libhisho/links/defang.h"

#include <string.h>

#include "libhisho/links/scan.h"

size_t
hisho_defang_dot_length(const char *text, size_t length)
{
	static const char *const dots[] = { "[.]", "(.)", "{.}", "[dot]",
		"(dot)", "{dot}" };

	if (length == 0 || strchr("[({", *text) == NULL)
		return 0;

	for (size_t i = 0; i < G_N_ELEMENTS(dots); i++) {
		size_t n = strlen(dots[i]);
		if (n < length && g_ascii_isalnum(text[n]) &&
		    g_ascii_strncasecmp(text, dots[i], n) == 0)
			return n;
	}
	return 0;
}

char *
hisho_defang_dup_plain(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);
	bool in_host = true;

	for (size_t i = 0; i < length;) {
		size_t n =
		    in_host ? hisho_defang_dot_length(text + i, length - i) : 0;
		in_host &= strchr("/?#", text[i]) == NULL;
		if (n > 0)
			g_string_append_c(out, '.');
		else if (!hisho_scan_is_space(text[i]))
			g_string_append_c(out, text[i]);
		i += MAX(n, 1);
	}
	return g_string_free(out, FALSE);
}
