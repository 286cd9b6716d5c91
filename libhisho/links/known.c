#include "libhisho/links/known.h"

#include <string.h>

#include "libhisho/links/brand.h"
#include "libhisho/links/lure.h"
#include "libhisho/links/skeleton.h"
#include "libhisho/links/spelling.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/freemail.h"

#define LABEL_MAX 63 /* RFC 1035 2.3.4 */

/* Shorter labels are words of any language. */
#define WORD_LEAST 5

struct HishoKnown {
	GHashTable *by_domain; /* owns the names */
	GHashTable *by_dashed;
	GHashTable *by_skeleton;
	GHashTable *words; /* HishoKnownWord by skeleton */
	GPtrArray *by_length[LABEL_MAX + 1];
	HishoEdits providers;
};

static void
name_free(void *data)
{
	HishoKnownName *name = data;

	g_free(name->domain);
	g_free(name->label);
	g_free(name->skeleton);
	g_free(name);
}

static guint32
letters_of(const char *label)
{
	guint32 letters = 0;

	for (; *label != '\0'; label++)
		if (g_ascii_islower(*label))
			letters |= 1u << (*label - 'a');
	return letters;
}

static HishoKnownName *
name_new(const char *organization)
{
	HishoKnownName *name = g_new0(HishoKnownName, 1);
	g_autofree char *first =
	    g_strndup(organization, strcspn(organization, "."));

	name->domain = g_strdup(organization);
	name->label = hisho_domain_to_unicode(first);
	name->skeleton = hisho_skeleton_dup(name->label);
	name->letters = letters_of(name->label);
	name->owner = name->domain;
	return name;
}

/* Of two names that look the same the better known one counts. */
static void
put_name(GHashTable *table, char *key, HishoKnownName *name)
{
	const HishoKnownName *old = g_hash_table_lookup(table, key);

	if (old == NULL || old->rank < name->rank)
		g_hash_table_replace(table, key, name);
	else
		g_free(key);
}

static void
word_free(void *data)
{
	HishoKnownWord *word = data;

	g_free(word->word);
	g_free(word);
}

/* A brand is not displaced by a correspondent of the same name. */
static void
add_word(HishoKnown *known, const char *text, HishoKnownWord about)
{
	g_autofree char *skeleton = hisho_skeleton_dup(text);

	if (g_hash_table_contains(known->words, skeleton))
		return;
	about.word = g_strdup(text);
	g_hash_table_insert(known->words, g_steal_pointer(&skeleton),
	    g_memdup2(&about, sizeof about));
}

static HishoKnownName *
add_name(HishoKnown *known, const char *organization, HishoKnownRank rank)
{
	HishoKnownName *name =
	    g_hash_table_lookup(known->by_domain, organization);
	bool is_new = name == NULL;

	if (!is_new && name->rank >= rank)
		return name;
	if (is_new) {
		name = name_new(organization);
		g_hash_table_insert(known->by_domain, name->domain, name);
	}
	name->rank = rank;
	put_name(known->by_dashed,
	    g_strdelimit(g_strdup(organization), ".", '-'), name);
	put_name(known->by_skeleton, g_strdup(name->skeleton), name);
	return name;
}

static void
make_near(HishoKnown *known, HishoKnownName *name)
{
	size_t length = strlen(name->label);

	if (!name->is_near && length <= LABEL_MAX)
		g_ptr_array_add(known->by_length[length], name);
	name->is_near = true;
}

static void
add_brand(HishoKnown *known, const HishoBrand *brand)
{
	g_auto(GStrv) domains = g_strsplit(brand->domains, " ", -1);
	g_auto(GStrv) words = g_strsplit(brand->words, " ", -1);
	const HishoKnownName *first =
	    add_name(known, domains[0], HISHO_KNOWN_BRAND);
	const HishoKnownWord about = { NULL, first->domain, brand->flags,
		HISHO_KNOWN_BRAND };

	for (char **domain = domains; *domain != NULL; domain++) {
		HishoKnownName *name =
		    add_name(known, *domain, HISHO_KNOWN_BRAND);
		if (*brand->words != '\0' && name->owner == name->domain)
			name->owner = first->owner;
		name->flags |= brand->flags;
		if (brand->flags & HISHO_BRAND_NEAR &&
		    g_strv_contains((const char *const *)words, name->label))
			make_near(known, name);
	}
	for (char **word = words; *word != NULL; word++)
		add_word(known, *word, about);
}

HishoKnown *
hisho_known_new(void)
{
	HishoKnown *known = g_new0(HishoKnown, 1);

	known->by_domain =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, name_free);
	known->by_dashed =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	known->by_skeleton =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	known->words =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, word_free);
	for (size_t i = 0; i <= LABEL_MAX; i++)
		known->by_length[i] = g_ptr_array_new();
	for (const HishoBrand *brand = hisho_brands; brand->words != NULL;
	     brand++)
		add_brand(known, brand);
	return known;
}

void
hisho_known_free(HishoKnown *known)
{
	if (known == NULL)
		return;
	for (size_t i = 0; i <= LABEL_MAX; i++)
		g_ptr_array_unref(known->by_length[i]);
	g_hash_table_unref(known->by_dashed);
	g_hash_table_unref(known->by_skeleton);
	g_hash_table_unref(known->words);
	g_hash_table_unref(known->by_domain);
	g_free(known);
}

void
hisho_known_set_providers(HishoKnown *known, HishoEdits providers)
{
	known->providers = providers;
}

bool
hisho_known_is_public(const HishoKnown *known, const char *domain)
{
	return hisho_freemail_has(domain, &known->providers);
}

