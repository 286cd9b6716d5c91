#include "libhisho/parse/asking.h"

#include <stdbool.h>
#include <string.h>

#include "libhisho/parse/askwords.h"
#include "libhisho/parse/fold.h"

#define FOUND_MAX 4	/* of one kind: enough to see what is meant */
#define EXCERPT_MAX 120 /* bytes */
#define KEYS 4096
#define WORDS_MAX 1000
#define ROLES 14

static const HishoRecordField fields[] = {
	{ "secrets", HISHO_RECORD_TEXTS, offsetof(HishoAsking, secrets), NULL },
	{ "money", HISHO_RECORD_TEXTS, offsetof(HishoAsking, money), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_asking_type = { sizeof(HishoAsking), fields,
	hisho_asking_free };

void
hisho_asking_free(void *asking)
{
	hisho_record_free(&hisho_asking_type, asking);
}

/* What makes a phrase: a word of one role, and not far behind it one of
 * another.  "Confirm your Amazon Prime account" is 20 bytes, half a line of
 * Japanese 60. */
static const struct {
	guint first; /* 0: the second is enough */
	guint second;
	size_t gap;  /* bytes between them at most */
	size_t kind; /* offset of the array */
} rules[] = {
#define SECRETS offsetof(HishoAsking, secrets)
#define MONEY offsetof(HishoAsking, money)
	{ HISHO_ASK_DO, HISHO_ASK_SECRET, 40, SECRETS },
	{ HISHO_ASK_SECRET, HISHO_ASK_PLEASE, 60, SECRETS },
	{ HISHO_ASK_SECRET, HISHO_ASK_EXPIRES, 40, SECRETS },
	{ HISHO_ASK_VERIFY, HISHO_ASK_ACCOUNT, 30, SECRETS },
	{ HISHO_ASK_ACCOUNT, HISHO_ASK_TROUBLE, 45, SECRETS },
	{ HISHO_ASK_IDENTITY, HISHO_ASK_LOGIN, 60, SECRETS },
	{ HISHO_ASK_LOGIN, HISHO_ASK_IDENTITY, 60, SECRETS },
	{ 0, HISHO_ASK_CLEAR, 0, SECRETS },
	{ 0, HISHO_ASK_MONEY, 0, MONEY },
	{ HISHO_ASK_PAY, HISHO_ASK_SUM, 30, MONEY },
#undef SECRETS
#undef MONEY
};

typedef struct {
	const char *text;
	size_t length;
	guint roles;
	guint16 next; /* of the same key: its number, 0 for none */
} Word;

/* Words by their first three bytes, a chain for each key. */
typedef struct {
	guint16 first[KEYS]; /* numbers begin with 1 */
	Word words[WORDS_MAX];
	guint16 n_words;
} Index;

/* One sentence being read. */
typedef struct {
	const Index *index;
	GString *text;			 /* of the paragraph, folded */
	size_t begin[ROLES], end[ROLES]; /* the last word of each role */
	bool is_denied;
	HishoAsking *found; /* in this sentence */
	HishoAsking *asking;
} Reading;

static guint
key_of(const char *at)
{
	guint key = (guint)(guchar)at[0] << 16 | (guint)(guchar)at[1] << 8 |
	    (guchar)at[2];

	return key * 2654435761u >> 20;
}

static void
add_word(Index *index, const char *text, guint roles)
{
	guint key = key_of(text);

	g_assert(index->n_words < WORDS_MAX);
	index->words[index->n_words++] =
	    (Word){ text, strlen(text), roles, index->first[key] };
	index->first[key] = index->n_words;
}

static Index *
new_index(void)
{
	Index *index = g_new0(Index, 1);
	const HishoAskGroup *group = hisho_ask_groups;

	for (; group->words != NULL; group++)
		for (size_t i = 0; group->words[i] != NULL; i++)
			add_word(index, group->words[i], group->roles);
	return index;
}

/* Whether the word of the text that WORD begins ends with it; a plural is
 * the same word. */
static bool
is_whole(const char *word, size_t length)
{
	const char *after = word + length;

	if (!g_ascii_isalnum(after[-1]))
		return true;
	after += *after == 's';
	return !g_ascii_isalnum(*after);
}

static GPtrArray *
array_of(HishoAsking *asking, size_t kind)
{
	return *(GPtrArray **)(void *)((char *)asking + kind);
}

static void
keep(GPtrArray *found, const char *text, size_t length)
{
	const char *end;

	g_autofree char *excerpt = g_strndup(text, MIN(length, EXCERPT_MAX));
	if (!g_utf8_validate(excerpt, -1, &end))
		excerpt[end - excerpt] = '\0';
	/* Of two of which one holds the other, the longer. */
	for (guint i = 0; i < found->len; i++) {
		if (strstr(found->pdata[i], excerpt) != NULL)
			return;
		if (strstr(excerpt, found->pdata[i]) != NULL) {
			g_free(found->pdata[i]);
			found->pdata[i] = g_steal_pointer(&excerpt);
			return;
		}
	}
	if (found->len < FOUND_MAX)
		g_ptr_array_add(found, g_steal_pointer(&excerpt));
}

static guint
number_of(guint role)
{
	return (guint)g_bit_nth_lsf(role, -1);
}

/* Takes the phrase by RULE that the word from BEGIN to END completes. */
static void
apply_rule(Reading *reading, size_t rule, size_t begin, size_t end)
{
	size_t start = begin;

	if (rules[rule].first != 0) {
		guint first = number_of(rules[rule].first);
		start = reading->begin[first];
		if (reading->end[first] == 0 || reading->end[first] > begin ||
		    begin - reading->end[first] > rules[rule].gap)
			return;
	}
	keep(array_of(reading->found, rules[rule].kind),
	    reading->text->str + start, end - start);
}

static void
take_word(Reading *reading, const Word *word, size_t begin)
{
	size_t end = begin + word->length;

	reading->is_denied |= (word->roles & HISHO_ASK_DENIAL) != 0;
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		if (rules[i].second & word->roles)
			apply_rule(reading, i, begin, end);
	for (guint i = 0; i < ROLES; i++)
		if (word->roles >> i & 1) {
			reading->begin[i] = begin;
			reading->end[i] = end;
		}
}

static void
take_words(Reading *reading, size_t at)
{
	const char *text = reading->text->str + at;
	size_t left = reading->text->len - at;
	guint16 i = reading->index->first[key_of(text)];

	if (at > 0 && g_ascii_isalnum(text[0]) && g_ascii_isalnum(text[-1]))
		return;
	for (const Word *word; i != 0; i = word->next) {
		word = &reading->index->words[i - 1];
		if (word->length <= left &&
		    memcmp(text, word->text, word->length) == 0 &&
		    is_whole(text, word->length))
			take_word(reading, word, at);
	}
}

static void
move_found(const GPtrArray *from, GPtrArray *to)
{
	for (guint i = 0; i < from->len; i++)
		keep(to, from->pdata[i], strlen(from->pdata[i]));
}

/* What denies to ask for a secret may well ask for money. */
static void
end_sentence(Reading *reading)
{
	if (!reading->is_denied)
		move_found(reading->found->secrets, reading->asking->secrets);
	move_found(reading->found->money, reading->asking->money);
	g_ptr_array_set_size(reading->found->secrets, 0);
	g_ptr_array_set_size(reading->found->money, 0);
	memset(reading->end, 0, sizeof reading->end);
	reading->is_denied = false;
}

static bool
ends_sentence(const char *at)
{
	return ((*at == '.' || *at == '!' || *at == '?') &&
		   !g_ascii_isalnum(at[1])) ||
	    strncmp(at, "。", strlen("。")) == 0;
}

static void
read_paragraph(Reading *reading, const char *text, size_t length)
{
	g_string_truncate(reading->text, 0);
	hisho_fold_append(reading->text, text, length);
	for (size_t at = 0; at + 3 <= reading->text->len; at++) {
		const char *here = reading->text->str + at;
		if (ends_sentence(here))
			end_sentence(reading);
		else if (reading->index->first[key_of(here)] != 0)
			take_words(reading, at);
	}
	end_sentence(reading);
}

/* Where the paragraph that begins at TEXT ends: at an empty line. */
static const char *
find_paragraph_end(const char *text, const char *end)
{
	for (const char *p = text; p < end; p++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (p == NULL)
			return end;
		const char *next = p + 1;
		while (next < end &&
		    (*next == ' ' || *next == '\t' || *next == '\r'))
			next++;
		if (next == end || *next == '\n')
			return next;
		p = next - 1;
	}
	return end;
}

void
hisho_asking_find(HishoAsking *asking, const char *text, size_t length)
{
	g_autofree Index *index = length > 0 ? new_index() : NULL;
	g_autoptr(GString) folded = g_string_new(NULL);
	g_autoptr(HishoAsking) found = hisho_record_new(&hisho_asking_type);
	const char *end = text + length;
	Reading reading = {
		.index = index,
		.text = folded,
		.found = found,
		.asking = asking,
	};

	while (text < end) {
		const char *next = find_paragraph_end(text, end);
		read_paragraph(&reading, text, (size_t)(next - text));
		text = next + (next < end);
	}
}
