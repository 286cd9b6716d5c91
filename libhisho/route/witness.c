#include "libhisho/route/witness.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/route/token.h"

static const char *const labels[] = {
	"client-ip=", "smtp.remote-ip=", "smtp.client-ip=", NULL
};

/* What stands before the address in a comment: "sender IP is 192.0.2.1",
 * "domain of a@example.com designates 192.0.2.1 as permitted sender". */
static const char *const announcements[] = { "is", "designates", NULL };

static bool
read_ip(const HishoToken *word, HishoIp *ip)
{
	HishoToken bare = hisho_token_trim(*word);

	return hisho_network_parse_ip(bare.text, bare.length, ip);
}

static bool
read_word(const HishoToken *word, HishoIp *ip)
{
	for (guint i = 0; labels[i] != NULL; i++) {
		size_t length = strlen(labels[i]);
		if (!hisho_token_starts(word, labels[i]))
			continue;
		const HishoToken value = { HISHO_TOKEN_WORD,
			word->text + length, word->length - length };
		return read_ip(&value, ip);
	}
	return false;
}

static bool
read_comment(const HishoToken *comment, HishoIp *ip)
{
	g_autoptr(GArray) words =
	    hisho_token_split(comment->text, comment->length);

	for (guint i = 0; i + 1 < words->len; i++) {
		const HishoToken *word = &g_array_index(words, HishoToken, i);
		if (hisho_token_is_one_of(word, announcements) &&
		    read_ip(word + 1, ip))
			return true;
	}
	return false;
}

static bool
read_value(const char *value, size_t length, HishoIp *ip)
{
	g_autoptr(GArray) tokens = hisho_token_split(value, length);

	for (guint i = 0; i < tokens->len; i++) {
		const HishoToken *token = &g_array_index(tokens, HishoToken, i);
		if (token->kind == HISHO_TOKEN_COMMENT ? read_comment(token, ip)
						       : read_word(token, ip))
			return true;
	}
	return false;
}

char *
hisho_witness_dup_ip(const char *value, size_t length)
{
	HishoIp ip;

	return read_value(value, length, &ip) ? hisho_network_dup_ip_text(&ip)
					      : NULL;
}

HishoWitness
hisho_witness_ask(const GArray *fields, guint hop, bool below, const char *ip)
{
	for (guint i = 0; fields != NULL && i < fields->len; i++) {
		const HishoAuthField *field =
		    &g_array_index(fields, HishoAuthField, i);
		HishoIp named;
		if (field->hops_above + 1 != hop &&
		    !(below && field->hops_above == hop))
			continue;
		if (!read_value(field->value, field->length, &named) ||
		    hisho_network_ip_is_private(&named))
			continue;
		g_autofree char *text = hisho_network_dup_ip_text(&named);
		return strcmp(text, ip) == 0 ? HISHO_WITNESS_AGREES
					     : HISHO_WITNESS_DIFFERS;
	}
	return HISHO_WITNESS_NONE;
}
