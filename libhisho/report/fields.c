#include "libhisho/report/fields.h"

#include <string.h>

#include "libhisho/links/links.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/field.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/warnings.h"

/* Raised when a name in a field is removed or changes its meaning. */
#define VERSION 1

/* Entries of the shared list that are named. */
#define REPORTS_TOLD 10

typedef HishoField *(*Writer)(const HishoReportCase *about);

static HishoField *
new_field(const char *name)
{
	HishoField *field = hisho_field_new(name);

	hisho_field_add_number(field, "v", VERSION);
	return field;
}

static void
add_addresses(HishoField *field, const char *name, const GPtrArray *mailboxes)
{
	for (guint i = 0; i < mailboxes->len; i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		hisho_field_add(field, name, mailbox->address);
	}
}

static HishoField *
write_parse(const HishoReportCase *about)
{
	const HishoLetter *letter = about->facts->letter;
	HishoField *field = new_field("Parse");

	add_addresses(field, "from", letter->from);
	hisho_field_add(field, "one-from", letter->has_one_from ? "yes" : "no");
	add_addresses(field, "sender", letter->sender);
	add_addresses(field, "reply-to", letter->reply_to);
	hisho_field_add(field, "return-path", letter->return_path);
	if (letter->list != NULL)
		hisho_field_add(field, "list", letter->list->id);
	hisho_field_add_number(field, "date", letter->time);
	hisho_field_add_number(field, "parts", letter->parts->len);
	hisho_field_add_number(field, "attachments", letter->attachments->len);
	for (guint i = 0; i < letter->findings->len; i++)
		hisho_field_add(field, "finding", letter->findings->pdata[i]);
	return field;
}

/* What an anchor shows, and where a wrapper leads on to, hides from nobody; of
 * what is only loaded nothing is to be seen. */
static bool
is_hidden(const HishoLink *link)
{
	static const char *const harmless[] = { "anchor", "target", NULL };

	return !link->visible && link->reason != NULL &&
	    !g_strv_contains(harmless, link->reason);
}

static guint
count_hidden(const GPtrArray *links)
{
	guint n = 0;

	for (guint i = 0; i < links->len; i++)
		n += is_hidden(links->pdata[i]);
	return n;
}

/* How many entries of the shared list act, and the first of them: before the
 * hosts, which may find no place. */
static void
add_reports(HishoField *field, const HishoReportCase *about)
{
	const GPtrArray *reports =
	    about->memory != NULL ? about->memory->reports : NULL;
	g_autoptr(GPtrArray) entries = g_ptr_array_new();

	for (guint i = 0; reports != NULL && i < reports->len; i++) {
		const HishoReports *one = reports->pdata[i];
		if (hisho_reports_hold(one, MAX(about->others_red, 1)))
			g_ptr_array_add(entries, one->entry);
	}
	if (entries->len > 0)
		hisho_field_add_number(field, "reported", entries->len);
	for (guint i = 0; i < MIN(entries->len, REPORTS_TOLD); i++)
		hisho_field_add(field, "report", entries->pdata[i]);
}

static HishoField *
write_links(const HishoReportCase *about)
{
	const HishoLinksFound *found = about->facts->found;
	HishoField *field = new_field("Links");

	hisho_field_add_number(field, "links", found->links->len);
	hisho_field_add_number(field, "hidden", count_hidden(found->links));
	add_reports(field, about);
	if (found->has_form)
		hisho_field_add(field, "form", "yes");
	if (found->has_password_input)
		hisho_field_add(field, "password-input", "yes");
	for (guint i = 0; i < found->hosts->len; i++)
		hisho_field_add(field, "host", found->hosts->pdata[i]);
	return field;
}

/* The DNS name VALUE in small letters, or "invalid": a recipe must be able to
 * trust it. */
static void
add_host(HishoField *field, const char *name, const char *value)
{
	g_autofree char *host =
	    value != NULL ? g_ascii_strdown(value, -1) : NULL;
	bool is_valid = true;

	for (const char *at = host; at != NULL && *at != '\0'; at++)
		is_valid &=
		    g_ascii_isalnum(*at) || strchr(".-_[]:", *at) != NULL;
	hisho_field_add(field, name, is_valid ? host : "invalid");
}

