#include "libhisho/links/commonhost.h"

#include <glib.h>
#include <string.h>

#include "libhisho/links/shortener.h"
#include "libhisho/mail/domain.h"
#include "libhisho/mail/freemail.h"

/* Each with the names below it that are not somebody else's. */
static const char *const common[] = {
	/* Search, networks of people, pages and files of anybody. */
	"google.com", "google.co.jp", "googleapis.com", "gstatic.com",
	"googleusercontent.com", "storage.googleapis.com", "forms.gle",
	"youtube.com", "youtu.be", "ggpht.com", "ytimg.com", "blogger.com",
	"facebook.com", "fbcdn.net", "fb.com", "instagram.com", "whatsapp.com",
	"twitter.com", "twimg.com", "x.com", "linkedin.com", "licdn.com",
	"pinterest.com", "reddit.com", "tiktok.com", "telegram.org", "t.me",
	"discord.com", "discord.gg", "slack.com", "zoom.us", "medium.com",
	"substack.com", "tumblr.com", "wikipedia.org", "wikimedia.org",
	"archive.org", "w3.org", "github.com", "githubusercontent.com",
	"raw.githubusercontent.com", "avatars.githubusercontent.com",
	"camo.githubusercontent.com", "gitlab.com", "sourceforge.net",
	"dropbox.com", "dropboxusercontent.com", "box.com", "wetransfer.com",
	"mediafire.com", "mega.nz", "evernote.com", "notion.so", "canva.com",
	"jotform.com", "typeform.com", "surveymonkey.com", "formstack.com",
	"line.me", "hatena.ne.jp", "hatenablog.com", "ameblo.jp", "note.com",
	"fc2.com", "livedoor.jp", "goo.ne.jp", "nicovideo.jp", "mixi.jp",
	"gigafile.nu", "firestorage.jp", "xdomain.jp",
	/* Firms that mail of every kind links to, and phish most of all. */
	"microsoft.com", "microsoftonline.com", "office.com", "office365.com",
	"live.com", "outlook.com", "windows.com", "windows.net",
	"sharepoint.com", "onedrive.com", "1drv.ms", "azure.com",
	"azureedge.net", "msn.com", "bing.com", "skype.com", "apple.com",
	"icloud.com", "mzstatic.com", "amazon.com", "amazon.co.jp",
	"amazonaws.com", "images-amazon.com", "media-amazon.com",
	"ssl-images-amazon.com", "yahoo.com", "yahoo.co.jp", "yimg.jp",
	"yimg.com", "rakuten.co.jp", "r10s.jp", "paypal.com",
	"paypalobjects.com", "adobe.com", "docusign.net", "docusign.com",
	"intuit.com", "stripe.com", "ebay.com", "netflix.com", "coinbase.com",
	"zendesk.com", "fedex.com", "ups.com", "dhl.com", "usps.com",
	"visa.com", "mastercard.com", "americanexpress.com", "smbc.co.jp",
	"smbc-card.com", "mufg.jp", "mizuhobank.co.jp", "japanpost.jp",
	"jcb.co.jp", "aeon.co.jp", "saisoncard.co.jp", "eposcard.co.jp",
	"orico.co.jp", "mercari.com", "etc-meisai.jp", "sagawa-exp.co.jp",
	"kuronekoyamato.co.jp",
	/* Hosting: a tenant has a name of his own, this is all of them. */
	"cloudfront.net", "akamaihd.net", "akamaized.net", "edgekey.net",
	"fastly.net", "cloudflare.com", "cloudflare-ipfs.com", "workers.dev",
	"pages.dev", "r2.dev", "jsdelivr.net", "unpkg.com", "bootstrapcdn.com",
	"jquery.com", "typekit.net", "gravatar.com", "wp.com", "wordpress.com",
	"wixsite.com", "wix.com", "weebly.com", "squarespace.com",
	"blogspot.com", "github.io", "gitlab.io", "netlify.app", "vercel.app",
	"herokuapp.com", "web.app", "firebaseapp.com", "appspot.com",
	"azurewebsites.net", "shopify.com", "myshopify.com", "godaddysites.com",
	"webflow.io", "digitaloceanspaces.com", "backblazeb2.com", "ipfs.io",
	"translate.goog", "duckdns.org", "no-ip.com", "ngrok.io",
	/* Senders and counters of other people's mail. */
	"sendgrid.net", "sendgrid.com", "mailchimp.com", "list-manage.com",
	"mailchimpapp.net", "mcusercontent.com", "mailgun.org", "mailgun.net",
	"mandrillapp.com", "sparkpostmail.com", "amazonses.com", "awstrack.me",
	"constantcontact.com", "rs6.net", "exct.net", "exacttarget.com",
	"salesforce.com", "hubspot.com", "hubspotlinks.com", "klaviyomail.com",
	"marketo.com", "mktoweb.com", "sendinblue.com", "brevo.com",
	"mailerlite.com", "campaign-archive.com", "createsend.com",
	"cmail19.com", "cmail20.com", "sailthru.com", "doubleclick.net",
	"googleadservices.com", "googletagmanager.com", "google-analytics.com",
	"cuenote.jp", "blayn.jp", "mjt.lu", "mailjet.com", "acemlnd.com",
	"activehosted.com", "clkmg.com", "viglink.com", "embluemail.com",
	/* What stands before every link of a mail that passes a filter. */
	"urldefense.com", "symantec.com", "urldefense.us", "proofpoint.com",
	"cudasvc.com", "mimecast.com", "mimecastprotect.com", "cisco.com",
	"linkscan.io", "ampproject.org", "duckduckgo.com", "umblr.com",
	"slack-redir.net", "vk.com", "steamcommunity.com"
};

/* Which shorten links to one party only, to apps, or to what somebody put
 * together. */
static const char *const short_names[] = { "g.co", "short.io", "fb.me", "m.me",
	"wa.me", "amzn.to", "amzn.asia", "a.co", "youtu.be", "lin.ee",
	"linktr.ee", "aka.ms", "page.link", "app.link", "onelink.me",
	"smart.link" };

/* By who answers for HOST: github.io is everybody's, but tenant.github.io is
 * his who put it there. */
static bool
is_one_of(const char *host, const char *const *names, size_t n)
{
	g_autofree char *organization = hisho_domain_organization(host);
	const char *party = organization != NULL ? organization : host;

	for (size_t i = 0; i < n; i++)
		if (strcmp(party, names[i]) == 0)
			return true;
	return false;
}

bool
hisho_commonhost_is(const char *host, const HishoEdits *providers)
{
	return is_one_of(host, common, G_N_ELEMENTS(common)) ||
	    is_one_of(host, short_names, G_N_ELEMENTS(short_names)) ||
	    hisho_shortener_is(host, NULL) ||
	    hisho_freemail_has(host, providers) ||
	    hisho_domain_is_public_suffix(host);
}
