#include "libhisho/links/script.h"

#include <string.h>

#include "libhisho/links/datalink.h"
#include "libhisho/links/form.h"
#include "libhisho/links/percent.h"
#include "libhisho/links/textlink.h"

/* The value of N hexadecimal digits of TEXT, or -1. */
static gint64
read_digits(const char *text, int n)
{
	gint64 value = 0;

	for (int i = 0; i < n; i++) {
		if (!g_ascii_isxdigit(text[i]))
			return -1;
		value = value * 16 + g_ascii_xdigit_value(text[i]);
	}
	return value;
}

/* Appends what the escape means that TEXT, behind its '\', begins with; how
 * long it is. */
static size_t
append_escape(GString *out, const char *text)
{
	int n = *text == 'x' ? 2 : *text == 'u' ? 4 : 0;
	gint64 c = n > 0 ? read_digits(text + 1, n) : -1;

	if (c > 0 && g_unichar_validate((gunichar)c)) {
		g_string_append_unichar(out, (gunichar)c);
		return (size_t)n + 1;
	}
	if (*text == '\0' || *text == '\n' || *text == '\r')
		return 0;
	g_string_append_c(out, g_ascii_isalnum(*text) ? ' ' : *text);
	return 1;
}

/* SCRIPT without its escapes (ECMA-262 12.9.4) and those of URLs. */
static char *
dup_unveiled(const char *script, size_t length)
{
	g_autofree char *copy = g_strndup(script, length);
	g_autoptr(GString) plain = g_string_sized_new(length);

	for (const char *at = copy; *at != '\0';)
		if (*at == '\\')
			at += 1 + append_escape(plain, at + 1);
		else
			g_string_append_c(plain, *at++);
	return hisho_percent_dup_decoded(plain->str, plain->len);
}

static void
add_unless_known(
    HishoCatalog *catalog, const HishoCandidate *script, const char *text)
{
	HishoCandidate candidate = *script;
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	const char *host = url != NULL ? hisho_url_host(url) : NULL;

	if (host == NULL || hisho_catalog_has_host(catalog, host))
		return;
	candidate.text = text;
	candidate.length = strlen(text);
	hisho_catalog_add(catalog, &candidate);
}

static void
add_written(
    HishoCatalog *catalog, const HishoCandidate *script, const char *text)
{
	size_t length = strlen(text);
	size_t at = 0;
	HishoTextlink found;

	while (hisho_textlink_find(text, length, &at, &found)) {
		g_autofree char *url = hisho_textlink_dup_url(text, &found);
		if (!found.bare)
			add_unless_known(catalog, script, url);
	}
}

/* Strings that begin with "//" and a name with a dot in it. */
static void
add_schemeless(
    HishoCatalog *catalog, const HishoCandidate *script, const char *text)
{
	for (const char *at = text; (at = strstr(at, "//")) != NULL; at += 2) {
		size_t n = strcspn(at + 2, "/\\?#'\"`<> \t\r\n;,()");
		if (at == text || strchr("'\"`", at[-1]) == NULL ||
		    memchr(at + 2, '.', n) == NULL)
			continue;
		g_autofree char *url =
		    g_strndup(at, strcspn(at, "'\"`<> \t\r\n"));
		add_unless_known(catalog, script, url);
	}
}

/* What is base64 of something that begins with "http". */
static void
add_encoded(
    HishoCatalog *catalog, const HishoCandidate *script, const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/=";

	for (const char *at = text;
	     (at = strstr(at, HISHO_DATALINK_HTTP)) != NULL;) {
		size_t n = strspn(at, digits);
		size_t length;
		g_autofree char *decoded =
		    hisho_datalink_dup_base64(at, n, &length);
		add_written(catalog, script, decoded);
		at += n;
	}
}

void
hisho_script_read(HishoCatalog *catalog, const HishoCandidate *script)
{
	g_autofree char *text = dup_unveiled(script->text, script->length);
	HishoCandidate common = *script;

	if (g_str_has_prefix(script->where, "script") &&
	    hisho_form_asks_secret(text, strlen(text)))
		catalog->found->has_password_input = true;
	common.kind = "redirect";
	common.base = NULL;
	add_written(catalog, &common, text);
	add_schemeless(catalog, &common, text);
	add_encoded(catalog, &common, text);
}
