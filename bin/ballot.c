#include "bin/ballot.h"

#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/network.h"
#include "libhisho/links/links.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"
#include "libhisho/score/score.h"
#include "libhisho/score/warnings.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"

/* Hosts on which anybody can put a page: one of them as a whole is never
 * the malicious part. */
static const char *const common_hosts[] = { "google.com", "googleapis.com",
	"gstatic.com", "googleusercontent.com", "goo.gl", "youtube.com",
	"facebook.com", "instagram.com", "twitter.com", "x.com", "t.co",
	"linkedin.com", "microsoft.com", "office.com", "live.com",
	"outlook.com", "windows.net", "sharepoint.com", "apple.com",
	"icloud.com", "amazon.com", "amazon.co.jp", "amazonaws.com",
	"images-amazon.com", "cloudfront.net", "yahoo.co.jp", "yahoo.com",
	"yimg.jp", "rakuten.co.jp", "line.me", "github.com", "github.io",
	"wikipedia.org", "w3.org", "bit.ly", "tinyurl.com", "dropbox.com",
	"jsdelivr.net", "cloudflare.com", "adobe.com", "paypal.com",
	"sendgrid.net", "mailchimp.com", "list-manage.com" };

static bool G_GNUC_PRINTF(2, 3) refuse(GError **error, const char *why, ...)
{
	va_list list;

	va_start(list, why);
	g_autofree char *text = g_strdup_vprintf(why, list);
	va_end(list);
	g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_INPUT, text);
	return false;
}

static void
say(GString *said, HishoChange change, const char *done, const char *what)
{
	g_string_append_printf(said, "%s%s: %s\n",
	    change == HISHO_CHANGE_NONE ? "already " : "", done, what);
}

/* What the mail is called in an answer. */
static char *
dup_name(const HishoReceipt *receipt)
{
	return g_strdup_printf("mail %.12s from %s by %s", receipt->digest,
	    receipt->from != NULL ? receipt->from : "(no single From)",
	    *receipt->host != '\0' ? receipt->host : "(no host)");
}

/* The danger warnings that stand, or stood when the mail came. */
static char *
dup_dangers(const Ballot *ballot)
{
	if (ballot->assessment == NULL)
		return g_strdup(ballot->receipt->dangers);
	GString *codes = g_string_new(NULL);
	const GPtrArray *warnings = ballot->assessment->verdict->warnings;
	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (strcmp(hisho_warning_level(warning), "danger") == 0)
			g_string_append_printf(codes, " %s", warning->code);
	}
	return g_string_free(codes, codes->len == 0);
}

/* Trust in a mail that warns of danger must be meant. */
static bool
is_meant(const Ballot *ballot, GError **error)
{
	g_autofree char *dangers = dup_dangers(ballot);

	if (dangers == NULL || ballot->despite_warnings)
		return true;
	return refuse(error,
	    "this mail carries a danger warning (%s); if you"
	    " are sure, say --despite-warnings",
	    g_strstrip(dangers));
}

static HishoChange
vote(const Ballot *ballot, const char *word, GString *said, GError **error)
{
	g_autofree char *name = dup_name(ballot->receipt);
	g_autofree char *done = g_strdup_printf("voted %s", word);

	g_free(ballot->receipt->vote);
	ballot->receipt->vote = g_strdup(word);
	ballot->receipt->voted = ballot->tool->now;
	HishoChange change =
	    hisho_ledger_vote(ballot->database, ballot->receipt, error);
	if (change != HISHO_CHANGE_FAILED)
		say(said, change, done, name);
	return change;
}

static HishoChange
trust(const Ballot *ballot, GString *said, GError **error)
{
	return is_meant(ballot, error) ? vote(ballot, "trust", said, error)
				       : HISHO_CHANGE_FAILED;
}

static HishoChange
distrust(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "distrust", said, error);
}

static HishoChange
receive(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "receive", said, error);
}

static HishoChange
discard(const Ballot *ballot, GString *said, GError **error)
{
	return vote(ballot, "delete", said, error);
}

static HishoChange
undo(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = dup_name(receipt);
	HishoChange change = hisho_ledger_undo(
	    ballot->database, receipt->user, receipt->digest, error);

	if (change == HISHO_CHANGE_MADE)
		say(said, change, "took back your votes on", name);
	if (change == HISHO_CHANGE_NONE)
		say(said, HISHO_CHANGE_MADE, "you had no vote on", name);
	return change;
}

