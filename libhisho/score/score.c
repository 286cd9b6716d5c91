#include "libhisho/score/score.h"

#include <string.h>

#include "libhisho/score/advice.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/folder.h"
#include "libhisho/score/own.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/pool.h"

static bool
has_authentic_from(const HishoScoreCase *about)
{
	return about->route->auth != NULL && about->route->auth->aligned;
}

/* My votes and permits, by this host or a neighbour that is no stranger's. */
static bool
is_proven_by_me(const HishoMemory *memory, HishoPool pool)
{
	const HishoStanding *known = &memory->standing;

	return known->route.own.trusted > 0 || memory->permits_route ||
	    (!pool.net &&
		(known->route_net.own.trusted > 0 || memory->permits_net)) ||
	    (!pool.organization &&
		(known->route_organization.own.trusted > 0 ||
		    memory->permits_organization));
}

static bool
is_proven_by_others(const HishoMemory *memory, gint64 others_green)
{
	const HishoCounts *others = &memory->standing.route.others;

	return others->users_trusted >= others_green &&
	    others->users_trusted > others->users_distrusted;
}

/* A receipt proves nothing: only votes and permits do, or the boundary's own
 * word that the From is authentic, which alone holds for a pool. */
static bool
is_proven(const HishoScoreCase *about, HishoPool pool)
{
	if (has_authentic_from(about))
		return true;
	if (pool.host || about->receipt == NULL ||
	    *about->receipt->host == '\0')
		return false;
	return is_proven_by_me(about->memory, pool) ||
	    is_proven_by_others(about->memory, about->config->others_green);
}

/* Mail that I trusted in an archive came, too, though nobody counted it. */
static bool
is_known(const HishoMemory *memory, const HishoShare *share)
{
	return hisho_memory_before(memory, share->messages) > 0 ||
	    share->trusted > 0;
}

const char *
hisho_score_grade_route(const HishoReceipt *receipt, const HishoMemory *memory,
    const HishoConfig *config)
{
	if (receipt == NULL || *receipt->host == '\0' ||
	    receipt->from == NULL || memory->unavailable != NULL)
		return NULL;
	const HishoStanding *known = &memory->standing;
	HishoPool pool = hisho_pool_find(receipt, known, config);
	const struct {
		const HishoShare *share;
		const char *grade;
	} grades[] = {
		{ &known->route.own, "same" },
		{ &known->route_net.own, pool.net ? "pool" : "same-net" },
		{ &known->route_organization.own,
		    pool.organization ? "pool" : "same-organization" },
	};
	/* What I vouched for is no news, whatever came in between. */
	if (known->route.own.trusted > 0 || memory->permits_route)
		return "same";
	if (!is_known(memory, &known->from.own))
		return "first";
	for (size_t i = 0; i < G_N_ELEMENTS(grades); i++)
		if (is_known(memory, grades[i].share))
			return grades[i].grade;
	return pool.host ? "pool" : "unrelated";
}

static bool
is_own(const HishoScoreCase *about)
{
	return about->receipt != NULL &&
	    hisho_own_find(about->receipt, about->config) != HISHO_OWN_NOT;
}

/* Own mail, and mail that came by no host, is not judged by votes. */
static bool
is_applicable(const HishoScoreCase *about)
{
	return about->receipt != NULL && *about->receipt->host != '\0' &&
	    hisho_own_find(about->receipt, about->config) != HISHO_OWN_MAIL;
}

/* That a mail returns one of mine is its own word: enough not to praise it,
 * not enough to hide what is said against its host. */
static bool
is_returned(const HishoScoreCase *about, const HishoAdvice *advice)
{
	return about->receipt != NULL &&
	    hisho_own_find(about->receipt, about->config) == HISHO_OWN_BOUNCE &&
	    strcmp(advice->advice, "distrusted") != 0;
}

/* Made on this system, as the header tells; a header that was not read, or
 * does not say by which host, tells no such thing. */
static bool
is_local(const HishoScoreCase *about)
{
	return about->degraded == NULL &&
	    g_strcmp0(about->route->why, "local") == 0;
}

