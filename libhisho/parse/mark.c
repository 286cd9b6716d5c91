#include "libhisho/parse/mark.h"

#include <stdbool.h>
#include <string.h>

/* Verdict and score stand at the front, in what filters with long reports of
 * their tests write too. */
#define VALUE_MAX_BYTES 2000
#define NAME_MAX_BYTES 100

/* bogofilter's probabilities are the longest. */
#define NUMBER_MAX_BYTES 16

typedef enum {
	VERDICT_UNKNOWN,
	VERDICT_HAM,
	VERDICT_SPAM,
} Verdict;

typedef enum {
	BY_WORD,     /* a word tells */
	BY_SCORE,    /* so many points are spam, fewer are ham */
	BY_PRESENCE, /* the field is only written into spam */
	BY_NOTHING,  /* points whose limit is not known */
	BY_BAR,	     /* the same as a row of characters */
} Reading;

/* A filter's field.  WORD and SCORE are what stands before them in the value;
 * "" is its beginning, NULL that there is none.  In lower case. */
typedef struct {
	const char *name; /* a * stands for anything */
	Reading reading;
	const char *word;
	const char *score;
	int spam_from; /* of BY_SCORE */
} Kind;

static const Kind kinds[] = {
	/* SpamAssassin and those that write the same fields */
	{ "X-Spam-Flag", BY_WORD, "", NULL, 0 },
	{ "X-Spam-Status", BY_WORD, "", "score=", 0 },
	{ "X-Spam-Status", BY_WORD, "", "hits=", 0 },
	{ "X-Spam-Summary", BY_WORD, "", "score=", 0 },
	{ "X-Spam-Level", BY_BAR, NULL, "", 0 },
	{ "X-Spam-Score", BY_NOTHING, NULL, "", 0 },
	{ "X-Spam-Bar", BY_BAR, NULL, "", 0 },
	{ "X-Spam", BY_WORD, "", NULL, 0 },
	/* rspamd */
	{ "X-Spamd-Result", BY_WORD, ":", "[", 0 },
	{ "X-Spamd-Bar", BY_BAR, NULL, "", 0 },
	{ "X-Spam-Action", BY_WORD, "", NULL, 0 },
	{ "X-Rspamd-Action", BY_WORD, "", NULL, 0 },
	{ "X-Rspamd-Score", BY_NOTHING, NULL, "", 0 },
	{ "X-Rspamd-Bar", BY_BAR, NULL, "", 0 },
	/* statistical filters */
	{ "X-Bogosity", BY_WORD, "", "spamicity=", 0 },
	{ "X-SpamProbe", BY_WORD, "", " ", 0 },
	{ "X-DSPAM-Result", BY_WORD, "", NULL, 0 },
	{ "X-CRM114-Status", BY_WORD, "", "pr:", 0 },
	{ "X-Spambayes-Classification", BY_WORD, "", ";", 0 },
	{ "X-IMAIL-SPAM-*", BY_PRESENCE, NULL, NULL, 0 },
	/* Exchange: 5 and 6 are spam, 9 surely; -1 is a trusted sender */
	{ "X-MS-Exchange-Organization-SCL", BY_SCORE, NULL, "", 5 },
	{ "X-Forefront-Antispam-Report*", BY_WORD, "sfv:", "scl:", 0 },
	/* appliances and services */
	{ "X-Barracuda-Spam-Status", BY_WORD, "", "score=", 0 },
	{ "X-Barracuda-Spam-Flag", BY_WORD, "", NULL, 0 },
	{ "X-Barracuda-Spam-Score", BY_NOTHING, NULL, "", 0 },
	{ "X-Proofpoint-Spam-Details*", BY_WORD, "rule=", " score=", 0 },
	{ "X-*MailScanner-SpamCheck", BY_WORD, "", "score=", 0 },
	{ "X-*MailScanner-SpamScore", BY_BAR, NULL, "", 0 },
	{ "X-TM-AS-Result", BY_WORD, "", "-", 0 },
	{ "X-CLX-Spam", BY_WORD, "", NULL, 0 },
	{ "X-Mimecast-Spam-Score", BY_NOTHING, NULL, "", 0 },
	{ "X-Vade*-Status", BY_WORD, "", NULL, 0 },
	{ "X-VR-SPAMSTATE", BY_WORD, "", NULL, 0 },
	{ "X-Terrace-SpamMark", BY_WORD, "", "sr:", 0 },
	{ "X-SpamCop-Disposition", BY_WORD, "", NULL, 0 },
	{ "X-Junkmail-Status", BY_WORD, "", "score=", 0 },
	{ "X-Virus-Status", BY_WORD, "", NULL, 0 },
	/* mail providers */
	{ "X-YahooFilteredBulk", BY_PRESENCE, NULL, NULL, 0 },
	{ "X-UI-FilterResults", BY_WORD, "", ":", 0 },
	{ "X-GMX-Antispam", BY_SCORE, NULL, "", 1 },
	{ "X-Yandex-Spam", BY_SCORE, NULL, "", 4 },
	{ "X-PM-Spam-Action", BY_WORD, "", NULL, 0 },
	{ "X-PM-SpamScore", BY_NOTHING, NULL, "", 0 },
};

