#include "libhisho/report/safeview.h"

#include <string.h>

#include "libhisho/links/textlink.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/text.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/report/paint.h"

#define COLUMNS 78
#define LINKS_SHOWN 100
#define MAILBOXES_SHOWN 10

static const struct {
	const char *en, *ja;
} disabled = {
	"Links and attachments are disabled here; nothing was opened.",
	"ここではリンクと添付ファイルは無効です。何も開かれません。",
};

/* TEXT of one line, in as many as it takes. */
static void
add_line(GString *page, const char *text)
{
	const char *rest = text;

	do {
		size_t length = hisho_paint_line_length(rest, COLUMNS);
		g_autofree char *line = g_strndup(rest, length);
		g_string_append_printf(page, "%s\n", g_strchomp(line));
		rest += length;
		if (length == 0)
			return;
	} while (*rest != '\0');
}

static void
add_item(GString *page, const char *label, const char *text)
{
	g_autofree char *safe =
	    text != NULL ? hisho_paint_dup_unlinked(text) : NULL;
	g_autofree char *line = g_strdup_printf("%s: %s", label, safe);

	if (safe != NULL)
		add_line(page, line);
}

static void
add_mailboxes(GString *page, const char *label, const GPtrArray *mailboxes)
{
	for (guint i = 0; i < MIN(mailboxes->len, MAILBOXES_SHOWN); i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		const char *address = mailbox->address;
		g_autofree char *name =
		    hisho_text_for_terminal(mailbox->name ? mailbox->name : "");
		g_autofree char *safe =
		    hisho_text_for_terminal(address ? address : "");
		g_autofree char *line = g_strdup_printf("%s: %s%s<%s>", label,
		    name, *name != '\0' ? " " : "", safe);
		add_line(page, line);
	}
	if (mailboxes->len > MAILBOXES_SHOWN)
		g_string_append_printf(page, "%s: ... and %u more\n", label,
		    mailboxes->len - MAILBOXES_SHOWN);
}

/* What is no link, though a program might take it for one. */
static void
append_safe(GString *out, const char *text, size_t length)
{
	g_autofree char *part = g_strndup(text, length);
	bool is_odd =
	    strcasestr(part, "www.") != NULL || strstr(part, "://") != NULL;
	g_autofree char *safe = is_odd ? hisho_paint_dup_unlinked(part)
				       : hisho_text_for_terminal(part);

	g_string_append(out, safe);
}

/* One line of the mail's text; a link is broken, other dots are not. */
static void
add_text_line(GString *page, const char *text, size_t length)
{
	g_autoptr(GString) line = g_string_new(NULL);
	HishoTextlink link;
	size_t at = 0, done = 0;

	while (hisho_textlink_find(text, length, &at, &link)) {
		g_autofree char *whole =
		    g_strndup(text + link.start, link.end - link.start);
		g_autofree char *broken = hisho_paint_dup_unlinked(whole);
		append_safe(line, text + done, link.start - done);
		g_string_append(line, broken);
		done = link.end;
	}
	append_safe(line, text + done, length - done);
	add_line(page, line->str);
}

/* The text, of empty lines that follow each other one. */
static void
add_text(GString *page, const char *text)
{
	bool was_empty = true;

	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		bool is_empty = strspn(text, " \t\r") >= length;
		if (!is_empty)
			add_text_line(page, text, length);
		else if (!was_empty)
			g_string_append_c(page, '\n');
		was_empty = is_empty;
		text += length + (text[length] == '\n');
	}
	if (!was_empty)
		g_string_append_c(page, '\n');
}

static void
add_body(GString *page, const HishoReportCase *about)
{
	const char *text = about->facts->text;
	size_t length = page->len;

	if (text != NULL)
		add_text(page, text);
	if (page->len == length && about->degraded != NULL)
		g_string_append_printf(page,
		    "(the text could not be read: %s)\n\n", about->degraded);
	else if (page->len == length)
		g_string_append(page, "(the mail shows no text)\n\n");
}

/* What can be clicked elsewhere: its wording and where it leads. */
static void
add_links(GString *page, const HishoReportCase *about)
{
	const GPtrArray *links = about->facts->found->links;
	guint n = 0;

	for (guint i = 0; i < links->len && n < LINKS_SHOWN; i++) {
		const HishoLink *link = links->pdata[i];
		if (!link->visible || g_strcmp0(link->kind, "click") != 0)
			continue;
		g_autofree char *url = hisho_paint_dup_unlinked(link->url);
		g_autofree char *text =
		    hisho_paint_dup_unlinked(link->text ? link->text : "");
		g_autofree char *line = g_strdup_printf("  %s%s%s",
		    *text != '\0' ? text : "", *text != '\0' ? ": " : "", url);
		if (n++ == 0)
			g_string_append(page, "Links (disabled)\n");
		add_line(page, line);
	}
	if (n > 0)
		g_string_append_c(page, '\n');
}

static void
add_attachments(GString *page, const HishoReportCase *about)
{
	const GPtrArray *attachments = about->facts->letter->attachments;

	if (attachments->len > 0)
		g_string_append(page, "Attachments (not written)\n");
	for (guint i = 0; i < attachments->len; i++) {
		const HishoAttachment *attachment = attachments->pdata[i];
		g_autofree char *name = hisho_text_for_terminal(
		    attachment->name ? attachment->name : "(no name)");
		g_autofree char *type = hisho_text_for_terminal(
		    attachment->type ? attachment->type : "");
		g_autofree char *line =
		    g_strdup_printf("  %s  %s, %" G_GINT64_FORMAT " bytes",
			name, type, attachment->size);
		add_line(page, line);
	}
	if (attachments->len > 0)
		g_string_append_c(page, '\n');
}

char *
hisho_safeview_dup_page(const HishoReportCase *about)
{
	const HishoLetter *letter = about->facts->letter;
	GString *page = g_string_new(NULL);
	bool is_japanese = g_strcmp0(about->lang, "ja") == 0;

	add_mailboxes(page, "From", letter->from);
	add_mailboxes(page, "To", letter->to);
	add_mailboxes(page, "Cc", letter->cc);
	add_item(page, "Date", letter->date);
	add_item(page, "Subject", letter->subject);
	g_string_append_printf(
	    page, "[%s]\n\n", is_japanese ? disabled.ja : disabled.en);
	add_body(page, about);
	add_links(page, about);
	add_attachments(page, about);
	return g_string_free(page, FALSE);
}
