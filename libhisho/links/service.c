#include "libhisho/links/service.h"

#include <string.h>

/* Services that send mail for others and count the clicks, and filters that
 * check links when they are clicked: the target says nothing in the URL. */
static const char *const trackers[] = {
	/* Mail services of the world. */
	"sendgrid.net", "sendgrid.com", "list-manage.com", "list-manage1.com",
	"list-manage2.com", "mailchimp.com", "campaign-archive.com",
	"mlsend.com", "mandrillapp.com", "sailthru.com", "exacttarget.com",
	"exct.net", "constantcontact.com", "rs6.net", "hubspot.com",
	"hubspotemail.net", "hubspotlinks.com", "hs-email.net",
	"hubspotstarter.net", "marketo.com", "mktoweb.com", "salesforce.com",
	"pardot.com", "awstrack.me", "benchmarkemail.com", "bmetrack.com",
	"benchurl.com", "sparkpostmail.com", "mailgun.org", "mailgun.com",
	"mailgun.net", "mailjet.com", "mjt.lu", "sendinblue.com", "brevo.com",
	"sibautomation.com", "klaviyomail.com", "klclick.com", "klclick1.com",
	"klclick2.com", "klclick3.com", "getresponse.com", "gr8.com",
	"aweber.com", "activecampaign.com", "acemlna.com", "acemlnb.com",
	"acemlnc.com", "activehosted.com", "createsend.com", "createsend1.com",
	"createsend2.com", "createsend4.com", "cmail19.com", "cmail20.com",
	"createsend5.com", "responsys.net", "rsys2.net", "rsys5.com",
	"en25.com", "eloqua.com", "bluehornet.com", "cheetahmail.com",
	"cheetahdigital.com", "epsilon.com", "silverpop.com", "mkt1.com",
	"pages05.net", "iterable.com", "customeriomail.com", "customer.io",
	"convertkit.com", "convertkit-mail.com", "convertkit-mail2.com",
	"ck.page", "beehiiv.com", "postmarkapp.com", "pstmrk.it", "emarsys.net",
	"emarsys.com", "intercom-mail.com", "intercom-clicks.com",
	"intercomcdn.com", "braze.com", "appboy.com", "dotdigital.com",
	"dmtrk.net", "dmtrk.com", "dotmailer.com", "icontact.com", "vresp.com",
	"verticalresponse.com", "mailerlite.com", "moosend.com", "omnisend.com",
	"drip.com", "zohocampaigns.com", "campaign-view.com",
	"elasticemail.com", "smtp2go.com", "socketlabs.com", "mailersend.com",
	"emltrk.com", "innovyx.net", "whatcounts.com", "lyris.net",
	"bronto.com", "listrak.com", "ctctcdn.com", "smartfocus.com",
	"emv2.com", "emv3.com", "mailup.com", "news-eu.com", "flodesk.com",
	"substack.com", "branch.io", "app.link", "adj.st", "onelink.me",
	"appsflyer.com", "netline.com", "digitalriver.com", "linksynergy.com",
	"embluemail.com",
	/* Of Japan. */
	"blastmail.jp", "bmb.jp", "bme.jp", "cuenote.jp", "cuenote-m.com",
	"mail-magazine.biz", "mag2.com", "mixh.jp", "combz.jp", "combzmail.jp",
	"asp.jcity.com", "autobiz.jp", "mailpublisher.jp", "emberpoint.com",
	"mpme.jp", "mpse.jp", "repica.jp", "ymlp.jp", "synergy360.jp",
	"crmf.jp", "crmstyle.com", "e-msg.jp", "arara.com", "wimail.jp",
	"workersmail.jp", "haihaimail.jp", "hm-f.jp", "mail-lab.jp",
	"nakahiro.jp", "spiral.bz", "area34.smp.ne.jp", "area18.smp.ne.jp",
	"smp.ne.jp", "myasp.jp", "f-pal.com", "os7.biz", "mailux.com",
	"valuecommerce.com", "a8.net", "moshimo.com", "accesstrade.net",
	"karte.io", "b-dash.com", "sansan.com",
	/* Filters. */
	"clicktime.symantec.com", "clicktime.cloud.postoffice.net",
	"protection.sophos.com", "mimecast.com", "mimecastprotect.com",
	"trendmicro.com", "trellix.com", "fireeye.com", "barracudanetworks.com",
	"cudasvc.com", "inky.com", "avanan.click", "checkpoint.com",
	"appriver.com", "edgepilot.com", "egress.com", "vadesecure.com",
	"messagelabs.com", "iphmx.com", "hornetsecurity.com", "antigena.com",
	"perception-point.io", "mailcontrol.com",
	"safelinks.protection.outlook.com", "urldefense.com", "urldefense.us",
	"urldefense.proofpoint.com", "urlsand.com", "esvalabs.com",
	"libraesva.com", "cyren.com"
};

/* Others that have their customers' names in front of their own. */
static const char *const carriers[] = {
	/* Networks that deliver pages, and proxies that show them. */
	"edgesuite.net", "edgekey.net", "akamai.net", "akamaized.net",
	"akamaihd.net", "akamaiedge.net", "cloudflare.net", "cloudfront.net",
	"fastly.net", "llnwd.net", "cdngc.net", "netdna-cdn.com", "imgix.net",
	"ampproject.org", "translate.goog", "mcas.ms", "goskope.com",
	"webpkgcache.com", "googleusercontent.com", "archive.org",
	/* Help desks, offices, surveys, vacancies and the like. */
	"custhelp.com", "zendesk.com", "freshdesk.com", "slack.com", "okta.com",
	"salesforce.com", "force.com", "site.com", "qualtrics.com",
	"medallia.com", "surveymonkey.com", "decipherinc.com", "cint.com",
	"myworkday.com", "myworkdayjobs.com", "successfactors.com",
	"greenhouse.io", "lever.co", "icims.com", "taleo.net", "workable.com",
	"box.com", "webex.com", "zoom.us", "gotowebinar.com", "on24.com",
	"eventbrite.com", "atlassian.net", "service-now.com", "uservoice.com",
	"statuspage.io", "teamwork.com", "monday.com", "bamboohr.com",
	"coupahost.com", "ariba.com", "concursolutions.com", "narvar.com",
	"aftership.com", "smartrecruiters.com", "jobvite.com", "mynavi.jp",
	"rikunabi.com", "macromill.com", "backlog.jp", "cybozu.com"
};

static GHashTable *
new_set(const char *const *names, size_t n_names)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	for (size_t i = 0; i < n_names; i++)
		g_hash_table_add(set, (gpointer)(gsize)names[i]);
	return set;
}

/* Whether HOST or what it is below is in SET. */
static bool
is_below_any(const char *host, GHashTable *set)
{
	for (; host != NULL; host = strchr(host, '.')) {
		host += *host == '.';
		if (g_hash_table_contains(set, host))
			return true;
	}
	return false;
}

bool
hisho_service_is_tracker(const char *host)
{
	static GHashTable *set;

	if (g_once_init_enter(&set))
		g_once_init_leave(
		    &set, new_set(trackers, G_N_ELEMENTS(trackers)));
	return is_below_any(host, set);
}

bool
hisho_service_carries_names(const char *host)
{
	static GHashTable *set;

	if (g_once_init_enter(&set))
		g_once_init_leave(
		    &set, new_set(carriers, G_N_ELEMENTS(carriers)));
	return hisho_service_is_tracker(host) || is_below_any(host, set);
}
