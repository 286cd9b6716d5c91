#include <pwd.h>
#include <string.h>

#include "bin/dbcase.h"
#include "bin/linkname.h"
#include "libhisho/base/error.h"
#include "libhisho/base/network.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/address.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/text.h"
#include "libhisho/store/key.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/linkentry.h"
#include "libhisho/store/lists.h"

/* What is asked about, and the answer on its way. */
typedef struct {
	const DbCase *about;
	char *address;	      /* as it is compared, or a domain */
	HishoNetwork network; /* of --host */
	GPtrArray *entries;   /* all that --link can be listed under */
	char *user;	      /* whose name was looked up last ... */
	char *name;	      /* ... and the name */
	GError *error;
} Question;

static bool
refuse(const char *option, const char *text, const char *wanted, GError **error)
{
	g_set_error(error, HISHO_ERROR, HISHO_ERROR_INPUT, "%s: '%s' is no %s",
	    option, text, wanted);
	return false;
}

/* A user has many votes in a row. */
static const char *
find_name(Question *question, const char *user)
{
	const struct passwd *account = NULL;
	guint64 uid;

	if (g_strcmp0(question->user, user) == 0)
		return question->name;
	if (g_str_has_prefix(user, "uid:") &&
	    g_ascii_string_to_unsigned(
		user + 4, 10, 0, G_MAXUINT32, &uid, NULL))
		account = getpwuid((uid_t)uid);
	g_free(question->user);
	g_free(question->name);
	question->user = g_strdup(user);
	question->name = g_strdup(account != NULL ? account->pw_name
		: g_str_has_prefix(user, "name:") ? user + 5
						  : "-");
	return question->name;
}

static char *
dup_time(gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);

	return moment != NULL ? g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ")
			      : g_strdup("-");
}

/* One line of the answer; "-" for what is NULL or empty. */
typedef struct {
	const char *user;
	const char *vote;
	gint64 time;
	const char *received;
	const char *from;
	const char *host;
	const char *subject; /* the mail, or the link */
} Row;

static bool
say(Question *question, const Row *row)
{
	g_autofree char *time = dup_time(row->time);
	const char *const columns[] = { find_name(question, row->user),
		row->user, row->vote, time, row->received, row->from, row->host,
		row->subject };
	g_autoptr(GString) line = g_string_new(NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
		const char *text = columns[i];
		g_autofree char *shown = hisho_text_for_terminal(
		    text == NULL || *text == '\0' ? "-" : text);
		g_string_append_printf(line, "%s%s", i > 0 ? "\t" : "", shown);
	}
	g_string_append_c(line, '\n');
	return tool_write(line->str, line->len, &question->error);
}

/* A domain stands for all its addresses, and for those below it. */
static bool
is_of(const char *address, const char *wanted)
{
	if (address == NULL || strcmp(address, wanted) == 0)
		return address != NULL;
	if (strchr(wanted, '@') != NULL || !g_str_has_suffix(address, wanted))
		return false;
	const char *start = address + strlen(address) - strlen(wanted);
	return start > address && (start[-1] == '@' || start[-1] == '.');
}

static bool
is_from_host(const Question *question, const HishoReceipt *receipt)
{
	HishoIp ip;

	return hisho_network_parse_ip(
		   receipt->host, strlen(receipt->host), &ip) &&
	    hisho_network_contains(&question->network, &ip);
}

static bool
is_meant(const Question *question, const HishoReceipt *receipt)
{
	const DbQuestion *asked = &question->about->question;

	if (receipt->vote == NULL)
		return false;
	if (asked->digest != NULL)
		return g_str_has_prefix(receipt->digest, asked->digest);
	if (asked->host != NULL)
		return is_from_host(question, receipt);
	return is_of(receipt->from, question->address) ||
	    is_of(receipt->sender, question->address);
}

