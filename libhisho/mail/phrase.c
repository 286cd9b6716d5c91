#include "libhisho/mail/phrase.h"

#include <string.h>

HishoPhrase
hisho_phrase_part(HishoPhrase phrase, guint start, guint end)
{
	return (HishoPhrase){ phrase.at + start, end - start };
}

static bool
is_comment(const HishoLexeme *lexeme)
{
	return lexeme->kind == HISHO_LEXEME_COMMENT;
}

static bool
is_text(const HishoLexeme *lexeme)
{
	return lexeme->kind == HISHO_LEXEME_WORD ||
	    lexeme->kind == HISHO_LEXEME_QUOTED;
}

guint
hisho_phrase_next(HishoPhrase phrase, guint i)
{
	while (i < phrase.n && is_comment(&phrase.at[i]))
		i++;
	return i;
}

/* The last solid lexeme before I, not before START; I if there is none. */
static guint
find_previous(HishoPhrase phrase, guint start, guint i)
{
	for (guint j = i; j > start; j--)
		if (!is_comment(&phrase.at[j - 1]))
			return j - 1;
	return i;
}

bool
hisho_phrase_has_solid(HishoPhrase phrase)
{
	return hisho_phrase_next(phrase, 0) < phrase.n;
}

bool
hisho_phrase_has_byte(HishoPhrase phrase, char c)
{
	for (guint i = 0; i < phrase.n; i++)
		if (memchr(phrase.at[i].text, c, phrase.at[i].length) != NULL)
			return true;
	return false;
}

guint
hisho_phrase_find(HishoPhrase phrase, guint i, char special)
{
	while (i < phrase.n && !hisho_lexeme_is(&phrase.at[i], special))
		i++;
	return i;
}

static bool
is_word_ending_in_dot(const HishoLexeme *lexeme)
{
	return lexeme->kind == HISHO_LEXEME_WORD &&
	    lexeme->text[lexeme->length - 1] == '.';
}

/* Whether the texts A and B of PHRASE, neighbours but for comments, are one:
 * nothing stands between them, or blanks and comments beside a dot (RFC 5322
 * 4.4).  "Acme Inc. a@b" is a name and an address all the same. */
static bool
are_joined(HishoPhrase phrase, guint a, guint b)
{
	const HishoLexeme *left = &phrase.at[a], *right = &phrase.at[b];

	if (b == a + 1 && !right->blank_before)
		return true;
	if (right->kind == HISHO_LEXEME_WORD && right->text[0] == '.')
		return true;
	return is_word_ending_in_dot(left) && (b > a + 1 || left->length == 1);
}

guint
hisho_phrase_find_local(HishoPhrase phrase, guint start, guint at)
{
	guint first = at;

	for (;;) {
		guint i = find_previous(phrase, start, first);
		if (i == first || !is_text(&phrase.at[i]) ||
		    (first < at && !are_joined(phrase, i, first)))
			return first;
		first = i;
	}
}

guint
hisho_phrase_find_domain_end(HishoPhrase phrase, guint at)
{
	guint i = hisho_phrase_next(phrase, at + 1);

	if (i == phrase.n || phrase.at[i].kind == HISHO_LEXEME_SPECIAL)
		return at + 1;
	for (;;) {
		guint next = hisho_phrase_next(phrase, i + 1);
		if (next == phrase.n || !is_text(&phrase.at[next]) ||
		    !are_joined(phrase, i, next))
			return i + 1;
		i = next;
	}
}

guint
hisho_phrase_find_address_end(HishoPhrase phrase, guint *at)
{
	for (;;) {
		guint end = hisho_phrase_find_domain_end(phrase, *at);
		guint next = hisho_phrase_next(phrase, end);

		if (next == phrase.n || !hisho_lexeme_is(&phrase.at[next], '@'))
			return end;
		*at = next;
	}
}

