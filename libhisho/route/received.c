#include "libhisho/route/received.h"

#include <string.h>

#include "libhisho/route/clauses.h"
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
	FIELD("delay", NUMBER, delay),
	FIELD("odd", TEXT, odd),
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

static bool
has(const HishoToken *token, const char *phrase)
{
	return token != NULL && hisho_token_has(token, phrase);
}

/* "1rXAbC-000ABC-1D", and since Exim 4.97 "1rXAbC-00000000ABC-1DEF". */
static bool
is_exim_id(const HishoToken *id)
{
	guint hyphens = 0, since = 0;

	for (size_t i = 0; id != NULL && i < id->length; i++, since++) {
		if (id->text[i] != '-') {
			if (!g_ascii_isalnum(id->text[i]))
				return false;
			continue;
		}
		if (since < 6)
			return false;
		hyphens++;
		since = 0;
	}
	return hyphens == 2;
}

static bool
is_exim(const HishoClauses *clauses)
{
	const HishoToken *with =
	    hisho_clauses_first(clauses, HISHO_CLAUSE_WITH);
	const GArray *tokens = clauses->tokens[HISHO_CLAUSE_WITH];

	if (with == NULL || !g_ascii_islower(*with->text))
		return false;
	if (is_exim_id(hisho_clauses_first(clauses, HISHO_CLAUSE_ID)))
		return true;
	for (guint i = 1; i < tokens->len; i++)
		if (has(hisho_clauses_at(clauses, HISHO_CLAUSE_WITH, i),
			"Exim "))
			return true;
	return false;
}

/* qmail writes neither an id nor the day of the week. */
static bool
is_qmail(const HishoClauses *clauses)
{
	const char *date = clauses->date.text;
	size_t length = clauses->date.length;

	while (length > 0 && g_ascii_isspace(*date)) {
		date++;
		length--;
	}
	return length > 0 && g_ascii_isdigit(*date) &&
	    clauses->tokens[HISHO_CLAUSE_ID]->len == 0 &&
	    clauses->tokens[HISHO_CLAUSE_WITH]->len > 0;
}

/* Both look the client's name up and put it first. */
static HishoPeerDialect
guess_dialect(const HishoClauses *clauses)
{
	if (is_exim(clauses))
		return HISHO_PEER_BRACKETED;
	return is_qmail(clauses) ? HISHO_PEER_BARE : HISHO_PEER_CLAIMED;
}

/* What a protocol tells, by how its name begins. */
static const struct {
	const char *start;
	const char *kind;
} protocols[] = {
	{ "lmtp", "lmtp" }, { "utf8lmtp", "lmtp" }, { "pop", "fetch" },
	{ "imap", "fetch" }, { "sdps", "fetch" }, { "http", "http" },
	{ "local", "local" },
	{ "spamassassin", "local" }, /* which wraps what it marks */
};

static const char *
kind_of_protocol(const HishoToken *protocol)
{
	for (guint i = 0; protocol != NULL && i < G_N_ELEMENTS(protocols); i++)
		if (hisho_token_starts(protocol, protocols[i].start))
			return protocols[i].kind;
	return NULL;
}

/* Programs on the host itself, by what they leave instead of a client. */
static bool
is_injected(const HishoClauses *clauses, const HishoPeer *peer)
{
	const HishoToken *from =
	    hisho_clauses_first(clauses, HISHO_CLAUSE_FROM);
	const HishoToken *second =
	    hisho_clauses_at(clauses, HISHO_CLAUSE_FROM, 1);
	const HishoToken *server =
	    hisho_clauses_at(clauses, HISHO_CLAUSE_BY, 1);

	if (peer->local || has(server, "from userid") ||
	    has(server, "DragonFly"))
		return true;
	return from != NULL && second != NULL && peer->ip == NULL &&
	    hisho_token_is(from, "mail") && hisho_token_is(second, "pickup");
}

/* What a field without a from clause stands for. */
static const char *
kind_of_note(const HishoClauses *clauses)
{
	const HishoToken *note =
	    hisho_clauses_at(clauses, HISHO_CLAUSE_BEFORE, 0);

	if ((has(note, "from ") && !has(note, "network")) ||
	    has(note, "invoked by"))
		return "local";
	bool comment = note != NULL && note->kind == HISHO_TOKEN_COMMENT;
	return comment || clauses->tokens[HISHO_CLAUSE_BY]->len > 0 ? "queue"
								    : NULL;
}

