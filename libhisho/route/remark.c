#include "libhisho/route/remark.h"

#include <string.h>

static const char *const words[] = { "using", "authenticated",
	"authenticated:", "no", "not", "client", "envelope-from",
	"envelope-sender", "cipher", "tls", "proxying", NULL };
static const char *const labels[] = { "version=", "auth:", "auth=", "authid:",
	"ssl:", "tls:", "tlsv1", "tls1", "envelope-from=", NULL };

bool
hisho_remark_is(const HishoToken *token)
{
	if (token->kind != HISHO_TOKEN_COMMENT)
		return false;
	g_autoptr(GArray) tokens =
	    hisho_token_split(token->text, token->length);
	const HishoToken *first = (const HishoToken *)(void *)tokens->data;
	if (tokens->len == 0 ||
	    (tokens->len > 1 && hisho_token_is_bracketed(first + 1)))
		return false;
	for (guint i = 0; labels[i] != NULL; i++)
		if (hisho_token_starts(first, labels[i]))
			return true;
	/* "SquirrelMail authenticated user taro" */
	if (tokens->len > 2 && hisho_token_is(first + 1, "authenticated"))
		return true;
	return hisho_token_is_one_of(first, words);
}

/* The version in "TLS1_2", "TLSv1.3:AES", "version=TLSv1/SSLv3", or NULL. */
static char *
dup_version(HishoToken word)
{
	static const char label[] = "version=";

	if (hisho_token_starts(&word, label)) {
		word.text += strlen(label);
		word.length -= strlen(label);
	}
	bool tls = hisho_token_starts(&word, "TLS");
	if (!tls && !hisho_token_starts(&word, "SSL"))
		return NULL;
	char text[8] = "";
	memcpy(text, word.text + 3, MIN(word.length - 3, 4));
	g_strdelimit(text, "_", '.');
	char *number = text + (*text == 'v' || *text == 'V');
	if (!g_ascii_isdigit(*number))
		return NULL;
	bool has_minor = number[1] == '.' && g_ascii_isdigit(number[2]);
	number[has_minor ? 3 : 1] = '\0';
	return g_strconcat(tls ? "TLSv" : "SSLv", number, NULL);
}

char *
hisho_remark_dup_tls(const HishoToken *comment)
{
	g_autoptr(GArray) tokens =
	    hisho_token_split(comment->text, comment->length);

	for (guint i = 0; i < tokens->len; i++) {
		HishoToken token = g_array_index(tokens, HishoToken, i);
		char *version =
		    token.kind == HISHO_TOKEN_WORD ? dup_version(token) : NULL;
		if (version != NULL)
			return version;
	}
	return NULL;
}

bool
hisho_remark_has_login(const HishoToken *comment)
{
	if (hisho_token_has(comment, "not authenticated") ||
	    hisho_token_has(comment, "unauthenticated"))
		return false;
	return hisho_token_has(comment, "authenticated") ||
	    hisho_token_has(comment, "auth: ") ||
	    hisho_token_has(comment, "auth=") ||
	    hisho_token_has(comment, "authid: ");
}
