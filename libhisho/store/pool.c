#include "libhisho/store/pool.h"

#include <string.h>

#include "libhisho/base/edits.h"
#include "libhisho/mail/freemail.h"

/* Few companies speak for five others; no provider for fewer. */
#define POOL_ORGANIZATIONS 5

/* Networks out of which providers send the mail of all their customers, as
 * they publish them for SPF, with older ones for archives. */
static const char *const networks[] = {
	/* Google: Gmail and Workspace. */
	"35.190.247.0/24 64.233.160.0/19 66.102.0.0/20 66.249.80.0/20 "
	"72.14.192.0/18 74.125.0.0/16 108.177.0.0/17 172.217.0.0/16 "
	"172.253.0.0/16 173.194.0.0/16 209.85.128.0/17 216.58.192.0/19 "
	"216.239.32.0/19 2001:4860::/32 2404:6800::/32 2607:f8b0::/32 "
	"2800:3f0::/32 2a00:1450::/32 2c0f:fb50::/32",
	/* Microsoft: 365, Outlook.com, formerly Hotmail. */
	"40.92.0.0/15 40.107.0.0/16 52.100.0.0/14 65.54.0.0/15 104.47.0.0/17 "
	"2a01:111::/32",
	/* Amazon: the mail service that its customers rent. */
	"23.249.208.0/20 23.251.224.0/19 54.240.0.0/17 69.169.224.0/20 "
	"76.223.128.0/18 199.127.232.0/22 199.255.192.0/22",
	/* Yahoo. */
	"66.163.160.0/19 67.195.0.0/16 72.30.0.0/16 74.6.0.0/16 "
	"77.238.160.0/19 87.248.96.0/19 98.136.0.0/14",
	/* Yahoo! JAPAN. */
	"124.83.128.0/17 182.22.0.0/17 183.79.0.0/16 203.216.224.0/19",
	/* Apple: iCloud. */
	"17.0.0.0/8",
	/* Senders of bulk mail for others: SendGrid, Mailchimp, Mailgun. */
	"50.31.32.0/19 149.72.0.0/16 159.183.0.0/16 167.89.0.0/17 "
	"168.245.0.0/17 192.254.112.0/20 198.21.0.0/21 198.37.144.0/20 "
	"208.117.48.0/20",
	"148.105.0.0/16 198.2.128.0/18 205.201.128.0/20",
	"69.72.32.0/20 143.55.224.0/20 159.135.224.0/20 161.38.192.0/20 "
	"166.78.68.0/22 198.61.254.0/23",
	/* Proton, GMX and web.de, Mail.ru. */
	"185.70.40.0/22",
	"82.165.159.0/24 212.227.15.0/24 212.227.17.0/24 212.227.126.128/25 "
	"217.72.192.64/26",
	"94.100.176.0/20 217.69.128.0/20",
	NULL,
};

/* Those below whose names one host serves many customers. */
static const char *const senders[] = { "google.com", "outlook.com",
	"office365.com", "hotmail.com", "amazonses.com", "sendgrid.net",
	"yahoo.com", "yahoodns.net", "yahoo.co.jp", "icloud.com", "me.com",
	"apple.com", "mcsv.net", "mcdlv.net", "rsgsv.net", "mandrillapp.com",
	"mailgun.net", "sparkpostmail.com", "mtasv.net", "mailjet.com",
	"sendinblue.com", "exacttarget.com", "protonmail.ch", "gmx.net",
	"web.de", "mail.ru", "yandex.net", "qq.com", "163.com", "126.com",
	"naver.com", "zoho.com", "messagingengine.com", "docomo.ne.jp",
	"ezweb.ne.jp", "au.com", "softbank.ne.jp", "softbank.jp",
	"ymobile.ne.jp",
	/* More who send for others, bulk mail and tickets. */
	"sparkpost.com", "mailgun.org", "postmarkapp.com", "mandrill.com",
	"createsend.com", "cmail1.com", "cmail2.com", "cmail19.com",
	"cmail20.com", "ccsend.com", "constantcontact.com", "hubspotemail.net",
	"hubspot.com", "responsys.net", "rsys2.com", "rsys5.com", "en25.com",
	"eloqua.com", "neolane.net", "bfi0.com", "chtah.net", "mktomail.com",
	"marketo.org", "salesforce.com", "zendesk.com", "freshemail.io",
	"klaviyomail.com", "mlsend.com", "smtp2go.com", "socketlabs.com",
	"elasticemail.com", "emarsys.net", "mpse.jp", "cuenote.jp", "mpme.jp",
	"combzmail.jp", "benchmarkemail.com",
	/* What stands before the servers of firms. */
	"mimecast.com", "mimecast.co.za", "pphosted.com", "ppe-hosted.com",
	"messagelabs.com", "iphmx.com", "barracudanetworks.com", "cudaops.com",
	"trendmicro.eu", "trendmicro.com", "hornetsecurity.com",
	"antispamcloud.com", "emailsrvr.com", "securence.com",
	/* Web hosting elsewhere. */
	"kundenserver.de", "perfora.net", "rzone.de", "ispgateway.de",
	"kasserver.com", "hosteurope.de", "one.com", "transip.email",
	"infomaniak.ch", "hostpoint.ch", "gandi.net", "loopia.se", "aruba.it",
	"home.pl", "nazwa.pl", "beget.com", "timeweb.ru", "hostinger.com",
	"bluehost.com", "unifiedlayer.com", "websitewelcome.com",
	"siteground.eu", "siteground.us", "mailchannels.net",
	/* Japanese web hosting: hundreds of customers on each server. */
	"sakura.ne.jp", "xserver.jp", "lolipop.jp", "heteml.jp", "kagoya.net",
	"xsrv.jp", "star.ne.jp", "gmoserver.jp", "coreserver.jp",
	"value-server.com", "valueserver.jp", "muumuu-mail.com", "chicappa.jp",
	"secure.ne.jp", "wadax.ne.jp", "bizmw.com", NULL };

