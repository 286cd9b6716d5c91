/* clauses.h - a Received field sorted by its clauses */
#pragma once

#include <glib.h>

#include "libhisho/route/token.h"

/* RFC 5321 section 4.4, and what stands before the first of them. */
typedef enum {
	HISHO_CLAUSE_BEFORE,
	HISHO_CLAUSE_FROM,
	HISHO_CLAUSE_BY,
	HISHO_CLAUSE_VIA,
	HISHO_CLAUSE_WITH,
	HISHO_CLAUSE_ID,
	HISHO_CLAUSE_FOR,
	HISHO_N_CLAUSES,
} HishoClause;

/* The tokens (HishoToken) of each clause without its keyword; slices of
 * the text that was read. */
typedef struct {
	GArray *tokens[HISHO_N_CLAUSES];
	HishoToken date; /* what follows the last semicolon, or nothing */
	/* "from" and twice "by": which words are the server's own? */
	bool is_doubtful;
} HishoClauses;

/* Sorts LENGTH bytes of TEXT, as hisho_token_split() cuts them. */
void hisho_clauses_read(HishoClauses *clauses, const char *text, size_t length);

/* Frees what CLAUSES hold, not CLAUSES. */
void hisho_clauses_clear(HishoClauses *clauses);

/* The token of CLAUSE at I, or NULL behind the last. */
const HishoToken *hisho_clauses_at(
    const HishoClauses *clauses, HishoClause clause, guint i);

/* The token CLAUSE begins with if it is a word, or NULL. */
const HishoToken *hisho_clauses_first(
    const HishoClauses *clauses, HishoClause clause);

/* That word as text without quotes and brackets, or NULL. */
char *hisho_clauses_dup_first(const HishoClauses *clauses, HishoClause clause);

/* The words of CLAUSE up to a comment, five at most, with single blanks:
 * "Microsoft SMTP Server".  A comment at the start is left out.  NULL when
 * there is no word. */
char *hisho_clauses_dup_words(const HishoClauses *clauses, HishoClause clause);

/* PHRASE with single blanks, comments in parentheses; NULL when empty. */
char *hisho_clauses_dup_phrase(HishoToken phrase);
