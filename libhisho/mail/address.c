#include "libhisho/mail/address.h"

#include <string.h>

#include "libhisho/mail/phrase.h"
#include "libhisho/mail/word.h"

/* RFC 5321 4.5.3.1 has 64 + 255; VERP senders need more for the first. */
#define KEY_MAX_BYTES 512

/* Before, within and after the angle brackets of a mailbox. */
typedef enum { BEFORE, INSIDE, AFTER, N_PLACES } Place;

typedef struct {
	GPtrArray *mailboxes;
	size_t limit;
	bool remainder;
	const char *last_semicolon; /* of the whole field, or NULL */
	/* What was read of the next mailbox. */
	Place place;
	GArray *lexemes[N_PLACES];
	bool has_at; /* BEFORE does */
	bool in_route;
} Reader;

/* Adds the mailbox of NAME, LOCAL and DOMAIN, each possibly empty. */
static void
add_mailbox(
    Reader *reader, const GString *name, HishoPhrase local, HishoPhrase domain)
{
	if (reader->mailboxes->len >= reader->limit) {
		reader->remainder = true;
		return;
	}
	g_autofree char *decoded = hisho_word_decode(name->str, name->len);
	g_autofree char *user =
	    local.n == 0 ? NULL : hisho_phrase_dup_joined(local);
	g_autofree char *host =
	    domain.n == 0 ? NULL : hisho_phrase_dup_joined(domain);
	HishoMailbox *mailbox = hisho_mailbox_new(decoded, user, host);
	if (mailbox != NULL)
		g_ptr_array_add(reader->mailboxes, mailbox);
}

/* Reads the addresses in PHRASE, which has an @.  The first is called NAME;
 * where that is empty, as the words before or the comments behind say. */
static void
read_addresses(Reader *reader, HishoPhrase phrase, GString *name)
{
	guint start = 0, at;

	while ((at = hisho_phrase_find(phrase, start, '@')) < phrase.n) {
		guint first_at = at;
		guint local = hisho_phrase_find_local(phrase, start, at);
		guint end = hisho_phrase_find_address_end(phrase, &at);
		guint next = hisho_phrase_next(phrase, end);
		/* Not "mailto:", nor the name of a group without an end. */
		HishoPhrase leading = hisho_phrase_after_colon(
		    hisho_phrase_part(phrase, start, local));

		if (name->len == 0)
			hisho_phrase_append_name(name, leading);
		if (name->len == 0)
			hisho_phrase_append_name(
			    name, hisho_phrase_part(phrase, end, next));
		reader->remainder |= hisho_phrase_has_solid(leading) ||
		    local == first_at || at != first_at || end == at + 1 ||
		    start > 0;
		if (local < first_at)
			add_mailbox(reader, name,
			    hisho_phrase_part(phrase, local, at),
			    hisho_phrase_part(phrase, at + 1, end));
		g_string_truncate(name, 0);
		start = next;
	}
	reader->remainder |= start < phrase.n;
}

/* Reads PHRASE, which has no @: a user, or else something to show. */
static void
read_user(Reader *reader, HishoPhrase phrase, GString *name)
{
	const HishoPhrase none = { NULL, 0 };

	if (hisho_phrase_is_user(phrase)) {
		guint first = hisho_phrase_next(phrase, 0);
		if (name->len == 0)
			hisho_phrase_append_name(name,
			    hisho_phrase_part(phrase, first + 1, phrase.n));
		add_mailbox(reader, name,
		    hisho_phrase_part(phrase, first, first + 1), none);
		return;
	}
	reader->remainder |= phrase.n > 0;
	if (name->len == 0)
		hisho_phrase_append_name(name, phrase);
	add_mailbox(reader, name, none, none);
}

static void
read_part(Reader *reader, HishoPhrase phrase, GString *name)
{
	if (hisho_phrase_find(phrase, 0, '@') < phrase.n)
		read_addresses(reader, phrase, name);
	else
		read_user(reader, phrase, name);
}

static HishoPhrase
phrase_at(const Reader *reader, Place place)
{
	const GArray *lexemes = reader->lexemes[place];

	return (HishoPhrase){ (const HishoLexeme *)(const void *)lexemes->data,
		lexemes->len };
}

