/* lexeme.h - the words of an address field (RFC 5322 3.2) */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
	HISHO_LEXEME_END,
	HISHO_LEXEME_WORD,    /* atoms and dots, raw 8-bit, encoded-words */
	HISHO_LEXEME_QUOTED,  /* TEXT is what stands between the quotes */
	HISHO_LEXEME_COMMENT, /* likewise; inner parentheses stay */
	HISHO_LEXEME_LITERAL, /* [...] after an @, brackets included */
	HISHO_LEXEME_SPECIAL, /* one of < > , ; : @ */
} HishoLexemeKind;

/* TEXT points into the field and lives as long. */
typedef struct {
	HishoLexemeKind kind;
	bool blank_before;
	const char *text;
	size_t length;
} HishoLexeme;

/* Where in a field reading has come to; hisho_lexeme_begin() makes it. */
typedef struct {
	const char *at;
	const char *end;
	bool is_shift_jis;
	bool after_at;
	bool lone_quote;
	bool lone_parenthesis;
	bool is_odd; /* something was met that others may read differently:
		      * a NUL, an unclosed quote or comment, an encoded-word
		      * with a raw < or @ */
} HishoLexer;

/* Reads LENGTH bytes of VALUE, which may be folded and hold anything. */
HishoLexer hisho_lexeme_begin(const char *value, size_t length);

/* The next lexeme; END for ever after the last.  Bytes that a shifted
 * ISO-2022-JP run or a Shift_JIS pair is made of separate nothing.  A quote or
 * parenthesis that is never closed is an ordinary character. */
HishoLexeme hisho_lexeme_next(HishoLexer *lexer);

bool hisho_lexeme_is(const HishoLexeme *lexeme, char special);

/* Appends the meaning of LEXEME: without quotes, escapes and line ends. */
void hisho_lexeme_append(GString *text, const HishoLexeme *lexeme);
