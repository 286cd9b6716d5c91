#include "libhisho/route/peer.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/remark.h"

/* What servers write instead of a name they did not find. */
static const char *const no_names[] = { "unknown", "<unknown>", "unverified",
	"unavailable", "nxdomain", "dnserror", "softdnserr", "no-reverse-dns",
	"noreverse", "may", "rdns", "reverse", "failed", "port",
	"misconfigured", "ident:", "from", "ehlo", "helo", NULL };

static const char *const greetings[] = { "HELO", "EHLO", "LHLO", NULL };

/* What one from clause said, before it is decided who is who. */
typedef struct {
	HishoToken name;      /* its first word */
	HishoToken looked_up; /* the word before the address */
	HishoToken greeting;  /* marked HELO, EHLO or helo= */
	HishoToken aside;     /* a comment of one word, as Exim 3's greeting */
	HishoIp ip;
	bool found, bare, greeted, verified, forged, login, local;
} Clause;

/* WORD without "user@" or "IDENT:user@", which the client may choose. */
static HishoToken
skip_ident(HishoToken word)
{
	const char *sign = memrchr(word.text, '@', word.length);

	if (sign == NULL)
		return word;
	word.length -= (size_t)(sign + 1 - word.text);
	word.text = sign + 1;
	return word;
}

/* What stands in brackets up to a blank, and without a port behind it:
 * "192.0.2.1 port:25", "192.0.2.1:25", "192.0.2.1.25" by Exim 3. */
static bool
read_literal(const char *text, size_t length, HishoIp *ip)
{
	size_t end = 0, dots = 0;

	while (end < length && strchr("] ", text[end]) == NULL)
		end++;
	if (hisho_network_parse_ip(text, end, ip))
		return true;
	for (size_t i = 0; i < end; i++)
		if (text[i] == ':' || (text[i] == '.' && ++dots == 4))
			return hisho_network_parse_ip(text, i, ip);
	return false;
}

/* Whether WORD is an address: bare, in brackets, with a port behind. */
static bool
read_ip(const HishoToken *word, HishoIp *ip)
{
	HishoToken rest = hisho_token_trim(skip_ident(*word));

	if (rest.length == 0)
		return false;
	if (*rest.text == '[')
		return read_literal(rest.text + 1, rest.length - 1, ip);
	if (hisho_network_parse_ip(rest.text, rest.length, ip))
		return true;
	const char *colon = memchr(rest.text, ':', rest.length);
	return colon != NULL &&
	    hisho_network_parse_ip(rest.text, (size_t)(colon - rest.text), ip);
}

/* Whether the word at I of WORDS is the client's greeting or its mark.  It
 * is kept from being read as anything else. */
static bool
take_greeting(Clause *clause, const GArray *words, guint i)
{
	HishoToken word = hisho_token_trim(g_array_index(words, HishoToken, i));
	bool marked = i > 0 && clause->greeting.text == NULL && clause->greeted;

	if (hisho_token_starts(&word, "helo=") ||
	    hisho_token_starts(&word, "ehlo=")) {
		clause->greeting = (HishoToken){ HISHO_TOKEN_WORD,
			word.text + 5, word.length - 5 };
		clause->greeted = true;
		return true;
	}
	if (marked) {
		clause->greeting = g_array_index(words, HishoToken, i);
		return true;
	}
	if (hisho_token_is_one_of(&word, greetings)) {
		clause->greeted = true;
		return true;
	}
	return hisho_token_starts(&word, "ident=") ||
	    hisho_token_starts(&word, "port=");
}

/* Takes the address at I of WORDS, and the name that stands before it or
 * is glued to it: "name[192.0.2.1]". */
static bool
take_ip(Clause *clause, const GArray *words, guint i)
{
	const HishoToken *word = &g_array_index(words, HishoToken, i);
	HishoToken name = hisho_token_trim(skip_ident(*word));
	HishoToken address = name;
	const char *bracket = memchr(name.text, '[', name.length);

	if (bracket != NULL) {
		name.length = (size_t)(bracket - name.text);
		address.text = bracket;
		address.length -= name.length;
	}
	if (!read_ip(&address, &clause->ip))
		return false;
	clause->found = true;
	clause->bare = bracket == NULL;
	if (bracket != NULL && name.length > 0)
		clause->looked_up = name;
	else if (i > 0 && word[-1].kind == HISHO_TOKEN_WORD)
		clause->looked_up = hisho_token_trim(skip_ident(word[-1]));
	/* CommuniGate Pro, of the name outside. */
	clause->verified =
	    i + 1 < words->len && hisho_token_is(word + 1, "verified");
	return true;
}

static bool
is_same_host(const HishoToken *word)
{
	return hisho_token_is(word, "[local]") ||
	    hisho_token_is(word, "[unix socket]") ||
	    hisho_token_starts(word, "[[unix:");
}

