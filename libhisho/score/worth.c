#include "libhisho/score/worth.h"

#include <string.h>

#include "libhisho/score/advice.h"
#include "libhisho/score/warning.h"
#include "libhisho/store/tally.h"

typedef enum { SILENT, GREEN, RED, HELD } Voice;

static void
line_free(void *data)
{
	HishoWorthLine *line = data;

	g_free(line->name);
	g_free(line->level);
	g_free(line);
}

HishoWorth *
hisho_worth_new(void)
{
	HishoWorth *worth = g_new0(HishoWorth, 1);
	GPtrArray **lists[] = { &worth->verdicts, &worth->rows,
		&worth->deciders, &worth->warnings };

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		*lists[i] = g_ptr_array_new_with_free_func(line_free);
	return worth;
}

void
hisho_worth_free(HishoWorth *worth)
{
	if (worth == NULL)
		return;
	g_ptr_array_unref(worth->verdicts);
	g_ptr_array_unref(worth->rows);
	g_ptr_array_unref(worth->deciders);
	g_ptr_array_unref(worth->warnings);
	g_free(worth);
}

/* That of NAME and LEVEL among LINES, made if missing. */
static HishoWorthLine *
find_line(GPtrArray *lines, const char *name, const char *level)
{
	for (guint i = 0; i < lines->len; i++) {
		HishoWorthLine *line = lines->pdata[i];
		if (strcmp(line->name, name) == 0 &&
		    strcmp(line->level, level) == 0)
			return line;
	}
	HishoWorthLine *line = g_new0(HishoWorthLine, 1);
	line->name = g_strdup(name);
	line->level = g_strdup(level);
	g_ptr_array_add(lines, line);
	return line;
}

static void
count(HishoWorthLine *line, HishoSide side, Voice voice)
{
	HishoHits *hits = &line->hits[side];
	Voice right = side == HISHO_WORTH_BAD ? RED : GREEN;

	hits->mails++;
	if (voice == HELD)
		hits->held++;
	else if (voice != SILENT && voice == right)
		hits->right++;
	else if (voice != SILENT)
		hits->wrong++;
}

/* A held tongue is that of votes which were not allowed to say green. */
static Voice
voice_of(const char *advice, bool is_held)
{
	if (strcmp(advice, "trusted") == 0)
		return GREEN;
	if (strcmp(advice, "distrusted") == 0)
		return RED;
	return is_held ? HELD : SILENT;
}

/* What ROW would say if there were no other. */
static Voice
row_voice(HishoRow *row, const HishoAdviceCase *grounds)
{
	g_autoptr(GPtrArray) alone = g_ptr_array_new();

	g_ptr_array_add(alone, row);
	HishoAdvice advice = hisho_advice_decide(alone, grounds);
	return voice_of(advice.advice, row->trusted > row->distrusted);
}

static bool
is_own(const HishoRow *row)
{
	return strcmp(row->scope, "own") == 0;
}

/* Others have no voice where one user is alone. */
static bool
has_voice(const HishoRow *row)
{
	return is_own(row) || row->users_trusted + row->users_distrusted > 0;
}

static void
count_rows(HishoWorth *worth, HishoSide side, const HishoVerdict *verdict,
    const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		HishoRow *row = rows->pdata[i];
		if (!has_voice(row))
			continue;
		g_autofree char *name =
		    g_strdup_printf("%s-%s", row->scope, row->axis);
		count(find_line(worth->rows, name, row->level), side,
		    row_voice(row, &verdict->grounds));
	}
}

static Voice
folder_voice(const char *folder)
{
	if (strcmp(folder, "main") == 0)
		return GREEN;
	return strcmp(folder, "spam") == 0 ? RED : SILENT;
}

static bool
has_level(const HishoVerdict *verdict, const char *level)
{
	for (guint i = 0; i < verdict->warnings->len; i++)
		if (strcmp(hisho_warning_level(verdict->warnings->pdata[i]),
			level) == 0)
			return true;
	return false;
}