static const struct {
	const char *name;
	size_t offset;
} measured[] = {
	{ "forward", G_STRUCT_OFFSET(HishoDns, forward) },
	{ "reverse", G_STRUCT_OFFSET(HishoDns, reverse) },
	{ "ptr", G_STRUCT_OFFSET(HishoDns, ptr) },
	{ "from-mail", G_STRUCT_OFFSET(HishoDns, from_mail) },
	{ "reply-mail", G_STRUCT_OFFSET(HishoDns, reply_mail) },
	{ "envelope-mail", G_STRUCT_OFFSET(HishoDns, envelope_mail) },
	{ "asn", G_STRUCT_OFFSET(HishoDns, asn) },
	{ "country", G_STRUCT_OFFSET(HishoDns, country) },
};

static void
add_dns(HishoField *field, const HishoDns *dns)
{
	for (size_t i = 0; i < G_N_ELEMENTS(measured); i++) {
		const char *value =
		    G_STRUCT_MEMBER(char *, dns, measured[i].offset);
		if (i < 2 || g_strcmp0(value, "not-checked") != 0)
			hisho_field_add(field, measured[i].name, value);
	}
	if (dns->is_cut)
		hisho_field_add(field, "cut", "dns-names");
	hisho_field_add_number(field, "measured-at", dns->time);
}

HishoDns *
hisho_fields_read_dns(const HishoField *route)
{
	const char *time = hisho_field_get(route, "measured-at");

	if (time == NULL)
		return NULL;
	HishoDns *dns = hisho_dns_new();
	for (size_t i = 0; i < G_N_ELEMENTS(measured); i++) {
		const char *value = hisho_field_get(route, measured[i].name);
		char **member =
		    &G_STRUCT_MEMBER(char *, dns, measured[i].offset);
		if (value == NULL)
			continue;
		g_free(*member);
		*member = g_strdup(value);
	}
	dns->is_cut = hisho_field_get(route, "cut") != NULL;
	dns->time = g_ascii_strtoll(time, NULL, 10);
	return dns;
}

static HishoField *
write_route(const HishoReportCase *about)
{
	const HishoRoute *route = about->route;
	HishoField *field = new_field("Route");

	hisho_field_add_number(field, "hop", route->hop);
	hisho_field_add(field, "ip", route->ip);
	add_host(field, "helo", route->helo);
	add_host(field, "rdns", route->rdns);
	if (route->dns != NULL) {
		add_dns(field, route->dns);
	} else {
		hisho_field_add(field, "forward", route->forward);
		hisho_field_add(field, "reverse", route->reverse);
	}
	hisho_field_add(field, "tls", route->tls != NULL ? route->tls : "none");
	add_host(field, "by", route->by);
	hisho_field_add(field, "why", route->why);
	hisho_field_add(field, "confidence", route->confidence);
	hisho_field_add(
	    field, "envelope-from", hisho_axes_envelope(about->facts, route));
	hisho_field_add(field, "measured", route->measured);
	return field;
}

static HishoField *
write_safe(const HishoReportCase *about)
{
	HishoField *field = new_field("Safe");

	hisho_field_add(
	    field, "rule", about->safe != NULL ? about->safe->rule : "none");
	if (about->safe != NULL) {
		hisho_field_add(field, "kind", about->safe->kind);
		hisho_field_add(field, "matched", about->safe->matched);
	}
	return field;
}

/* own-route=TRUSTED/DISTRUSTED/MESSAGES, and all-route with everybody's:
 * mine and the others'; with /LEVEL where that is not exact. */
