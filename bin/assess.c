#include "bin/assess.h"

#include <string.h>

#include "bin/clock.h"
#include "bin/reported.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/digest.h"
#include "libhisho/mail/field.h"
#include "libhisho/mail/mailbox.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/forgery.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/ledger.h"

/* What the whole filter may take, less what writing the mail out needs. */
#define FILTER_MS 4700

Assessment *
assess_new(GBytes *mail, const HishoLimits *limits)
{
	Assessment *assessment = g_new0(Assessment, 1);

	assessment->wire = hisho_wire_new(mail, limits);
	assessment->digest = hisho_digest_dup(assessment->wire);
	return assessment;
}

HishoSealedMail
assess_sealed_mail(const Assessment *assessment)
{
	return (HishoSealedMail){ assessment->wire, assessment->digest };
}

void
assess_free(Assessment *assessment)
{
	if (assessment == NULL)
		return;
	hisho_wire_free(assessment->wire);
	g_free(assessment->digest);
	hisho_facts_free(assessment->facts);
	hisho_route_free(assessment->route);
	hisho_receipt_free(assessment->receipt);
	hisho_memory_free(assessment->memory);
	hisho_safe_free(assessment->safe);
	hisho_verdict_free(assessment->verdict);
	g_free(assessment);
}

void
assess_read_answer(Assessment *assessment, GBytes *answer, const char *damage,
    const HishoLimits *limits)
{
	GBytes *mail = hisho_wire_mail(assessment->wire);

	assessment->facts =
	    answer != NULL ? hisho_facts_read(answer, NULL) : NULL;
	assessment->damage = damage;
	if (assessment->facts == NULL) {
		assessment->facts = hisho_facts_new();
		if (damage == NULL)
			assessment->damage = "answer";
	}
	HishoLetter *letter = assessment->facts->letter;
	g_free(letter->digest);
	letter->digest = g_strdup(assessment->digest);
	if (g_bytes_get_size(mail) > limits->mail_bytes)
		g_ptr_array_add(letter->limits, g_strdup("mail-bytes"));
}

/* Hop 0 was one beyond the last. */
static guint
restored_hop(const HishoField *route)
{
	const char *hop = hisho_field_get(route, "hop");
	guint64 number = hop != NULL ? g_ascii_strtoull(hop, NULL, 10) : 0;

	return number > 0 ? (guint)MIN(number, G_MAXUINT) : G_MAXUINT;
}

/* What an earlier stage was told by its options holds for us, too. */
static void
restore_plan(AssessPlan *plan, const GPtrArray *sealed)
{
	const HishoField *route = hisho_field_find(sealed, "Route");
	const char *why = route != NULL ? hisho_field_get(route, "why") : NULL;
	HishoBoundaryOptions *boundary = &plan->boundary;

	if (why == NULL)
		return;
	if (strcmp(why, "client-ip") == 0 && boundary->client_ip == NULL) {
		boundary->client_ip = hisho_field_get(route, "ip");
		boundary->helo = hisho_field_get(route, "helo");
		boundary->client_name = hisho_field_get(route, "rdns");
	}
	if (plan->envelope_from == NULL)
		plan->envelope_from = hisho_field_get(route, "envelope-from");
	if (strcmp(why, "by-hand") == 0 && boundary->hop == 0)
		boundary->hop = restored_hop(route);
}

static GArray *
auth_fields(const HishoFacts *facts)
{
	GArray *fields = g_array_new(FALSE, FALSE, sizeof(HishoAuthField));

	for (guint i = 0; i < facts->results->len; i++) {
		const HishoTraceField *result = facts->results->pdata[i];
		HishoAuthField field = { result->value,
			result->value != NULL ? strlen(result->value) : 0,
			(guint)result->hops_above };
		if (result->value != NULL)
			g_array_append_val(fields, field);
	}
	return fields;
}