/* Reads what stands before angle brackets that never came. */
static void
read_parts(Reader *reader, HishoPhrase phrase)
{
	for (guint start = 0; start < phrase.n;) {
		g_autoptr(GString) name = g_string_new(NULL);
		guint end = hisho_phrase_find(phrase, start, ',');
		HishoPhrase part = hisho_phrase_part(phrase, start, end);

		/* "undisclosed-recipients:" */
		if (!hisho_phrase_has_solid(part))
			reader->remainder |= hisho_phrase_has_byte(part, '@');
		else if (!hisho_lexeme_is(&part.at[part.n - 1], ':'))
			read_part(reader, part, name);
		start = end + 1;
	}
}

static void
read_angle(Reader *reader)
{
	g_autoptr(GString) name = g_string_new(NULL);
	HishoPhrase before = phrase_at(reader, BEFORE);
	HishoPhrase inside = phrase_at(reader, INSIDE);
	HishoPhrase after = phrase_at(reader, AFTER);

	if (inside.n == 0 && reader->has_at) {
		/* a@b <> c@d */
		reader->remainder = true;
		read_parts(reader, before);
		read_parts(reader, after);
		return;
	}
	while (before.n > 0 && hisho_lexeme_is(&before.at[before.n - 1], ','))
		before.n--;
	hisho_phrase_append_name(name, before);
	if (name->len == 0)
		hisho_phrase_append_name(name, after);
	reader->remainder |= hisho_phrase_has_solid(after);
	/* A source route (RFC 5322 4.4). */
	if (inside.n > 0 && hisho_lexeme_is(&inside.at[0], '@'))
		inside = hisho_phrase_after_colon(inside);
	read_part(reader, inside, name);
}

static void
finish(Reader *reader)
{
	if (reader->place == BEFORE)
		read_parts(reader, phrase_at(reader, BEFORE));
	else
		read_angle(reader);
	for (Place place = BEFORE; place < N_PLACES; place++)
		g_array_set_size(reader->lexemes[place], 0);
	reader->place = BEFORE;
	reader->has_at = reader->in_route = false;
}

static void
take_open(Reader *reader)
{
	GArray *inside = reader->lexemes[INSIDE];
	GArray *after = reader->lexemes[AFTER];

	if (reader->place == INSIDE && inside->len == 0) /* <<a@b>> */
		return;
	reader->remainder |= reader->place != BEFORE;
	if (reader->place == AFTER && inside->len == 0) { /* A <> b <c@d> */
		g_array_append_vals(
		    reader->lexemes[BEFORE], after->data, after->len);
		g_array_set_size(after, 0);
	} else if (reader->place != BEFORE) { /* <a@b> C <c@d> */
		reader->lexemes[AFTER] =
		    g_array_new(FALSE, FALSE, sizeof(HishoLexeme));
		finish(reader);
		g_array_unref(reader->lexemes[BEFORE]);
		reader->lexemes[BEFORE] = after;
	}
	reader->place = INSIDE;
}

static void
take_close(Reader *reader)
{
	if (reader->place == BEFORE || reader->lexemes[AFTER]->len > 0)
		reader->remainder = true;
	else
		reader->place = AFTER;
}

static void
append(Reader *reader, const HishoLexeme *lexeme)
{
	GArray *lexemes = reader->lexemes[reader->place];

	if (hisho_lexeme_is(lexeme, '@')) {
		reader->in_route |=
		    reader->place == INSIDE && lexemes->len == 0;
		reader->has_at = true;
	}
	g_array_append_vals(lexemes, lexeme, 1);
}

/* A comma without an address before it may be of a name: Doe, John <a@b>. */
static void
take_comma(Reader *reader, const HishoLexeme *comma)
{
	if (reader->in_route || (reader->place == BEFORE && !reader->has_at))
		append(reader, comma);
	else
		finish(reader);
}

