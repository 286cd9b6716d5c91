#include "libhisho/route/clauses.h"

#define WORDS_LIMIT 5
#define PHRASE_LIMIT ((size_t)255)

static const char *const keywords[HISHO_N_CLAUSES] = { NULL, "from", "by",
	"via", "with", "id", "for" };

static const HishoToken *
at(const GArray *tokens, guint i)
{
	return i < tokens->len ? &g_array_index(tokens, HishoToken, i) : NULL;
}

/* Whether the first keyword of an empty from clause stands at I: only an
 * empty greeting brings it up ("from by mx.example.jp"). */
static bool
is_next_keyword(const GArray *tokens, guint i, HishoClause clause)
{
	const HishoToken *next = at(tokens, i + 1);

	return clause == HISHO_CLAUSE_BY && next != NULL &&
	    next->kind == HISHO_TOKEN_WORD && !hisho_token_is(next, "by");
}

static HishoClause
named_clause(const HishoToken *token)
{
	for (HishoClause clause = HISHO_CLAUSE_FROM; clause < HISHO_N_CLAUSES;
	     clause++)
		if (hisho_token_is(token, keywords[clause]))
			return clause;
	return HISHO_CLAUSE_BEFORE;
}

/* The index of the last "by" among the first COUNT of TOKENS, or 0; that of
 * qmail-scanner's "by uid 64011" is another. */
static guint
find_last_by(const GArray *tokens, guint count)
{
	for (guint i = count; i-- > 1;)
		if (hisho_token_is(at(tokens, i), keywords[HISHO_CLAUSE_BY]) &&
		    (i + 1 == count ||
			!hisho_token_is(at(tokens, i + 1), "uid")))
			return i;
	return 0;
}

typedef struct {
	HishoClauses *clauses;
	const GArray *tokens;
	guint last_by;
	HishoClause current;
} Sorter;

/* Whether CLAUSE at I comes too early.  Some servers let the client's word
 * have blanks: behind "from" nothing else opens as long as "by" is to come,
 * but for one word right before it, as "id e0724 by" of DragonFly. */
static bool
is_early(const Sorter *sorter, HishoClause clause, guint i)
{
	if (i >= sorter->last_by || clause == HISHO_CLAUSE_BY ||
	    sorter->clauses->tokens[HISHO_CLAUSE_FROM]->len == 0)
		return false;
	bool may_precede =
	    clause == HISHO_CLAUSE_ID || clause == HISHO_CLAUSE_VIA;
	return !may_precede || i + 2 != sorter->last_by ||
	    at(sorter->tokens, i + 1)->kind != HISHO_TOKEN_WORD;
}

/* The clause that the token at I opens, or BEFORE for none.  What follows
 * "from" is the client's word, even if it is "by". */
static HishoClause
opened_clause(const Sorter *sorter, guint i)
{
	HishoClause clause = named_clause(at(sorter->tokens, i));
	const HishoClauses *clauses = sorter->clauses;
	bool greeting = sorter->current == HISHO_CLAUSE_FROM &&
	    clauses->tokens[HISHO_CLAUSE_FROM]->len == 0;

	if (clauses->tokens[clause]->len > 0 ||
	    (greeting && !is_next_keyword(sorter->tokens, i, clause)) ||
	    is_early(sorter, clause, i))
		return HISHO_CLAUSE_BEFORE;
	return clause;
}

/* Sorts the first COUNT of TOKENS. */
static void
sort_tokens(HishoClauses *clauses, const GArray *tokens, guint count)
{
	Sorter sorter = { clauses, tokens, find_last_by(tokens, count),
		HISHO_CLAUSE_BEFORE };

	for (guint i = 0; i < count; i++) {
		HishoToken token = *at(tokens, i);
		HishoClause opened = opened_clause(&sorter, i);
		clauses->is_doubtful |= i == sorter.last_by && i > 0 &&
		    clauses->tokens[HISHO_CLAUSE_FROM]->len > 0 &&
		    opened != HISHO_CLAUSE_BY;
		if (opened == HISHO_CLAUSE_BEFORE)
			g_array_append_val(
			    clauses->tokens[sorter.current], token);
		else
			sorter.current = opened;
	}
}

/* "(from pc [192.0.2.1])" in front is a from clause for all that: what a
 * local user's name cannot hold is an address in brackets. */