static bool
can_permit(const Ballot *ballot, GError **error)
{
	const char *from = ballot->receipt->from;

	if (from == NULL)
		return refuse(error, "%s",
		    "this mail has not exactly one From"
		    " address: nobody can be permitted by it");
	if (hisho_score_is_own(ballot->tool->config, from))
		return refuse(error,
		    "'%s' is your own address, which every"
		    " forger knows: it is never permitted",
		    from);
	return is_meant(ballot, error);
}

static HishoChange
graver(HishoChange a, HishoChange b)
{
	if (a == HISHO_CHANGE_FAILED || b == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	return MAX(a, b);
}

/* On the list, pinned to this route, and trusted: all or nothing, for the
 * caller commits. */
static HishoChange
permit(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;

	if (!can_permit(ballot, error))
		return HISHO_CHANGE_FAILED;
	g_autoptr(HishoPermit) entry = hisho_record_new(&hisho_permit_type);
	entry->address = g_strdup(receipt->from);
	entry->since = ballot->tool->now;
	if (*receipt->host != '\0')
		g_ptr_array_add(entry->hosts, g_strdup(receipt->host));
	if (receipt->host_net != NULL)
		g_ptr_array_add(entry->nets, g_strdup(receipt->host_net));
	HishoChange listed =
	    hisho_permits_add(ballot->database, receipt->user, entry, error);
	if (listed == HISHO_CHANGE_FAILED)
		return HISHO_CHANGE_FAILED;
	say(said, listed, "permitted", receipt->from);
	return graver(listed, vote(ballot, "trust", said, error));
}

static HishoChange
forbid(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;

	if (receipt->from == NULL) {
		refuse(
		    error, "%s", "this mail has not exactly one From address");
		return HISHO_CHANGE_FAILED;
	}
	HishoChange change = hisho_permits_remove(
	    ballot->database, receipt->user, receipt->from, error);
	if (change != HISHO_CHANGE_FAILED)
		say(said, HISHO_CHANGE_MADE,
		    change == HISHO_CHANGE_MADE ? "no longer permitted"
						: "was not permitted",
		    receipt->from);
	return change;
}

static bool
is_common(const char *host)
{
	for (size_t i = 0; i < G_N_ELEMENTS(common_hosts); i++) {
		const char *common = common_hosts[i];
		size_t length = strlen(host), tail = strlen(common);
		if (g_str_has_suffix(host, common) &&
		    (length == tail || host[length - tail - 1] == '.'))
			return true;
	}
	return false;
}

static HishoChange
change_report(
    const Ballot *ballot, const char *entry, bool is_adding, GError **error)
{
	const HishoListEntry listed = { HISHO_LIST_REPORT,
		ballot->receipt->user, entry, ballot->tool->now };

	return is_adding ? hisho_lists_add(ballot->database, &listed, error)
			 : hisho_lists_remove(ballot->database, &listed, error);
}

/* A host by its A-labels or address; a common one as a whole is refused. */
static char *
dup_host_entry(const char *host, GError **error)
{
	HishoIp ip;

	if (hisho_network_parse_ip(host, strlen(host), &ip))
		return hisho_network_dup_ip_text(&ip);
	g_autofree char *ascii = hisho_domain_to_ascii(host);
	if (ascii == NULL || strchr(ascii, '.') == NULL) {
		refuse(error, "--host: '%s' is no host name", host);
		return NULL;
	}
	if (is_common(ascii)) {
		refuse(error,
		    "--host: '%s' serves everybody, the good and the"
		    " bad; report the page with --url",
		    ascii);
		return NULL;
	}
	return g_steal_pointer(&ascii);
}

static char *
dup_url_entry(const char *text, GError **error)
{
	g_autoptr(HishoUrl) url = hisho_url_parse(text, strlen(text), NULL);
	const char *host = url != NULL ? hisho_url_host(url) : NULL;

	if (host == NULL) {
		refuse(error, "--url: '%s' is no URL with a host", text);
		return NULL;
	}
	g_autofree char *canonical = hisho_url_dup_text(url);
	const char *path = strstr(canonical, "://");
	path = path != NULL ? strchr(path + 3, '/') : NULL;
	if (is_common(host) && (path == NULL || path[1] == '\0')) {
		refuse(error,
		    "--url: '%s' serves everybody; name the page,"
		    " with its path",
		    host);
		return NULL;
	}
	return g_steal_pointer(&canonical);
}

static HishoChange
report_named(
    const Ballot *ballot, bool is_adding, GString *said, GError **error)
{
	g_autofree char *entry = ballot->host != NULL
	    ? dup_host_entry(ballot->host, error)
	    : dup_url_entry(ballot->url, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	HishoChange change = change_report(ballot, entry, is_adding, error);
	if (change != HISHO_CHANGE_FAILED)
		say(said, change, is_adding ? "reported" : "report withdrawn",
		    entry);
	return change;
}

/* Whether LINK of a mail may be reported without being named: a phish links
 * to the real bank, too. */
static bool
is_suspect(const Ballot *ballot, const HishoLink *link)
{
	const HishoReceipt *receipt = ballot->receipt;
	bool is_click = g_strcmp0(link->kind, "click") == 0 ||
	    g_strcmp0(link->kind, "form") == 0 ||
	    g_strcmp0(link->kind, "text") == 0;

	if (!is_click || !link->visible || link->host == NULL ||
	    is_common(link->host))
		return false;
	return !hisho_domain_same_organization(
		   link->host, receipt->from_domain) &&
	    g_strcmp0(link->host, receipt->from_domain) != 0;
}

static HishoChange
report_links(
    const Ballot *ballot, bool is_adding, GString *said, GError **error)
{
	const GPtrArray *links = ballot->assessment->facts->found->links;
	HishoChange all = HISHO_CHANGE_NONE;
	g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < links->len; i++) {
		const HishoLink *link = links->pdata[i];
		if (!is_suspect(ballot, link) ||
		    !g_hash_table_add(done, link->host))
			continue;
		HishoChange change =
		    change_report(ballot, link->host, is_adding, error);
		if (change == HISHO_CHANGE_FAILED)
			return change;
		say(said, change, is_adding ? "reported" : "report withdrawn",
		    link->host);
		all = graver(all, change);
	}
	if (g_hash_table_size(done) > 0)
		return all;
	refuse(error, "%s",
	    "no visible link of this mail leads to a host that"
	    " can be reported as a whole; name one with --host or --url");
	return HISHO_CHANGE_FAILED;
}

static HishoChange
change_reports(
    const Ballot *ballot, bool is_adding, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return report_named(ballot, is_adding, said, error);
	if (ballot->assessment != NULL)
		return report_links(ballot, is_adding, said, error);
	refuse(error, "%s",
	    "a digest tells no links: give the message itself,"
	    " --host or --url");
	return HISHO_CHANGE_FAILED;
}

static HishoChange
report(const Ballot *ballot, GString *said, GError **error)
{
	return change_reports(ballot, true, said, error);
}

static HishoChange
unreport(const Ballot *ballot, GString *said, GError **error)
{
	return change_reports(ballot, false, said, error);
}

static void
say_time(GString *said, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *text = moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%d %H:%M:%SZ")
	    : NULL;

	if (time > 0 && text != NULL)
		g_string_append_printf(said, "  %s %s\n", label, text);
}

static HishoChange
show(const Ballot *ballot, GString *said, GError **error)
{
	const HishoReceipt *receipt = ballot->receipt;
	g_autofree char *name = dup_name(receipt);
	g_autoptr(HishoPermit) entry = receipt->from == NULL
	    ? NULL
	    : hisho_permits_find(
		  ballot->database, receipt->user, receipt->from, error);

	if (error != NULL && *error != NULL)
		return HISHO_CHANGE_FAILED;
	g_string_append_printf(
	    said, "%s\n  digest %s\n", name, receipt->digest);
	g_string_append_printf(said, "  your vote: %s\n",
	    ballot->is_kept && receipt->vote != NULL ? receipt->vote : "none");
	if (ballot->is_kept) {
		say_time(said, "received", receipt->received);
		say_time(said, "voted", receipt->voted);
	}
	g_string_append_printf(said, "  its From is %s\n",
	    entry != NULL ? "on your permit list" : "not on your permit list");
	return HISHO_CHANGE_NONE;
}

static const struct {
	const char *name;
	BallotAction action;
} actions[] = {
	{ "trust", trust },
	{ "distrust", distrust },
	{ "receive", receive },
	{ "delete", discard },
	{ "undo", undo },
	{ "permit", permit },
	{ "forbid", forbid },
	{ "report", report },
	{ "unreport", unreport },
	{ "show", show },
};

BallotAction
ballot_find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return actions[i].action;
	return NULL;
}

char *
ballot_dup_action_names(void)
{
	GString *names = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		g_string_append_printf(
		    names, "%s%s", i > 0 ? ", " : "", actions[i].name);
	return g_string_free(names, FALSE);
}