/* A colon ends the name of a group if a semicolon follows. */
static void
take_colon(Reader *reader, const HishoLexeme *colon)
{
	bool is_group = reader->place == BEFORE && !reader->has_at &&
	    reader->last_semicolon > colon->text;

	reader->in_route = false;
	if (!is_group) {
		append(reader, colon);
		return;
	}
	GArray *before = reader->lexemes[BEFORE];
	while (before->len > 0 &&
	    !hisho_lexeme_is(
		&g_array_index(before, HishoLexeme, before->len - 1), ','))
		g_array_set_size(before, before->len - 1);
	finish(reader);
}

static void
take(Reader *reader, const HishoLexeme *lexeme)
{
	if (hisho_lexeme_is(lexeme, '<'))
		take_open(reader);
	else if (hisho_lexeme_is(lexeme, '>'))
		take_close(reader);
	else if (hisho_lexeme_is(lexeme, ','))
		take_comma(reader, lexeme);
	else if (hisho_lexeme_is(lexeme, ':'))
		take_colon(reader, lexeme);
	else if (hisho_lexeme_is(lexeme, ';'))
		finish(reader);
	else
		append(reader, lexeme);
}

/* As hisho_address_parse(), with encoded-words as words only. */
static GPtrArray *
read_field(const char *value, size_t length, size_t limit, bool *remainder)
{
	HishoLexer lexer = hisho_lexeme_begin(value, length);
	Reader reader = {
		.mailboxes = g_ptr_array_new_with_free_func(hisho_mailbox_free),
		.limit = limit,
		.last_semicolon =
		    length == 0 ? NULL : memrchr(value, ';', length),
	};
	HishoLexeme lexeme;

	for (Place place = BEFORE; place < N_PLACES; place++)
		reader.lexemes[place] =
		    g_array_new(FALSE, FALSE, sizeof(HishoLexeme));
	do {
		lexeme = hisho_lexeme_next(&lexer);
		if (lexeme.kind == HISHO_LEXEME_END)
			finish(&reader);
		else
			take(&reader, &lexeme);
	} while (lexeme.kind != HISHO_LEXEME_END &&
	    !(reader.remainder && reader.mailboxes->len >= limit));
	for (Place place = BEFORE; place < N_PLACES; place++)
		g_array_unref(reader.lexemes[place]);
	*remainder = reader.remainder || lexer.is_odd;
	return reader.mailboxes;
}

/* Reads VALUE once more, without what hid the address: some mailers encode the
 * whole field, or write <"a@b"> or Name,(<a@b>). */
static GPtrArray *
read_hidden(const char *value, size_t length, size_t limit)
{
	g_autofree char *decoded = hisho_word_decode(value, length);
	bool ignored;

	g_strdelimit(decoded, "\"()", ' ');
	return read_field(decoded, strlen(decoded), limit, &ignored);
}

GPtrArray *
hisho_address_parse(
    const char *value, size_t length, size_t limit, bool *remainder)
{
	bool is_left = false;
	GPtrArray *mailboxes = read_field(value, length, limit, &is_left);

	if (remainder != NULL)
		*remainder = is_left;
	if (is_left && !hisho_mailbox_any_has_at(mailboxes)) {
		GPtrArray *hidden = read_hidden(value, length, limit);
		bool found = hisho_mailbox_any_has_at(hidden);
		g_ptr_array_unref(found ? mailboxes : hidden);
		mailboxes = found ? hidden : mailboxes;
	}
	hisho_mailbox_drop_names(mailboxes);
	return mailboxes;
}

char *
hisho_address_key(const char *address)
{
	const char *at = address == NULL ? NULL : strrchr(address, '@');

	if (at == NULL || at == address || strlen(address) > KEY_MAX_BYTES ||
	    !g_utf8_validate(address, -1, NULL))
		return NULL;
	for (const char *p = address; *p != '\0'; p++)
		if (g_ascii_iscntrl(*p))
			return NULL;
	g_autofree char *domain = hisho_mailbox_dup_domain(at + 1);
	if (domain == NULL)
		return NULL;
	g_autofree char *local =
	    hisho_phrase_dup_unquoted(address, (size_t)(at - address));
	g_autofree char *folded = g_utf8_casefold(local, -1);
	g_autofree char *composed =
	    g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
	g_autofree char *quoted = hisho_phrase_dup_quoted(composed);
	return g_strconcat(quoted, "@", domain, NULL);
}
