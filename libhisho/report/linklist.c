#include "libhisho/report/linklist.h"

#include <string.h>

#include "libhisho/mail/mailbox.h"
#include "libhisho/report/linkpage.h"
#include "libhisho/report/paint.h"

#define KIND_COLUMNS 8
#define WHERE_COLUMNS 24
#define TEXT_COLUMNS 64
#define WORD_COLUMNS 20

/* A URL wider than this tells no more. */
#define URL_COLUMNS 400

/* "FILE 3  <from>  subject", where the reader must be told which mail it is. */
static void
add_name(GString *text, const HishoReportCase *about)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoMailbox *from =
	    letter->from->len > 0 ? letter->from->pdata[0] : NULL;
	g_autofree char *number = about->is_numbered
	    ? g_strdup_printf(" %" G_GINT64_FORMAT, about->index)
	    : g_strdup("");

	if (about->file == NULL && !about->is_numbered)
		return;
	g_autofree char *name = g_strdup_printf("%s%s  <%s>  %s",
	    about->file != NULL ? about->file : "mail", number,
	    from != NULL && from->address != NULL ? from->address : "",
	    letter->subject != NULL ? letter->subject : "");
	g_autofree char *fit = hisho_paint_dup_fit(name, TEXT_COLUMNS + 14);
	g_string_append_printf(text, "%s\n", fit);
}

char *
hisho_linklist_dup_hosts(const HishoReportCase *about)
{
	GString *text = g_string_new(NULL);

	add_name(text, about);
	hisho_linkpage_add_hosts(text, about, G_MAXUINT);
	return g_string_free(text, FALSE);
}

/* "  label  TEXT"; nothing for no TEXT. */
static void
add_item(GString *text, const char *label, const char *value, size_t columns)
{
	if (value == NULL || *value == '\0')
		return;
	g_autofree char *plain = hisho_paint_dup_unlinked(value);
	g_autofree char *fit = hisho_paint_dup_fit(plain, columns);
	g_string_append_printf(text, "     %-7s %s\n", label, fit);
}

static void
add_words(GString *text, const HishoLink *link, const HishoReports *report)
{
	GString *words = g_string_new(NULL);

	g_autofree char *relation = hisho_paint_dup_fit(
	    link->relation != NULL ? link->relation : "", WORD_COLUMNS);

	if (*relation != '\0')
		g_string_append_printf(words, " %s", relation);
	for (guint i = 0; i < link->findings->len; i++) {
		g_autofree char *finding =
		    hisho_paint_dup_fit(link->findings->pdata[i], WORD_COLUMNS);
		g_string_append_printf(words, " !%s", finding);
	}
	if (report != NULL)
		g_string_append_printf(words,
		    " reported by %" G_GINT64_FORMAT " user(s)%s%s",
		    hisho_reports_users(report),
		    report->is_expired ? ", expired" : "",
		    report->is_allowed ? ", allowed by you" : "");
	if (words->len > 0)
		g_string_append_printf(text, "     %-7s%s\n", "", words->str);
	g_string_free(words, TRUE);
}

static char *
dup_sight(const HishoLink *link)
{
	g_autofree char *reason = hisho_paint_dup_fit(
	    link->reason != NULL ? link->reason : "", WORD_COLUMNS);

	if (link->visible)
		return g_strdup("shown");
	return *reason != '\0' ? g_strconcat("hidden: ", reason, NULL)
			       : g_strdup("loaded");
}

static void
add_link(GString *text, const HishoReportCase *about, const HishoLink *link,
    const HishoReports *report)
{
	bool is_bad = report != NULL &&
	    hisho_reports_hold(report, MAX(about->others_red, 1));
	g_autofree char *kind = hisho_paint_dup_column(
	    link->kind != NULL ? link->kind : "", KIND_COLUMNS);
	g_autofree char *where = hisho_paint_dup_column(
	    link->where != NULL ? link->where : "", WHERE_COLUMNS);
	g_autofree char *sight = dup_sight(link);

	g_string_append_printf(text, "  %s %s %s at %" G_GINT64_FORMAT "  %s\n",
	    is_bad		 ? "**"
		: report != NULL ? " *"
				 : "  ",
	    kind, where, link->offset, sight);
	add_item(text, "reads", link->text, TEXT_COLUMNS);
	add_item(text, "leads", link->url, URL_COLUMNS);
	add_words(text, link, report);
}

char *
hisho_linklist_dup_links(const HishoReportCase *about)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GHashTable) index = hisho_reports_index(
	    about->memory != NULL ? about->memory->reports : none);
	const HishoLinksFound *found = about->facts->found;

	add_name(text, about);
	for (guint i = 0; i < found->links->len; i++) {
		const HishoLink *link = found->links->pdata[i];
		if (link->visible && about->is_hidden_only)
			continue;
		add_link(text, about, link,
		    hisho_reports_find(index, link->host, link->url));
	}
	if (found->limit_reached)
		g_string_append(
		    text, "  ... the limit was reached: there are more\n");
	return g_string_free(text, FALSE);
}
