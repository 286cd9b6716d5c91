#include "libhisho/mail/freemail.h"

#include <glib.h>
#include <string.h>

#include "libhisho/mail/domain.h"

static const char *const domains[] = {
	/* Free mail. */
	"gmail.com", "googlemail.com", "ymail.com", "rocketmail.com",
	"ybb.ne.jp", "msn.com", "live.com", "live.jp", "live.co.uk", "live.fr",
	"live.nl", "live.de", "live.it", "live.ca", "live.cn", "live.com.au",
	"passport.com", "windowslive.com", "icloud.com", "me.com", "mac.com",
	"aim.com", "verizon.net", "mail.com", "email.com", "web.de",
	"t-online.de", "freenet.de", "arcor.de", "mail.ru", "inbox.ru",
	"list.ru", "bk.ru", "internet.ru", "rambler.ru", "ya.ru", "qq.com",
	"foxmail.com", "163.com", "126.com", "yeah.net", "188.com", "139.com",
	"sina.com", "sina.cn", "sohu.com", "tom.com", "21cn.com", "aliyun.com",
	"naver.com", "daum.net", "hanmail.net", "nate.com", "kakao.com",
	"proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com",
	"tutanota.de", "tutamail.com", "tuta.io", "tuta.com", "zoho.com",
	"zohomail.com", "zohomail.eu", "zohomail.in", "zohomail.jp",
	"fastmail.com", "fastmail.fm", "hushmail.com", "rediffmail.com",
	"inbox.lv", "seznam.cz", "centrum.cz", "wp.pl", "o2.pl", "onet.pl",
	"op.pl", "interia.pl", "libero.it", "virgilio.it", "tiscali.it",
	"laposte.net", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr",
	"uol.com.br", "bol.com.br", "terra.com.br", "excite.co.jp", "goo.jp",
	"mail.goo.ne.jp", "infoseek.jp", "livedoor.com", "freemail.ne.jp",
	"inter7.jp", "aol.jp", "duck.com", "disroot.org", "riseup.net",
	"posteo.de", "mailbox.org", "mailinator.com",
	/* Mobile carriers. */
	"docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp",
	"softbank.jp", "vodafone.ne.jp", "jp-t.ne.jp", "disney.ne.jp",
	"disneymobile.ne.jp", "emnet.ne.jp", "ymobile.ne.jp", "ymobile1.ne.jp",
	"y-mobile.ne.jp", "yahoo.ne.jp", "pdx.ne.jp", "willcom.com",
	"wcm.ne.jp", "uqmobile.jp", "rakumail.jp", "mineo.jp",
	/* Access providers; many put a word of their choice in front. */
	"nifty.com", "nifty.ne.jp", "biglobe.ne.jp", "ocn.ne.jp",
	"so-net.ne.jp", "plala.or.jp", "asahi-net.or.jp", "dion.ne.jp",
	"auone-net.jp", "dti.ne.jp", "hi-ho.ne.jp", "odn.ne.jp", "wakwak.com",
	"eonet.ne.jp", "zaq.ne.jp", "zaq.jp", "jcom.home.ne.jp",
	"jcom.zaq.ne.jp", "tiki.ne.jp", "sannet.ne.jp", "infoweb.ne.jp",
	"commufa.jp", "pikara.ne.jp", "bbiq.jp", "mb.infoweb.ne.jp", "kcn.jp",
	"cnc.jp", "iij4u.or.jp", "tcp-ip.or.jp", "att.net", "sbcglobal.net",
	"bellsouth.net", "comcast.net", "cox.net", "charter.net",
	"earthlink.net", "btinternet.com", "ntlworld.com", "blueyonder.co.uk",
	"sky.com", "shaw.ca", "rogers.com", "bigpond.com", "optusnet.com.au",
	"xtra.co.nz",
	/* Services that send for whoever pays, under bounce addresses of
	 * their own. */
	"amazonses.com", "sendgrid.net", "sendgrid.info", "mcsv.net",
	"mcdlv.net", "rsgsv.net", "mandrillapp.com", "mailgun.net",
	"mailgun.org", "sparkpostmail.com", "mtasv.net", "mailjet.com",
	"sendinblue.com", "exacttarget.com", "createsend.com",
	"hubspotemail.net", "constantcontact.com", "mlsend.com", NULL
};

/* The same in the domains of many countries. */
static const char *const names[] = { "yahoo", "hotmail", "outlook", "gmx",
	"yandex", "aol" };

/* How long the name of an organisation of one of these is. */
static HishoNearness
near_name(const char *ascii)
{
	g_autofree char *organization = hisho_domain_organization(ascii);

	for (size_t i = 0; organization != NULL && i < G_N_ELEMENTS(names); i++)
		if (g_str_has_prefix(organization, names[i]) &&
		    organization[strlen(names[i])] == '.')
			return strlen(organization);
	return 0;
}

bool
hisho_freemail_has(const char *ascii, const HishoEdits *edits)
{
	static const HishoEdits none;

	if (ascii == NULL)
		return false;
	HishoNearness near =
	    MAX(hisho_edits_near(domains, ascii), near_name(ascii));
	return hisho_edits_name(edits != NULL ? edits : &none, ascii, near) ==
	    HISHO_EDITS_LISTED;
}
