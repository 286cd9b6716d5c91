#include "libhisho/route/token.h"

#include <string.h>

/* As long as any field a mail server writes, with room; the longest in
 * the wild has 2 kB. */
#define TEXT_LIMIT ((size_t)64 << 10)
#define TOKEN_LIMIT 500
#define DEPTH_LIMIT 20

/* A name has at most 253 bytes (RFC 1035), an address literal 54. */
#define DUP_LIMIT 255
#define LITERAL_LIMIT 64
#define PHRASE_LIMIT ((size_t)500)

typedef struct {
	const char *text;
	size_t length;
	guint32 *partner; /* of each opening parenthesis, 0 for none */
	GArray *tokens;
} Cutter;

/* One pass with a stack: looking for the partner from each parenthesis on
 * would be quadratic in "((((". */
static guint32 *
find_partners(const char *text, size_t length)
{
	guint32 *partner = g_new0(guint32, length + 1);
	size_t open[DEPTH_LIMIT];
	size_t depth = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\\')
			i++;
		else if (text[i] == '(' && depth < DEPTH_LIMIT)
			open[depth++] = i;
		else if (text[i] == ')' && depth > 0)
			partner[open[--depth]] = i;
	}
	return partner;
}

static bool
is_space(char c)
{
	return c == '\0' || strchr(" \t\r\n", c) != NULL;
}

/* The end of the literal that begins at START, or START when the bracket
 * is not closed soon. */
static size_t
skip_literal(const Cutter *cutter, size_t start)
{
	size_t end = MIN(start + LITERAL_LIMIT, cutter->length);

	for (size_t i = start + 1; i < end; i++) {
		if (cutter->text[i] == ']')
			return i;
		if (strchr("[()\r\n;", cutter->text[i]) != NULL)
			return start;
	}
	return start;
}

static bool
ends_word(const Cutter *cutter, size_t i)
{
	char c = cutter->text[i];

	return is_space(c) || c == ';' || (c == '(' && cutter->partner[i] != 0);
}

static size_t
skip_word(const Cutter *cutter, size_t start)
{
	size_t i = start;

	while (i < cutter->length && !ends_word(cutter, i)) {
		if (cutter->text[i] == '[')
			i = skip_literal(cutter, i);
		i++;
	}
	return i;
}

static void
add(Cutter *cutter, HishoTokenKind kind, size_t start, size_t end)
{
	HishoToken token = { kind, cutter->text + start, end - start };

	g_array_append_val(cutter->tokens, token);
}

/* Adds the token that begins at START and yields where it ends. */
static size_t
take_token(Cutter *cutter, size_t start)
{
	size_t end = cutter->partner[start];

	if (cutter->text[start] == ';') {
		add(cutter, HISHO_TOKEN_END, start, start + 1);
		return start + 1;
	}
	if (end != 0) {
		add(cutter, HISHO_TOKEN_COMMENT, start + 1, end);
		return end + 1;
	}
	end = skip_word(cutter, start);
	add(cutter, HISHO_TOKEN_WORD, start, end);
	return end;
}

GArray *
hisho_token_split(const char *text, size_t length)
{
	size_t limit = MIN(length, TEXT_LIMIT);
	g_autofree guint32 *partner = find_partners(text, limit);
	Cutter cutter = { text, limit, partner,
		g_array_new(FALSE, FALSE, sizeof(HishoToken)) };

	for (size_t i = 0; i < limit && cutter.tokens->len < TOKEN_LIMIT;)
		i = is_space(text[i]) ? i + 1 : take_token(&cutter, i);
	return cutter.tokens;
}

bool
hisho_token_is(const HishoToken *token, const char *word)
{
	return token->length == strlen(word) && hisho_token_starts(token, word);
}

bool
hisho_token_starts(const HishoToken *token, const char *prefix)
{
	size_t length = strlen(prefix);

	return token->kind == HISHO_TOKEN_WORD && token->length >= length &&
	    g_ascii_strncasecmp(token->text, prefix, length) == 0;
}

bool
hisho_token_is_bracketed(const HishoToken *token)
{
	return token->kind == HISHO_TOKEN_WORD &&
	    memchr(token->text, '[', token->length) != NULL;
}

bool
hisho_token_is_one_of(const HishoToken *token, const char *const *list)
{
	for (; *list != NULL; list++)
		if (hisho_token_is(token, *list))
			return true;
	return false;
}

bool
hisho_token_has(const HishoToken *token, const char *phrase)
{
	size_t length = strlen(phrase), end = MIN(token->length, PHRASE_LIMIT);

	for (size_t i = 0; i + length <= end; i++)
		if (g_ascii_strncasecmp(token->text + i, phrase, length) == 0)
			return true;
	return false;
}

char *
hisho_token_dup(const HishoToken *token)
{
	if (token->length == 0)
		return NULL;
	return g_utf8_make_valid(token->text, MIN(token->length, DUP_LIMIT));
}

HishoToken
hisho_token_trim(HishoToken token)
{
	while (token.length > 0 && strchr("<\"'", *token.text) != NULL) {
		token.text++;
		token.length--;
	}
	while (token.length > 0 &&
	    strchr(">\"',.", token.text[token.length - 1]) != NULL)
		token.length--;
	return token;
}
