#include "bin/report.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/links/links.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"
#include "libhisho/store/lists.h"

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
		ballot_refuse(error, "--host: '%s' is no host name", host);
		return NULL;
	}
	if (is_common(ascii)) {
		ballot_refuse(error,
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
		ballot_refuse(error, "--url: '%s' is no URL with a host", text);
		return NULL;
	}
	g_autofree char *canonical = hisho_url_dup_text(url);
	const char *path = strstr(canonical, "://");
	path = path != NULL ? strchr(path + 3, '/') : NULL;
	if (is_common(host) && (path == NULL || path[1] == '\0')) {
		ballot_refuse(error,
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
		ballot_say(said, change,
		    is_adding ? "reported" : "report withdrawn", entry);
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
		ballot_say(said, change,
		    is_adding ? "reported" : "report withdrawn", link->host);
		all = ballot_graver(all, change);
	}
	if (g_hash_table_size(done) > 0)
		return all;
	ballot_refuse(error, "%s",
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
	ballot_refuse(error, "%s",
	    "a digest tells no links: give the message itself,"
	    " --host or --url");
	return HISHO_CHANGE_FAILED;
}

HishoChange
report_add(const Ballot *ballot, GString *said, GError **error)
{
	return change_reports(ballot, true, said, error);
}

HishoChange
report_remove(const Ballot *ballot, GString *said, GError **error)
{
	return change_reports(ballot, false, said, error);
}
