#include "libhisho/route/authres.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/route/statement.h"

#define FIELD(key, kind, member)                                               \
	{                                                                      \
		key, HISHO_RECORD_##kind, G_STRUCT_OFFSET(HishoAuth, member),  \
		    NULL                                                       \
	}

static const HishoRecordField fields_of_auth[] = {
	FIELD("spf", TEXT, spf),
	FIELD("dkim", TEXT, dkim),
	FIELD("dmarc", TEXT, dmarc),
	FIELD("policy", TEXT, policy),
	FIELD("aligned", TRUTH, aligned),
	FIELD("spf_aligned", TRUTH, spf_aligned),
	FIELD("excused", TRUTH, excused),
	FIELD("by", TEXT, by),
	{ NULL, HISHO_RECORD_TEXT, 0, NULL },
};

const HishoRecordType hisho_auth_type = { sizeof(HishoAuth), fields_of_auth,
	hisho_auth_free };

void
hisho_auth_free(void *auth)
{
	hisho_record_free(&hisho_auth_type, auth);
}

/* How providers sign their results; only where one is the mailbox. */
static const struct {
	const char *provider;
	const char *name; /* "" for a form without authserv-id */
	bool below;	  /* its own Received field, where it always is */
} forms[] = {
	{ "google", "mx.google.com", true },
	{ "microsoft-365", "", false },
};

static const char *const results[] = { "pass", "fail", "softfail", "neutral",
	"none", "temperror", "permerror", "policy", "bestguesspass", NULL };

/* The domain of VALUE, which is one or an address. */
static char *
dup_domain(const char *value)
{
	const char *sign = strrchr(value, '@');

	return hisho_domain_to_ascii(sign != NULL ? sign + 1 : value);
}

static bool
is_aligned(const char *value, const char *from_domain)
{
	g_autofree char *domain = dup_domain(value);
	g_autofree char *from =
	    from_domain != NULL ? hisho_domain_to_ascii(from_domain) : NULL;

	return domain != NULL && from != NULL &&
	    (strcmp(domain, from) == 0 ||
		hisho_domain_same_organization(domain, from));
}

static bool
is_subdomain(const char *domain)
{
	g_autofree char *ascii =
	    domain != NULL ? hisho_domain_to_ascii(domain) : NULL;
	g_autofree char *organization =
	    ascii != NULL ? hisho_domain_organization(ascii) : NULL;

	return organization != NULL && strcmp(ascii, organization) != 0;
}

static const char *
known_result(const char *result)
{
	for (guint i = 0; results[i] != NULL; i++)
		if (g_ascii_strcasecmp(results[i], result) == 0)
			return results[i];
	return NULL;
}

/* Whether STATEMENT is that somebody vouches for the mail in another way: its
 * writer logged in, a forwarder kept results under seal, or Microsoft has
 * grounds of its own. */
static bool
is_excuse(const HishoStatement *statement)
{
	static const char *const methods[] = { "auth", "arc", "compauth",
		NULL };

	return g_strv_contains(methods, statement->method) &&
	    g_ascii_strcasecmp(statement->result, "pass") == 0;
}

/* One good signature is enough, so a pass stays; of SPF only the envelope
 * sender's counts, not HELO's. */
static void
keep(HishoAuth *auth, char **slot, const HishoStatement *statement,
    const char *result)
{
	bool is_pass = strcmp(result, "pass") == 0;

	if (*slot != NULL && (slot != &auth->dkim || !is_pass))
		return;
	g_free(*slot);
	*slot = g_strdup(result);
	if (slot == &auth->dmarc)
		auth->policy =
		    g_strdup(hisho_authpolicy_word(statement->policy));
}

static char **
find_slot(HishoAuth *auth, const HishoStatement *statement)
{
	if (strcmp(statement->method, "spf") == 0)
		return statement->domain != NULL ? &auth->spf : NULL;
	if (strcmp(statement->method, "dmarc") == 0)
		return &auth->dmarc;
	return strcmp(statement->method, "dkim") == 0 ? &auth->dkim : NULL;
}

