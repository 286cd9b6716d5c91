#include "libhisho/mail/lexeme.h"

#include <string.h>

#define ESCAPE '\x1b'

/* Kanji, half-width kana and the supplementary set take turns in a name a few
 * times; the bound keeps the search linear. */
#define SHIFTS_MAX 32

/* An IPv6 address takes 47 bytes; other literals are not in use. */
#define LITERAL_MAX 256

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

static bool
is_high_in(const char *p, guchar first, guchar last)
{
	return (guchar)*p >= first && (guchar)*p <= last;
}

/* The length of the Shift_JIS character at P, 0 if it is none. */
static size_t
shift_jis_length(const char *p, const char *end)
{
	if (!is_high_in(p, 0x80, 0xff) || is_high_in(p, 0xa1, 0xdf))
		return 1;
	bool is_pair =
	    (is_high_in(p, 0x81, 0x9f) || is_high_in(p, 0xe0, 0xfc)) &&
	    end - p > 1 && is_high_in(p + 1, 0x40, 0xfc) && p[1] != 0x7f;
	return is_pair ? 2 : 0;
}

static size_t
euc_jp_length(const char *p, const char *end)
{
	if (!is_high_in(p, 0x80, 0xff))
		return 1;
	bool is_pair = (*p == '\x8e' || is_high_in(p, 0xa1, 0xfe)) &&
	    end - p > 1 && is_high_in(p + 1, 0xa1, 0xfe);
	return is_pair ? 2 : 0;
}

static bool
is_all(size_t (*length_at)(const char *, const char *), const char *p,
    const char *end)
{
	size_t length = 1;

	for (; p < end && length > 0; p += length)
		length = length_at(p, end);
	return length > 0;
}

/* In Shift_JIS alone the second byte may be an @, [ or backslash. */
static bool
is_shift_jis(const char *value, size_t length)
{
	const char *end = value + length;

	return !g_utf8_validate_len(value, length, NULL) &&
	    is_all(shift_jis_length, value, end) &&
	    !is_all(euc_jp_length, value, end);
}

HishoLexer
hisho_lexeme_begin(const char *value, size_t length)
{
	return (HishoLexer){ .at = value,
		.end = value + length,
		.is_shift_jis = is_shift_jis(value, length) };
}

/* The length of the escape sequence at P that shifts to a Japanese set of
 * ISO-2022-JP (RFC 1468, 2237) or to half-width kana; 0 if it is none. */
static size_t
shift_length(const char *p, const char *end)
{
	if (end - p < 3 || p[0] != ESCAPE)
		return 0;
	if (p[1] == '$')
		return p[2] == '(' ? 4 : 3;
	return p[1] == '(' && p[2] == 'I' ? 3 : 0;
}

/* The length of the run at P from such a shift to the shift back, which must
 * come before any blank or line end; 0 if it is none. */
static size_t
shifted_length(const char *p, const char *end)
{
	const char *q = p;

	for (int i = 0; i < SHIFTS_MAX && shift_length(q, end) > 0; i++) {
		q += shift_length(q, end);
		while (end - q >= 3 && *q > ' ')
			q++;
	}
	bool closes = q > p && end - q >= 3 && q[0] == ESCAPE && q[1] == '(' &&
	    (q[2] == 'B' || q[2] == 'J');
	return closes ? (size_t)(q + 3 - p) : 0;
}

/* The length of what cannot be divided at P. */
static size_t
unit_length(const HishoLexer *lexer, const char *p)
{
	size_t length = shifted_length(p, lexer->end);

	if (length == 0 && lexer->is_shift_jis)
		length = shift_jis_length(p, lexer->end);
	return MAX(length, 1);
}

/* The length of the encoded-word at P (RFC 2047 2), 0 if it is none.  Many
 * mailers leave commas, colons and parentheses in its text as they are. */
static size_t
encoded_word_length(const char *p, const char *end)
{
	const char *q = p + 2;

	if (end - p < 2 || p[0] != '=' || p[1] != '?')
		return 0;
	while (q < end && (g_ascii_isalnum(*q) || strchr("-_:.*+", *q)) && *q)
		q++;
	if (end - q < 3 || q[0] != '?' || q[2] != '?' ||
	    (g_ascii_toupper(q[1]) != 'B' && g_ascii_toupper(q[1]) != 'Q'))
		return 0;
	for (q += 3; q < end && *q != '?' && !is_blank(*q); q++)
		;
	bool closes = end - q >= 2 && q[0] == '?' && q[1] == '=';
	return closes ? (size_t)(q + 2 - p) : 0;
}

