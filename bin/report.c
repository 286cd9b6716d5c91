#include "bin/report.h"

#include <string.h>

#include "bin/trusted.h"
#include "libhisho/base/network.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/freemail.h"
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
	g_autofree char *organization = hisho_domain_organization(host);
	const char *party = organization != NULL ? organization : host;

	for (size_t i = 0; i < G_N_ELEMENTS(common_hosts); i++)
		if (strcmp(party, common_hosts[i]) == 0)
			return true;
	return hisho_freemail_has(host);
}

/* Whether a report of HOST would hit people who have nothing to do with each
 * other: below a suffix everybody has his own name. */
static bool
is_shared(const char *host)
{
	return is_common(host) || hisho_domain_is_public_suffix(host);
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

/* A host by its A-labels or address. */
static char *
dup_host_entry(const char *host, bool is_adding, GError **error)
{
	HishoIp ip;

	if (hisho_network_parse_ip(host, strlen(host), &ip))
		return hisho_network_dup_ip_text(&ip);
	g_autofree char *ascii = hisho_domain_to_ascii(host);
	if (ascii == NULL || strchr(ascii, '.') == NULL) {
		ballot_refuse(error, "--host: '%s' is no host name", host);
		return NULL;
	}
	if (is_adding && is_shared(ascii)) {
		ballot_refuse(error,
		    "--host: '%s' serves everybody, the good and the"
		    " bad; report the page with --url",
		    ascii);
		return NULL;
	}
	return g_steal_pointer(&ascii);
}

static char *
dup_url_entry(const char *text, bool is_adding, GError **error)
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
	if (is_adding && is_shared(host) && (path == NULL || path[1] == '\0')) {
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
	    ? dup_host_entry(ballot->host, is_adding, error)
	    : dup_url_entry(ballot->url, is_adding, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	HishoChange change = change_report(ballot, entry, is_adding, error);
	if (change != HISHO_CHANGE_FAILED)
		ballot_say(said, change,
		    is_adding ? "reported" : "report withdrawn", entry);
	return change;
}

/* Why HOST is not reported unless it is named; NULL if it is.  A phish links
 * to the real bank, too, and often in its name. */
static const char *
why_left_out(const Ballot *ballot, const char *host)
{
	const HishoReceipt *receipt = ballot->receipt;
	const char *from = receipt->from_domain;

	if (is_shared(host))
		return "serves everybody; name the page with --url";
	if (trusted_has(ballot->trusted, host))
		return "mail you or others trust links to; name it with"
		       " --host if you mean it";
	if (!receipt->aligned && from != NULL &&
	    (strcmp(host, from) == 0 ||
		hisho_domain_same_organization(host, from)))
		return "belongs to the From address, which may be forged; name"
		       " it with --host if you mean it";
	return NULL;
}

static HishoChange
change_and_say(const Ballot *ballot, const char *entry, bool is_adding,
    GString *said, GError **error)
{
	HishoChange change = change_report(ballot, entry, is_adding, error);

	if (change == HISHO_CHANGE_MADE ||
	    (is_adding && change == HISHO_CHANGE_NONE))
		ballot_say(said, change,
		    is_adding ? "reported" : "report withdrawn", entry);
	return change;
}

static HishoChange
refuse_links(const GString *left_out, GError **error)
{
	ballot_refuse(error,
	    "no visible link of this mail leads to a host that can be reported"
	    " as a whole; name one with --host or --url%s%s",
	    left_out->len > 0 ? "\n" : "", left_out->str);
	return HISHO_CHANGE_FAILED;
}

static HishoChange
report_links(const Ballot *ballot, GString *said, GError **error)
{
	const GPtrArray *hosts = ballot->links;
	g_autoptr(GString) left_out = g_string_new(NULL);
	HishoChange all = HISHO_CHANGE_NONE;
	guint n_reported = 0;

	for (guint i = 0; i < hosts->len; i++) {
		const char *host = hosts->pdata[i];
		const char *why = why_left_out(ballot, host);
		if (why != NULL) {
			ballot_add(
			    left_out, "left out: %s, which %s", host, why);
			continue;
		}
		n_reported++;
		HishoChange change =
		    change_and_say(ballot, host, true, said, error);
		if (change == HISHO_CHANGE_FAILED)
			return change;
		all = ballot_graver(all, change);
	}
	if (n_reported == 0)
		return refuse_links(left_out, error);
	g_string_append(said, left_out->str);
	return all;
}

/* All that may have been reported for the sake of this mail. */
static HishoChange
withdraw_links(const Ballot *ballot, GString *said, GError **error)
{
	const GPtrArray *hosts = ballot->links;
	HishoChange all = HISHO_CHANGE_NONE;

	for (guint i = 0; i < hosts->len; i++) {
		g_autofree char *organization =
		    hisho_domain_organization(hosts->pdata[i]);
		HishoChange change =
		    change_and_say(ballot, hosts->pdata[i], false, said, error);
		if (organization != NULL && change != HISHO_CHANGE_FAILED)
			change = ballot_graver(change,
			    change_and_say(
				ballot, organization, false, said, error));
		if (change == HISHO_CHANGE_FAILED)
			return change;
		all = ballot_graver(all, change);
	}
	if (all == HISHO_CHANGE_NONE)
		ballot_add(said, "you had reported no host of this mail");
	return all;
}

HishoChange
report_add(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return report_named(ballot, true, said, error);
	return report_links(ballot, said, error);
}

HishoChange
report_remove(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->host != NULL || ballot->url != NULL)
		return report_named(ballot, false, said, error);
	return withdraw_links(ballot, said, error);
}
