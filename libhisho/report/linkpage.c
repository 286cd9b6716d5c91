#include "libhisho/report/linkpage.h"

#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/report/paint.h"
#include "libhisho/store/suspects.h"

/* A page is for reading; --format=json has them all. */
#define HOSTS_SHOWN 40
#define KIND_COLUMNS 8
#define REASON_COLUMNS 20

/* One host of the mail: its gravest finding counts for all its links. */
typedef struct {
	const char *host;
	const char *domain;
	const char *kind;
	bool is_visible;
	const char *reason;
	const HishoReports *report;
	guint n_links;
} HostLine;

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
note_link(GHashTable *seen, GPtrArray *lines, GHashTable *index,
    const HishoLink *link)
{
	if (link->host == NULL)
		return;
	HostLine *line = g_hash_table_lookup(seen, link->host);
	if (line == NULL) {
		line = g_new0(HostLine, 1);
		line->host = link->host;
		line->domain = link->domain;
		line->reason = link->reason;
		g_hash_table_insert(seen, (char *)(gsize)link->host, line);
		g_ptr_array_add(lines, line);
	}
	if (line->kind == NULL || is_weightier(link->kind, line->kind))
		line->kind = link->kind;
	if (line->report == NULL)
		line->report =
		    hisho_suspects_find(index, link->host, link->url);
	line->is_visible |= link->visible;
	line->n_links++;
}

/* "www.amazon-jp." and "zydmrou.cn" as www[.]amazon-jp[.]{zydmrou[.]cn}. */
static char *
dup_host(const HostLine *line)
{
	const char *host = line->host;
	size_t length = strlen(host);
	size_t tail = line->domain != NULL ? strlen(line->domain) : 0;

	if (tail == 0 || tail >= length ||
	    !g_str_has_suffix(host, line->domain))
		return hisho_paint_dup_defanged(host);
	g_autofree char *left = g_strndup(host, length - tail);
	g_autofree char *front = hisho_paint_dup_defanged(left);
	g_autofree char *back = hisho_paint_dup_defanged(line->domain);
	return g_strdup_printf("%s{%s}", front, back);
}

static void
add_line(GString *page, const HostLine *line)
{
	const HishoReports *report = line->report;
	bool is_bad = report != NULL;
	g_autofree char *host = dup_host(line);
	g_autofree char *kind = hisho_paint_dup_column(
	    line->kind != NULL ? line->kind : "", KIND_COLUMNS);

	g_string_append_printf(
	    page, "  %s %s %s", is_bad ? "**" : "  ", kind, host);
	if (line->n_links > 1)
		g_string_append_printf(page, "  (%u times)", line->n_links);
	if (!line->is_visible && line->reason != NULL) {
		g_autofree char *reason =
		    hisho_paint_dup_fit(line->reason, REASON_COLUMNS);
		g_string_append_printf(page, "  hidden: %s", reason);
	}
	if (is_bad)
		g_string_append_printf(page,
		    "  reported by %" G_GINT64_FORMAT " user(s)",
		    report->others + (report->own ? 1 : 0));
	g_string_append_c(page, '\n');
}

void
hisho_linkpage_add(GString *page, const HishoReportCase *about)
{
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GHashTable) index = hisho_suspects_index(
	    about->memory != NULL ? about->memory->reports : none);
	const GPtrArray *links = about->facts->found->links;

	for (guint i = 0; i < links->len; i++)
		note_link(seen, lines, index, links->pdata[i]);
	if (lines->len == 0)
		return;
	g_string_append(page, "\nIt leads to (nothing here can be clicked)\n");
	for (guint i = 0; i < MIN(lines->len, HOSTS_SHOWN); i++)
		add_line(page, lines->pdata[i]);
	if (lines->len > HOSTS_SHOWN)
		g_string_append_printf(page, "  ... and %u more hosts\n",
		    lines->len - HOSTS_SHOWN);
}