static bool
visit_record(const HishoReceipt *receipt, void *context)
{
	Question *question = context;
	g_autofree char *mail = g_strndup(receipt->digest, 12);
	const Row row = { receipt->user, receipt->vote, receipt->voted,
		receipt->received != 0 ? "received" : "not-received",
		receipt->from, receipt->host, mail };

	return !is_meant(question, receipt) || say(question, &row);
}

/* "report ENTRY USER". */
static bool
visit_report(HishoSlice key, HishoSlice value, void *context)
{
	Question *question = context;
	const Tool *tool = question->about->tool;
	g_auto(GStrv) parts = hisho_key_split(key);

	if (g_strv_length(parts) != 3)
		return true;
	gint64 since = hisho_lists_read_since(value);
	bool expired =
	    since <= hisho_config_reports_after(tool->config, tool->now);
	const Row row = { parts[2], expired ? "report-expired" : "report",
		since, NULL, NULL, NULL, parts[1] };
	return say(question, &row);
}

static int
compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that a link to --link can be listed under, sorted. */
static GPtrArray *
list_entries(const char *link, GError **error)
{
	g_autofree char *whole = linkname_dup_armed(link);
	g_autoptr(HishoUrl) url = hisho_url_parse(whole, strlen(whole), NULL);
	const char *host = url != NULL ? hisho_url_host(url) : NULL;

	if (host == NULL) {
		refuse("--link", link, "host or URL", error);
		return NULL;
	}
	g_autofree char *normal = hisho_url_dup_text(url);
	GPtrArray *entries = hisho_linkentry_list(host, normal);
	g_ptr_array_sort(entries, compare);
	return entries;
}

static bool
ask_reports(Question *question, HishoDatabase *database, GError **error)
{
	const GPtrArray *entries = question->entries;
	const char *last = NULL;

	for (guint i = 0; i < entries->len; i++) {
		const char *entry = entries->pdata[i];
		g_autofree char *prefix =
		    hisho_key_join("report", entry, "", NULL);
		const HishoWalk walk = { .prefix = hisho_slice(prefix),
			.visit = visit_report,
			.context = question };
		if (g_strcmp0(last, entry) != 0 &&
		    !hisho_database_walk(database, &walk, error))
			return false;
		last = entry;
	}
	return true;
}

static bool
read_question(Question *question, GError **error)
{
	const DbQuestion *asked = &question->about->question;
	const char *address = asked->address;

	if (asked->link != NULL)
		question->entries = list_entries(asked->link, error);
	if (asked->link != NULL && question->entries == NULL)
		return false;
	if (asked->host != NULL &&
	    !hisho_network_parse(asked->host, &question->network))
		return refuse(
		    "--host", asked->host, "IP address or network", error);
	if (address == NULL)
		return true;
	question->address = strchr(address, '@') != NULL
	    ? hisho_address_key(address)
	    : hisho_domain_to_ascii(address);
	return question->address != NULL ||
	    refuse("--address", address, "address or domain", error);
}

static bool
answer(Question *question, GError **error)
{
	static const char heading[] =
	    "name\tuser\tvote\ttime\treceived\tfrom\thost\tmail-or-link\n";
	const DbCase *about = question->about;
	const HishoLedgerWalk walk = { NULL, visit_record, question };
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database,
		(int)about->tool->config->database_ms, error);

	if (database == NULL || !tool_write(heading, sizeof heading - 1, error))
		return false;
	return about->question.link != NULL
	    ? ask_reports(question, database, error)
	    : hisho_ledger_walk(database, &walk, error);
}

/* In the order of the database, from a private copy: output may block. */
bool
db_who_voted(const DbCase *about, GError **error)
{
	Question question = { .about = about };
	bool ok = read_question(&question, error) && answer(&question, error);

	g_clear_pointer(&question.entries, g_ptr_array_unref);
	g_free(question.address);
	g_free(question.user);
	g_free(question.name);
	if (ok && question.error != NULL) {
		g_propagate_error(error, question.error);
		return false;
	}
	g_clear_error(&question.error);
	return ok;
}
