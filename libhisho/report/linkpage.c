#include "libhisho/report/linkpage.h"

#include <string.h>

#include "libhisho/mail/text.h"
#include "libhisho/report/hostline.h"
#include "libhisho/report/paint.h"

/* A page is for reading; --format=json has them all. */
#define HOSTS_SHOWN 40
#define TARGETS_SHOWN 2

#define LINE_COLUMNS 79
#define KIND_COLUMNS 8
#define HOST_COLUMNS 56
#define REASON_COLUMNS 20
#define TEXT_COLUMNS 40

/* Where notes stand that have no room behind the host. */
#define INDENT "              "

/* The words of the section; %s is what they tell of. */
typedef enum {
	TITLE,
	MORE,
	TIMES,
	FROM_SAME,
	FROM_SUB,
	FROM_FOREIGN,
	HIDDEN,
	SHOWS,
	ONLY_SHOWN,
	LEADS_ON,
	REPORTED,
	YOU,
	EXPIRED,
	ALLOWED,
	UNLISTED,
	WORDS
} Word;

static const char *const words[WORDS][2] = {
	[TITLE] = { "It leads to (nothing here can be clicked)",
	    "リンク先 (ここからは開けません)" },
	[MORE] = { "... and %s more hosts", "... ほか %s ホスト" },
	[TIMES] = { "(%s times)", "(%s 箇所)" },
	[FROM_SAME] = { "the From's own", "差出人と同じ" },
	[FROM_SUB] = { "of the From's domain", "差出人のドメイン" },
	[FROM_FOREIGN] = { "foreign", "差出人と別" },
	[HIDDEN] = { "hidden: %s", "非表示: %s" },
	[SHOWS] = { "shows \"%s\"", "表示は「%s」" },
	[ONLY_SHOWN] = { "shown, not linked to", "表示だけ" },
	[LEADS_ON] = { "-> %s", "→ %s" },
	[REPORTED] = { "reported by %s", "登録: %s" },
	[YOU] = { ", you among them", "、あなたを含む" },
	[EXPIRED] = { "report expired", "登録は期限切れ" },
	[ALLOWED] = { "allowed by you", "あなたが許可" },
	[UNLISTED] = { "beyond the limit", "上限を超えた分" },
};

/* One entry of the page as it grows. */
typedef struct {
	GString *page;
	size_t used; /* columns of the last line */
	bool is_japanese;
} Writer;

static const char *
word(const Writer *writer, Word which)
{
	return words[which][writer->is_japanese];
}

/* Puts TEXT behind what stands there, or below it. */
static void
add_note(Writer *writer, const char *text)
{
	size_t width = hisho_text_width(text);

	if (writer->used + 2 + width > LINE_COLUMNS) {
		g_string_append(writer->page, "\n" INDENT);
		writer->used = strlen(INDENT);
	} else {
		g_string_append(writer->page, "  ");
		writer->used += 2;
	}
	g_string_append(writer->page, text);
	writer->used += width;
}

/* The word WHICH with VALUE, safe for terminals, in its place. */
static char *
dup_phrase(const Writer *writer, Word which, const char *value)
{
	g_auto(GStrv) around = g_strsplit(word(writer, which), "%s", 2);

	return g_strconcat(
	    around[0], value, around[1] != NULL ? around[1] : "", NULL);
}

static void
add_phrase(Writer *writer, Word which, const char *value)
{
	g_autofree char *text = dup_phrase(writer, which, value);

	add_note(writer, text);
}

static char *
dup_number(guint number)
{
	return g_strdup_printf("%u", number);
}

static void
add_relation(Writer *writer, const HishoHostLine *line)
{
	static const struct {
		const char *relation;
		Word word;
	} relations[] = {
		{ "same", FROM_SAME },
		{ "sub", FROM_SUB },
		{ "foreign", FROM_FOREIGN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(relations); i++)
		if (g_strcmp0(line->relation, relations[i].relation) == 0)
			add_note(writer, word(writer, relations[i].word));
}

static void
add_targets(Writer *writer, const HishoHostLine *line)
{
	const GPtrArray *targets = line->targets;

	for (guint i = 0; i < MIN(targets->len, TARGETS_SHOWN); i++) {
		const HishoHostLine target = { .host = targets->pdata[i] };
		g_autofree char *name =
		    hisho_host_line_dup_name(&target, HOST_COLUMNS);
		add_phrase(writer, LEADS_ON, name);
	}
	if (targets->len > TARGETS_SHOWN) {
		g_autofree char *rest =
		    g_strdup_printf("+%u", targets->len - TARGETS_SHOWN);
		add_note(writer, rest);
	}
}

static void
add_findings(Writer *writer, const HishoHostLine *line)
{
	for (guint i = 0; i < line->findings->len; i++) {
		g_autofree char *finding = hisho_paint_dup_fit(
		    line->findings->pdata[i], REASON_COLUMNS);
		g_autofree char *text = g_strconcat("!", finding, NULL);
		add_note(writer, text);
	}
	if (line->text != NULL) {
		g_autofree char *plain = hisho_paint_dup_unlinked(line->text);
		g_autofree char *fit = hisho_paint_dup_fit(plain, TEXT_COLUMNS);
		add_phrase(writer, SHOWS, fit);
	}
}

static char *
dup_day(gint64 time)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(time);

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d")
			   : g_strdup("-");
}

