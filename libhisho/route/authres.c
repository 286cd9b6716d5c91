#include "libhisho/route/authres.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/route/authwords.h"

#define FIELD(key, kind, member)                                               \
	{                                                                      \
		key, HISHO_RECORD_##kind, G_STRUCT_OFFSET(HishoAuth, member),  \
		    NULL                                                       \
	}

static const HishoRecordField fields_of_auth[] = {
	FIELD("spf", TEXT, spf),
	FIELD("dkim", TEXT, dkim),
	FIELD("dmarc", TEXT, dmarc),
	FIELD("aligned", TRUTH, aligned),
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

/* What one "method=result name=value ..." says. */
typedef struct {
	const char *method;
	const char *result;
	const char *domain; /* the property that speaks for a domain */
} Statement;

/* The property by which a method vouches for a domain. */
static const struct {
	const char *method;
	const char *property;
} properties[] = {
	{ "spf", "smtp.mailfrom" },
	{ "spf", "smtp.mail" }, /* Google's until 2017 */
	{ "dkim", "header.d" },
	{ "dkim", "header.i" },
	{ "dmarc", "header.from" },
};

static bool
vouches(const char *method, const char *property)
{
	for (guint i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strcmp(properties[i].method, method) == 0 &&
		    g_ascii_strcasecmp(properties[i].property, property) == 0)
			return true;
	return false;
}

static bool
is_mark(const GPtrArray *words, guint i, char mark)
{
	const char *word = i < words->len ? words->pdata[i] : "";

	return word[0] == mark && word[1] == '\0';
}

static bool
is_value(const GPtrArray *words, guint i)
{
	return i < words->len && !is_mark(words, i, '=') &&
	    !is_mark(words, i, ';');
}

/* Reads the statement at *I, which is put behind its semicolon.  False when
 * it is not well-formed; Microsoft leaves properties empty. */
static bool
read_statement(const GPtrArray *words, guint *i, Statement *statement)
{
	bool first = true;

	*statement = (Statement){ 0 };
	for (; *i < words->len && !is_mark(words, *i, ';'); first = false) {
		bool empty = !is_value(words, *i + 2);
		if (!is_value(words, *i) || !is_mark(words, *i + 1, '=') ||
		    (first && empty))
			return false;
		char *name = words->pdata[*i];
		char *value = empty ? NULL : words->pdata[*i + 2];
		*i += empty ? 2 : 3;
		if (first) {
			/* The version in "dkim/1" says nothing more. */
			name[strcspn(name, "/")] = '\0';
			statement->method = name;
			statement->result = value;
		} else if (vouches(statement->method, name)) {
			statement->domain = value;
		}
	}
	(*i)++;
	return true;
}

static const char *
known_result(const char *result)
{
	for (guint i = 0; results[i] != NULL; i++)
		if (g_ascii_strcasecmp(results[i], result) == 0)
			return results[i];
	return NULL;
}

/* One good signature is enough, so a pass stays; of SPF only the envelope
 * sender's counts, not HELO's. */
static void
apply(HishoAuth *auth, const Statement *statement, const char *from_domain)
{
	const char *result = known_result(statement->result);
	bool pass = g_strcmp0(result, "pass") == 0;
	bool is_spf = strcmp(statement->method, "spf") == 0;
	bool is_dmarc = strcmp(statement->method, "dmarc") == 0;
	char **slot = is_spf ? &auth->spf
	    : is_dmarc	     ? &auth->dmarc
			     : &auth->dkim;

	if (!is_spf && !is_dmarc && strcmp(statement->method, "dkim") != 0)
		return;
	if (result == NULL || (is_spf && statement->domain == NULL))
		return;
	if (*slot != NULL && (is_spf || is_dmarc))
		return;
	if (*slot == NULL || pass) {
		g_free(*slot);
		*slot = g_strdup(result);
	}
	if (pass && statement->domain != NULL &&
	    is_aligned(statement->domain, from_domain))
		auth->aligned = true;
}

/* WORDS from I on as results; NULL when they are not well-formed. */
static HishoAuth *
read_results(const GPtrArray *words, guint i, const char *from_domain)
{
	g_autoptr(HishoAuth) auth = hisho_record_new(&hisho_auth_type);
	Statement statement;

	while (i < words->len) {
		if (words->len - i == 1 && strcmp(words->pdata[i], "none") == 0)
			break;
		if (!read_statement(words, &i, &statement))
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
 * that cannot be told; *I is where the results begin. */
static const char *
read_name(const GPtrArray *words, guint *i)
{
	if (!is_value(words, 0))
		return NULL;
	if (is_mark(words, 1, '=')) {
		*i = 0;
		return "";
	}
	*i = 1;
	if (is_value(words, 1) && strcmp(words->pdata[1], "1") == 0)
		*i = 2;
	if (*i < words->len && !is_mark(words, *i, ';'))
		return NULL;
	(*i)++;
	const char *name = words->pdata[0];
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
		guint i = 0;
		if (field->hops_above > options->hop)
			return NULL;
		g_autoptr(GPtrArray) words =
		    hisho_authwords_split(field->value, field->length);
		if (words == NULL)
			return NULL;
		const char *name = read_name(words, &i);
		if (!is_ours(options, name, field->hops_above == options->hop))
			continue;
		HishoAuth *auth = read_results(words, i, options->from_domain);
		if (auth != NULL && *name != '\0')
			auth->by = g_utf8_make_valid(name, -1);
		return auth;
	}
	return NULL;
}
