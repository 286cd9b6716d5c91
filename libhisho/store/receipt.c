#include "libhisho/store/receipt.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/route/received.h"
#include "libhisho/store/key.h"

/* Three times the longest address; the rest is no one's honest name. */
#define TEXT_BYTES 1000

#define TEXT(member)                                                           \
	HISHO_RECORD_TEXT, G_STRUCT_OFFSET(HishoReceipt, member), NULL
#define NUMBER(member)                                                         \
	HISHO_RECORD_NUMBER, G_STRUCT_OFFSET(HishoReceipt, member), NULL
#define TEXTS(member)                                                          \
	HISHO_RECORD_TEXTS, G_STRUCT_OFFSET(HishoReceipt, member), NULL

/* The first so many are in the key. */
#define KEY_FIELDS 3

static const HishoRecordField fields[] = {
	{ "user", TEXT(user) },
	{ "digest", TEXT(digest) },
	{ "host", TEXT(host) },
	{ "received", NUMBER(received) },
	{ "again", NUMBER(again) },
	{ "helo", TEXT(helo) },
	{ "rdns", TEXT(rdns) },
	{ "host_net", TEXT(host_net) },
	{ "host_organization", TEXT(host_organization) },
	{ "from", TEXT(from) },
	{ "from_domain", TEXT(from_domain) },
	{ "from_organization", TEXT(from_organization) },
	{ "sender", TEXT(sender) },
	{ "sender_domain", TEXT(sender_domain) },
	{ "reply_to", TEXT(reply_to) },
	{ "dangers", TEXT(dangers) },
	{ "links", TEXTS(links) },
	{ "reported", TEXTS(reported) },
	{ "script", TEXT(script) },
	{ "tls", TEXT(tls) },
	{ "forward", TEXT(forward) },
	{ "reverse", TEXT(reverse) },
	{ "ptr", TEXT(ptr) },
	{ "from_mail", TEXT(from_mail) },
	{ "reply_mail", TEXT(reply_mail) },
	{ "envelope_mail", TEXT(envelope_mail) },
	{ "asn", TEXT(asn) },
	{ "country", TEXT(country) },
	{ "bounced", TEXT(bounced) },
	{ "local", NUMBER(local) },
	{ "aligned", NUMBER(aligned) },
	{ "measured", NUMBER(measured) },
	{ "vote", TEXT(vote) },
	{ "voted", NUMBER(voted) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_receipt_type = {
	sizeof(HishoReceipt),
	fields,
	hisho_receipt_free,
};

static const struct {
	const char *name;
	bool trusts;
	bool is_explicit;
} votes[] = {
	{ "trust", true, true },
	{ "distrust", false, true },
	{ "receive", true, false },
	{ "delete", false, false },
};

HishoReceipt *
hisho_receipt_new(void)
{
	return hisho_record_new(&hisho_receipt_type);
}

void
hisho_receipt_free(void *receipt)
{
	hisho_record_free(&hisho_receipt_type, receipt);
}

/* Its place in the table, or the table's end. */
static gsize
find_vote(const char *name)
{
	gsize i = 0;

	while (i < G_N_ELEMENTS(votes) && g_strcmp0(votes[i].name, name) != 0)
		i++;
	return i;
}

bool
hisho_vote_is_known(const char *vote)
{
	return find_vote(vote) < G_N_ELEMENTS(votes);
}

const char *
hisho_vote_word(const char *vote)
{
	gsize i = find_vote(vote);

	return i < G_N_ELEMENTS(votes) ? votes[i].name : NULL;
}

bool
hisho_vote_is_explicit(const char *vote)
{
	gsize i = find_vote(vote);

	return i < G_N_ELEMENTS(votes) && votes[i].is_explicit;
}

bool
hisho_vote_gives_way(const char *old, const char *new)
{
	gsize before = find_vote(old);
	gsize after = find_vote(new);

	if (before == G_N_ELEMENTS(votes))
		return true;
	return before != after &&
	    (votes[after].is_explicit || !votes[before].is_explicit);
}

/* The same members here and there. */
static const struct {
	size_t receipt, dns;
} measured[] = {
#define PAIR(member)                                                           \
	{                                                                      \
		G_STRUCT_OFFSET(HishoReceipt, member),                         \
		    G_STRUCT_OFFSET(HishoDns, member)                          \
	}
	PAIR(forward),
	PAIR(reverse),
	PAIR(ptr),
	PAIR(from_mail),
	PAIR(reply_mail),
	PAIR(envelope_mail),
	PAIR(asn),
	PAIR(country),
#undef PAIR
};

static void
copy_text(char **to, char *const *from)
{
	g_free(*to);
	*to = g_strdup(*from);
}

void
hisho_receipt_set_dns(HishoReceipt *receipt, const HishoDns *dns)
{
	receipt->measured = dns->time;
	for (size_t i = 0; i < G_N_ELEMENTS(measured); i++)
		copy_text(
		    &G_STRUCT_MEMBER(char *, receipt, measured[i].receipt),
		    &G_STRUCT_MEMBER(char *, dns, measured[i].dns));
}

HishoDns *
hisho_receipt_dup_dns(const HishoReceipt *receipt)
{
	bool is_unknown = g_strcmp0(receipt->forward, "temperror") == 0 &&
	    g_strcmp0(receipt->reverse, "temperror") == 0;

	if (receipt->measured == 0 || is_unknown)
		return NULL;
	HishoDns *dns = hisho_dns_new();
	dns->time = receipt->measured;
	for (size_t i = 0; i < G_N_ELEMENTS(measured); i++)
		if (G_STRUCT_MEMBER(char *, receipt, measured[i].receipt))
			copy_text(
			    &G_STRUCT_MEMBER(char *, dns, measured[i].dns),
			    &G_STRUCT_MEMBER(
				char *, receipt, measured[i].receipt));
	return dns;
}

static const char *
unless_empty(const char *text)
{
	return text == NULL || *text == '\0' ? NULL : text;
}

HishoAxes
hisho_receipt_axes(const HishoReceipt *receipt)
{
	return (HishoAxes){
		.user = receipt->user,
		.from = unless_empty(receipt->from),
		.from_domain = unless_empty(receipt->from_domain),
		.from_organization = unless_empty(receipt->from_organization),
		.sender = unless_empty(receipt->sender),
		.sender_domain = unless_empty(receipt->sender_domain),
		.host = unless_empty(receipt->host),
		.host_net = unless_empty(receipt->host_net),
		.host_organization = unless_empty(receipt->host_organization),
		.tls_host = hisho_received_is_encrypted(receipt->tls)
		    ? unless_empty(receipt->host)
		    : NULL,
	};
}

HishoShare
hisho_receipt_share(const HishoReceipt *receipt)
{
	gsize vote = find_vote(receipt->vote);
	bool voted = vote < G_N_ELEMENTS(votes);
	bool trusts = voted && votes[vote].trusts;
	bool received = receipt->received != 0;

	return (HishoShare){
		.messages = received,
		.trusted = trusts,
		.distrusted = voted && !trusts,
		.shared_trusted = received && trusts && votes[vote].is_explicit,
		.shared_distrusted = received && voted && !trusts,
	};
}

char *
hisho_receipt_dup_key(const HishoReceipt *receipt)
{
	return hisho_key_join("ledger", receipt->user, receipt->digest,
	    receipt->host == NULL ? "" : receipt->host, NULL);
}

static void
keep_texts(HishoJson *kept, const char *key, const HishoJson *texts)
{
	HishoJson *array = hisho_json_new_array();

	for (size_t i = 0; i < hisho_json_size(texts); i++)
		hisho_json_append_text(
		    array, hisho_json_text(hisho_json_at(texts, i)));
	hisho_json_set_take(kept, key, array);
}

/* What the key says is not said again, nor what is empty: a third of it. */
char *
hisho_receipt_dup_value(const HishoReceipt *receipt)
{
	g_autoptr(HishoJson) full =
	    hisho_record_to_json(&hisho_receipt_type, receipt);
	g_autoptr(HishoJson) kept = hisho_json_new_object();

	for (const HishoRecordField *f = fields + KEY_FIELDS; f->key != NULL;
	     f++) {
		const char *text = hisho_json_get_text(full, f->key);
		gint64 number = hisho_json_get_number(full, f->key);
		if (text != NULL && *text != '\0')
			hisho_json_set_text(kept, f->key, text);
		if (number != 0)
			hisho_json_set_number(kept, f->key, number);
		if (f->kind == HISHO_RECORD_TEXTS &&
		    hisho_json_size(hisho_json_get(full, f->key)) > 0)
			keep_texts(kept, f->key, hisho_json_get(full, f->key));
	}
	return hisho_json_dup_line(kept);
}

bool
hisho_receipt_may_have_vote(HishoSlice value)
{
	static const char key[] = "\"vote\":";

	return memmem(value.data, value.length, key, strlen(key)) != NULL;
}

HishoReceipt *
hisho_receipt_read(HishoSlice key, HishoSlice value, GError **error)
{
	g_auto(GStrv) parts = hisho_key_split(key);
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoJson) json =
	    hisho_json_parse(value.data, value.length, &reason);
	HishoReceipt *receipt = json == NULL
	    ? NULL
	    : hisho_record_from_json(&hisho_receipt_type, json, &reason);

	if (receipt == NULL || g_strv_length(parts) != 4) {
		hisho_receipt_free(receipt);
		g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
		    "ledger record '%.*s' is damaged", (int)key.length,
		    key.data);
		return NULL;
	}
	g_free(receipt->user);
	g_free(receipt->digest);
	g_free(receipt->host);
	receipt->user = g_strdup(parts[1]);
	receipt->digest = g_strdup(parts[2]);
	receipt->host = g_strdup(parts[3]);
	return receipt;
}

static void
cut_text(char *text)
{
	const char *end;

	if (text == NULL || strlen(text) <= TEXT_BYTES)
		return;
	text[TEXT_BYTES] = '\0';
	if (!g_utf8_validate(text, -1, &end))
		text[end - text] = '\0';
}

static void
cut_texts(GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		cut_text(texts->pdata[i]);
	g_ptr_array_set_size(texts, (gint)MIN(texts->len, HISHO_RECEIPT_LINKS));
}

HishoReceipt *
hisho_receipt_dup_as_kept(const HishoReceipt *receipt)
{
	HishoReceipt *kept = hisho_record_dup(&hisho_receipt_type, receipt);

	for (const HishoRecordField *f = fields; f->key != NULL; f++) {
		if (f->kind == HISHO_RECORD_TEXT)
			cut_text(G_STRUCT_MEMBER(char *, kept, f->offset));
		if (f->kind == HISHO_RECORD_TEXTS)
			cut_texts(
			    G_STRUCT_MEMBER(GPtrArray *, kept, f->offset));
	}
	return kept;
}