static void
add_report(Writer *writer, const HishoReports *report)
{
	g_autofree char *first = dup_day(report->first);
	g_autofree char *last = dup_day(report->last);
	bool is_one_day = strcmp(first, last) == 0;
	g_autofree char *who = g_strdup_printf(
	    "%" G_GINT64_FORMAT "%s%s, %s%s%s", hisho_reports_users(report),
	    writer->is_japanese ? " 人" : " user(s)",
	    report->own ? word(writer, YOU) : "", first,
	    is_one_day ? "" : " - ", is_one_day ? "" : last);

	add_phrase(writer, REPORTED, who);
	if (report->is_expired)
		add_note(writer, word(writer, EXPIRED));
	if (report->is_allowed)
		add_note(writer, word(writer, ALLOWED));
}

static void
add_notes(Writer *writer, const HishoHostLine *line)
{
	if (line->n_links > 1) {
		g_autofree char *times = dup_number(line->n_links);
		add_phrase(writer, TIMES, times);
	}
	add_targets(writer, line);
	if (line->reason != NULL) {
		g_autofree char *reason =
		    hisho_paint_dup_fit(line->reason, REASON_COLUMNS);
		add_phrase(writer, HIDDEN, reason);
	}
	if (line->n_links == 0)
		add_note(writer, word(writer, UNLISTED));
	else if (line->n_shown == line->n_links)
		add_note(writer, word(writer, ONLY_SHOWN));
	add_findings(writer, line);
	if (line->report != NULL)
		add_report(writer, line->report);
	add_relation(writer, line);
}

static void
add_line(Writer *writer, const HishoHostLine *line)
{
	const char *mark = line->is_bad ? "**"
	    : line->report != NULL	? " *"
					: "  ";
	g_autofree char *host = hisho_host_line_dup_name(line, HOST_COLUMNS);
	g_autofree char *kind = hisho_paint_dup_column(
	    line->kind != NULL ? line->kind : "", KIND_COLUMNS);
	g_autofree char *head = g_strdup_printf("  %s %s %s", mark, kind, host);

	g_string_append(writer->page, head);
	writer->used = hisho_text_width(head);
	add_notes(writer, line);
	g_string_append_c(writer->page, '\n');
}

static void
add_lines(Writer *writer, const HishoReportCase *about, guint limit)
{
	g_autoptr(GPtrArray) lines = hisho_host_lines(about);
	guint n_hosts = hisho_host_lines_count(about, lines);
	guint n_shown = MIN(lines->len, limit);

	for (guint i = 0; i < n_shown; i++)
		add_line(writer, lines->pdata[i]);
	if (n_hosts > n_shown) {
		g_autofree char *rest = dup_number(n_hosts - n_shown);
		g_autofree char *text = dup_phrase(writer, MORE, rest);
		g_string_append_printf(writer->page, "  %s\n", text);
	}
}

static Writer
new_writer(GString *page, const HishoReportCase *about)
{
	return (Writer){ page, 0, g_strcmp0(about->lang, "ja") == 0 };
}

void
hisho_linkpage_add_hosts(
    GString *page, const HishoReportCase *about, guint limit)
{
	Writer writer = new_writer(page, about);

	add_lines(&writer, about, limit);
}

void
hisho_linkpage_add(GString *page, const HishoReportCase *about)
{
	Writer writer = new_writer(page, about);
	g_autoptr(GString) lines = g_string_new(NULL);

	writer.page = lines;
	add_lines(&writer, about, HOSTS_SHOWN);
	if (lines->len > 0)
		g_string_append_printf(
		    page, "\n%s\n%s", word(&writer, TITLE), lines->str);
}
