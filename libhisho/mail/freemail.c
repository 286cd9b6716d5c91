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
	"posteo.de", "mailbox.org", "mailinator.com", "usa.net", "netscape.net",
	"compuserve.com", "juno.com", "netzero.net", "netzero.com", "lycos.com",
	"excite.com", "mail2world.com", "inbox.com", "iname.com", "bigfoot.com",
	"altavista.com", "safe-mail.net", "runbox.com", "mailfence.com",
	"startmail.com", "hey.com", "operamail.com", "fastmail.net", "hush.com",
	"post.com", "consultant.com", "usa.com", "europe.com", "engineer.com",
	"email.it", "email.de", "posteo.net", "caramail.com", "voila.fr",
	"citromail.hu", "freemail.hu", "abv.bg", "mail.bg", "email.cz",
	"post.cz", "volny.cz", "atlas.cz", "centrum.sk", "azet.sk", "zoznam.sk",
	"vp.pl", "tlen.pl", "gazeta.pl", "poczta.fm", "ukr.net", "i.ua",
	"meta.ua", "bigmir.net", "tut.by", "narod.ru", "pochta.ru", "hotbox.ru",
	"walla.co.il", "walla.com", "mynet.com", "maktoob.com", "sify.com",
	"rediff.com", "dreamwiz.com", "empal.com", "korea.com", "paran.com",
	"189.cn", "wo.cn", "263.net", "eyou.com", "sogou.com", "ig.com.br",
	"zipmail.com.br", "lycos.jp", "lycos.co.jp", "mail.dk", "jubii.dk",
	"spray.se", "luukku.com", "suomi24.fi", "mail.ee", "hot.ee", "sapo.pt",
	"in.gr", "guerrillamail.com", "yopmail.com", "privaterelay.appleid.com",
	"mozmail.com", "simplelogin.com", "anonaddy.me", "inwind.it", "iol.it",
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
	"xtra.co.nz", "eircom.net", "iol.ie", "mindspring.com", "prodigy.net",
	"ameritech.net", "pacbell.net", "swbell.net", "rr.com",
	"roadrunner.com", "optonline.net", "frontier.com", "frontiernet.net",
	"windstream.net", "centurylink.net", "centurytel.net", "embarqmail.com",
	"qwest.net", "suddenlink.net", "cableone.net", "adelphia.net",
	"sympatico.ca", "bell.net", "videotron.ca", "telus.net", "cogeco.ca",
	"btopenworld.com", "talktalk.net", "virginmedia.com", "virgin.net",
	"freeserve.co.uk", "plus.com", "tiscali.co.uk", "wanadoo.co.uk",
	"lineone.net", "supanet.com", "tesco.net", "aon.at", "chello.at",
	"bluewin.ch", "hispeed.ch", "sunrise.ch", "neuf.fr", "club-internet.fr",
	"aliceadsl.fr", "numericable.fr", "bbox.fr", "noos.fr", "alice.it",
	"tin.it", "fastwebnet.it", "telefonica.net", "ono.com", "terra.es",
	"wanadoo.es", "clix.pt", "netcabo.pt", "planet.nl", "hetnet.nl",
	"kpnmail.nl", "ziggo.nl", "home.nl", "chello.nl", "xs4all.nl",
	"casema.nl", "skynet.be", "telenet.be", "scarlet.be", "telia.com",
	"comhem.se", "bredband.net", "online.no", "broadpark.no", "c2i.net",
	"tdcadsl.dk", "kolumbus.fi", "elisanet.fi", "saunalahti.fi",
	"neostrada.pl", "t-online.hu", "otenet.gr", "forthnet.gr",
	"netvision.net.il", "bezeqint.net", "ttnet.net.tr", "superonline.com",
	"vsnl.com", "vsnl.net", "hinet.net", "seed.net.tw", "netvigator.com",
	"singnet.com.sg", "pacific.net.sg", "starhub.net.sg", "chollian.net",
	"iinet.net.au", "ozemail.com.au", "tpg.com.au", "internode.on.net",
	"westnet.com.au", "bigpond.net.au", "ihug.co.nz", "paradise.net.nz",
	"clear.net.nz", "mweb.co.za", "telkomsa.net", "prodigy.net.mx",
	"fibertel.com.ar", "arnet.com.ar", "speedy.com.ar", "mopera.net",
	"mopera.ne.jp", "bekkoame.ne.jp", "rim.or.jp", "interq.or.jp",
	"highway.ne.jp", "mbn.or.jp",
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
