#include "libhisho/links/datalink.h"

#include <string.h>

#include "libhisho/links/percent.h"

static bool
has_markup_type(const char *head)
{
	static const char *const types[] = { "html", "svg", "xml" };

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcasestr(head, types[i]) != NULL)
			return true;
	return false;
}

char *
hisho_datalink_dup_base64(const char *text, size_t length, size_t *length_out)
{
	g_autofree char *plain = g_strndup(text, length);
	guchar *out = g_malloc(length / 4 * 3 + 4);
	int state = 0;
	guint save = 0;

	g_strdelimit(plain, "-", '+');
	g_strdelimit(plain, "_", '/');
	*length_out =
	    g_base64_decode_step(plain, strlen(plain), out, &state, &save);
	/* What a missing "=" leaves behind. */
	static const char padding[] = "===";
	*length_out +=
	    g_base64_decode_step(padding, 3, out + *length_out, &state, &save);
	out[*length_out] = '\0';
	return (char *)out;
}

char *
hisho_datalink_dup_markup(const char *text, size_t length, size_t *length_out)
{
	const char *comma = memchr(text, ',', length);

	if (comma == NULL)
		return NULL;
	g_autofree char *head = g_strndup(text, (size_t)(comma - text));
	if (!has_markup_type(head))
		return NULL;
	g_autofree char *body = hisho_percent_dup_decoded(
	    comma + 1, length - (size_t)(comma + 1 - text));
	if (strcasestr(head, "base64") != NULL)
		return hisho_datalink_dup_base64(
		    body, strlen(body), length_out);
	*length_out = strlen(body);
	return g_steal_pointer(&body);
}

bool
hisho_datalink_is_veiled(const char *script, size_t length)
{
	static const char *const veils[] = { "\\/\\/", "\\x", "\\u", "%2F",
		"%2f", HISHO_DATALINK_HTTP, "'//", "\"//", "`//", "http",
		"HTTP", "<input", "<INPUT", "%3C", "%3c" };

	for (size_t i = 0; i < G_N_ELEMENTS(veils); i++)
		if (memmem(script, length, veils[i], strlen(veils[i])) != NULL)
			return true;
	return false;
}