static void
find_route(Assessment *assessment, const AssessPlan *plan)
{
	HishoLetter *letter = assessment->facts->letter;
	g_autoptr(GArray) fields = auth_fields(assessment->facts);
	const HishoMailbox *from =
	    letter->has_one_from ? letter->from->pdata[0] : NULL;
	const HishoRouteOptions options = {
		.boundary = plan->boundary,
		.auth_fields = fields,
		.auth_names =
		    (const char *const *)plan->tool->config->authserv_ids,
		.from_domain = from != NULL ? from->domain : NULL,
	};

	assessment->route = hisho_route_find(assessment->facts->hops, &options);
	if (plan->envelope_from != NULL) {
		g_free(letter->return_path);
		letter->return_path = g_strdup(plan->envelope_from);
		assessment->facts->return_path_hops = 0;
	}
}

/* How long the database may still take: it has one budget for all that is
 * asked of it. */
static int
database_wait_ms(const Assessment *assessment, const Tool *tool)
{
	gint64 left = tool->config->database_ms - assessment->database_ms;

	return (int)CLAMP(FILTER_MS - clock_ms(), 0, MAX(left, 0));
}

/* What a later vote by digest has to ask about. */
static char *
dup_dangers(const HishoVerdict *verdict)
{
	GString *codes = g_string_new(NULL);

	for (guint i = 0; i < verdict->warnings->len; i++) {
		const HishoWarning *warning = verdict->warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "danger") == 0)
			g_string_append_printf(codes, "%s%s",
			    codes->len > 0 ? " " : "", warning->code);
	}
	return g_string_free(codes, codes->len == 0);
}

/* The receipt must be there before the mail goes out. */
static void
record(Assessment *assessment, const Tool *tool)
{
	g_autoptr(GError) error = NULL;
	gint64 start_ms = clock_ms();
	HishoDatabase *database = hisho_database_open_for_writing(
	    tool->database, database_wait_ms(assessment, tool), &error);
	HishoChange change = HISHO_CHANGE_FAILED;

	assessment->receipt->received = tool->now;
	assessment->receipt->dangers = dup_dangers(assessment->verdict);
	reported_keep(
	    assessment->receipt, assessment->memory, tool->config->others_red);
	if (database != NULL)
		change =
		    hisho_ledger_record(database, assessment->receipt, &error);
	if (change == HISHO_CHANGE_MADE &&
	    !hisho_database_commit(database, &error))
		change = HISHO_CHANGE_FAILED;
	hisho_database_close(database);
	assessment->database_ms += clock_ms() - start_ms;
	if (change != HISHO_CHANGE_FAILED)
		return;
	assessment->status = "receipt-not-recorded";
	tool_complain(tool->database, error);
}

static void
remember(Assessment *assessment, const Tool *tool)
{
	g_autoptr(GPtrArray) urls =
	    reported_list_urls(assessment->facts->found);
	const HishoMemoryQuestion question = {
		.receipt = assessment->receipt,
		.hosts = assessment->facts->found->hosts,
		.urls = urls,
		.reports_after =
		    hisho_config_reports_after(tool->config, tool->now),
	};

	gint64 start_ms = clock_ms();
	assessment->memory = hisho_memory_read(
	    tool->database, database_wait_ms(assessment, tool), &question);
	assessment->database_ms += clock_ms() - start_ms;
	if (assessment->memory->unavailable != NULL)
		assessment->status = "reputation-unavailable";
}

static void
match_safe(Assessment *assessment, const Tool *tool)
{
	const HishoSafeCase about = {
		.from = assessment->receipt->from,
		.is_permitted = assessment->memory->is_permitted,
		.is_own_address =
		    hisho_score_is_own(tool->config, assessment->receipt->from),
	};

	assessment->safe = hisho_safe_match(&about);
}

static void
judge(Assessment *assessment, const Tool *tool, const HishoKnown *known)
{
	const HishoScoreCase about = {
		.facts = assessment->facts,
		.route = assessment->route,
		.receipt = assessment->receipt,
		.memory = assessment->memory,
		.safe = assessment->safe,
		.config = tool->config,
		.known = known,
		.degraded = assessment->damage,
	};

	assessment->verdict = hisho_score_judge(&about);
}

