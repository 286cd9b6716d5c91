#include "libhisho/score/warnings.h"

#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/mail/address.h"
#include "libhisho/parse/attachment.h"
#include "libhisho/parse/mark.h"
#include "libhisho/score/sentences.h"

/* One warning of a kind is heard, a hundred are not. */
#define WARNINGS_OF_ONE_CODE 3

typedef void (*Detector)(const HishoWarningCase *about, GPtrArray *warnings);

void
hisho_warning_free(void *data)
{
	HishoWarning *warning = data;

	g_ptr_array_unref(warning->evidence);
	g_free(warning);
}

static bool
has_same_texts(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < MIN(a->len, b->len); i++)
		if (strcmp(a->pdata[i], b->pdata[i]) != 0)
			return false;
	return a->len == b->len;
}

/* Whether NEW tells nothing more: it is there, or enough of its kind are. */
static bool
is_told(const GPtrArray *warnings, const HishoWarning *new)
{
	guint n = 0;

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (strcmp(warning->code, new->code) != 0)
			continue;
		n++;
		if (has_same_texts(warning->evidence, new->evidence))
			return true;
	}
	return n >= WARNINGS_OF_ONE_CODE;
}

/* Adds a warning; names and values follow in turn, NULL ends them.  A NULL
 * value is empty. */
static void G_GNUC_NULL_TERMINATED
warn(GPtrArray *warnings, const char *code, ...)
{
	HishoWarning *warning = g_new0(HishoWarning, 1);
	va_list list;
	const char *name;

	warning->code = code;
	warning->evidence = g_ptr_array_new_with_free_func(g_free);
	va_start(list, code);
	while ((name = va_arg(list, const char *)) != NULL) {
		const char *value = va_arg(list, const char *);
		if (value == NULL)
			continue;
		g_ptr_array_add(warning->evidence, g_strdup(name));
		g_ptr_array_add(warning->evidence, g_strdup(value));
	}
	va_end(list);
	if (is_told(warnings, warning))
		hisho_warning_free(warning);
	else
		g_ptr_array_add(warnings, warning);
}

static bool
has(const GPtrArray *findings, const char *finding)
{
	return findings != NULL &&
	    g_ptr_array_find_with_equal_func(
		(GPtrArray *)(gsize)findings, finding, g_str_equal, NULL);
}

static const HishoMailbox *
from_of(const HishoFacts *facts)
{
	return facts->letter->from->len > 0 ? facts->letter->from->pdata[0]
					    : NULL;
}

static const char *
from_address(const HishoFacts *facts)
{
	const HishoMailbox *from = from_of(facts);

	return from != NULL ? from->address : NULL;
}

static void
find_limits(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *limits = about->facts->letter->limits;

	for (guint i = 0; i < limits->len; i++)
		warn(
		    warnings, "limit-reached", "limit", limits->pdata[i], NULL);
}

static void
find_reports(const HishoWarningCase *about, GPtrArray *warnings)
{
	for (guint i = 0; i < about->memory->reports->len; i++) {
		const HishoReports *report = about->memory->reports->pdata[i];
		gint64 n_users = report->others + (report->own ? 1 : 0);
		bool counts =
		    report->own || report->others >= about->config->others_red;
		if (!counts)
			continue;
		g_autofree char *users =
		    g_strdup_printf("%" G_GINT64_FORMAT, n_users);
		warn(warnings, "link-reported", "link", report->entry, "users",
		    users, NULL);
	}
}

/* A pool stays one when this From has used it before. */
static void
find_permit(const HishoWarningCase *about, GPtrArray *warnings)
{
	const char *ip = about->route->ip;

	if (about->is_permitted && !about->is_proven && !about->is_local)
		warn(warnings,
		    about->is_shared ? "permit-unproven" : "permit-forged",
		    "from", from_address(about->facts), "ip", ip, "reason",
		    ip == NULL ? "host-unknown" : NULL, NULL);
}

static void
find_self(const HishoWarningCase *about, GPtrArray *warnings)
{
	if (about->is_own_address && about->route->ip != NULL)
		warn(warnings, "self-forged", "from",
		    from_address(about->facts), "ip", about->route->ip, NULL);
}

/* The address that an anchor shows is no link of its own, but it is seen. */
static bool
is_hidden(const HishoLink *link)
{
	return !link->visible && link->reason != NULL &&
	    strcmp(link->reason, "anchor") != 0;
}

static void
find_links(const HishoWarningCase *about, GPtrArray *warnings)
{
	static const struct {
		const char *finding;
		const char *code;
	} table[] = {
		{ "text-differs", "link-text-differs" },
		{ "userinfo", "link-userinfo" },
		{ "address", "link-address" },
		{ "mixed-script", "link-mixed-script" },
	};
	const GPtrArray *links = about->facts->found->links;

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		bool is_click = g_strcmp0(link->kind, "click") == 0 ||
		    g_strcmp0(link->kind, "text") == 0 ||
		    g_strcmp0(link->kind, "form") == 0;
		bool is_foreign = g_strcmp0(link->relation, "same") != 0 &&
		    g_strcmp0(link->relation, "sub") != 0;
		if (!is_click || !is_foreign)
			continue;
		for (size_t j = 0; j < G_N_ELEMENTS(table); j++)
			if (has(link->findings, table[j].finding))
				warn(warnings, table[j].code, "host",
				    link->host, "text", link->text, NULL);
		if (is_hidden(link))
			warn(warnings, "link-hidden", "host", link->host,
			    "reason", link->reason, NULL);
	}
}

