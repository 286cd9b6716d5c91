/* token.h - trace fields cut into words and comments */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
	HISHO_TOKEN_WORD,
	HISHO_TOKEN_COMMENT, /* what stands between the parentheses */
	HISHO_TOKEN_END,     /* a semicolon outside comments */
} HishoTokenKind;

/* A slice of the text that was cut; it lives as long as that text. */
typedef struct {
	HishoTokenKind kind;
	const char *text;
	size_t length;
} HishoToken;

/* Cuts LENGTH bytes of TEXT, of which 64 kB are looked at, into at most
 * 500 HishoToken.  Comments nest up to 20 deep; a parenthesis that has no
 * partner is part of a word, as is a bracketed "[unix socket]". */
GArray *hisho_token_split(const char *text, size_t length);

/* Whether TOKEN is the word WORD, or begins with PREFIX, in any case. */
bool hisho_token_is(const HishoToken *token, const char *word);
bool hisho_token_starts(const HishoToken *token, const char *prefix);

/* Whether TOKEN is a word with a bracket, as "[192.0.2.1]:25". */
bool hisho_token_is_bracketed(const HishoToken *token);

/* Whether TOKEN is one of LIST, which NULL ends. */
bool hisho_token_is_one_of(const HishoToken *token, const char *const *list);

/* Whether the first 500 bytes of TOKEN hold PHRASE, in any case. */
bool hisho_token_has(const HishoToken *token, const char *phrase);

/* TOKEN as UTF-8 text, at most 255 bytes of it; NULL when it is empty. */
char *hisho_token_dup(const HishoToken *token);

/* TOKEN without what encloses it: quotes, angle brackets, commas and the
 * dot at the end of a rooted name. */
HishoToken hisho_token_trim(HishoToken token);
