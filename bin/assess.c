#include "bin/assess.h"

#include <string.h>

#include "bin/history.h"
#include "bin/origin.h"
#include "bin/reported.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/digest.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/forgery.h"
#include "libhisho/score/own.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/ledger.h"

/* What the whole filter may take, less what writing the mail out needs. */
#define FILTER_MS 4700

Assessment *
assess_new(GBytes *mail, const HishoLimits *limits)
{
	Assessment *assessment = g_new0(Assessment, 1);

	assess_restart_clock(assessment);
	assessment->wire = hisho_wire_new(mail, limits);
	assessment->digest = hisho_digest_dup(assessment->wire);
	return assessment;
}

void
assess_restart_clock(Assessment *assessment)
{
	assessment->start_us = g_get_monotonic_time();
}

static gint64
elapsed_ms(const Assessment *assessment)
{
	return (g_get_monotonic_time() - assessment->start_us) / 1000;
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

/* How long the database may still take: it has one budget for all that is
 * asked of it. */
static int
database_wait_ms(const Assessment *assessment, const Tool *tool)
{
	gint64 left = tool->config->database_ms - assessment->database_ms;

	return (int)CLAMP(FILTER_MS - elapsed_ms(assessment), 0, MAX(left, 0));
}

/* The header that was not read tells of no host and no sender. */
static void
measure(Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed)
{
	const LookupCase about = {
		.facts = assessment->facts,
		.route = assessment->route,
		.sealed = sealed,
		.database_ms = database_wait_ms(assessment, plan->tool),
		.dns_ms = (int)(FILTER_MS - plan->tool->config->database_ms -
		    elapsed_ms(assessment)),
	};

	if (assessment->damage != NULL)
		return;
	HishoDns *dns = lookup_measure(&plan->lookup, &about);
	if (dns != NULL)
		hisho_route_take_dns(assessment->route, dns);
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
	gint64 start_ms = elapsed_ms(assessment);
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
	assessment->database_ms += elapsed_ms(assessment) - start_ms;
	if (change != HISHO_CHANGE_FAILED)
		return;
	assessment->status = "receipt-not-recorded";
	tool_complain(tool->database, error);
}

static void
remember(Assessment *assessment, const AssessPlan *plan)
{
	const Tool *tool = plan->tool;
	const HishoLinksFound *found = assessment->facts->found;
	g_autoptr(GPtrArray) hosts = hisho_links_found_all_hosts(found);
	g_autoptr(GPtrArray) urls = hisho_links_found_all_urls(found);
	const HishoMemoryQuestion question = {
		.receipt = assessment->receipt,
		.hosts = hosts,
		.urls = urls,
		.reports_after =
		    hisho_config_reports_after(tool->config, tool->now),
		.config = tool->config,
	};

	g_autoptr(HishoDatabase) once = NULL;
	gint64 start_ms = elapsed_ms(assessment);
	assessment->memory = plan->database != NULL
	    ? hisho_memory_read_from(plan->database, &question)
	    : hisho_memory_read_on(
		  plan->resting != NULL ? plan->resting : &once, tool->database,
		  database_wait_ms(assessment, tool), &question);
	assessment->database_ms += elapsed_ms(assessment) - start_ms;
	if (assessment->memory->unavailable != NULL)
		assessment->status = "reputation-unavailable";
}

static void
match_safe(Assessment *assessment, const Tool *tool)
{
	const HishoSafeCase about = {
		.from = assessment->receipt->from,
		.is_permitted = assessment->memory->is_permitted,
		.is_own_address = hisho_own_has_address(
		    tool->config, assessment->receipt->from),
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

/* The database tells more names that others may imitate. */
static void
ask_circle(Assessment *assessment, const AssessPlan *plan)
{
	gint64 start_ms = elapsed_ms(assessment);

	if (plan->database != NULL)
		circle_ask_in(plan->circle, plan->database);
	else
		circle_ask(
		    plan->circle, database_wait_ms(assessment, plan->tool));
	assessment->database_ms += elapsed_ms(assessment) - start_ms;
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
	remember(assessment, plan);
	reported_note(assessment->facts->found, assessment->memory);
	history_fill(assessment->route, assessment->receipt, assessment->memory,
	    tool->config);
	match_safe(assessment, tool);
	hisho_forgery_mark(assessment->facts->found, known);
	judge(assessment, tool, known);
}

/* Whether what is told depends on the database: the field of a route, which
 * needs the header alone, does not. */
static bool
is_asked(const AssessPlan *plan)
{
	if (plan->stage == HISHO_STAGE_ROUTE)
		return plan->depth != HISHO_FACTS_HEADER;
	return plan->stage != HISHO_STAGE_PARSE;
}

void
assess_judge(
    Assessment *assessment, const AssessPlan *plan, const GPtrArray *sealed)
{
	const Tool *tool = plan->tool;
	bool needs_memory = is_asked(plan) || assessment->damage != NULL;

	assessment->status = assessment->damage;
	if (assessment->status == NULL && assessment->facts->found->is_lost)
		assessment->status = "links-lost";
	assessment->is_told = plan->is_told;
	if (plan->depth == HISHO_FACTS_ONLY_LINKS && assessment->damage == NULL)
		return;
	origin_find(assessment, plan, sealed);
	measure(assessment, plan, sealed);
	const HishoEdits providers = hisho_config_providers(tool->config);
	assessment->receipt = hisho_axes_new_receipt(
	    assessment->facts, assessment->route, tool->user, &providers);
	hisho_own_note(assessment->receipt, assessment->facts,
	    assessment->route, tool->config);
	if (!needs_memory && plan->shows_links)
		hisho_forgery_mark(
		    assessment->facts->found, circle_known(plan->circle));
	if (!needs_memory)
		return;
	ask_circle(assessment, plan);
	conclude(assessment, plan);
	bool is_mail = hisho_wire_next(assessment->wire, NULL, NULL) != NULL;
	if (!plan->is_counted || !is_mail || assessment->damage != NULL ||
	    assessment->memory->unavailable != NULL)
		return;
	record(assessment, tool);
	conclude(assessment, plan);
}

static HishoCellPlan
plan_of(const HishoConfig *config, unsigned n_workers)
{
	return (HishoCellPlan){
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
}

HishoCell *
assess_new_cell(const HishoConfig *config, unsigned n_workers, GError **error)
{
	const HishoCellPlan plan = plan_of(config, n_workers);

	return hisho_cell_new(&plan, error);
}

HishoCell *
assess_new_spare_cell(const HishoConfig *config)
{
	HishoCellPlan plan = plan_of(config, 1);

	plan.is_spare = true;
	return hisho_cell_new(&plan, NULL);
}
