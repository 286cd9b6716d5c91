#include "libhisho/report/worthwords.h"

#include <string.h>

#include "libhisho/report/paint.h"

#define D "%" G_GINT64_FORMAT
#define COLUMNS 78

/* Below that nothing is said of a share. */
#define FEW 20

/* Nobody acts on more. */
#define SENTENCES 4

static void add_paragraph(GString *page, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

static void
add_paragraph(GString *page, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	g_autofree char *text = g_strdup_vprintf(format, list);
	va_end(list);
	const char *indent = "- ";
	for (const char *at = text; *at != '\0'; indent = "  ") {
		size_t length = hisho_paint_line_length(at, COLUMNS);
		g_autofree char *line = g_strchomp(g_strndup(at, length));
		g_string_append_printf(page, "%s%s\n", indent, line);
		at += length;
	}
}

static const HishoWorthLine *
find(const GPtrArray *lines, const char *name)
{
	for (guint i = 0; i < lines->len; i++) {
		const HishoWorthLine *line = lines->pdata[i];
		if (strcmp(line->name, name) == 0)
			return line;
	}
	return NULL;
}

/* What one sentence is about. */
typedef struct {
	const HishoWorth *worth;
	const HishoWorthSide *sides;
	const HishoHits *good, *bad; /* of the advice */
} About;

static void
add_few(GString *page, const About *about)
{
	gint64 fewest = MIN(about->sides[HISHO_WORTH_GOOD].judged,
	    about->sides[HISHO_WORTH_BAD].judged);

	if (fewest < FEW)
		add_paragraph(page,
		    "With fewer than %d mails on a side shares tell little: "
		    "take more.",
		    FEW);
}

static void
add_advice(GString *page, const About *about)
{
	const HishoHits *good = about->good, *bad = about->bad;

	if (good->mails + bad->mails == 0)
		return;
	add_paragraph(page,
	    "The advice by votes called " D " of " D " good mails trusted (" D
	    " %%) and " D " distrusted; " D " of " D " bad ones distrusted (" D
	    " %%) and " D " trusted.",
	    good->right, good->mails,
	    hisho_worth_share(good->right, good->mails), good->wrong,
	    bad->right, bad->mails, hisho_worth_share(bad->right, bad->mails),
	    bad->wrong);
}

static void
add_wrong(GString *page, const About *about)
{
	gint64 wrong = about->good->wrong + about->bad->wrong;

	if (wrong > 0)
		add_paragraph(page,
		    "Look at the " D " where it was wrong, which --verbose "
		    "names: a list or a host that many send by, a forged From "
		    "or a vote given by mistake is the usual reason.",
		    wrong);
}

static void
add_silence(GString *page, const About *about)
{
	const HishoWorthSide *bad = &about->sides[HISHO_WORTH_BAD];

	if (bad->silent > 0)
		add_paragraph(page,
		    "Of the " D " bad mails on which votes said nothing " D
		    " (" D " %%) came with a warning of danger; the others can "
		    "only be known by reading them.",
		    bad->silent, bad->warned,
		    hisho_worth_share(bad->warned, bad->silent));
}

/* Where no host is known, no vote can count. */
static void
add_local(GString *page, const About *about)
{
	const HishoWorthSide *good = &about->sides[HISHO_WORTH_GOOD];
	const HishoWorthSide *bad = &about->sides[HISHO_WORTH_BAD];
	gint64 local = good->local + bad->local;

	if (local > 0 && local * 10 >= good->judged + bad->judged)
		add_paragraph(page,
		    "Of " D " mails no host is known that brought them, so "
		    "that votes say nothing of them: unless they were written "
		    "on your own machines, name your servers (trusted-networks "
		    "and own-hosts) as hisho(7) says.",
		    local);
}

/* The warning that was told most of good mail; notes are no warnings. */
static const HishoWorthLine *
worst_warning(const HishoWorth *worth)
{
	const HishoWorthLine *worst = NULL;

	for (guint i = 0; i < worth->warnings->len; i++) {
		const HishoWorthLine *line = worth->warnings->pdata[i];
		gint64 wrong = line->hits[HISHO_WORTH_GOOD].wrong;
		if (strcmp(line->level, "note") == 0 || wrong == 0)
			continue;
		if (worst == NULL ||
		    wrong > worst->hits[HISHO_WORTH_GOOD].wrong)
			worst = line;
	}
	return worst;
}

static void
add_warning(GString *page, const About *about)
{
	const HishoWorthLine *worst = worst_warning(about->worth);

	if (worst == NULL)
		return;
	const HishoHits *good = &worst->hits[HISHO_WORTH_GOOD];
	const HishoHits *bad = &worst->hits[HISHO_WORTH_BAD];
	bool is_useless = good->wrong * bad->mails >= bad->right * good->mails;
	add_paragraph(page,
	    "%s is the warning most often told of good mail (" D " of " D
	    ", of bad mail " D " of " D "): %s.",
	    worst->name, good->wrong, good->mails, bad->right, bad->mails,
	    is_useless ? "do not heed it by itself"
		       : "it still tells more of bad mail than of good");
}

/* A forged From costs nothing as long as green needs a proven route. */
static void
add_held(GString *page, const About *about)
{
	if (about->good->held > 0)
		add_paragraph(page,
		    "On " D " good mails votes said trusted, but by a route "
		    "that proves nothing (held; " D " bad ones): whom you "
		    "always want to read, permit with hisho-vote.",
		    about->good->held, about->bad->held);
}

void
hisho_worthwords_add(GString *page, const HishoWorth *worth)
{
	/* The gravest first; of these the first few. */
	static void (*const sentences[])(GString *, const About *) = { add_few,
		add_advice, add_wrong, add_silence, add_local, add_warning,
		add_held };
	const HishoWorthLine *advice = find(worth->verdicts, "advice");
	static const HishoHits nothing;
	const About about = {
		.worth = worth,
		.sides = worth->sides,
		.good = advice ? &advice->hits[HISHO_WORTH_GOOD] : &nothing,
		.bad = advice ? &advice->hits[HISHO_WORTH_BAD] : &nothing,
	};
	guint n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(sentences) && n < SENTENCES; i++) {
		gsize before = page->len;
		sentences[i](page, &about);
		n += page->len > before;
	}
}
