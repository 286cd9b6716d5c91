#include "libhisho/route/authwords.h"

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

static char *
take_comment(Scanner *scanner)
{
	const char *start = scanner->at + 1;
	guint depth = 0;

	for (; scanner->at < scanner->end; scanner->at++) {
		if (*scanner->at == '\\')
			scanner->at++;
		else if (*scanner->at == '(' && ++depth > DEPTH_LIMIT)
			break;
		else if (*scanner->at == ')' && --depth == 0)
			return g_strndup(start, (gsize)(scanner->at++ - start));
	}
	scanner->broken = true;
	return g_strdup("");
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

static void
clear_comment(gpointer data)
{
	g_free(((HishoAuthComment *)data)->text);
}

static HishoAuthWords *
new_words(void)
{
	HishoAuthWords *words = g_new0(HishoAuthWords, 1);

	words->words = g_ptr_array_new_with_free_func(g_free);
	words->comments = g_array_new(FALSE, FALSE, sizeof(HishoAuthComment));
	g_array_set_clear_func(words->comments, clear_comment);
	return words;
}

void
hisho_authwords_free(HishoAuthWords *words)
{
	if (words == NULL)
		return;
	g_ptr_array_unref(words->words);
	g_array_unref(words->comments);
	g_free(words);
}

static void
add_comment(HishoAuthWords *words, Scanner *scanner)
{
	HishoAuthComment comment = { words->words->len, take_comment(scanner) };

	g_array_append_val(words->comments, comment);
}

HishoAuthWords *
hisho_authwords_split(const char *value, size_t length)
{
	Scanner scanner = { value, value + length, length > VALUE_LIMIT,
		false };
	g_autoptr(HishoAuthWords) words = new_words();

	while (scanner.at < scanner.end && !scanner.broken) {
		if (g_ascii_isspace(*scanner.at))
			scanner.at++;
		else if (*scanner.at == '(')
			add_comment(words, &scanner);
		else
			g_ptr_array_add(words->words, take_token(&scanner));
	}
	return scanner.broken ? NULL : g_steal_pointer(&words);
}

bool
hisho_authwords_is_mark(const HishoAuthWords *words, guint i, char mark)
{
	const char *word = i < words->words->len ? words->words->pdata[i] : "";

	return word[0] == mark && word[1] == '\0';
}

bool
hisho_authwords_is_value(const HishoAuthWords *words, guint i)
{
	return i < words->words->len &&
	    !hisho_authwords_is_mark(words, i, '=') &&
	    !hisho_authwords_is_mark(words, i, ';');
}

bool
hisho_authwords_is_end(const HishoAuthWords *words, guint i)
{
	const GPtrArray *all = words->words;

	return i >= all->len ||
	    (i + 1 == all->len && strcmp(all->pdata[i], "none") == 0);
}