static const struct {
	const char *word;
	Verdict verdict;
} words[] = {
	{ "yes", VERDICT_SPAM },
	{ "true", VERDICT_SPAM },
	{ "spam", VERDICT_SPAM },
	{ "junk", VERDICT_SPAM },
	{ "phish", VERDICT_SPAM },
	{ "phishing", VERDICT_SPAM },
	{ "blocked", VERDICT_SPAM },
	{ "infected", VERDICT_SPAM },
	{ "no", VERDICT_HAM },
	{ "not spam", VERDICT_HAM },
	{ "false", VERDICT_HAM },
	{ "ham", VERDICT_HAM },
	{ "good", VERDICT_HAM },
	{ "innocent", VERDICT_HAM },
	{ "whitelisted", VERDICT_HAM },
	{ "notspam", VERDICT_HAM },
	{ "notjunk", VERDICT_HAM },
	{ "legit", VERDICT_HAM },
	{ "ok", VERDICT_HAM },
	/* "Clean" is said of viruses and tells nothing about spam. */
	/* What rspamd does; also "no action". */
	{ "add header", VERDICT_SPAM },
	{ "rewrite subject", VERDICT_SPAM },
	{ "reject", VERDICT_SPAM },
	/* Exchange's SFV: by content, by a rule, by the recipient's list */
	{ "spm", VERDICT_SPAM },
	{ "sks", VERDICT_SPAM },
	{ "skb", VERDICT_SPAM },
	{ "blk", VERDICT_SPAM },
	{ "nspm", VERDICT_HAM },
	{ "skn", VERDICT_HAM },
	{ "ska", VERDICT_HAM },
	{ "ski", VERDICT_HAM },
	{ "skq", VERDICT_HAM },
	{ "sfe", VERDICT_HAM },
};

static const char *const verdict_names[] = {
	[VERDICT_UNKNOWN] = "unknown",
	[VERDICT_HAM] = "ham",
	[VERDICT_SPAM] = "spam",
};

static const HishoRecordField mark_fields[] = {
	{ "name", HISHO_RECORD_TEXT, offsetof(HishoMark, name), NULL },
	{ "verdict", HISHO_RECORD_TEXT, offsetof(HishoMark, verdict), NULL },
	{ "score", HISHO_RECORD_TEXT, offsetof(HishoMark, score), NULL },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_mark_type = { sizeof(HishoMark), mark_fields,
	hisho_mark_free };

void
hisho_mark_free(void *mark)
{
	hisho_record_free(&hisho_mark_type, mark);
}

/* What the * of PATTERN stands for in NAME, "" if it has none; NULL if NAME is
 * another field. */
static char *
match_name(const char *pattern, const char *name)
{
	size_t head = strcspn(pattern, "*"), length = strlen(name);
	const char *rest = pattern + head + (pattern[head] == '*');
	size_t tail = strlen(rest);

	if (length < head + tail || length > NAME_MAX_BYTES ||
	    (pattern[head] == '\0' && length > head) ||
	    g_ascii_strncasecmp(name, pattern, head) != 0 ||
	    g_ascii_strcasecmp(name + length - tail, rest) != 0)
		return NULL;
	return g_strndup(name + head, length - head - tail);
}

/* PATTERN with FILLING for its *, as UTF-8. */
static char *
dup_name(const char *pattern, const char *filling)
{
	size_t head = strcspn(pattern, "*");
	const char *rest = pattern + head + (pattern[head] == '*');
	g_autofree char *valid = g_utf8_make_valid(filling, -1);

	return g_strdup_printf("%.*s%s%s", (int)head, pattern, valid, rest);
}

/* What follows KEY and blanks in TEXT; NULL if it has no KEY. */
static const char *
find_after(const char *text, const char *key)
{
	const char *p = strstr(text, key);

	if (p == NULL)
		return NULL;
	p += strlen(key);
	return p + strspn(p, " ");
}

static Verdict
read_word(const char *p)
{
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t length = strlen(words[i].word);

		if (strncmp(words[i].word, p, length) == 0 &&
		    !g_ascii_isalpha(p[length]))
			return words[i].verdict;
	}
	return VERDICT_UNKNOWN;
}

