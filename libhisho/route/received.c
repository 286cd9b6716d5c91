#include "libhisho/route/received.h"

#include <string.h>

#include "libhisho/route/date.h"
#include "libhisho/route/peer.h"
#include "libhisho/route/remark.h"
#include "libhisho/route/token.h"

#define FIELD(key, kind, member)                                               \
	{                                                                      \
		key, HISHO_RECORD_##kind, G_STRUCT_OFFSET(HishoHop, member),   \
		    NULL                                                       \
	}

static const HishoRecordField fields[] = {
	FIELD("ip", TEXT, ip),
	FIELD("rdns", TEXT, rdns),
	FIELD("helo", TEXT, helo),
	FIELD("by", TEXT, by),
	FIELD("with", TEXT, with),
	FIELD("id", TEXT, id),
	FIELD("for", TEXT, recipient),
	FIELD("tls", TEXT, tls),
	FIELD("kind", TEXT, kind),
	FIELD("date", TEXT, date),
	FIELD("time", NUMBER, time),
	FIELD("authenticated", TRUTH, authenticated),
	FIELD("trusted", TRUTH, trusted),
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_hop_type = { sizeof(HishoHop), fields,
	hisho_hop_free };

void
hisho_hop_free(void *hop)
{
	hisho_record_free(&hisho_hop_type, hop);
}

enum { BEFORE, FROM, BY, VIA, WITH, ID, FOR, N_CLAUSES };

static const char *const keywords[N_CLAUSES] = { NULL, "from", "by", "via",
	"with", "id", "for" };

/* The tokens of each clause, its keyword not among them. */
typedef struct {
	GArray *clauses[N_CLAUSES];
	HishoToken date; /* what follows the last semicolon */
} Reading;

static const HishoToken *
at(const GArray *tokens, guint i)
{
	return i < tokens->len ? &g_array_index(tokens, HishoToken, i) : NULL;
}

/* The first word of CLAUSE, or NULL. */
static const HishoToken *
first_word(const Reading *reading, int clause)
{
	const HishoToken *token = at(reading->clauses[clause], 0);

	return token != NULL && token->kind == HISHO_TOKEN_WORD ? token : NULL;
}

static char *
dup_first_word(const Reading *reading, int clause)
{
	const HishoToken *word = first_word(reading, clause);

	if (word == NULL)
		return NULL;
	HishoToken trimmed = hisho_token_trim(*word);
	return hisho_token_dup(&trimmed);
}

/* The clause that TOKEN opens, or 0.  What follows "from" is the client's
 * word, even if it is "by"; only an empty greeting brings the keyword up
 * ("from by mx.example.jp"). */
static int
opened_clause(
    const Reading *reading, int current, const GArray *tokens, guint i)
{
	const HishoToken *token = at(tokens, i), *next = at(tokens, i + 1);
	bool empty = current == FROM && reading->clauses[FROM]->len == 0;

	for (int clause = FROM; clause < N_CLAUSES; clause++) {
		if (!hisho_token_is(token, keywords[clause]))
			continue;
		if (empty &&
		    (clause != BY || next == NULL ||
			next->kind != HISHO_TOKEN_WORD ||
			hisho_token_is(next, "by")))
			return 0;
		return reading->clauses[clause]->len == 0 ? clause : 0;
	}
	return 0;
}

/* Sorts the first COUNT of TOKENS by clause. */
static void
sort_tokens(Reading *reading, const GArray *tokens, guint count)
{
	int current = BEFORE;

	for (guint i = 0; i < count; i++) {
		HishoToken token = *at(tokens, i);
		int opened = opened_clause(reading, current, tokens, i);
		if (opened != 0)
			current = opened;
		else
			g_array_append_val(reading->clauses[current], token);
	}
}

/* Sets the clauses and the date of READING. */
static void
read_tokens(Reading *reading, const GArray *tokens, const char *end)
{
	guint count = tokens->len;

	for (int clause = 0; clause < N_CLAUSES; clause++)
		reading->clauses[clause] =
		    g_array_new(FALSE, FALSE, sizeof(HishoToken));
	while (count > 0 && at(tokens, count - 1)->kind != HISHO_TOKEN_END)
		count--;
	if (count > 0) {
		const char *start = at(tokens, count - 1)->text + 1;
		reading->date = (HishoToken){ HISHO_TOKEN_WORD, start,
			(size_t)(end - start) };
	}
	sort_tokens(reading, tokens, count > 0 ? count : tokens->len);
}

static void
drop_reading(Reading *reading)
{
	for (int clause = 0; clause < N_CLAUSES; clause++)
		g_array_unref(reading->clauses[clause]);
}

/* PHRASE with single blanks, or NULL when nothing else is in it. */
static char *
dup_unfolded(HishoToken phrase)
{
	g_autoptr(GArray) words =
	    hisho_token_split(phrase.text, MIN(phrase.length, 255));
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

/* The words of CLAUSE up to its first comment: "Microsoft SMTP Server". */
static char *
dup_words(const Reading *reading, int clause)
{
	const HishoToken *first = first_word(reading, clause);
	const HishoToken *last = first;

	if (first == NULL)
		return NULL;
	for (guint i = 1; i < MIN(reading->clauses[clause]->len, 5); i++) {
		if (at(reading->clauses[clause], i)->kind != HISHO_TOKEN_WORD)
			break;
		last = at(reading->clauses[clause], i);
	}
	return dup_unfolded((HishoToken){ HISHO_TOKEN_WORD, first->text,
	    (size_t)(last->text + last->length - first->text) });
}

/* Exim writes protocols in small letters, qmail dates without the day of
 * the week; both look the client's name up and put it first. */
static HishoPeerDialect
guess_dialect(const Reading *reading)
{
	const HishoToken *with = first_word(reading, WITH);
	const char *date = reading->date.text;
	size_t length = reading->date.length;

	if (with != NULL && g_ascii_islower(*with->text) &&
	    (hisho_token_starts(with, "esmtp") ||
		hisho_token_starts(with, "smtp") ||
		hisho_token_starts(with, "asmtp")))
		return HISHO_PEER_BRACKETED;
	while (length > 0 && g_ascii_isspace(*date)) {
		date++;
		length--;
	}
	if (length > 0 && g_ascii_isdigit(*date) &&
	    reading->clauses[ID]->len == 0)
		return HISHO_PEER_BARE;
	return HISHO_PEER_CLAIMED;
}

static bool
has(const HishoToken *token, const char *phrase)
{
	return token != NULL && hisho_token_has(token, phrase);
}

/* What a protocol tells, by how its name begins and ends. */
static const struct {
	const char *start;
	const char *kind;
} protocols[] = {
	{ "lmtp", "lmtp" },
	{ "utf8lmtp", "lmtp" },
	{ "pop", "fetch" },
	{ "imap", "fetch" },
	{ "http", "http" },
	{ "local", "local" },
};

static const char *
name_kind(const Reading *reading, const HishoPeer *peer)
{
	const HishoToken *before = at(reading->clauses[BEFORE], 0);
	const HishoToken *with = first_word(reading, WITH);
	const HishoToken *from = first_word(reading, FROM);
	const HishoToken *second = at(reading->clauses[FROM], 1);
	const HishoToken *by = at(reading->clauses[BY], 1);

	if (with == NULL)
		with = first_word(reading, VIA);
	for (guint i = 0; with != NULL && i < G_N_ELEMENTS(protocols); i++)
		if (hisho_token_starts(with, protocols[i].start))
			return protocols[i].kind;
	if (peer->local || has(by, "from userid") || has(by, "DragonFly"))
		return "local";
	if (from != NULL && second != NULL && hisho_token_is(from, "mail") &&
	    hisho_token_is(second, "pickup") && peer->ip == NULL)
		return "local";
	if (reading->clauses[FROM]->len > 0)
		return peer->ip == NULL && has(from, "@") ? "queue" : "smtp";
	if (has(before, "from ") && !has(before, "network"))
		return "local";
	if (has(before, "invoked by"))
		return "local";
	bool note = before != NULL && before->kind == HISHO_TOKEN_COMMENT;
	return note || reading->clauses[BY]->len > 0 ? "queue" : NULL;
}

/* Comments of the from clause count as remarks only when they cannot hold
 * what the client says. */
static void
read_remarks(const Reading *reading, HishoHop *hop)
{
	for (int clause = FROM; clause < N_CLAUSES; clause++) {
		const GArray *tokens = reading->clauses[clause];
		for (guint i = 0; i < tokens->len; i++) {
			const HishoToken *token = at(tokens, i);
			if (token->kind != HISHO_TOKEN_COMMENT ||
			    (clause == FROM && !hisho_remark_is(token)))
				continue;
			if (hop->tls == NULL)
				hop->tls = hisho_remark_dup_tls(token);
			hop->authenticated |= hisho_remark_has_login(token);
		}
	}
}

/* Words that say "encrypted" where no comment names the version:
 * RFC 3848 and 6531, Microsoft's "over TLS secured channel", "via SSL". */
static void
read_protocol(const Reading *reading, HishoHop *hop)
{
	static const char *const secure[] = { "smtps", "smtpsa", "esmtps",
		"esmtpsa", "utf8smtps", "utf8smtpsa", "lmtps", "lmtpsa",
		"utf8lmtps", "utf8lmtpsa", "https", "pop3s", "imaps",
		"pop3-ssl", "imap4-ssl", "ssl", "tls", "encrypted", NULL };
	static const char *const login[] = { "smtpsa", "esmtpa", "esmtpsa",
		"asmtp", "utf8smtpa", "utf8smtpsa", NULL };
	static const int clauses[] = { BY, VIA, WITH };

	for (guint i = 0; i < G_N_ELEMENTS(clauses); i++) {
		const GArray *tokens = reading->clauses[clauses[i]];
		/* The first word after "by" is a name. */
		for (guint j = clauses[i] == BY; j < tokens->len; j++) {
			if (hop->tls == NULL &&
			    (hisho_token_is_one_of(at(tokens, j), secure) ||
				hisho_token_has(at(tokens, j), "/tls/")))
				hop->tls = g_strdup("yes");
			hop->authenticated |=
			    hisho_token_is_one_of(at(tokens, j), login);
		}
	}
}

static void
read_client(const Reading *reading, HishoHop *hop)
{
	HishoPeer peer;
	HishoPeerDialect dialect = guess_dialect(reading);

	hisho_peer_read(reading->clauses[FROM], dialect, &peer);
	hop->kind = g_strdup(name_kind(reading, &peer));
	hop->ip = peer.ip;
	hop->rdns = peer.rdns;
	hop->helo = peer.helo;
	hop->authenticated = peer.authenticated;
	if (g_strcmp0(hop->kind, "local") == 0)
		g_clear_pointer(&hop->helo, g_free);
}

HishoHop *
hisho_received_parse(const char *value, size_t length)
{
	g_autoptr(GArray) tokens = hisho_token_split(value, length);
	HishoHop *hop = hisho_record_new(&hisho_hop_type);
	Reading reading = { 0 };

	read_tokens(&reading, tokens, value + length);
	read_client(&reading, hop);
	hop->by = dup_first_word(&reading, BY);
	hop->with = dup_words(&reading, WITH);
	hop->id = dup_first_word(&reading, ID);
	hop->recipient = dup_first_word(&reading, FOR);
	read_remarks(&reading, hop);
	read_protocol(&reading, hop);
	if (reading.date.length > 0) {
		hop->date = dup_unfolded(reading.date);
		hop->time =
		    hisho_date_parse(reading.date.text, reading.date.length);
	}
	drop_reading(&reading);
	return hop;
}