static HishoOtherRoute *
other_route(const HishoKnownRoute *known)
{
	HishoOtherRoute *route = hisho_record_new(&hisho_other_route_type);

	route->ip = g_strdup(known->host);
	route->messages = known->messages;
	if (known->trusted != known->distrusted)
		route->vote =
		    g_strdup(known->trusted > known->distrusted ? "trusted"
								: "distrusted");
	return route;
}

/* History belongs to the route as it is shown. */
static void
finish_route(Assessment *assessment)
{
	HishoRoute *route = assessment->route;
	const HishoMemory *memory = assessment->memory;

	g_free(route->novelty);
	g_ptr_array_set_size(route->routes, 0);
	route->novelty =
	    g_strdup(hisho_score_grade_route(assessment->receipt, memory));
	route->messages =
	    hisho_memory_before(memory, memory->standing.route.own.messages);
	for (guint i = 0; i < memory->routes->len; i++)
		g_ptr_array_add(
		    route->routes, other_route(memory->routes->pdata[i]));
}

/* The database tells more names that others may imitate. */
static void
ask_circle(Assessment *assessment, const AssessPlan *plan)
{
	gint64 start_ms = clock_ms();

	circle_ask(plan->circle, database_wait_ms(assessment, plan->tool));
	assessment->database_ms += clock_ms() - start_ms;
}

/* From what the database says now to the verdict. */
static void
conclude(Assessment *assessment, const AssessPlan *plan)
{
	const Tool *tool = plan->tool;
	const HishoKnown *known = circle_known(plan->circle);

	g_clear_pointer(&assessment->memory, hisho_memory_free);
	g_clear_pointer(&assessment->safe, hisho_safe_free);
	g_clear_pointer(&assessment->verdict, hisho_verdict_free);
	remember(assessment, tool);
	reported_note(assessment->facts->found, assessment->memory);
	finish_route(assessment);
	match_safe(assessment, tool);
	hisho_forgery_mark(assessment->facts->found, known);
	judge(assessment, tool, known);
}

void
assess_judge(
    Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed)
{
	const Tool *tool = plan->tool;
	bool needs_memory =
	    plan->stage != HISHO_STAGE_PARSE || assessment->damage != NULL;
	AssessPlan restored = *plan;

	assessment->status = assessment->damage;
	assessment->is_told = plan->is_told;
	if (plan->depth == HISHO_FACTS_ONLY_LINKS && assessment->damage == NULL)
		return;
	restore_plan(&restored, sealed);
	find_route(assessment, &restored);
	assessment->receipt = hisho_axes_new_receipt(
	    assessment->facts, assessment->route, tool->user);
	if (!needs_memory) {
		hisho_forgery_mark(
		    assessment->facts->found, circle_known(plan->circle));
		return;
	}
	ask_circle(assessment, plan);
	conclude(assessment, plan);
	bool is_mail = hisho_wire_next(assessment->wire, NULL, NULL) != NULL;
	if (!plan->is_counted || !is_mail || assessment->damage != NULL ||
	    assessment->memory->unavailable != NULL)
		return;
	record(assessment, tool);
	conclude(assessment, plan);
}

HishoCell *
assess_new_cell(const HishoConfig *config, unsigned n_workers, GError **error)
{
	const HishoCellPlan plan = {
		.n_workers = n_workers,
		.work = hisho_facts_find,
		.prepare = hisho_facts_prepare,
		.context = (void *)(gsize)&config->limits,
		.limits = {
			.wall_ms = (unsigned)config->cell_ms,
			.cpu_ms = (unsigned)config->cell_ms,
			.answer_bytes = 32 << 20,
			.memory_bytes = 512 << 20,
		},
	};

	return hisho_cell_new(&plan, error);
}