/* The number at P; NULL if there is none. */
static char *
dup_number(const char *p)
{
	const char *digits = "0123456789";
	const char *start = p + (*p == '+' || *p == '-');
	const char *end = start + strspn(start, digits);

	if (end == start)
		return NULL;
	if (*end == '.' && g_ascii_isdigit(end[1]))
		end += 1 + strspn(end + 1, digits);
	p += *p == '+';
	return g_strndup(p, MIN((gsize)(end - p), NUMBER_MAX_BYTES));
}

/* The length of the bar at P, negative if of minus signs.  rspamd writes a
 * slash for none, MailScanner an s for each point. */
static char *
dup_bar(const char *p)
{
	size_t length = 0;

	if (*p != '\0' && strchr("*+-s", *p) != NULL)
		while (p[length] == *p)
			length++;
	return g_strdup_printf("%s%zu", *p == '-' ? "-" : "", length);
}

static char *
read_score(const Kind *kind, const char *text)
{
	const char *p =
	    kind->score == NULL ? NULL : find_after(text, kind->score);

	if (p == NULL)
		return NULL;
	return kind->reading == BY_BAR ? dup_bar(p) : dup_number(p);
}

static Verdict
read_verdict(const Kind *kind, const char *text)
{
	const char *p;
	g_autofree char *score = NULL;

	switch (kind->reading) {
	case BY_WORD:
		p = find_after(text, kind->word);
		return p == NULL ? VERDICT_UNKNOWN : read_word(p);
	case BY_SCORE:
		score = read_score(kind, text);
		if (score == NULL)
			return VERDICT_UNKNOWN;
		return g_ascii_strtod(score, NULL) >= kind->spam_from
		    ? VERDICT_SPAM
		    : VERDICT_HAM;
	case BY_PRESENCE:
		return VERDICT_SPAM;
	case BY_BAR:
	case BY_NOTHING:
		break;
	}
	return VERDICT_UNKNOWN;
}

/* The beginning of VALUE on one line in lower case. */
static char *
dup_text(const char *value, size_t length)
{
	GString *text =
	    g_string_new_len(value, (gssize)MIN(length, VALUE_MAX_BYTES));

	for (gsize i = 0; i < text->len; i++)
		text->str[i] = g_ascii_isgraph(text->str[i])
		    ? g_ascii_tolower(text->str[i])
		    : ' ';
	return g_strstrip(g_string_free(text, FALSE));
}

HishoMark *
hisho_mark_read(const char *name, const char *value, size_t length)
{
	g_autofree char *text = dup_text(value, length);
	HishoMark *mark = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const Kind *kind = &kinds[i];
		g_autofree char *filling = match_name(kind->name, name);

		if (filling == NULL)
			continue;
		if (mark == NULL) {
			mark = hisho_record_new(&hisho_mark_type);
			mark->name = dup_name(kind->name, filling);
			mark->verdict =
			    g_strdup(verdict_names[read_verdict(kind, text)]);
		}
		if (mark->score == NULL)
			mark->score = read_score(kind, text);
	}
	return mark;
}
