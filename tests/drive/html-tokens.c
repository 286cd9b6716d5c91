/* html-tokens - the tokens of HTML, one case a line
 *
 * Reads lines "MODEL NAME INPUT": a HishoHtmlModel as a number, the last
 * start tag or "-", the text in hexadecimal digits.  Writes a line of tokens
 * for each, all strings in hexadecimal digits as well; see
 * tests/corpus/html5lib.t, which knows what to expect. */
#include <stdio.h>
#include <string.h>

#include "libhisho/links/doctype.h"
#include "libhisho/links/html.h"

static GString *
dup_from_hex(const char *hex)
{
	GString *bytes = g_string_new(NULL);

	for (; g_ascii_isxdigit(hex[0]) && g_ascii_isxdigit(hex[1]); hex += 2)
		g_string_append_c(bytes,
		    (char)(g_ascii_xdigit_value(hex[0]) << 4 |
			g_ascii_xdigit_value(hex[1])));
	return bytes;
}

static void
print_hex(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		printf("%02x", (guchar)text[i]);
}

static void
print_name(const HishoHtmlToken *token)
{
	if (token->name != NULL)
		print_hex(token->name, strlen(token->name));
}

static void
print_start_tag(const HishoHtmlToken *token)
{
	print_name(token);
	printf("%s", token->self_closing ? "/" : "");
	for (size_t i = 0; i < token->n_attributes; i++) {
		const HishoHtmlAttribute *attribute = &token->attributes[i];
		printf(",");
		print_hex(attribute->name, strlen(attribute->name));
		printf("=");
		print_hex(attribute->value, attribute->value_length);
	}
}

static void
print_identifier(const char *sign, const char *id)
{
	printf("%s", sign);
	if (id != NULL)
		print_hex(id, strlen(id));
	else
		printf("-");
}

static void
print_doctype(const HishoHtmlToken *token)
{
	g_autoptr(HishoDoctype) doctype = hisho_doctype_new(token);

	print_name(token);
	print_identifier(";", doctype->public_id);
	print_identifier(";", doctype->system_id);
	printf("%s", doctype->force_quirks ? "!" : "");
}

static void
print_token(const HishoHtmlToken *token)
{
	static const char *const kinds[] = { "text", "start", "end", "comment",
		"doctype" };

	printf("%s:", kinds[token->kind]);
	if (token->kind == HISHO_HTML_TEXT || token->kind == HISHO_HTML_COMMENT)
		print_hex(token->text, token->text_length);
	else if (token->kind == HISHO_HTML_START_TAG)
		print_start_tag(token);
	else if (token->kind == HISHO_HTML_DOCTYPE)
		print_doctype(token);
	else
		print_name(token);
	printf(" ");
}

static void
print_tokens(HishoHtmlModel model, const char *name, const GString *input)
{
	g_autofree char *copy = g_memdup2(input->str, input->len);
	g_autoptr(HishoHtml) html = hisho_html_new(copy, input->len);
	const HishoHtmlToken *token;

	hisho_html_enter(html, model, *name == '-' ? NULL : name);
	while ((token = hisho_html_next(html)) != NULL)
		print_token(token);
	printf("\n");
}

int
main(void)
{
	g_autofree char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		g_auto(GStrv) words = g_strsplit(line, " ", 3);
		if (g_strv_length(words) != 3)
			return 1;
		g_autoptr(GString) input = dup_from_hex(words[2]);
		print_tokens((HishoHtmlModel)atoi(words[0]), words[1], input);
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