/* Past the quote or parenthesis that closes what P opens; NULL if none does. */
static const char *
find_close(const HishoLexer *lexer, const char *p)
{
	bool is_comment = *p == '(';
	size_t depth = 1;

	for (p++; p < lexer->end; p += unit_length(lexer, p)) {
		if (*p == '\\' && lexer->end - p > 1)
			p++;
		else if (*p == (is_comment ? ')' : '"') && --depth == 0)
			return p + 1;
		else if (is_comment && *p == '(')
			depth++;
	}
	return NULL;
}

/* Where the quote, comment or literal at P ends; NULL if it is not one.  The
 * first that is not closed makes the rest of its kind ordinary, so that no
 * field is searched twice. */
static const char *
find_enclosed_end(HishoLexer *lexer, const char *p)
{
	bool *lone = *p == '"' ? &lexer->lone_quote : &lexer->lone_parenthesis;

	if (*p == '[' && lexer->after_at) {
		gsize rest = (gsize)(lexer->end - p);
		const char *close = memchr(p, ']', MIN(rest, LITERAL_MAX));
		return close == NULL ? NULL : close + 1;
	}
	if ((*p != '"' && *p != '(') || *lone)
		return NULL;
	const char *close = find_close(lexer, p);
	if (close == NULL)
		*lone = lexer->is_odd = true;
	return close;
}

static bool
ends_word(const HishoLexer *lexer, const char *p)
{
	return is_blank(*p) || strchr("<>,;:@", *p) != NULL ||
	    (*p == '"' && !lexer->lone_quote) ||
	    (*p == '(' && !lexer->lone_parenthesis);
}

static const char *
find_word_end(HishoLexer *lexer, const char *p)
{
	const char *start = p;

	while (p < lexer->end && (p == start || !ends_word(lexer, p))) {
		size_t encoded = encoded_word_length(p, lexer->end);

		if (encoded > 0 &&
		    (memchr(p, '<', encoded) != NULL ||
			memchr(p, '@', encoded) != NULL))
			lexer->is_odd = true;
		p += encoded > 0 ? encoded : unit_length(lexer, p);
	}
	return p;
}

HishoLexeme
hisho_lexeme_next(HishoLexer *lexer)
{
	HishoLexeme lexeme = { HISHO_LEXEME_END, false, NULL, 0 };

	for (; lexer->at < lexer->end && is_blank(*lexer->at); lexer->at++) {
		lexeme.blank_before = true;
		lexer->is_odd |= *lexer->at == '\0';
	}
	if (lexer->at >= lexer->end)
		return lexeme;

	const char *p = lexer->at;
	const char *end = find_enclosed_end(lexer, p);
	size_t margin = 0;
	if (end != NULL) {
		lexeme.kind = *p == '[' ? HISHO_LEXEME_LITERAL
		    : *p == '"'		? HISHO_LEXEME_QUOTED
					: HISHO_LEXEME_COMMENT;
		margin = *p == '[' ? 0 : 1;
	} else if (strchr("<>,;:@", *p) != NULL) {
		lexeme.kind = HISHO_LEXEME_SPECIAL;
		end = p + 1;
	} else {
		lexeme.kind = HISHO_LEXEME_WORD;
		end = find_word_end(lexer, p);
	}
	lexeme.text = p + margin;
	lexeme.length = (size_t)(end - p) - 2 * margin;
	lexer->at = end;
	lexer->after_at = hisho_lexeme_is(&lexeme, '@') ||
	    (lexer->after_at && lexeme.kind == HISHO_LEXEME_COMMENT);
	return lexeme;
}

bool
hisho_lexeme_is(const HishoLexeme *lexeme, char special)
{
	return lexeme->kind == HISHO_LEXEME_SPECIAL &&
	    lexeme->text[0] == special;
}

void
hisho_lexeme_append(GString *text, const HishoLexeme *lexeme)
{
	bool has_escapes = lexeme->kind == HISHO_LEXEME_QUOTED ||
	    lexeme->kind == HISHO_LEXEME_COMMENT;
	HishoLexer lexer = hisho_lexeme_begin(lexeme->text, lexeme->length);

	while (lexer.at < lexer.end) {
		if (has_escapes && *lexer.at == '\\' &&
		    lexer.end - lexer.at > 1)
			lexer.at++;
		size_t length = unit_length(&lexer, lexer.at);
		if (strchr("\r\n", *lexer.at) == NULL)
			g_string_append_len(text, lexer.at, (gssize)length);
		lexer.at += length;
	}
}