static void
find_forms(const HishoWarningCase *about, GPtrArray *warnings)
{
	if (about->facts->found->has_password_input)
		warn(warnings, "form-password", NULL);
}

static void
find_attachments(const HishoWarningCase *about, GPtrArray *warnings)
{
	static const char *const dangers[] = { "executable", "script", "macro",
		"double-extension", "hidden-extension", "bidi-name" };
	const GPtrArray *attachments = about->facts->letter->attachments;

	for (guint i = 0; i < attachments->len; i++) {
		const HishoAttachment *attachment = attachments->pdata[i];
		for (size_t j = 0; j < G_N_ELEMENTS(dangers); j++) {
			if (!has(attachment->findings, dangers[j]))
				continue;
			warn(warnings, "attachment-dangerous", "name",
			    attachment->name != NULL ? attachment->name
						     : attachment->type,
			    "why", dangers[j], NULL);
			break;
		}
	}
}

static void
find_route(const HishoWarningCase *about, GPtrArray *warnings)
{
	if (g_strcmp0(about->route->novelty, "unrelated") != 0)
		return;
	g_autofree char *messages = g_strdup_printf("%" G_GINT64_FORMAT,
	    hisho_memory_before(
		about->memory, about->memory->standing.from.own.messages));
	warn(warnings, "route-new", "from", from_address(about->facts), "ip",
	    about->route->ip, "messages", messages, NULL);
}

static void
find_from(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoMailbox *from = from_of(about->facts);

	if (has(letter->findings, "from-multiple"))
		warn(warnings, "from-multiple", NULL);
	if (has(letter->findings, "from-name-address"))
		warn(warnings, "from-name-differs", "name", from->name,
		    "address", from->address, NULL);
	if (has(letter->findings, "no-recipients"))
		warn(warnings, "no-to", NULL);
}

static void
find_reply(const HishoWarningCase *about, GPtrArray *warnings)
{
	const HishoLetter *letter = about->facts->letter;
	const HishoMailbox *from = from_of(about->facts);
	bool is_list = letter->list != NULL && letter->list->id != NULL;

	for (guint i = 0; from != NULL && !is_list && i < letter->reply_to->len;
	     i++) {
		const HishoMailbox *reply = letter->reply_to->pdata[i];
		if (reply->address != NULL && reply->organization != NULL &&
		    g_strcmp0(reply->organization, from->organization) != 0)
			warn(warnings, "reply-to-differs", "reply-to",
			    reply->address, "from", from->address, NULL);
	}
}

static void
find_marks(const HishoWarningCase *about, GPtrArray *warnings)
{
	const GPtrArray *marks = about->facts->letter->marks;

	for (guint i = 0; i < marks->len; i++) {
		const HishoMark *mark = marks->pdata[i];
		if (g_strcmp0(mark->verdict, "spam") != 0)
			continue;
		warn(warnings, "upstream-marked", "field", mark->name, NULL);
		return;
	}
}

/* The gravest kind first, as the sentences are sorted. */
static gint
compare(gconstpointer a, gconstpointer b)
{
	const HishoWarning *first = *(HishoWarning *const *)a;
	const HishoWarning *second = *(HishoWarning *const *)b;

	return hisho_sentence_rank(first->code) -
	    hisho_sentence_rank(second->code);
}

GPtrArray *
hisho_warnings_find(const HishoWarningCase *about)
{
	static const Detector detectors[] = { find_limits, find_reports,
		find_permit, find_self, find_links, find_forms,
		find_attachments, find_route, find_from, find_reply,
		find_marks };
	GPtrArray *warnings =
	    g_ptr_array_new_with_free_func(hisho_warning_free);

	if (about->degraded != NULL)
		warn(warnings, "not-analysed", "reason", about->degraded, NULL);
	if (about->memory->unavailable != NULL)
		warn(warnings, "not-analysed", "reason",
		    "reputation-unavailable", NULL);
	if (about->facts == NULL)
		return warnings;
	for (size_t i = 0; i < G_N_ELEMENTS(detectors); i++)
		detectors[i](about, warnings);
	g_ptr_array_sort(warnings, compare);
	return warnings;
}

const char *
hisho_warning_level(const HishoWarning *warning)
{
	return hisho_sentence_level(warning->code);
}

char *
hisho_warning_dup_text(const HishoWarning *warning, const char *lang)
{
	return hisho_sentence_dup(warning->code, lang, warning->evidence);
}

bool
hisho_warnings_have_danger(const GPtrArray *warnings)
{
	for (guint i = 0; i < warnings->len; i++)
		if (strcmp(hisho_warning_level(warnings->pdata[i]), "danger") ==
		    0)
			return true;
	return false;
}

HishoJson *
hisho_warning_to_json(const HishoWarning *warning, const char *lang)
{
	HishoJson *json = hisho_json_new_object();
	HishoJson *evidence = hisho_json_new_object();
	g_autofree char *text = hisho_warning_dup_text(warning, lang);
	const GPtrArray *pairs = warning->evidence;

	hisho_json_set_text(json, "code", warning->code);
	hisho_json_set_text(json, "level", hisho_warning_level(warning));
	hisho_json_set_text(json, "text", text);
	for (guint i = 0; i + 1 < pairs->len; i += 2)
		hisho_json_set_text(
		    evidence, pairs->pdata[i], pairs->pdata[i + 1]);
	hisho_json_set_take(json, "evidence", evidence);
	return json;
}