/* Takes the last address in WORDS, one in brackets before one without.  The
 * last comment that has one is the server's own, and what stands before it may
 * be the client's words; but a bare number does not undo an address in
 * brackets. */
static void
read_address(Clause *clause, const GArray *words, const bool *taken)
{
	const HishoToken *word = (const HishoToken *)(void *)words->data;
	const Clause before = *clause;

	clause->found = clause->verified = false;
	clause->looked_up = (HishoToken){ 0 };
	for (guint pass = 0; pass < 2 && !clause->found; pass++)
		for (guint i = words->len; i-- > 0 && !clause->found;)
			if (!taken[i] &&
			    hisho_token_is_bracketed(&word[i]) == (pass == 0))
				take_ip(clause, words, i);
	if (!clause->found || (clause->bare && before.found && !before.bare))
		*clause = before;
}

static void
read_comment(Clause *clause, const HishoToken *comment)
{
	g_autoptr(GArray) words =
	    hisho_token_split(comment->text, comment->length);
	const HishoToken *word = (const HishoToken *)(void *)words->data;
	g_autofree bool *taken = g_new0(bool, words->len + 1);

	for (guint i = 0; i < words->len; i++) {
		taken[i] = word[i].kind != HISHO_TOKEN_WORD ||
		    take_greeting(clause, words, i);
		clause->local |= !taken[i] && is_same_host(&word[i]);
	}
	if (words->len == 1 && !taken[0]) {
		HishoToken name = skip_ident(*word);
		if (clause->aside.length == 0 &&
		    !hisho_token_is_bracketed(word))
			clause->aside = *word;
		clause->local |= hisho_token_is(&name, "localhost");
	}
	read_address(clause, words, taken);
	clause->forged |= hisho_token_has(comment, "may be forged");
	/* CommuniGate Pro: (account NAME [IP] verified) */
	bool account = words->len > 1 && hisho_token_is(word, "account");
	if (account) {
		clause->looked_up.length = 0;
		clause->verified = false;
	}
	clause->login |= account || hisho_token_has(comment, " with login");
}

static char *
dup_name(const HishoToken *word)
{
	HishoToken name = hisho_token_trim(*word);
	HishoIp ip;

	if (name.length == 0 || hisho_token_is_one_of(&name, no_names) ||
	    hisho_token_is_bracketed(&name) || read_ip(&name, &ip))
		return NULL;
	return hisho_token_dup(&name);
}

/* As the client said it: the dot of "web." stays. */
static char *
dup_greeting(const HishoToken *word)
{
	HishoToken greeting = hisho_token_trim(*word);
	const char *end = word->text + word->length;

	if (greeting.text + greeting.length < end &&
	    greeting.text[greeting.length] == '.')
		greeting.length++;
	return hisho_token_dup(&greeting);
}

/* Decides which of the names is looked up and which is claimed. */
static void
settle_names(const Clause *clause, HishoPeerDialect dialect, HishoPeer *peer)
{
	bool vouched = clause->looked_up.length == 0 && clause->found &&
	    dialect == (clause->bare ? HISHO_PEER_BARE : HISHO_PEER_BRACKETED);

	if (clause->greeted)
		peer->helo = dup_greeting(&clause->greeting);
	else if (vouched && !clause->bare && clause->aside.length > 0)
		peer->helo = dup_greeting(&clause->aside);
	else if (vouched)
		peer->helo = dup_name(&clause->name);
	else
		peer->helo = dup_greeting(&clause->name);
	if (clause->forged)
		return;
	if (clause->looked_up.length > 0)
		peer->rdns = dup_name(&clause->looked_up);
	else if (clause->greeted || clause->verified || vouched)
		peer->rdns = dup_name(&clause->name);
}

/* "[ip]" alone, or "name [ip]" without a comment, where the name may be
 * an address as well: the last one is the client's. */
static void
read_words(Clause *clause, const GArray *tokens)
{
	for (guint i = tokens->len; i-- > 0 && !clause->found;) {
		const HishoToken *word = &g_array_index(tokens, HishoToken, i);
		if (word->kind != HISHO_TOKEN_WORD ||
		    !read_ip(word, &clause->ip))
			continue;
		clause->found = true;
		if (i == 0)
			clause->name.length = 0;
	}
}

void
hisho_peer_read(const GArray *tokens, HishoPeerDialect dialect, HishoPeer *peer)
{
	Clause clause = { 0 };

	for (guint i = 0; i < tokens->len; i++) {
		const HishoToken *token = &g_array_index(tokens, HishoToken, i);
		if (token->kind == HISHO_TOKEN_COMMENT) {
			if (!hisho_remark_is(token))
				read_comment(&clause, token);
		} else if (i == 0) {
			clause.name = *token;
		}
	}
	read_words(&clause, tokens);
	*peer = (HishoPeer){ .local = clause.local && !clause.found,
		.authenticated = clause.login };
	settle_names(&clause, dialect, peer);
	if (clause.found)
		peer->ip = hisho_network_dup_ip_text(&clause.ip);
}
