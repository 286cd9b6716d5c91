#include "libhisho/report/hostline.h"

#include <string.h>

#include "libhisho/report/paint.h"

/* More of them tell no more. */
#define FINDINGS 6
#define TARGETS 16

typedef struct {
	const HishoReportCase *about;
	GHashTable *index; /* of reports */
	GHashTable *seen;  /* lines by host */
	GPtrArray *lines;
	const HishoLink *carrier; /* the last link that is no target */
} Summary;

void
hisho_host_line_free(void *data)
{
	HishoHostLine *line = data;

	g_ptr_array_unref(line->targets);
	g_ptr_array_unref(line->findings);
	g_free(line);
}

/* A link that is clicked says more than one that is only loaded. */
static bool
is_weightier(const char *kind, const char *than)
{
	static const char *const order[] = { "header", "resource", "redirect",
		"text", "click", "form" };
	int a = 0, b = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		if (g_strcmp0(kind, order[i]) == 0)
			a = (int)i;
		if (g_strcmp0(than, order[i]) == 0)
			b = (int)i;
	}
	return a > b;
}

static void
add_once(GPtrArray *texts, char *text, guint limit)
{
	if (text != NULL && texts->len < limit &&
	    !g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
		g_ptr_array_add(texts, text);
}

static HishoHostLine *
line_of(Summary *summary, const char *host)
{
	HishoHostLine *line = g_hash_table_lookup(summary->seen, host);

	if (line != NULL)
		return line;
	line = g_new0(HishoHostLine, 1);
	line->host = host;
	line->targets = g_ptr_array_new();
	line->findings = g_ptr_array_new();
	g_hash_table_insert(summary->seen, (char *)(gsize)host, line);
	g_ptr_array_add(summary->lines, line);
	return line;
}

static void
note_report(
    const Summary *summary, HishoHostLine *line, const HishoReports *report)
{
	gint64 red = MAX(summary->about->others_red, 1);
	bool is_bad = report != NULL && hisho_reports_hold(report, red);

	if (line->report == NULL || (is_bad && !line->is_bad))
		line->report = report;
	line->is_bad |= is_bad;
}

/* Why LINK is hidden; what an anchor shows, and where a wrapper leads on to,
 * is not meant to be seen as a link. */
static const char *
hidden_reason(const HishoLink *link)
{
	bool is_meant = g_strcmp0(link->reason, "anchor") == 0 ||
	    g_strcmp0(link->reason, "target") == 0;

	return link->visible || is_meant ? NULL : link->reason;
}

static void
note_findings(HishoHostLine *line, const HishoLink *link)
{
	for (guint i = 0; i < link->findings->len; i++) {
		char *finding = link->findings->pdata[i];
		add_once(line->findings, finding, FINDINGS);
		if (strcmp(finding, "text-differs") == 0)
			line->text = link->text;
	}
}

static bool
is_target(const HishoLink *carrier, const HishoLink *link)
{
	return carrier != NULL && carrier->host != NULL &&
	    g_strcmp0(link->kind, "redirect") == 0 &&
	    g_strcmp0(link->reason, "target") == 0 &&
	    link->offset == carrier->offset &&
	    g_strcmp0(link->where, carrier->where) == 0;
}

static void
note_link(Summary *summary, const HishoLink *link)
{
	if (is_target(summary->carrier, link))
		add_once(line_of(summary, summary->carrier->host)->targets,
		    link->host, TARGETS);
	else
		summary->carrier = link;
	if (link->host == NULL)
		return;
	HishoHostLine *line = line_of(summary, link->host);
	if (line->n_links++ == 0) {
		line->domain = link->domain;
		line->relation = link->relation;
	}
	if (line->kind == NULL || is_weightier(link->kind, line->kind))
		line->kind = link->kind;
	if (line->reason == NULL)
		line->reason = hidden_reason(link);
	line->n_shown += g_strcmp0(link->reason, "anchor") == 0;
	line->is_visible |= link->visible;
	note_findings(line, link);
	note_report(summary, line,
	    hisho_reports_find(summary->index, link->host, link->url));
}

/* A limit cuts the list, not what was reported. */
static void
note_unlisted(Summary *summary)
{
	const GPtrArray *hosts = summary->about->facts->found->hosts;

	if (g_hash_table_size(summary->index) == 0)
		return;
	for (guint i = 0; i < hosts->len; i++) {
		const char *host = hosts->pdata[i];
		const HishoReports *report =
		    g_hash_table_contains(summary->seen, host)
		    ? NULL
		    : hisho_reports_find(summary->index, host, NULL);
		if (report != NULL)
			note_report(summary, line_of(summary, host), report);
	}
}

/* What is only loaded has nothing to show. */
static bool
is_hidden(const HishoHostLine *line)
{
	return line->reason != NULL && g_strcmp0(line->kind, "resource") != 0 &&
	    g_strcmp0(line->kind, "header") != 0;
}

bool
hisho_host_line_is_odd(const HishoHostLine *line)
{
	return line->is_bad || line->findings->len > 0 || is_hidden(line);
}

static int
rank(const HishoHostLine *line)
{
	bool is_foreign = g_strcmp0(line->relation, "same") != 0 &&
	    g_strcmp0(line->relation, "sub") != 0;

	if (line->is_bad)
		return 0;
	if (line->findings->len > 0 && is_foreign)
		return 1;
	if (line->report != NULL || is_hidden(line))
		return 2;
	return line->is_visible && is_foreign ? 3 : 4;
}

/* In the order of the mail among those of one rank. */
static void
sort(GPtrArray *lines)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();

	for (int wanted = 0; wanted <= 4; wanted++)
		for (guint i = 0; i < lines->len; i++)
			if (rank(lines->pdata[i]) == wanted)
				g_ptr_array_add(sorted, lines->pdata[i]);
	for (guint i = 0; i < sorted->len; i++)
		lines->pdata[i] = sorted->pdata[i];
}

GPtrArray *
hisho_host_lines(const HishoReportCase *about)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) index = hisho_reports_index(
	    about->memory != NULL ? about->memory->reports : none);
	Summary summary = {
		.about = about,
		.index = index,
		.seen = seen,
		.lines = g_ptr_array_new_with_free_func(hisho_host_line_free),
	};
	const GPtrArray *links = about->facts->found->links;

	for (guint i = 0; i < links->len; i++)
		note_link(&summary, links->pdata[i]);
	for (guint i = 0; i < summary.lines->len; i++) {
		HishoHostLine *line = summary.lines->pdata[i];
		if (line->is_visible)
			line->reason = NULL;
	}
	note_unlisted(&summary);
	sort(summary.lines);
	return summary.lines;
}

guint
hisho_host_lines_count(const HishoReportCase *about, const GPtrArray *lines)
{
	return MAX(about->facts->found->hosts->len, lines->len);
}

char *
hisho_host_line_dup_name(const HishoHostLine *line, size_t columns)
{
	const char *host = line->host;
	size_t length = strlen(host);
	size_t tail = line->domain != NULL ? strlen(line->domain) : 0;
	bool is_apart =
	    tail > 0 && tail < length && g_str_has_suffix(host, line->domain);

	g_autofree char *left = g_strndup(host, is_apart ? length - tail : 0);
	g_autofree char *front = hisho_paint_dup_defanged(left);
	g_autofree char *back =
	    hisho_paint_dup_defanged(is_apart ? line->domain : host);
	g_autofree char *whole =
	    is_apart ? g_strdup_printf("%s{%s}", front, back) : g_strdup(back);
	return hisho_paint_dup_tail(whole, columns);
}
