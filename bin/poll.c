#include "bin/poll.h"

#include <string.h>

#include "bin/recall.h"
#include "bin/trusted.h"
#include "libhisho/base/error.h"
#include "libhisho/score/axes.h"
#include "libhisho/score/own.h"
#include "libhisho/store/ledger.h"

static Ballot *
new_ballot(const Poll *poll)
{
	const VoteOptions *options = poll->options;
	Ballot *ballot = ballot_new(&poll->tool);

	ballot->host = options->host;
	ballot->url = options->url;
	ballot->address = options->address;
	ballot->is_withdrawn = options->is_withdrawn;
	ballot->is_of_lists = options->is_of_lists;
	ballot->despite_warnings = options->despite_warnings;
	return ballot;
}

/* The only receipt; NULL if there are none or several. */
static HishoReceipt *
only_received(const GPtrArray *kept)
{
	HishoReceipt *only = NULL;

	for (guint i = 0; i < kept->len; i++) {
		HishoReceipt *receipt = kept->pdata[i];
		if (receipt->received == 0)
			continue;
		if (only != NULL)
			return NULL;
		only = receipt;
	}
	return only;
}

static HishoReceipt *
received_by(const GPtrArray *kept, const char *host)
{
	for (guint i = 0; i < kept->len; i++) {
		HishoReceipt *receipt = kept->pdata[i];
		if (strcmp(receipt->host, host) == 0)
			return receipt;
	}
	return NULL;
}

static bool
refuse_routes(const GPtrArray *kept, GError **error)
{
	g_autoptr(GString) hosts = g_string_new(NULL);

	for (guint i = 0; i < kept->len; i++) {
		const HishoReceipt *receipt = kept->pdata[i];
		g_string_append_printf(hosts, "%s%s", i > 0 ? ", " : "",
		    *receipt->host != '\0' ? receipt->host : "no host");
	}
	return ballot_refuse(error,
	    "this mail came by several hosts (%s): give the message itself,"
	    " as it came by the one you mean",
	    hosts->str);
}

/* The record that is meant: by the host that the header tells of, and by no
 * other.  Where no host is told, the only one received. */
static bool
choose(const Poll *poll, Ballot *ballot, GError **error)
{
	const GPtrArray *kept = ballot->kept;
	bool by_digest = ballot->receipt == NULL;
	const char *host = by_digest ? "" : ballot->receipt->host;
	HishoReceipt *found = by_digest ? NULL : received_by(kept, host);

	if (found == NULL && *host == '\0')
		found = only_received(kept);
	bool is_open = found == NULL && *host == '\0' && kept->len > 0;
	if (is_open && kept->len > 1 && poll->options->action->needs_route)
		return refuse_routes(kept, error);
	if (is_open && by_digest)
		found = kept->pdata[0];
	if (found == NULL)
		return true;
	hisho_receipt_free(ballot->receipt);
	ballot->receipt = hisho_record_dup(&hisho_receipt_type, found);
	return true;
}

static void
copy_texts(GPtrArray *copies, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		g_ptr_array_add(copies, g_strdup(texts->pdata[i]));
}

/* What the mail leads to, as it stands there. */
static void
find_links(Ballot *ballot, const HishoLinksFound *found)
{
	hisho_axes_add_click_hosts(ballot->links, found->links);
	copy_texts(ballot->hosts, found->hosts);
	for (guint i = 0; i < found->links->len; i++) {
		const HishoLink *link = found->links->pdata[i];
		if (link->url != NULL)
			g_ptr_array_add(ballot->urls, g_strdup(link->url));
	}
}

/* The same, and what it comes to, as its receipt kept it. */
static bool
recall(const Poll *poll, Ballot *ballot, GError **error)
{
	ballot->is_recalled = true;
	copy_texts(ballot->links, ballot->receipt->links);
	recall_add_links(ballot->receipt, ballot->hosts, ballot->urls);
	ballot->verdict = recall_judge(&poll->tool, ballot->receipt, error);
	return ballot->verdict != NULL;
}

/* Asked once: a long ledger is not read for every mail. */
static bool
find_trusted(Poll *poll, Ballot *ballot, GError **error)
{
	if (!poll->options->action->asks_trusted)
		return true;
	if (poll->trusted == NULL)
		poll->trusted = trusted_find(&poll->tool, error);
	ballot->trusted = poll->trusted;
	return ballot->trusted != NULL;
}

/* The mails of which the digest begins so. */
typedef struct {
	const char *prefix;
	GPtrArray *found; /* HishoReceipt */
} Search;

static bool
collect(const HishoReceipt *receipt, void *context)
{
	Search *search = context;

	if (g_str_has_prefix(receipt->digest, search->prefix))
		g_ptr_array_add(search->found,
		    hisho_record_dup(&hisho_receipt_type, receipt));
	return true;
}

/* Fills `kept` with my records of the mails of which the digest begins with
 * PREFIX. */
