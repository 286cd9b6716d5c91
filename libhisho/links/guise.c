#include "libhisho/links/guise.h"

#include <string.h>

#include "libhisho/links/brand.h"
#include "libhisho/links/lure.h"
#include "libhisho/links/skeleton.h"
#include "libhisho/mail/domain.h"

/* Nobody is called by more words. */
#define WORDS_MAX 12
#define NAME_MAX_BYTES 200

/* "Bank of America" */
#define WORDS_OF_BRAND 3

/* What else stands beside the name of a company in that of its mailbox. */
static const char *const ranks[] = { "and", "automatic", "booking", "company",
	"corporation", "department", "dept", "do", "from", "important", "ltd",
	"message", "no", "of", "premium", "reply", "shopping", "store", "team",
	"the", "your" };

static const char *const japanese_ranks[] = { "株式会社", "カスタマーサービス",
	"カスタマーセンター", "カスタマーサポート", "お客様センター",
	"お客様サポート", "お客さまセンター", "サポートセンター", "サポート",
	"事務局", "会員サービス", "会員", "公式", "サービス", "センター",
	"セキュリティ", "からのお知らせ", "お知らせ", "重要", "より", "担当",
	"アカウント", "様", "配送", "通知" };

/* NAME in words of small letters and digits; dots and hyphens stay within. */
static char **
split_words(const char *name)
{
	g_autofree char *cut = g_strndup(name, NAME_MAX_BYTES);
	g_autofree char *valid = g_utf8_make_valid(cut, -1);
	g_autofree char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
	g_autofree char *small = g_utf8_strdown(plain, -1);
	g_autoptr(GString) words = g_string_new(NULL);

	for (const char *p = small; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool is_inside = g_unichar_isalnum(c) || g_unichar_ismark(c) ||
		    ((c == '.' || c == '-') && p > small &&
			g_unichar_isalnum(g_utf8_get_char(p + 1)));
		g_string_append_unichar(words, is_inside ? c : ' ');
	}
	return g_strsplit(words->str, " ", -1);
}

static bool
is_rank(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ranks); i++)
		if (strcmp(word, ranks[i]) == 0)
			return true;
	return hisho_lure_is_addition(word);
}

/* WORD without what only says which office of a company it is. */
static char *
dup_without_ranks(const char *word)
{
	char *rest = g_strdup(word);

	for (size_t i = 0; i < G_N_ELEMENTS(japanese_ranks); i++) {
		const char *rank = japanese_ranks[i];
		size_t n = strlen(rank), length = strlen(rest);
		if (g_str_has_prefix(rest, rank))
			memmove(rest, rest + n, length - n + 1);
		else if (g_str_has_suffix(rest, rank))
			rest[length - n] = '\0';
	}
	return rest;
}

/* The domain by which WORD is known, as one or as a name for one. */
static const char *
find_one(const HishoKnown *known, const char *word, bool *is_surname)
{
	g_autofree char *skeleton = hisho_skeleton_dup(word);
	const HishoKnownWord *found = hisho_known_find_word(known, skeleton);
	g_autofree char *ascii =
	    strchr(word, '.') != NULL ? hisho_domain_to_ascii(word) : NULL;
	g_autofree char *organization = hisho_domain_organization(ascii);

	*is_surname = false;
	if (organization != NULL)
		return hisho_known_owner(known, organization);
	if (found == NULL || found->flags & HISHO_BRAND_OUTSIDE)
		return NULL;
	*is_surname = found->flags & HISHO_BRAND_SURNAME;
	return found->domain;
}

/* The same of N words from *WORDS on, written together. */
static const char *
find_joined(
    const HishoKnown *known, char *const *words, int n, bool *is_surname)
{
	g_autoptr(GString) joined = g_string_new(NULL);

	for (int i = 0; i < n; i++)
		g_string_append(joined, words[i]);
	g_autofree char *rest = dup_without_ranks(joined->str);
	return find_one(known, rest, is_surname);
}

/* What a name has told so far. */
typedef struct {
	const char *domain;
	bool is_surname;
	bool has_rank;
	bool has_other;
} Guise;

/* Takes what begins at WORDS, of which N are left; yields how many it was. */
static int
take_words(const HishoKnown *known, char *const *words, int n, Guise *guise)
{
	for (int i = MIN(n, WORDS_OF_BRAND); i > 0 && guise->domain == NULL;
	     i--) {
		guise->domain =
		    find_joined(known, words, i, &guise->is_surname);
		if (guise->domain != NULL)
			return i;
	}
	g_autofree char *rest = dup_without_ranks(words[0]);
	bool is_one = *rest == '\0' || is_rank(rest);
	guise->has_rank |= is_one;
	guise->has_other |= !is_one;
	return 1;
}

const char *
hisho_guise_find(const HishoKnown *known, const char *name)
{
	g_auto(GStrv) pieces = split_words(name);
	char *words[WORDS_MAX];
	Guise guise = { 0 };
	int n = 0;

	for (char **piece = pieces; *piece != NULL; piece++) {
		if (**piece == '\0')
			continue;
		if (n == WORDS_MAX)
			return NULL;
		words[n++] = *piece;
	}
	for (int i = 0; i < n;)
		i += take_words(known, words + i, n - i, &guise);
	if (guise.has_other || (guise.is_surname && !guise.has_rank))
		return NULL;
	return guise.domain;
}
