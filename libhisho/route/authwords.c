#include "libhisho/route/authwords.h"

#include <stdbool.h>
#include <string.h>

/* The longest in the wild have 3 kB. */
#define VALUE_LIMIT 16384
#define DEPTH_LIMIT 20

typedef struct {
	const char *at;
	const char *end;
	bool broken;
	bool in_value; /* behind "=", where local parts may have another */
} Scanner;

static void
skip_comment(Scanner *scanner)
{
	guint depth = 0;

	for (; scanner->at < scanner->end; scanner->at++) {
		if (*scanner->at == '\\')
			scanner->at++;
		else if (*scanner->at == '(' && ++depth > DEPTH_LIMIT)
			break;
		else if (*scanner->at == ')' && --depth == 0) {
			scanner->at++;
			return;
		}
	}
	scanner->broken = true;
}

/* A quoted string, and what follows it at once: "a b"@example.com. */
static char *
take_quoted(Scanner *scanner)
{
	GString *text = g_string_new("\"");
	bool open = true;

	for (scanner->at++; scanner->at < scanner->end; scanner->at++) {
		char c = *scanner->at;
		if (open && c == '\\' && ++scanner->at == scanner->end)
			break;
		if (open && c == '"')
			open = false;
		else if (!open && (g_ascii_isspace(c) || strchr("=;()", c)))
			break;
		else
			g_string_append_c(text, *scanner->at);
	}
	scanner->broken |= open;
	return g_string_free(text, FALSE);
}

static char *
take_word(Scanner *scanner)
{
	const char *start = scanner->at;
	const char *ends = scanner->in_value ? ";()\"" : "=;()\"";

	while (scanner->at < scanner->end && !g_ascii_isspace(*scanner->at) &&
	    strchr(ends, *scanner->at) == NULL)
		scanner->at++;
	/* A NUL, or a parenthesis without partner. */
	scanner->broken |= scanner->at == start;
	return g_strndup(start, (gsize)(scanner->at - start));
}

static char *
take_token(Scanner *scanner)
{
	bool is_equal = *scanner->at == '=' && !scanner->in_value;
	char *token;

	if (is_equal || *scanner->at == ';')
		token = g_strndup(scanner->at++, 1);
	else if (*scanner->at == '"')
		token = take_quoted(scanner);
	else
		token = take_word(scanner);
	scanner->in_value = is_equal;
	return token;
}

GPtrArray *
hisho_authwords_split(const char *value, size_t length)
{
	Scanner scanner = { value, value + length, length > VALUE_LIMIT,
		false };
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	while (scanner.at < scanner.end && !scanner.broken) {
		if (g_ascii_isspace(*scanner.at))
			scanner.at++;
		else if (*scanner.at == '(')
			skip_comment(&scanner);
		else
			g_ptr_array_add(words, take_token(&scanner));
	}
	if (!scanner.broken)
		return words;
	g_ptr_array_unref(words);
	return NULL;
}