static bool
look_up(const Poll *poll, Ballot *ballot, const char *prefix, GError **error)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_for_reading(
	    poll->tool.database, (int)poll->tool.config->database_ms, error);
	Search search = { prefix, ballot->kept };
	const HishoLedgerWalk walk = { poll->tool.user, collect, &search };

	if (database == NULL)
		return false;
	if (strlen(prefix) < 64)
		return hisho_ledger_walk(database, &walk, error);
	g_autoptr(GPtrArray) found =
	    hisho_ledger_find_mail(database, poll->tool.user, prefix, error);
	if (found == NULL)
		return false;
	g_ptr_array_extend_and_steal(ballot->kept, g_steal_pointer(&found));
	return true;
}

/* Votes go where the filter found the mail to come from. */
static AssessPlan
plan_of(const Poll *poll)
{
	return (AssessPlan){
		.tool = &poll->tool,
		.circle = poll->circle,
		.lookup = { .tool = &poll->tool },
		.stage = HISHO_STAGE_SCORE,
		.depth = POLL_DEPTH,
		.boundary = {
			.networks = poll->tool.networks,
			.hosts = (const char *const *)
			    poll->tool.config->own_hosts,
			.clients_hidden = poll->tool.config->clients_hidden,
		},
	};
}

static bool
assess(Poll *poll, Assessment *assessment, GError **error)
{
	if (poll->circle == NULL)
		poll->circle = circle_new(&poll->tool);
	const AssessPlan plan = plan_of(poll);
	assess_restart_clock(assessment);
	assess_judge(assessment, &plan, NULL);
	if (assessment->memory->unavailable == NULL)
		return true;
	g_set_error(error, HISHO_ERROR,
	    assessment->memory->is_damaged ? HISHO_ERROR_CONFIG
					   : HISHO_ERROR_TEMPORARY,
	    "%s", assessment->memory->unavailable);
	return false;
}

/* Who votes on himself would be heard wherever his name is forged. */
static bool
may_judge(const Poll *poll, const Ballot *ballot, GError **error)
{
	HishoOwn own = hisho_own_find(ballot->receipt, poll->tool.config);

	if (!poll->options->action->judges || own == HISHO_OWN_NOT)
		return true;
	if (own == HISHO_OWN_MAIL)
		return ballot_refuse(error,
		    "this is your own mail, from '%s': there is nothing to"
		    " vote on",
		    ballot->receipt->from);
	return ballot_refuse(error,
	    "this returns a mail of your own, from '%s': a vote would hit"
	    " the server that brought it back",
	    ballot->receipt->bounced);
}

/* What the message itself says is newer than what its receipt kept. */
static bool
choose_again(const Poll *poll, Ballot *ballot, GError **error)
{
	g_autofree char *bounced = g_strdup(ballot->receipt->bounced);

	if (!choose(poll, ballot, error))
		return false;
	g_free(ballot->receipt->bounced);
	ballot->receipt->bounced = g_steal_pointer(&bounced);
	return may_judge(poll, ballot, error);
}

Ballot *
poll_mail(Poll *poll, Assessment *assessment, GError **error)
{
	g_autoptr(Ballot) ballot = new_ballot(poll);

	poll->n_in_vain++;
	if (!assess(poll, assessment, error))
		return NULL;
	poll->n_in_vain = 0;
	ballot->receipt = g_steal_pointer(&assessment->receipt);
	ballot->verdict = g_steal_pointer(&assessment->verdict);
	find_links(ballot, assessment->facts->found);
	if (!look_up(poll, ballot, assessment->digest, error) ||
	    !choose_again(poll, ballot, error) ||
	    !find_trusted(poll, ballot, error))
		return NULL;
	return g_steal_pointer(&ballot);
}

static bool
is_one_mail(const GPtrArray *kept, const char *prefix, GError **error)
{
	if (kept->len == 0)
		return ballot_refuse(error,
		    "--digest: '%s' names no mail that you received", prefix);
	const HishoReceipt *first = kept->pdata[0];
	for (guint i = 1; i < kept->len; i++) {
		const HishoReceipt *other = kept->pdata[i];
		if (strcmp(first->digest, other->digest) != 0)
			return ballot_refuse(error,
			    "--digest: '%s' names several mails; give more"
			    " digits, or the message",
			    prefix);
	}
	return true;
}

Ballot *
poll_digest(Poll *poll, GError **error)
{
	const char *prefix = poll->options->digest;
	g_autoptr(Ballot) ballot = new_ballot(poll);

	if (!look_up(poll, ballot, prefix, error) ||
	    !is_one_mail(ballot->kept, prefix, error) ||
	    !choose(poll, ballot, error) || !may_judge(poll, ballot, error) ||
	    !recall(poll, ballot, error) || !find_trusted(poll, ballot, error))
		return NULL;
	return g_steal_pointer(&ballot);
}

Ballot *
poll_name(Poll *poll, GError **error)
{
	g_autoptr(Ballot) ballot = new_ballot(poll);

	ballot->receipt = hisho_receipt_new();
	ballot->receipt->user = g_strdup(poll->tool.user);
	return find_trusted(poll, ballot, error) ? g_steal_pointer(&ballot)
						 : NULL;
}

void
poll_forget(Poll *poll)
{
	g_clear_pointer(&poll->circle, circle_free);
}

void
poll_clear(Poll *poll)
{
	poll_forget(poll);
	g_clear_pointer(&poll->trusted, trusted_free);
	tool_close(&poll->tool);
}
