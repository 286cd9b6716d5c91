#include "libhisho/report/advisor.h"

#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/text.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/report/commands.h"
#include "libhisho/report/linkpage.h"
#include "libhisho/report/paint.h"
#include "libhisho/report/reason.h"
#include "libhisho/report/routepage.h"
#include "libhisho/report/scoretable.h"
#include "libhisho/score/sentences.h"
#include "libhisho/score/warnings.h"

#define TEXT_COLUMNS 64

typedef void (*Section)(GString *page, const HishoReportCase *about);

/* "  label     TEXT", safe for terminals; nothing for no TEXT. */
static void
add_item(GString *page, const char *label, const char *text)
{
	if (text == NULL)
		return;
	g_autofree char *fit = hisho_paint_dup_fit(text, 4 * TEXT_COLUMNS);
	g_string_append_printf(page, "  %-10s %s\n", label, fit);
}

static void
add_mailboxes(GString *page, const char *label, const GPtrArray *mailboxes)
{
	for (guint i = 0; i < MIN(mailboxes->len, 5); i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		g_autofree char *text = mailbox->name == NULL
		    ? g_strdup_printf("<%s>",
			  mailbox->address != NULL ? mailbox->address : "")
		    : g_strdup_printf("%s <%s>", mailbox->name,
			  mailbox->address != NULL ? mailbox->address : "");
		add_item(page, i == 0 ? label : "", text);
	}
	if (mailboxes->len > 5)
		g_string_append_printf(
		    page, "%13s... and %u more\n", "", mailboxes->len - 5);
}

/* TEXT in lines of TEXT_COLUMNS, the first behind LABEL. */
static void
add_wrapped(GString *page, const char *label, const char *text)
{
	g_autofree char *safe = hisho_text_for_terminal(text);

	for (const char *rest = safe; *rest != '\0' || rest == safe;) {
		size_t length = hisho_paint_line_length(rest, TEXT_COLUMNS);
		g_autofree char *line = g_strndup(rest, length);
		g_string_append_printf(page, "  %-8s %s\n",
		    rest == safe ? label : "", g_strchomp(line));
		if (length == 0)
			return;
		rest += length;
	}
}

static void
add_verdict(GString *page, const HishoReportCase *about)
{
	const HishoVerdict *verdict = about->verdict;
	g_autofree char *word = g_ascii_strup(verdict->advice, -1);
	g_autofree char *painted =
	    hisho_paint_dup_advice(word, verdict->advice, about->is_colored);

	g_string_append_printf(page, "%s (%s%s%s)   folder: %s (%s)\n", painted,
	    verdict->advice_reason, verdict->by != NULL ? ": " : "",
	    verdict->by != NULL ? verdict->by : "", verdict->folder,
	    verdict->folder_reason);
	g_autofree char *reason = hisho_reason_dup(about);
	add_wrapped(page, "because", reason);
}

static void
add_letter(GString *page, const HishoReportCase *about)
{
	const HishoLetter *letter = about->facts->letter;

	g_string_append_c(page, '\n');
	add_mailboxes(page, "From", letter->from);
	if (letter->sender->len > 0)
		add_mailboxes(page, "Sender", letter->sender);
	add_mailboxes(page, "To", letter->to);
	add_mailboxes(page, "Cc", letter->cc);
	add_item(page, "Subject", letter->subject);
	add_item(page, "Date", letter->date);
	add_item(page, "Envelope",
	    letter->return_path != NULL && *letter->return_path == '\0'
		? "<> (the null sender)"
		: letter->return_path);
	add_mailboxes(page, "Reply goes",
	    letter->reply_to->len > 0 ? letter->reply_to : letter->from);
}

/* What the warning says, with nothing in it that could be clicked. */
static char *
dup_warning(const HishoWarning *warning, const char *lang)
{
	static const char *const links[] = { "link", "host", "text", "target",
		"words", NULL };
	g_autoptr(GPtrArray) evidence = g_ptr_array_new_with_free_func(g_free);
	const GPtrArray *pairs = warning->evidence;

	for (guint i = 0; i + 1 < pairs->len; i += 2) {
		const char *name = pairs->pdata[i],
			   *value = pairs->pdata[i + 1];
		g_ptr_array_add(evidence, g_strdup(name));
		g_ptr_array_add(evidence,
		    g_strv_contains(links, name)
			? hisho_paint_dup_unlinked(value)
			: g_strdup(value));
	}
	return hisho_sentence_dup(warning->code, lang, evidence);
}

