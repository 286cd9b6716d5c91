#include "libhisho/links/lookalike.h"

#include <string.h>

#include "libhisho/links/brand.h"
#include "libhisho/links/lure.h"
#include "libhisho/links/service.h"
#include "libhisho/links/skeleton.h"
#include "libhisho/mail/domain.h"

/* Shorter labels look like too many others. */
#define LETTERS_LEAST 5

/* No host has more: RFC 1035 2.3.4. */
#define TOKENS_MAX 253
#define TOKENS_OF_DOMAIN 6
#define SUFFIX_LABELS 2

/* A host, taken apart. */
typedef struct {
	const HishoKnown *known;
	const char *host;
	const char *organization; /* the end of host */
	char *label;		  /* its first label, U-label */
	HishoKnownRank rank;	  /* the organisation's own */
	bool is_cheap;		  /* its suffix is */
	bool is_registered;	  /* its suffix is for real bodies only */
} Host;

/* Takes what IMITATED would be, if it is known better than the host. */
static bool
take(const Host *host, HishoKnownRank rank, const char *imitated,
    HishoLookalike *found)
{
	if (rank <= host->rank)
		return false;
	found->rank = rank;
	found->imitated = imitated;
	return true;
}

static bool
take_name(const Host *host, const HishoKnownName *name, const char *how,
    HishoLookalike *found)
{
	found->how = how;
	return name != NULL && take(host, name->rank, name->domain, found);
}

/* By letters that look alike: "rakuteh" is none, "paypa1" is one. */
static bool
find_letters(const Host *host, HishoLookalike *found)
{
	g_autofree char *skeleton = hisho_skeleton_dup(host->label);
	const HishoKnownName *name =
	    hisho_known_find_skeleton(host->known, skeleton);

	if (name == NULL || strcmp(name->label, host->label) == 0)
		return false;
	if (g_str_is_ascii(host->label) && strlen(name->label) < LETTERS_LEAST)
		return false;
	return take_name(host, name, "letters", found);
}

/* Whether the label is a brand's, only registered elsewhere: then it is not
 * another one misspelled. */
static bool
is_spelled_right(const Host *host)
{
	g_autofree char *skeleton = hisho_skeleton_dup(host->label);
	const HishoKnownName *name =
	    hisho_known_find_skeleton(host->known, skeleton);

	return name != NULL && name->rank >= HISHO_KNOWN_BRAND &&
	    strcmp(name->label, host->label) == 0;
}

static bool
find_spelling(const Host *host, HishoLookalike *found)
{
	if (host->is_registered || !g_str_is_ascii(host->label) ||
	    hisho_known_is_public(host->known, host->host) ||
	    is_spelled_right(host))
		return false;
	return take_name(host, hisho_known_find_near(host->known, host->label),
	    "spelling", found);
}

/* Whether the piece of the host from START to END is the domain NAME as
 * nobody but who wants to be taken for it would write it. */
static bool
is_domain_within(const Host *host, const char *start, const char *end,
    const HishoKnownName *name)
{
	bool is_whole = start == host->host || start[-1] == '.';
	bool is_literal = strncmp(start, name->domain, end - start) == 0;
	const char *suffix = strchr(name->domain, '.');

	/* "my-example.com" is another, and "example.com.br" may be hers. */
	if (is_literal && (*end == '\0' || start == host->organization))
		return false;
	if (is_literal && *end == '.')
		return is_whole || strlen(name->label) >= LETTERS_LEAST;
	if (strlen(name->label) < LETTERS_LEAST || !is_whole)
		return false;
	/* "apple-news" is a name of its own. */
	for (; suffix != NULL; suffix = strchr(suffix + 1, '.'))
		if (strcspn(suffix + 1, ".") > 3)
			return false;
	return true;
}

/* The domain that begins at START of DASHED, the host with hyphens for dots,
 * up to END; NULL if none does. */
static const HishoKnownName *
find_domain_at(
    const Host *host, const char *dashed, const char *start, const char *end)
{
	g_autofree char *piece = g_strndup(start, (gsize)(end - start));
	const HishoKnownName *name =
	    hisho_known_find_dashed(host->known, piece);

	if (name == NULL ||
	    !is_domain_within(host, host->host + (start - dashed),
		host->host + (end - dashed), name))
		return NULL;
	return name;
}

/* By a whole domain somewhere in the host, its dots perhaps hyphens:
 * "paypal.com.evil.example", "smbc-card.com-login.xyz". */
static bool
find_domain(const Host *host, HishoLookalike *found)
{
	g_autofree char *dashed = g_strdelimit(g_strdup(host->host), ".", '-');
	const char *start = dashed;

	while (*start != '\0') {
		const char *end = start + strcspn(start, "-");
		for (int n = 1; *end != '\0' && n < TOKENS_OF_DOMAIN; n++) {
			end += 1 + strcspn(end + 1, "-");
			if (take_name(host,
				find_domain_at(host, dashed, start, end),
				"domain", found))
				return true;
		}
		start += strcspn(start, "-");
		start += *start == '-';
	}
	return false;
}

/* The word that TOKEN is or looks like; NULL for none. */
static const HishoKnownWord *
find_word(const Host *host, const char *token)
{
	g_autofree char *skeleton = hisho_skeleton_dup(token);
	const HishoKnownWord *word =
	    hisho_known_find_word(host->known, skeleton);

	/* "llne" may be anything. */
	if (word != NULL && strcmp(word->word, token) != 0 &&
	    strlen(word->word) < LETTERS_LEAST)
		return NULL;
	return word;
}