HishoPhrase
hisho_phrase_after_colon(HishoPhrase phrase)
{
	guint i = phrase.n;

	while (i > 0 && !hisho_lexeme_is(&phrase.at[i - 1], ':'))
		i--;
	return hisho_phrase_part(phrase, i, phrase.n);
}

static void
append_comment(GString *name, const HishoLexeme *comment, bool bare)
{
	if (name->len > 0)
		g_string_append_c(name, ' ');
	if (!bare)
		g_string_append_c(name, '(');
	hisho_lexeme_append(name, comment);
	if (!bare)
		g_string_append_c(name, ')');
}

void
hisho_phrase_append_name(GString *name, HishoPhrase phrase)
{
	bool bare = name->len == 0 && !hisho_phrase_has_solid(phrase);

	for (guint i = 0; i < phrase.n; i++) {
		const HishoLexeme *lexeme = &phrase.at[i];

		if (is_comment(lexeme)) {
			append_comment(name, lexeme, bare);
			continue;
		}
		if (name->len > 0 && lexeme->blank_before)
			g_string_append_c(name, ' ');
		hisho_lexeme_append(name, lexeme);
	}
}

static bool
is_atom_byte(char c)
{
	return (guchar)c >= 0x80 || g_ascii_isalnum(c) ||
	    (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

char *
hisho_phrase_dup_quoted(const char *local)
{
	const char *p = local;

	while (is_atom_byte(*p))
		p++;
	if (p > local && *p == '\0')
		return g_strdup(local);
	GString *quoted = g_string_new("\"");
	for (p = local; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(quoted, '\\');
		g_string_append_c(quoted, *p);
	}
	g_string_append_c(quoted, '"');
	return g_string_free(quoted, FALSE);
}

/* Whether LEXEME is a quoted string with no dot to part it from what follows
 * it directly: "name"local@domain. */
static bool
is_glued(HishoPhrase phrase, guint i)
{
	return phrase.at[i].kind == HISHO_LEXEME_QUOTED && i + 1 < phrase.n &&
	    phrase.at[i + 1].kind == HISHO_LEXEME_WORD &&
	    phrase.at[i + 1].text[0] != '.';
}

char *
hisho_phrase_dup_joined(HishoPhrase phrase)
{
	g_autoptr(GString) text = g_string_new(NULL);
	bool was_quoted = false;

	for (guint i = 0; i < phrase.n; i++) {
		const HishoLexeme *lexeme = &phrase.at[i];

		if (is_comment(lexeme))
			continue;
		if (is_glued(phrase, i)) {
			/* No local part by the standard: as it stands. */
			g_string_append_printf(text, "\"%.*s\"",
			    (int)lexeme->length, lexeme->text);
			continue;
		}
		was_quoted |= lexeme->kind == HISHO_LEXEME_QUOTED;
		hisho_lexeme_append(text, lexeme);
	}
	g_autofree char *valid = g_utf8_make_valid(text->str, -1);
	return was_quoted ? hisho_phrase_dup_quoted(valid)
			  : g_steal_pointer(&valid);
}

char *
hisho_phrase_dup_unquoted(const char *local, size_t length)
{
	g_autoptr(GString) text = g_string_new(NULL);
	HishoLexeme lexeme = { HISHO_LEXEME_WORD, false, local, length };

	if (length >= 2 && local[0] == '"' && local[length - 1] == '"')
		lexeme = (HishoLexeme){ HISHO_LEXEME_QUOTED, false, local + 1,
			length - 2 };
	hisho_lexeme_append(text, &lexeme);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

bool
hisho_phrase_is_user(HishoPhrase phrase)
{
	guint first = hisho_phrase_next(phrase, 0);

	if (first == phrase.n ||
	    hisho_phrase_next(phrase, first + 1) < phrase.n)
		return false;
	g_autofree char *user = hisho_phrase_dup_joined(phrase);
	g_autofree char *quoted = hisho_phrase_dup_quoted(user);
	return strcmp(user, quoted) == 0 && g_str_is_ascii(user) &&
	    *user != '"' && !g_str_has_prefix(user, "=?");
}