void
hisho_known_add(HishoKnown *known, const char *domain, HishoKnownRank rank)
{
	g_autofree char *organization = hisho_domain_organization(domain);

	if (organization == NULL || hisho_known_is_public(known, organization))
		return;
	HishoKnownName *name = add_name(known, organization, rank);
	if (rank == HISHO_KNOWN_PROTECTED)
		name->flags |= HISHO_BRAND_PURSE;
	if (hisho_lure_is_addition(name->label))
		return; /* a word that is in names of everybody */
	if (name->rank != HISHO_KNOWN_BRAND)
		make_near(known, name);
	unsigned flags = HISHO_BRAND_TOPIC |
	    (rank == HISHO_KNOWN_PROTECTED ? 0 : HISHO_BRAND_OUTSIDE);
	const HishoKnownWord about = { NULL, name->domain, flags, rank };
	if (rank >= HISHO_KNOWN_TRUSTED && strlen(name->label) >= WORD_LEAST)
		add_word(known, name->label, about);
}

/* Whether SUFFIX, as in "amazon.com.br", is a country's. */
static bool
is_country(const char *suffix)
{
	const char *last = strrchr(suffix, '.');

	return strlen(last != NULL ? last + 1 : suffix) == 2 &&
	    hisho_domain_is_public_suffix(suffix);
}

/* The brand that ORGANIZATION is in some country; NULL if it is none. */
static const HishoKnownWord *
find_country_brand(const HishoKnown *known, const char *organization)
{
	size_t length = strcspn(organization, ".");
	g_autofree char *label = g_strndup(organization, length);
	g_autofree char *skeleton = hisho_skeleton_dup(label);
	const HishoKnownWord *word = hisho_known_find_word(known, skeleton);
	bool is_its_own = word != NULL && word->flags & HISHO_BRAND_COUNTRY &&
	    strcmp(word->word, label) == 0 && organization[length] == '.' &&
	    is_country(organization + length + 1);

	return is_its_own ? word : NULL;
}

HishoKnownRank
hisho_known_rank(const HishoKnown *known, const char *organization)
{
	const HishoKnownName *name =
	    g_hash_table_lookup(known->by_domain, organization);
	const HishoKnownWord *brand =
	    name == NULL ? find_country_brand(known, organization) : NULL;

	if (name != NULL)
		return name->rank;
	return brand != NULL ? brand->rank : HISHO_KNOWN_NOT;
}

unsigned
hisho_known_flags(const HishoKnown *known, const char *organization)
{
	const HishoKnownName *name =
	    g_hash_table_lookup(known->by_domain, organization);
	const HishoKnownWord *brand =
	    name == NULL ? find_country_brand(known, organization) : NULL;

	if (name != NULL)
		return name->flags;
	return brand != NULL ? brand->flags : 0;
}

const char *
hisho_known_owner(const HishoKnown *known, const char *organization)
{
	const HishoKnownName *name =
	    g_hash_table_lookup(known->by_domain, organization);
	const HishoKnownWord *brand =
	    name == NULL ? find_country_brand(known, organization) : NULL;

	if (name != NULL)
		return name->owner;
	return brand != NULL ? brand->domain : NULL;
}

bool
hisho_known_same_owner(const HishoKnown *known, const char *a, const char *b)
{
	const char *owner = hisho_known_owner(known, a);

	return owner != NULL &&
	    g_strcmp0(owner, hisho_known_owner(known, b)) == 0;
}

/* How many slips still make LABEL pass for a name of LENGTH letters. */
static unsigned
slips(size_t length)
{
	return length < 5 ? 0 : length < 10 ? 1 : 2;
}

/* Whether anybody would see that LABEL is not NAME's: there are many names,
 * and brands alone are forged so often that likeness cannot be chance. */
static bool
catches_the_eye(const HishoKnownName *name, const char *label, unsigned n)
{
	bool is_first = name->label[0] != label[0];
	size_t length = strlen(name->label);

	if (name->rank == HISHO_KNOWN_BRAND)
		return is_first && n > 1;
	return is_first || (length < 7 && length != strlen(label));
}

/* Whether LABEL, of these LETTERS, is NAME's but for slips.  One slip changes
 * two letters at most. */
static bool
is_near(const HishoKnownName *name, const char *label, guint32 letters)
{
	unsigned max = slips(strlen(name->label));

	if (__builtin_popcount(name->letters ^ letters) > (int)(2 * max))
		return false;
	unsigned distance = hisho_spelling_distance(name->label, label, max);
	return distance > 0 && distance <= max &&
	    !catches_the_eye(name, label, distance);
}

const HishoKnownName *
hisho_known_find_near(const HishoKnown *known, const char *label)
{
	const HishoKnownName *best = NULL;
	guint32 letters = letters_of(label);
	size_t length = strlen(label);
	size_t last = MIN(length + slips(LABEL_MAX), LABEL_MAX);

	for (size_t n = length - MIN(length, slips(LABEL_MAX)); n <= last; n++)
		for (guint i = 0; i < known->by_length[n]->len; i++) {
			const HishoKnownName *name =
			    known->by_length[n]->pdata[i];
			if ((best == NULL || name->rank > best->rank) &&
			    is_near(name, label, letters))
				best = name;
		}
	return best;
}

const HishoKnownName *
hisho_known_find_dashed(const HishoKnown *known, const char *domain)
{
	return g_hash_table_lookup(known->by_dashed, domain);
}

const HishoKnownName *
hisho_known_find_skeleton(const HishoKnown *known, const char *skeleton)
{
	return g_hash_table_lookup(known->by_skeleton, skeleton);
}

const HishoKnownWord *
hisho_known_find_word(const HishoKnown *known, const char *skeleton)
{
	return g_hash_table_lookup(known->words, skeleton);
}