static void
count_verdict(HishoWorth *worth, HishoSide side, const HishoVerdict *verdict)
{
	static const char *const levels[] = { "danger", "caution", "note" };
	bool is_held = strcmp(verdict->advice_reason, "unproven-route") == 0;
	Voice voice = voice_of(verdict->advice, is_held);
	HishoWorthSide *counts = &worth->sides[side];

	count(find_line(worth->verdicts, "advice", ""), side, voice);
	count(find_line(worth->verdicts, "folder", ""), side,
	    folder_voice(verdict->folder));
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
		count(find_line(worth->verdicts, "warning", levels[i]), side,
		    has_level(verdict, levels[i]) ? RED : SILENT);
	if (verdict->by != NULL)
		count(find_line(
			  worth->deciders, verdict->by, verdict->row->level),
		    side, voice);
	counts->silent += voice == SILENT || voice == HELD;
	counts->warned +=
	    (voice == SILENT || voice == HELD) && has_level(verdict, "danger");
}

/* A code counts once, however often it is told of a mail. */
static void
count_warnings(HishoWorth *worth, HishoSide side, const HishoVerdict *verdict)
{
	const GPtrArray *warnings = verdict->warnings;
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (!g_hash_table_add(seen, (char *)(gsize)warning->code))
			continue;
		count(find_line(worth->warnings, warning->code,
			  hisho_warning_level(warning)),
		    side, RED);
	}
}

void
hisho_worth_add(HishoWorth *worth, HishoSide side, const HishoVerdict *verdict,
    const HishoMemory *memory)
{
	worth->sides[side].judged++;
	worth->sides[side].local += !verdict->grounds.is_applicable;
	count_rows(worth, side, verdict, memory->rows);
	count_verdict(worth, side, verdict);
	count_warnings(worth, side, verdict);
}

bool
hisho_worth_is_wrong(HishoSide side, const HishoVerdict *verdict)
{
	Voice wrong = side == HISHO_WORTH_BAD ? GREEN : RED;

	return voice_of(verdict->advice, false) == wrong ||
	    folder_voice(verdict->folder) == wrong ||
	    (side == HISHO_WORTH_GOOD && has_level(verdict, "danger"));
}

/* The place of WORD in WORDS, which end with NULL; behind them if it is not
 * there. */
static int
place_of(const char *word, const char *const *words)
{
	int place = 0;

	while (words[place] != NULL && strcmp(words[place], word) != 0)
		place++;
	return place;
}

static int
by_axis(gconstpointer a, gconstpointer b)
{
	static const char *const axes[] = { "own-route", "own-sender",
		"own-from", "own-host", "own-sender-domain", "own-from-domain",
		NULL };
	static const char *const levels[] = { "exact", "net", "organization",
		NULL };
	const HishoWorthLine *left = *(HishoWorthLine *const *)a;
	const HishoWorthLine *right = *(HishoWorthLine *const *)b;
	int order = place_of(left->name, axes) - place_of(right->name, axes);

	if (order == 0)
		order = strcmp(left->name, right->name);
	if (order == 0)
		order = place_of(left->level, levels) -
		    place_of(right->level, levels);
	return order != 0 ? order : strcmp(left->level, right->level);
}

static int
by_gravity(gconstpointer a, gconstpointer b)
{
	static const char *const levels[] = { "danger", "caution", "note",
		NULL };
	const HishoWorthLine *left = *(HishoWorthLine *const *)a;
	const HishoWorthLine *right = *(HishoWorthLine *const *)b;
	int order =
	    place_of(left->level, levels) - place_of(right->level, levels);

	return order != 0 ? order : strcmp(left->name, right->name);
}

/* Of a warning the mails on which it was not told are not counted yet. */
static void
complete(const HishoWorth *worth, HishoWorthLine *line)
{
	for (int side = 0; side < HISHO_WORTH_SIDES; side++)
		line->hits[side].mails = worth->sides[side].judged;
}

void
hisho_worth_sort(HishoWorth *worth)
{
	for (guint i = 0; i < worth->warnings->len; i++)
		complete(worth, worth->warnings->pdata[i]);
	g_ptr_array_sort(worth->rows, by_axis);
	g_ptr_array_sort(worth->deciders, by_axis);
	g_ptr_array_sort(worth->warnings, by_gravity);
}

gint64
hisho_worth_share(gint64 part, gint64 whole)
{
	return whole > 0 ? (part * 100 + whole / 2) / whole : 0;
}
