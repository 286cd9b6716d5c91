#include "libhisho/report/worthwords.h"

#include <string.h>

#include "libhisho/report/paint.h"

#define D "%" G_GINT64_FORMAT
#define COLUMNS 78

/* Below that nothing is said of a share. */
#define FEW 20

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

static void
add_advice(GString *page, const HishoWorthLine *advice)
{
	const HishoHits *good = &advice->hits[HISHO_WORTH_GOOD];
	const HishoHits *bad = &advice->hits[HISHO_WORTH_BAD];

	add_paragraph(page,
	    "The advice by votes called " D " of " D " good mails trusted (" D
	    " %%) and " D " distrusted; " D " of " D " bad ones distrusted (" D
	    " %%) and " D " trusted.",
	    good->right, good->mails,
	    hisho_worth_share(good->right, good->mails), good->wrong,
	    bad->right, bad->mails, hisho_worth_share(bad->right, bad->mails),
	    bad->wrong);
	if (good->wrong + bad->wrong > 0)
		add_paragraph(page,
		    "Look at the " D " where it was wrong, which --verbose "
		    "names: a vote given by mistake, or a host that many "
		    "send by, is the usual reason.",
		    good->wrong + bad->wrong);
}

/* A forged From costs nothing as long as green needs a proven route. */
static void
add_held(GString *page, const HishoWorthLine *advice)
{
	gint64 good = advice->hits[HISHO_WORTH_GOOD].held;
	gint64 bad = advice->hits[HISHO_WORTH_BAD].held;

	if (bad + good > 0)
		add_paragraph(page,
		    "On " D " bad mails, and on " D " good ones, votes said "
		    "trusted, but by a route that was not proven: hisho "
		    "stayed silent.%s",
		    bad, good,
		    good > 0 ? " Whom you always want to read, permit: "
			       "hisho-vote permit."
			     : "");
}

static void
add_silence(GString *page, const HishoWorthSide *bad)
{
	if (bad->silent > 0)
		add_paragraph(page,
		    "Of the " D " bad mails on which votes said nothing " D
		    " (" D " %%) came with a warning of danger: that is what "
		    "protects from senders nobody has met.",
		    bad->silent, bad->warned,
		    hisho_worth_share(bad->warned, bad->silent));
}

/* The warning that was told most of good mail, compared with bad. */
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
add_warning(GString *page, const HishoWorth *worth)
{
	const HishoWorthLine *worst = worst_warning(worth);

	if (worst == NULL)
		return;
	const HishoHits *good = &worst->hits[HISHO_WORTH_GOOD];
	const HishoHits *bad = &worst->hits[HISHO_WORTH_BAD];
	bool is_useless = hisho_worth_share(good->wrong, good->mails) >=
	    hisho_worth_share(bad->right, bad->mails);
	add_paragraph(page,
	    "%s is the warning most often told of good mail (" D " of " D
	    ", of bad mail " D " of " D "): %s.",
	    worst->name, good->wrong, good->mails, bad->right, bad->mails,
	    is_useless ? "do not heed it by itself"
		       : "it still tells more of bad mail than of good");
}

/* Where no host is known, no vote can count. */
static void
add_local(GString *page, const HishoWorth *worth)
{
	const HishoWorthSide *sides = worth->sides;
	gint64 local =
	    sides[HISHO_WORTH_GOOD].local + sides[HISHO_WORTH_BAD].local;
	gint64 judged =
	    sides[HISHO_WORTH_GOOD].judged + sides[HISHO_WORTH_BAD].judged;

	if (local * 10 >= judged && local > 0)
		add_paragraph(page,
		    "Of " D " mails no host is known that spoke to your mail "
		    "server, so that votes say nothing of them: name your own "
		    "servers (trusted-networks, own-hosts) as hisho(7) says.",
		    local);
}

static void
add_few(GString *page, const HishoWorth *worth)
{
	gint64 fewest = MIN(worth->sides[HISHO_WORTH_GOOD].judged,
	    worth->sides[HISHO_WORTH_BAD].judged);

	if (fewest < FEW)
		add_paragraph(page,
		    "With fewer than %d mails on a side shares tell little: "
		    "take more.",
		    FEW);
}

void
hisho_worthwords_add(GString *page, const HishoWorth *worth)
{
	const HishoWorthLine *advice = find(worth->verdicts, "advice");

	if (advice != NULL) {
		add_advice(page, advice);
		add_held(page, advice);
		add_silence(page, &worth->sides[HISHO_WORTH_BAD]);
		add_warning(page, worth);
		add_local(page, worth);
	}
	add_few(page, worth);
}