static void
add_row(HishoField *field, const HishoRow *row)
{
	bool is_own = strcmp(row->scope, "own") == 0;
	bool is_exact = strcmp(row->level, "exact") == 0;
	const HishoCounts none = { 0 };
	const HishoCounts *mine = is_own ? &none : &row->mine;

	g_autofree char *name =
	    g_strdup_printf("%s-%s", is_own ? "own" : "all", row->axis);
	g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT
						 "/%" G_GINT64_FORMAT
						 "/%" G_GINT64_FORMAT "%s%s",
	    row->trusted + mine->trusted, row->distrusted + mine->distrusted,
	    row->messages + mine->messages, is_exact ? "" : "/",
	    is_exact ? "" : row->level);
	hisho_field_add(field, name, value);
}

static HishoField *
write_score(const HishoReportCase *about)
{
	HishoField *field = new_field("Score");
	const GPtrArray *rows = about->memory->rows;
	const HishoVerdict *verdict = about->verdict;

	hisho_field_add(
	    field, "by", verdict->by != NULL ? verdict->by : "none");
	if (verdict->row != NULL && strcmp(verdict->row->level, "exact") != 0)
		hisho_field_add(field, "level", verdict->row->level);
	hisho_field_add(field, "reason", verdict->advice_reason);
	for (guint i = 0; i < rows->len; i++)
		add_row(field, rows->pdata[i]);
	return field;
}

static const struct {
	const char *name;
	Writer write;
} stages[] = {
	[HISHO_STAGE_PARSE] = { "Parse", write_parse },
	[HISHO_STAGE_LINKS] = { "Links", write_links },
	[HISHO_STAGE_ROUTE] = { "Route", write_route },
	[HISHO_STAGE_SAFE] = { "Safe", write_safe },
	[HISHO_STAGE_SCORE] = { "Score", write_score },
};

static void
add_word(GPtrArray *fields, const char *name, const char *word)
{
	HishoField *field = hisho_field_new(name);

	hisho_field_add_word(field, word);
	g_ptr_array_add(fields, field);
}

static void
add_warnings(GPtrArray *fields, const GPtrArray *warnings)
{
	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		HishoField *field = hisho_field_new("Warning");
		hisho_field_add_word(field, warning->code);
		for (guint j = 0; j + 1 < warning->evidence->len; j += 2)
			hisho_field_add(field, warning->evidence->pdata[j],
			    warning->evidence->pdata[j + 1]);
		g_ptr_array_add(fields, field);
	}
}

static void
add_verdict(GPtrArray *fields, const HishoVerdict *verdict)
{
	add_warnings(fields, verdict->warnings);
	add_word(fields, "Advice", verdict->advice);
	add_word(fields, "Folder", verdict->folder);
}

static void
add_status(GPtrArray *fields, const char *reason)
{
	HishoField *status = hisho_field_new("Status");

	hisho_field_add_word(status, "degraded");
	hisho_field_add(status, "reason", reason);
	g_ptr_array_add(fields, status);
}

void
hisho_fields_add(GPtrArray *fields, const HishoReportCase *about)
{
	bool is_score = about->stage == HISHO_STAGE_SCORE;
	int first = is_score ? HISHO_STAGE_PARSE : (int)about->stage;

	for (int stage = first; stage <= (int)about->stage; stage++)
		g_ptr_array_add(fields, stages[stage].write(about));
	if (about->is_told && !is_score && about->stage != HISHO_STAGE_ROUTE)
		g_ptr_array_add(fields, write_route(about));
	if (about->verdict != NULL && (is_score || about->degraded != NULL))
		add_verdict(fields, about->verdict);
	if (about->degraded != NULL)
		add_status(fields, about->degraded);
}

bool
hisho_fields_belongs(const char *name, const HishoReportCase *about)
{
	static const char *const judged[] = { "Warning", "Advice", "Folder",
		"Status" };

	if (about->stage == HISHO_STAGE_SCORE ||
	    strcmp(name, stages[about->stage].name) == 0)
		return true;
	if (strcmp(name, "Route") == 0)
		return about->is_told;
	for (size_t i = 0; i < G_N_ELEMENTS(judged); i++)
		if (strcmp(name, judged[i]) == 0)
			return about->degraded != NULL;
	return false;
}