static void
open_comment(HishoClauses *clauses, const GArray *tokens)
{
	const HishoToken *first = at(tokens, 0);

	if (first == NULL || first->kind != HISHO_TOKEN_COMMENT)
		return;
	g_autoptr(GArray) inner = hisho_token_split(first->text, first->length);
	const HishoToken *second = at(inner, 2);
	if (second != NULL && hisho_token_is(at(inner, 0), "from") &&
	    hisho_token_is_bracketed(second))
		sort_tokens(clauses, inner, inner->len);
}

static bool
is_weekday(const HishoToken *token)
{
	static const char *const days[] = { "Mon,", "Tue,", "Wed,", "Thu,",
		"Fri,", "Sat,", "Sun,", NULL };

	return hisho_token_is_one_of(token, days);
}

/* The index of the token behind which the date stands: the last semicolon,
 * else the one before a day of the week, as SendGrid writes it. */
static guint
find_date(const GArray *tokens)
{
	for (guint i = tokens->len; i-- > 0;)
		if (at(tokens, i)->kind == HISHO_TOKEN_END)
			return i;
	for (guint i = tokens->len; i-- > 1;)
		if (is_weekday(at(tokens, i)))
			return i - 1;
	return tokens->len;
}

void
hisho_clauses_read(HishoClauses *clauses, const char *text, size_t length)
{
	g_autoptr(GArray) tokens = hisho_token_split(text, length);
	guint count = find_date(tokens);
	const HishoToken *mark = at(tokens, count);

	*clauses = (HishoClauses){ 0 };
	for (guint clause = 0; clause < HISHO_N_CLAUSES; clause++)
		clauses->tokens[clause] =
		    g_array_new(FALSE, FALSE, sizeof(HishoToken));
	if (mark != NULL) {
		bool end = mark->kind == HISHO_TOKEN_END;
		const char *start = end ? mark->text + 1 : mark[1].text;
		clauses->date = (HishoToken){ HISHO_TOKEN_WORD, start,
			(size_t)(text + length - start) };
		count += !end;
	}
	open_comment(clauses, tokens);
	sort_tokens(clauses, tokens, count);
}

void
hisho_clauses_clear(HishoClauses *clauses)
{
	for (guint clause = 0; clause < HISHO_N_CLAUSES; clause++)
		g_clear_pointer(&clauses->tokens[clause], g_array_unref);
}

const HishoToken *
hisho_clauses_at(const HishoClauses *clauses, HishoClause clause, guint i)
{
	return at(clauses->tokens[clause], i);
}

const HishoToken *
hisho_clauses_first(const HishoClauses *clauses, HishoClause clause)
{
	const HishoToken *token = at(clauses->tokens[clause], 0);

	return token != NULL && token->kind == HISHO_TOKEN_WORD ? token : NULL;
}

char *
hisho_clauses_dup_first(const HishoClauses *clauses, HishoClause clause)
{
	const HishoToken *word = hisho_clauses_first(clauses, clause);

	if (word == NULL)
		return NULL;
	HishoToken trimmed = hisho_token_trim(*word);
	return hisho_token_dup(&trimmed);
}

char *
hisho_clauses_dup_words(const HishoClauses *clauses, HishoClause clause)
{
	const GArray *tokens = clauses->tokens[clause];
	guint start = 0, end;

	while (start < tokens->len &&
	    at(tokens, start)->kind == HISHO_TOKEN_COMMENT)
		start++;
	for (end = start; end < MIN(tokens->len, start + WORDS_LIMIT); end++)
		if (at(tokens, end)->kind != HISHO_TOKEN_WORD)
			break;
	if (end == start)
		return NULL;
	const HishoToken *first = at(tokens, start),
			 *last = at(tokens, end - 1);
	return hisho_clauses_dup_phrase((HishoToken){ HISHO_TOKEN_WORD,
	    first->text, (size_t)(last->text + last->length - first->text) });
}

char *
hisho_clauses_dup_phrase(HishoToken phrase)
{
	g_autoptr(GArray) words =
	    hisho_token_split(phrase.text, MIN(phrase.length, PHRASE_LIMIT));
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < words->len; i++) {
		const HishoToken *word = at(words, i);
		bool comment = word->kind == HISHO_TOKEN_COMMENT;
		g_string_append(text, i > 0 ? " " : "");
		g_string_append(text, comment ? "(" : "");
		g_string_append_len(text, word->text, (gssize)word->length);
		g_string_append(text, comment ? ")" : "");
	}
	HishoToken whole = { HISHO_TOKEN_WORD, text->str, text->len };
	return hisho_token_dup(&whole);
}