/* GROUNDS stays empty, so that no row holds, where too little is known. */
static HishoAdvice
advise(const HishoScoreCase *about, HishoPool pool, bool proven,
    HishoAdviceCase *grounds)
{
	if (about->degraded != NULL || about->memory->unavailable != NULL)
		return (HishoAdvice){ "unrated", "not-applicable", -1 };
	const HishoEdits providers = hisho_config_providers(about->config);
	const HishoAdviceCase advice = {
		.is_applicable = is_applicable(about),
		.has_one_from = about->facts->letter->has_one_from,
		.is_proven = proven,
		.sender_owns_from =
		    hisho_axes_sender_owns_from(about->receipt, &providers),
		.is_pool = pool.host,
		.is_pool_net = pool.net,
		.is_pool_organization = pool.organization,
		.others_green = about->config->others_green,
		.others_red = about->config->others_red,
	};
	*grounds = advice;
	HishoAdvice found = hisho_advice_decide(about->memory->rows, &advice);
	return is_returned(about, &found)
	    ? (HishoAdvice){ "unrated", "not-applicable", -1 }
	    : found;
}

static bool
is_reported(const HishoScoreCase *about)
{
	const GPtrArray *reports = about->memory->reports;

	for (guint i = 0; i < reports->len; i++)
		if (hisho_reports_hold(
			reports->pdata[i], about->config->others_red))
			return true;
	return false;
}

static HishoFolder
choose(const HishoScoreCase *about, bool proven)
{
	bool is_permitted =
	    about->safe != NULL && strcmp(about->safe->kind, "permit") == 0;
	const HishoFolderCase folder = {
		.is_permitted = is_permitted,
		.is_proven = proven || is_local(about),
		.is_blocked = about->memory->blocked != NULL,
		.is_reported = is_reported(about),
		.is_safe = about->safe != NULL && !about->facts->found->is_lost,
		.strict_permit = about->config->strict_permit,
	};
	HishoFolder chosen = hisho_folder_choose(&folder);
	bool is_unsure =
	    about->degraded != NULL || about->memory->unavailable != NULL;
	if (is_unsure && strcmp(chosen.reason, "unknown") == 0)
		chosen.reason = about->degraded != NULL
		    ? "not-analysed"
		    : "reputation-unavailable";
	return chosen;
}

static void
name_row(HishoVerdict *verdict, const GPtrArray *rows, int row)
{
	if (row < 0)
		return;
	const HishoRow *deciding = rows->pdata[row];
	verdict->by_text =
	    g_strdup_printf("%s-%s", deciding->scope, deciding->axis);
	verdict->by = verdict->by_text;
	verdict->row = deciding;
}

HishoVerdict *
hisho_score_judge(const HishoScoreCase *about)
{
	HishoVerdict *verdict = g_new0(HishoVerdict, 1);
	const char *from = about->receipt != NULL ? about->receipt->from : NULL;

	HishoPool pool = hisho_pool_find(
	    about->receipt, &about->memory->standing, about->config);
	verdict->is_proven = is_proven(about, pool);
	verdict->is_own = is_own(about);
	HishoAdvice advice =
	    advise(about, pool, verdict->is_proven, &verdict->grounds);
	HishoFolder folder = choose(about, verdict->is_proven);
	const HishoWarningCase warning = {
		.facts = about->facts,
		.route = about->route,
		.memory = about->memory,
		.config = about->config,
		.known = about->known,
		.degraded = about->degraded,
		.is_proven = verdict->is_proven,
		.is_shared = pool.host || pool.net,
		.is_local = is_local(about),
		.is_permitted = about->memory->is_permitted,
		.is_own_address = hisho_own_has_address(about->config, from),
	};
	verdict->warnings = hisho_warnings_find(&warning);
	verdict->advice = advice.advice;
	verdict->advice_reason = advice.reason;
	verdict->folder = folder.folder;
	verdict->folder_reason = folder.reason;
	name_row(verdict, about->memory->rows, advice.row);
	return verdict;
}

void
hisho_verdict_free(HishoVerdict *verdict)
{
	if (verdict == NULL)
		return;
	g_ptr_array_unref(verdict->warnings);
	g_free(verdict->by_text);
	g_free(verdict);
}
