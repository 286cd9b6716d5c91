#include "libhisho/links/form.h"

#include <string.h>

#include "libhisho/parse/fold.h"

#define HINT_MAX 200 /* bytes that are looked at; names are short */

/* Types of input that take no text, or none that anybody minds to give. */
static const char *const silent_types[] = { "hidden", "submit", "button",
	"reset", "image", "checkbox", "radio", "search", "color", "range",
	"file" };

static const char *const hinting_attributes[] = { "name", "id", "autocomplete",
	"placeholder", "aria-label", "title" };

/* What the name of a secret holds, and what it is. */
static const char *const secret_parts[] = { "passw", "passcode", "pwd",
	"cc-number", "cc-csc", "one-time-code", "cardnum", "card num",
	"card-num", "card_num", "cardno", "card-no", "card_no", "ccnum",
	"cc_num", "creditcard", "credit-card", "credit_card", "credit card",
	"cvv", "securitycode", "security-code", "security_code",
	"security code", "seedphrase", "seed-phrase", "seed_phrase",
	"seed phrase", "recovery phrase", "mnemonic", "パスワード", "暗証番号",
	"カード番号", "口座番号", "セキュリティコード", "認証コード" };

static const char *const secret_names[] = { "pass", "pin", "pw", "cvc", "csc",
	"otp", "ssn" };

static bool
is_silent(const HishoHtmlToken *tag)
{
	for (size_t i = 0; i < G_N_ELEMENTS(silent_types); i++)
		if (hisho_html_attribute_is(tag, "type", silent_types[i]))
			return true;
	return false;
}

static bool
hints_at_secret(const char *value)
{
	g_autoptr(GString) hint = g_string_new(NULL);

	hisho_fold_append(hint, value, strnlen(value, HINT_MAX));
	for (size_t i = 0; i < G_N_ELEMENTS(secret_parts); i++)
		if (strstr(hint->str, secret_parts[i]) != NULL)
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(secret_names); i++)
		if (strcmp(hint->str, secret_names[i]) == 0)
			return true;
	return false;
}

static bool
takes_secret(const HishoHtmlToken *tag)
{
	if (hisho_html_attribute_is(tag, "type", "password"))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(hinting_attributes); i++) {
		const char *value =
		    hisho_html_attribute(tag, hinting_attributes[i]);
		if (value != NULL && hints_at_secret(value))
			return true;
	}
	return false;
}

HishoFormField
hisho_form_field(const HishoHtmlToken *tag)
{
	bool is_input = strcmp(tag->name, "input") == 0;

	if (!is_input && strcmp(tag->name, "textarea") != 0)
		return HISHO_FORM_NO_FIELD;
	if (is_input && is_silent(tag))
		return HISHO_FORM_NO_FIELD;
	return takes_secret(tag) ? HISHO_FORM_SECRET : HISHO_FORM_FIELD;
}

bool
hisho_form_asks_secret(const char *text, size_t length)
{
	g_autoptr(HishoHtml) html = hisho_html_new(text, length);
	const HishoHtmlToken *token;

	while ((token = hisho_html_next(html)) != NULL)
		if (token->kind == HISHO_HTML_START_TAG &&
		    hisho_form_field(token) == HISHO_FORM_SECRET)
			return true;
	return false;
}