static void
apply(HishoAuth *auth, const HishoStatement *statement, const char *from_domain)
{
	const char *result = known_result(statement->result);
	char **slot = find_slot(auth, statement);

	auth->excused |= is_excuse(statement);
	if (slot == NULL || result == NULL)
		return;
	bool is_first = *slot == NULL;
	bool is_from = statement->domain != NULL &&
	    is_aligned(statement->domain, from_domain);
	keep(auth, slot, statement, result);
	auth->excused |= strcmp(result, "temperror") == 0 ||
	    (slot == &auth->dmarc && statement->domain != NULL && !is_from);
	if (slot == &auth->spf && is_first)
		auth->spf_aligned = is_from;
	if (is_from && strcmp(result, "pass") == 0 &&
	    (is_first || slot == &auth->dkim))
		auth->aligned = true;
}

/* WORDS from AT on as results; NULL when they are not well-formed. */
static HishoAuth *
read_results(const HishoAuthWords *words, guint at, const char *from_domain)
{
	g_autoptr(HishoAuth) auth = hisho_record_new(&hisho_auth_type);
	bool is_below = is_subdomain(from_domain);
	HishoStatement statement;

	while (!hisho_authwords_is_end(words, at)) {
		if (!hisho_statement_read(words, &at, is_below, &statement))
			return NULL;
		if (statement.method != NULL)
			apply(auth, &statement, from_domain);
	}
	/* The domain's own policy may be stricter than alignment here. */
	if (g_strcmp0(auth->dmarc, "fail") == 0)
		auth->aligned = false;
	return g_steal_pointer(&auth);
}

/* The authserv-id that WORDS begin with, "" when they have none, NULL when
 * that cannot be told; *AT is where the results begin. */
static const char *
read_name(const HishoAuthWords *words, guint *at)
{
	const GPtrArray *all = words->words;

	if (!hisho_authwords_is_value(words, 0))
		return NULL;
	if (hisho_authwords_is_mark(words, 1, '='))
		return "";
	*at = 1;
	if (hisho_authwords_is_value(words, 1) &&
	    strcmp(all->pdata[1], "1") == 0)
		*at = 2;
	if (*at < all->len && !hisho_authwords_is_mark(words, *at, ';'))
		return NULL;
	(*at)++;
	const char *name = all->pdata[0];
	return *name == '"' ? name + 1 : name;
}

/* Whether NAME in this place is ours.  Case counts: our own server always
 * writes its name alike. */
static bool
is_ours(const HishoAuthOptions *options, const char *name, bool below)
{
	if (name == NULL)
		return false;
	if (*name != '\0' && options->names != NULL &&
	    g_strv_contains(options->names, name))
		return !below || options->below;
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		if (g_strcmp0(options->provider, forms[i].provider) == 0 &&
		    strcmp(forms[i].name, name) == 0)
			return !below || forms[i].below;
	return false;
}

HishoAuth *
hisho_authres_find(const GArray *fields, const HishoAuthOptions *options)
{
	for (guint n = 0; n < fields->len && options->hop > 0; n++) {
		const HishoAuthField *field =
		    &g_array_index(fields, HishoAuthField, n);
		if (field->hops_above > options->hop)
			return NULL;
		g_autoptr(HishoAuthWords) words =
		    hisho_authwords_split(field->value, field->length);
		if (words == NULL)
			return NULL;
		guint at = 0;
		const char *name = read_name(words, &at);
		if (!is_ours(options, name, field->hops_above == options->hop))
			continue;
		HishoAuth *auth = read_results(words, at, options->from_domain);
		if (auth == NULL)
			return NULL;
		if (*name != '\0')
			auth->by = g_utf8_make_valid(name, -1);
		auth->excused |= field->hops_above + 1 < options->hop;
		return auth;
	}
	return NULL;
}