static void
add_warnings(GString *page, const HishoReportCase *about)
{
	const GPtrArray *warnings = about->verdict->warnings;

	if (warnings->len > 0)
		g_string_append(page, "\nTake care with this mail\n");
	for (guint i = 0; i < warnings->len; i++) {
		g_autofree char *text =
		    dup_warning(warnings->pdata[i], about->lang);
		add_wrapped(
		    page, hisho_warning_level(warnings->pdata[i]), text);
	}
}

static const char *
find_reason(const char *why)
{
	static const struct {
		const char *why;
		const char *reason;
	} reasons[] = {
		{ "by-hand", "you said so" },
		{ "client-ip", "your mail server said so" },
		{ "configured",
		    "it spoke to a server you configured as yours" },
		{ "first-public", "the topmost with a public address" },
		{ "local", "the mail was made here" },
		{ "unreadable", "your server does not say by whom it came" },
		{ "hidden",
		    "your server saw a private address that may be "
		    "anybody's" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (g_strcmp0(why, reasons[i].why) == 0)
			return reasons[i].reason;
	return NULL;
}

/* Why this host was taken, and how sure that is; what else is no word of the
 * table names the provider. */
static void
add_choice(GString *page, const HishoRoute *route)
{
	const char *reason = find_reason(route->why);
	g_autofree char *provider = route->why == NULL
	    ? g_strdup("unknown")
	    : g_strdup_printf(
		  "it spoke to %s, where your mailbox is", route->why);
	g_autofree char *field = route->hop > 0
	    ? g_strdup_printf(
		  "Received field %" G_GINT64_FORMAT ": ", route->hop)
	    : g_strdup("");
	g_autofree char *why =
	    g_strdup_printf("%s%s", field, reason != NULL ? reason : provider);

	add_item(page, "chosen as", why);
	add_item(page, "confidence", route->confidence);
	if (route->origin == NULL)
		return;
	g_autofree char *origin = g_strdup_printf(
	    "[%s] is where it claims to come from", route->origin);
	add_item(page, "origin", origin);
}

static void
add_host(GString *page, const HishoReportCase *about)
{
	const HishoRoute *route = about->route;

	g_string_append(page, "\nThe host that spoke to your server\n");
	if (route->ip == NULL) {
		const char *reason = find_reason(route->why);
		g_string_append_printf(page, "  none is known: %s\n",
		    reason != NULL ? reason : "its header does not tell");
		return;
	}
	g_autofree char *host =
	    g_strdup_printf("[%s]  DNS forward: %s, reverse: %s", route->ip,
		route->forward, route->reverse);
	g_autofree char *fit = hisho_paint_dup_fit(host, 4 * TEXT_COLUMNS);
	g_string_append_printf(page, "  %s\n", fit);
	add_item(page, "calls itself", route->helo);
	add_item(page, "known as", route->rdns);
	if (route->dns != NULL) {
		add_item(page, "DNS name", route->dns->ptr);
		add_item(page, "country", route->dns->country);
	}
	add_item(page, "received by", route->by);
	add_item(page, "TLS", route->tls != NULL ? route->tls : "none");
	add_choice(page, route);
}

static void
add_findings(GString *page, const GPtrArray *findings)
{
	for (guint i = 0; i < findings->len; i++) {
		g_autofree char *finding =
		    hisho_paint_dup_fit(findings->pdata[i], TEXT_COLUMNS);
		g_string_append_printf(page, " !%s", finding);
	}
}

static void
add_attachments(GString *page, const HishoReportCase *about)
{
	const GPtrArray *attachments = about->facts->letter->attachments;

	if (attachments->len > 0)
		g_string_append(page, "\nAttachments\n");
	for (guint i = 0; i < attachments->len; i++) {
		const HishoAttachment *attachment = attachments->pdata[i];
		g_autofree char *name = hisho_paint_dup_fit(
		    attachment->name != NULL ? attachment->name : "(no name)",
		    40);
		g_autofree char *type =
		    hisho_paint_dup_fit(attachment->type, 40);
		g_string_append_printf(page,
		    "  %s  %s, %" G_GINT64_FORMAT " bytes", name, type,
		    attachment->size);
		add_findings(page, attachment->findings);
		g_string_append_c(page, '\n');
	}
}

char *
hisho_advisor_dup_page(const HishoReportCase *about)
{
	static const Section sections[] = { add_verdict, add_letter,
		add_warnings, add_host, hisho_routepage_add,
		hisho_scoretable_add, hisho_linkpage_add, add_attachments,
		hisho_commands_add };
	GString *page = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		sections[i](page, about);
	return g_string_free(page, FALSE);
}
