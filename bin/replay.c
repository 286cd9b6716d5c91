#include "bin/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bin/setgid.h"
#include "libhisho/base/error.h"
#include "libhisho/mail/text.h"
#include "libhisho/score/warning.h"
#include "libhisho/store/acquaintances.h"

/* What the DNS says today of old mail says nothing of it, unless asked for. */
static void
plan(Replay *replay, const StageOptions *options)
{
	if (options->again && !options->no_dns)
		replay->resolver =
		    hisho_resolver_new(options->dns_servers, options->dns_ms);
	replay->plan = (AssessPlan){
		.tool = &replay->tool,
		.circle = circle_new(&replay->tool),
		.lookup = { &replay->today, replay->resolver, options->dns_ms,
		    true },
		.stage = HISHO_STAGE_SCORE,
		.depth = HISHO_FACTS_WORDS,
		.boundary = options->boundary,
	};
}

/* Under setgid nobody says where files are made. */
static const char *
scratch_directory(void)
{
	const char *directory = secure_getenv("TMPDIR");

	return directory != NULL && *directory != '\0' ? directory : "/tmp";
}

bool
replay_open(Replay *replay, StageOptions *options, GError **error)
{
	replay->worth = hisho_worth_new();
	replay->is_verbose = options->common.verbose;
	setgid_give_up(); /* what others share is not asked */
	options->common.database = scratch_directory(); /* nobody's */
	if (!tool_open(&replay->tool, &options->common, error))
		return false;
	replay->today = replay->tool;
	stage_options_resolve(options, &replay->tool);
	plan(replay, options);
	return true;
}

bool
replay_begin(Replay *replay, GError **error)
{
	replay->database =
	    hisho_database_open_scratch(scratch_directory(), error);
	replay->plan.database = replay->database;
	return replay->database != NULL;
}

void
replay_close(Replay *replay)
{
	circle_free(replay->plan.circle);
	hisho_resolver_free(replay->resolver);
	hisho_database_close(replay->database);
	hisho_worth_free(replay->worth);
	g_clear_error(&replay->error);
	tool_close(&replay->tool);
}

static bool
record(Replay *replay, HishoReceipt *receipt, HishoSide side, GError **error)
{
	receipt->received = receipt->voted = replay->tool.now;
	receipt->vote =
	    g_strdup(side == HISHO_WORTH_GOOD ? "trust" : "distrust");
	return hisho_ledger_record(replay->database, receipt, error) !=
	    HISHO_CHANGE_FAILED &&
	    hisho_ledger_vote(replay->database, receipt, error) !=
	    HISHO_CHANGE_FAILED;
}

/* Receives the mail of RECEIPT and votes on it; whom the user knows then may
 * be imitated by the next. */
static bool
learn(Replay *replay, HishoReceipt *receipt, HishoSide side, GError **error)
{
	const HishoAxes axes = hisho_receipt_axes(receipt);
	HishoKnownRank before, now;

	if (!hisho_acquaintances_rank(
		replay->database, &axes, &before, error) ||
	    !record(replay, receipt, side, error) ||
	    !hisho_acquaintances_rank(replay->database, &axes, &now, error))
		return false;
	if (axes.from_domain != NULL)
		circle_learn(
		    replay->plan.circle, axes.from_domain, before, now);
	return true;
}

/* "ham.mbox:17: good, but distrusted (own-host), helo-forged" */
static void
tell_wrong(const Replay *replay, const Pending *pending, HishoSide side)
{
	const TimelineMail *mail = pending->about;
	const HishoVerdict *verdict = pending->assessment->verdict;
	g_autoptr(GString) line = g_string_new(NULL);

	if (!replay->is_verbose || !hisho_worth_is_wrong(side, verdict))
		return;
	g_string_printf(line, "%s:%u: %s, but %s (%s), %s", pending->file,
	    mail->index, side == HISHO_WORTH_GOOD ? "good" : "bad",
	    verdict->advice,
	    verdict->by != NULL ? verdict->by : verdict->advice_reason,
	    verdict->folder);
	for (guint i = 0; i < verdict->warnings->len; i++) {
		const HishoWarning *warning = verdict->warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "danger") == 0)
			g_string_append_printf(line, ", %s", warning->code);
	}
	g_autofree char *shown = hisho_text_for_terminal(line->str);
	fprintf(stderr, "%s\n", shown);
}

/* Whether the mail that lies in the place of MAIL is still that. */
static bool
is_same(const TimelineMail *mail, const Assessment *assessment)
{
	TimelineMail now;

	timeline_set_key(&now, assessment);
	return memcmp(now.key, mail->key, sizeof now.key) == 0;
}

/* A mail that was not read whole says nothing, nor does one that was put into
 * the place of another meanwhile. */
static bool
is_judged(
    Replay *replay, const Assessment *assessment, const TimelineMail *mail)
{
	const HishoMemory *memory = assessment->memory;

	if (memory->unavailable != NULL)
		g_set_error_literal(&replay->error, HISHO_ERROR,
		    HISHO_ERROR_TEMPORARY, memory->unavailable);
	return memory->unavailable == NULL && assessment->damage == NULL &&
	    is_same(mail, assessment);
}

void
replay_judge(Replay *replay, Pending *pending)
{
	Assessment *assessment = pending->assessment;
	const TimelineMail *mail = pending->about;
	HishoSide side = (HishoSide)mail->side;

	if (replay->error != NULL)
		return;
	if (mail->time != 0)
		replay->tool.now = mail->time;
	assess_judge(assessment, &replay->plan, NULL);
	if (!is_judged(replay, assessment, mail)) {
		replay->worth->sides[side].damaged++;
		return;
	}
	hisho_worth_add(
	    replay->worth, side, assessment->verdict, assessment->memory);
	tell_wrong(replay, pending, side);
	learn(replay, assessment->receipt, side, &replay->error);
}