static const char *
name_kind(const HishoClauses *clauses, const HishoPeer *peer)
{
	const HishoToken *protocol =
	    hisho_clauses_first(clauses, HISHO_CLAUSE_WITH);

	if (protocol == NULL)
		protocol = hisho_clauses_first(clauses, HISHO_CLAUSE_VIA);
	const char *kind = kind_of_protocol(protocol);
	if (kind != NULL)
		return kind;
	if (is_injected(clauses, peer))
		return "local";
	if (clauses->tokens[HISHO_CLAUSE_FROM]->len == 0)
		return kind_of_note(clauses);
	/* A greeting may have an @, too. */
	bool smtp = protocol != NULL && hisho_token_has(protocol, "smtp");
	return peer->ip == NULL && !smtp &&
		has(hisho_clauses_first(clauses, HISHO_CLAUSE_FROM), "@")
	    ? "queue"
	    : "smtp";
}

/* Comments of the from clause count as remarks only when they cannot hold
 * what the client says. */
static void
read_remarks(const HishoClauses *clauses, HishoHop *hop)
{
	for (guint clause = HISHO_CLAUSE_FROM; clause < HISHO_N_CLAUSES;
	     clause++) {
		const HishoToken *token;
		for (guint i = 0;
		     (token = hisho_clauses_at(clauses, clause, i)) != NULL;
		     i++) {
			if (token->kind != HISHO_TOKEN_COMMENT ||
			    (clause == HISHO_CLAUSE_FROM &&
				!hisho_remark_is(token)))
				continue;
			if (hop->tls == NULL)
				hop->tls = hisho_remark_dup_tls(token);
			hop->authenticated |= hisho_remark_has_login(token);
		}
	}
}

/* Words that say "encrypted" where no comment names the version: RFC 3848
 * and 6531, Microsoft's "over TLS secured channel", "via SSL". */
static bool
is_secure(const HishoToken *word)
{
	static const char *const secure[] = { "smtps", "smtpsa", "esmtps",
		"esmtpsa", "utf8smtps", "utf8smtpsa", "lmtps", "lmtpsa",
		"utf8lmtps", "utf8lmtpsa", "https", "pop3s", "imaps",
		"pop3-ssl", "imap4-ssl", "ssl", "tls", "encrypted", NULL };

	if (word->kind == HISHO_TOKEN_COMMENT)
		return hisho_token_has(word, " encrypted");
	return hisho_token_is_one_of(word, secure) ||
	    hisho_token_has(word, "/tls/");
}

static void
read_protocol(const HishoClauses *clauses, HishoHop *hop)
{
	static const char *const login[] = { "smtpsa", "esmtpa", "esmtpsa",
		"asmtp", "utf8smtpa", "utf8smtpsa", NULL };
	static const HishoClause places[] = { HISHO_CLAUSE_BY, HISHO_CLAUSE_VIA,
		HISHO_CLAUSE_WITH };

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		/* The first word after "by" is a name. */
		guint j = places[i] == HISHO_CLAUSE_BY;
		const HishoToken *word;
		for (; (word = hisho_clauses_at(clauses, places[i], j)) != NULL;
		     j++) {
			if (hop->tls == NULL && is_secure(word))
				hop->tls = g_strdup("yes");
			hop->authenticated |=
			    hisho_token_is_one_of(word, login);
		}
	}
}

/* A greeting that holds a field of its own, where the server takes any: then
 * nothing is the client's for sure, and it must not be passed over. */
static void
read_client(const HishoClauses *clauses, HishoHop *hop)
{
	HishoPeer peer;

	if (clauses->is_doubtful) {
		hop->kind = g_strdup("smtp");
		return;
	}
	hisho_peer_read(
	    clauses->tokens[HISHO_CLAUSE_FROM], guess_dialect(clauses), &peer);
	hop->kind = g_strdup(name_kind(clauses, &peer));
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
	HishoHop *hop = hisho_record_new(&hisho_hop_type);
	HishoClauses clauses;

	hisho_clauses_read(&clauses, value, length);
	read_client(&clauses, hop);
	hop->by = hisho_clauses_dup_first(&clauses, HISHO_CLAUSE_BY);
	hop->with = hisho_clauses_dup_words(&clauses, HISHO_CLAUSE_WITH);
	if (hop->with == NULL)
		hop->with = hisho_clauses_dup_first(&clauses, HISHO_CLAUSE_VIA);
	hop->id = hisho_clauses_dup_first(&clauses, HISHO_CLAUSE_ID);
	hop->recipient = hisho_clauses_dup_first(&clauses, HISHO_CLAUSE_FOR);
	read_remarks(&clauses, hop);
	read_protocol(&clauses, hop);
	if (clauses.date.length > 0) {
		hop->date = hisho_clauses_dup_phrase(clauses.date);
		hop->time =
		    hisho_date_parse(clauses.date.text, clauses.date.length);
	}
	hisho_clauses_clear(&clauses);
	return hop;
}

bool
hisho_received_is_encrypted(const char *tls)
{
	static const char *const broken[] = { "SSLv2", "SSLv3", "TLSv1",
		"TLSv1.0", "TLSv1.1", NULL };

	return tls != NULL && *tls != '\0' && !g_strv_contains(broken, tls);
}