/* The word that LABEL is but for an addition in front or behind. */
static const HishoKnownWord *
find_joined_word(const Host *host, const char *label)
{
	size_t length = strlen(label);

	for (size_t n = LETTERS_LEAST; n + 2 <= length; n++) {
		g_autofree char *front = g_strndup(label, n);
		const char *back = label + length - n;
		g_autofree char *rest = g_strndup(label, length - n);
		const HishoKnownWord *word = NULL;
		if (hisho_lure_is_addition(label + n))
			word = find_word(host, front);
		if (word == NULL && hisho_lure_is_addition(rest))
			word = find_word(host, back);
		if (word != NULL)
			return word;
	}
	return NULL;
}

/* Whether another label of the host is, or has, a lure. */
static bool
has_lure_beside(const Host *host, const char *label)
{
	g_auto(GStrv) tokens = g_strsplit_set(host->host, ".-", -1);
	const char *suffix = strchr(host->organization, '.');
	g_auto(GStrv) ending = g_strsplit(suffix + 1, ".", -1);
	guint n = g_strv_length(tokens) - g_strv_length(ending);

	for (guint i = 0; i < n; i++)
		if (strcmp(tokens[i], label) != 0 && hisho_lure_is(tokens[i]))
			return true;
	return false;
}

/* The first of the TOKENS that is a word; whether all others
 * are additions. */
static const HishoKnownWord *
find_token(const Host *host, char *const *tokens, bool *only_additions)
{
	const HishoKnownWord *word = NULL;

	*only_additions = true;
	for (; *tokens != NULL; tokens++) {
		const HishoKnownWord *here =
		    word == NULL ? find_word(host, *tokens) : NULL;
		if (here != NULL)
			word = here;
		else
			*only_additions &= hisho_lure_is_addition(*tokens);
	}
	return word;
}

/* Whether the whole of LABEL, a WORD, is said by somebody else. */
static bool
is_forged_alone(const Host *host, const char *label, const HishoKnownWord *word)
{
	bool is_topic = word->flags & HISHO_BRAND_TOPIC;

	/* Brands have their Japanese names as domains, but never use them. */
	if (label == host->label)
		return !g_str_is_ascii(label) || (host->is_cheap && !is_topic);
	/* Companies call pages of theirs after the shop they are in. */
	return !(is_topic || host->is_registered) ||
	    has_lure_beside(host, label);
}

/* The word that LABEL has beside what only lends it weight. */
static const HishoKnownWord *
find_forged(const Host *host, const char *label)
{
	g_auto(GStrv) tokens = g_strsplit(label, "-", TOKENS_MAX);
	const HishoKnownWord *word = find_word(host, label);
	bool only_additions;

	if (word != NULL)
		return is_forged_alone(host, label, word) ? word : NULL;
	word = find_token(host, tokens, &only_additions);
	if (word == NULL)
		return find_joined_word(host, label);
	bool is_unlikely = host->is_cheap && !(word->flags & HISHO_BRAND_TOPIC);
	return only_additions || is_unlikely ? word : NULL;
}

/* By the word in one LABEL: "amazon-jp", "mypaypal", "amazon". */
static bool
find_in_label(const Host *host, const char *label, HishoLookalike *found)
{
	const HishoKnownWord *word = find_forged(host, label);

	found->how = "word";
	if (word == NULL ||
	    (label == host->label && word->flags & HISHO_BRAND_OUTSIDE))
		return false;
	return take(host, word->rank, word->domain, found);
}

/* The brand that LABELS begin with, as it is in some country. */
static const HishoKnownWord *
find_abroad(const Host *host, char *const *labels)
{
	const HishoKnownWord *word = find_word(host, labels[0]);
	g_autoptr(GString) name = g_string_new(labels[0]);

	if (word == NULL || !(word->flags & HISHO_BRAND_COUNTRY))
		return NULL;
	for (int i = 1; i <= SUFFIX_LABELS && labels[i] != NULL; i++) {
		g_string_append_printf(name, ".%s", labels[i]);
		if (hisho_known_owner(host->known, name->str) != NULL)
			return word;
	}
	return NULL;
}

static bool
find_words(const Host *host, HishoLookalike *found)
{
	g_autofree char *front =
	    g_strndup(host->host, (gsize)(host->organization - host->host));
	g_auto(GStrv) labels = g_strsplit(front, ".", TOKENS_MAX);

	for (char **label = labels; *label != NULL; label++) {
		g_autofree char *letters = hisho_domain_to_unicode(*label);
		const HishoKnownWord *abroad = find_abroad(host, label);
		found->how = "domain";
		if (abroad != NULL &&
		    take(host, abroad->rank, abroad->domain, found))
			return true;
		if (find_in_label(host, letters, found))
			return true;
	}
	return !host->is_registered && find_in_label(host, host->label, found);
}

bool
hisho_lookalike_find(
    const HishoKnown *known, const char *host, HishoLookalike *found)
{
	g_autofree char *organization = hisho_domain_organization(host);

	if (organization == NULL || hisho_service_carries_names(host))
		return false;
	g_autofree char *first =
	    g_strndup(organization, strcspn(organization, "."));
	g_autofree char *label = hisho_domain_to_unicode(first);
	const Host about = {
		.known = known,
		.host = host,
		.organization = host + strlen(host) - strlen(organization),
		.label = label,
		.rank = hisho_known_rank(known, organization),
		.is_cheap = hisho_lure_is_cheap(organization),
		.is_registered = hisho_lure_is_registered(organization),
	};
	if (about.rank >= HISHO_KNOWN_BRAND)
		return false;
	return find_letters(&about, found) || find_domain(&about, found) ||
	    find_words(&about, found) || find_spelling(&about, found);
}
