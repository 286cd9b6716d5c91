/* judge.h - all that is known of one mail, for tests of what judges it */
#pragma once

#include "libhisho/mail/digest.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/forgery.h"
#include "libhisho/score/own.h"
#include "libhisho/score/score.h"

#include "tests/unit/mail.h"

#define JUDGE_HOST "192.0.2.1"

/* What the reports and the score are made from; all of it is owned. */
typedef struct {
	HishoFacts *facts;
	HishoRoute *route;
	HishoReceipt *receipt;
	HishoMemory *memory;
	HishoConfig *config;
	HishoKnown *known;
	HishoSafe *safe;
	HishoVerdict *verdict;
	const char *degraded;
} Judged;

/* The facts of TEXT as the cell finds them. */
static inline HishoFacts *
judge_facts(const char *text, const HishoLimits *limits)
{
	HishoLimits used = HISHO_LIMITS_DEFAULT;
	g_autoptr(GError) error = NULL;

	if (limits != NULL)
		used = *limits;
	g_autoptr(HishoWire) wire = mail_wire(text, -1, &used);
	g_autoptr(GBytes) request =
	    hisho_facts_new_request(wire, HISHO_FACTS_WORDS, &used);
	g_autoptr(GBytes) answer = hisho_facts_find(request, &used);
	HishoFacts *facts = hisho_facts_read(answer, &error);
	g_assert_no_error(error);
	facts->letter->digest = hisho_digest_dup(wire);
	return facts;
}

/* TEXT, come by JUDGE_HOST to a user of whom nothing is known. */
static inline Judged
judge_new(const char *text)
{
	Judged judged = {
		.facts = judge_facts(text, NULL),
		.route = hisho_record_new(&hisho_route_type),
		.memory = hisho_memory_new_unavailable(NULL),
		.config = hisho_config_new(),
		.known = hisho_known_new(),
	};

	judged.route->ip = g_strdup(JUDGE_HOST);
	judged.route->hop = 1;
	judged.route->forward = g_strdup("not-checked");
	judged.route->reverse = g_strdup("not-checked");
	judged.route->measured = g_strdup("now");
	judged.receipt = hisho_axes_new_receipt(
	    judged.facts, judged.route, "uid:1000", NULL);
	return judged;
}

static inline void
judge_add_row(Judged *judged, const char *scope, const char *axis,
    gint64 trusted, gint64 distrusted)
{
	HishoRow *row = hisho_record_new(&hisho_row_type);

	row->scope = g_strdup(scope);
	row->axis = g_strdup(axis);
	row->key = g_strdup("key");
	row->level = g_strdup("exact");
	row->messages = 10;
	row->trusted = row->users_trusted = trusted;
	row->distrusted = row->users_distrusted = distrusted;
	g_ptr_array_add(judged->memory->rows, row);
}

static inline void
judge_add_report(Judged *judged, const char *entry, bool own, gint64 others)
{
	HishoReports *reports = hisho_record_new(&hisho_reports_type);

	reports->entry = g_strdup(entry);
	reports->own = own;
	reports->others = others;
	g_ptr_array_add(judged->memory->reports, reports);
}

/* Judges, as often as something changed. */
static inline const HishoVerdict *
judge(Judged *judged)
{
	const HishoScoreCase about = {
		.facts = judged->facts,
		.route = judged->route,
		.receipt = judged->receipt,
		.memory = judged->memory,
		.safe = judged->safe,
		.config = judged->config,
		.known = judged->known,
		.degraded = judged->degraded,
	};

	if (judged->facts != NULL)
		hisho_forgery_mark(judged->facts->found, judged->known);
	hisho_verdict_free(judged->verdict);
	judged->verdict = hisho_score_judge(&about);
	return judged->verdict;
}

static inline void
judge_clear(Judged *judged)
{
	hisho_facts_free(judged->facts);
	hisho_route_free(judged->route);
	hisho_receipt_free(judged->receipt);
	hisho_memory_free(judged->memory);
	hisho_config_free(judged->config);
	hisho_known_free(judged->known);
	hisho_safe_free(judged->safe);
	hisho_verdict_free(judged->verdict);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Judged, judge_clear)
