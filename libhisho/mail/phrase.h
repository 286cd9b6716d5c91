/* phrase.h - lexemes in a row: names, local parts, domains */
#pragma once

#include "libhisho/mail/lexeme.h"

/* N lexemes, borrowed.  Solid are all that are not comments. */
typedef struct {
	const HishoLexeme *at;
	guint n;
} HishoPhrase;

/* The lexemes from START up to END. */
HishoPhrase hisho_phrase_part(HishoPhrase phrase, guint start, guint end);

/* The first solid lexeme from I on; phrase.n if there is none. */
guint hisho_phrase_next(HishoPhrase phrase, guint i);

bool hisho_phrase_has_solid(HishoPhrase phrase);

/* Whether any lexeme of PHRASE has C in it, comments included. */
bool hisho_phrase_has_byte(HishoPhrase phrase, char c);

/* The first SPECIAL from I on; phrase.n if there is none. */
guint hisho_phrase_find(HishoPhrase phrase, guint i, char special);

/* Where the local part before the @ at AT begins, not before START; AT if
 * there is none. */
guint hisho_phrase_find_local(HishoPhrase phrase, guint start, guint at);

/* Where the domain after the @ at AT ends; AT + 1 if there is none. */
guint hisho_phrase_find_domain_end(HishoPhrase phrase, guint at);

/* Where the address ends whose first @ is at AT.  AT becomes its last @: in
 * "a@b@c" the local part is a@b, if it is anything. */
guint hisho_phrase_find_address_end(HishoPhrase phrase, guint *at);

/* PHRASE from behind its last colon; all of it if there is none. */
HishoPhrase hisho_phrase_after_colon(HishoPhrase phrase);

/* Appends PHRASE as it is shown: comments in parentheses, or bare if they are
 * all there is. */
void hisho_phrase_append_name(GString *name, HishoPhrase phrase);

/* PHRASE without blanks and comments as UTF-8; as one quoted string where a
 * part was quoted and has to be (RFC 5321 4.1.2; dots are free). */
char *hisho_phrase_dup_joined(HishoPhrase phrase);

/* LOCAL, which is not quoted, in quotes if it has to be. */
char *hisho_phrase_dup_quoted(const char *local);

/* LENGTH bytes of LOCAL, quoted or not, without quotes and escapes. */
char *hisho_phrase_dup_unquoted(const char *local, size_t length);

/* Whether PHRASE is one local user ("root"), not a word in another script. */
bool hisho_phrase_is_user(HishoPhrase phrase);