/* Those whose customers have a host each, beside each other.  The lines of
 * access providers are such, too. */
static const char *const landlords[] = { "amazonaws.com",
	"googleusercontent.com", "azure.com", "linode.com",
	"linodeusercontent.com", "vultr.com", "vultrusercontent.com", "ovh.net",
	"ovh.ca", "your-server.de", "contabo.net", "contaboserver.net",
	"hetzner.com", "digitalocean.com", "secureserver.net",
	"hostwindsdns.com", "hwsrv.net", "colocrossing.com", "conoha.io",
	"idcfcloud.net", "ablenet.jp", "ocn.ad.jp", "mesh.ad.jp", "bbtec.net",
	NULL };

/* All networks, read once: that takes longer than all else of a mail here. */
static const GArray *
our_networks(void)
{
	static GArray *list;

	if (g_once_init_enter(&list)) {
		g_autofree char *text =
		    g_strjoinv(" ", (char **)(gsize)networks);
		g_once_init_leave(&list, hisho_network_parse_list(text, NULL));
	}
	return list;
}

/* How near our list is to NETWORK. */
static HishoNearness
near_network(const HishoNetwork *network)
{
	const GArray *list = our_networks();
	HishoNearness nearest = 0;

	for (guint i = 0; i < list->len; i++) {
		const HishoNetwork *one = &g_array_index(list, HishoNetwork, i);
		if (one->prefix_bits > nearest &&
		    one->prefix_bits <= network->prefix_bits &&
		    hisho_network_contains(one, &network->ip))
			nearest = one->prefix_bits;
	}
	return nearest;
}

/* What TEXT, an address or a network, comes to. */
static HishoEdited
look_up(const HishoEdits *edits, const char *text, bool is_ours)
{
	HishoNetwork network;

	if (text == NULL || !hisho_network_parse(text, &network))
		return HISHO_EDITS_SILENT;
	return hisho_edits_network(
	    edits, &network, is_ours ? near_network(&network) : 0);
}

/* The whole of it, where it is known; NULL where none is confirmed. */
static char *
dup_name(const HishoReceipt *receipt)
{
	if (receipt->host_organization == NULL)
		return NULL;
	return g_ascii_strdown(
	    receipt->ptr != NULL ? receipt->ptr : receipt->host_organization,
	    -1);
}

/* Whether NAME is a landlord's, or a provider's that everybody writes by. */
static bool
is_let_by_name(const char *name, const HishoConfig *config)
{
	const HishoEdits edits = { config->landlords, config->not_pools };
	const HishoEdits providers = hisho_config_providers(config);
	HishoEdited found =
	    hisho_edits_name(&edits, name, hisho_edits_near(landlords, name));

	return found == HISHO_EDITS_LISTED ||
	    (found == HISHO_EDITS_SILENT &&
		hisho_freemail_has(name, &providers));
}

/* Whether HOST is in a landlord's network; the names there may be those of
 * his customers. */
static bool
is_let_by_net(const char *host, const HishoConfig *config)
{
	const HishoEdits edits = { config->landlords, config->not_pools };

	return look_up(&edits, host, false) == HISHO_EDITS_LISTED;
}

HishoPool
hisho_pool_find(const HishoReceipt *receipt, const HishoStanding *seen,
    const HishoConfig *config)
{
	if (receipt == NULL)
		return (HishoPool){ false, false, false };
	const HishoEdits edits = { config->pools, config->not_pools };
	g_autofree char *name = dup_name(receipt);
	HishoEdited by_name =
	    hisho_edits_name(&edits, name, hisho_edits_near(senders, name));
	HishoEdited by_host = look_up(&edits, receipt->host, true);
	HishoEdited by_net = look_up(&edits, receipt->host_net, true);
	bool is_off = by_name == HISHO_EDITS_REMOVED;
	bool is_on = by_name == HISHO_EDITS_LISTED ||
	    by_host == HISHO_EDITS_LISTED ||
	    seen->organizations >= POOL_ORGANIZATIONS;
	bool host = is_on && !is_off && by_host != HISHO_EDITS_REMOVED;
	bool let = host || is_let_by_name(name, config);

	return (HishoPool){
		.host = host,
		.net = let || is_let_by_net(receipt->host, config) ||
		    (!is_off && by_net != HISHO_EDITS_REMOVED &&
			seen->organizations_by_net >= POOL_ORGANIZATIONS),
		.organization = let ||
		    (!is_off &&
			seen->organizations_by_organization >=
			    POOL_ORGANIZATIONS),
	};
}
