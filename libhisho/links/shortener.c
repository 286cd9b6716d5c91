#include "libhisho/links/shortener.h"

#include <glib.h>
#include <string.h>

/* Open to all, and long enough in use to be known; those of one brand, which
 * lead nowhere else (youtu.be, amzn.to, fb.me), are left out. */
static const char *const hosts[] = { "00m.in", "0rz.tw", "1url.com", "2.gy",
	"33q.co", "8.ly", "abre.ai", "adf.ly", "aka.gr", "b23.tv", "bc.vc",
	"bit.do", "bit.ly", "bitly.com", "bitly.ws", "bityl.co", "bl.ink",
	"budurl.com", "buff.ly", "c-o.in", "clck.ru", "cleanuri.com", "cli.re",
	"cutt.ly", "cutt.us", "db.tt", "decenturl.com", "dlvr.it", "doiop.com",
	"dub.sh", "dwz.cn", "encurtador.com.br", "encurtador.dev", "fur.ly",
	"gg.gg", "git.io", "goo.gl", "goo.su", "gotiny.cc", "han.gl", "hoy.kr",
	"htn.to", "hyp.ly", "hyperurl.co", "i.gal", "ibit.ly", "ift.tt",
	"inx.lv", "is.gd", "ity.im", "j.mp", "kutt.it", "linklyhq.com",
	"lnk.bio", "lnk.to", "lnkd.in", "me2.kr", "moourl.com", "msha.ke",
	"n9.cl", "nav.cx", "notlong.com", "nq.st", "onl.bz", "onl.la", "onl.sc",
	"onl.tl", "onl.tw", "ouo.io", "ow.gl", "ow.ly", "p.tl", "pse.is",
	"qr.ae", "qr.paps.jp", "qr.quel.jp", "qrcc.me", "qrco.de", "r.goope.jp",
	"rb.gy", "rebrand.ly", "reurl.cc", "rotf.lol", "s.id", "s.yam.com",
	"shorl.com", "short.gy", "shorte.st", "shorten.asia", "shorturl.asia",
	"shorturl.at", "shorturl.gg", "shrtco.de", "snip.ly", "snipr.com",
	"snipurl.com", "snurl.com", "soo.gd", "su.pr", "surl.li", "t.co",
	"t.ly", "t1p.de", "t2m.io", "taplink.cc", "tiny.cc", "tiny.one",
	"tiny.pl", "tinyurl.com", "tinyurl.is", "tr.im", "trib.al", "u.nu",
	"u.to", "ur0.jp", "urlr.me", "urlz.fr", "urlzs.com", "urx.nu",
	"urx.red", "urx.space", "urx2.nu", "utn.pw", "ux.lc", "ux.nu", "v.gd",
	"v.ht", "vo.la", "w.wiki", "wp.me", "x.gd", "xgd.io", "xl2.net",
	"xsh.jp", "xx.vu", "yourls.org", "zpr.io", "zws.im" };

static const struct {
	const char *host;
	const char *owner;
} owned[] = {
	{ "t.co", "twitter.com" },
	{ "t.co", "x.com" },
	{ "goo.gl", "google.com" },
	{ "lnkd.in", "linkedin.com" },
	{ "b23.tv", "bilibili.com" },
	{ "bit.ly", "bitly.com" },
	{ "git.io", "github.com" },
	{ "htn.to", "hatena.ne.jp" },
	{ "ift.tt", "ifttt.com" },
	{ "ow.ly", "hootsuite.com" },
	{ "buff.ly", "buffer.com" },
	{ "wp.me", "wordpress.com" },
	{ "w.wiki", "wikimedia.org" },
};

static bool
is_of(const char *host, const char *owner)
{
	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		if (strcmp(owned[i].host, host) == 0 &&
		    strcmp(owned[i].owner, owner) == 0)
			return true;
	return false;
}

bool
hisho_shortener_is(const char *host, const char *owner)
{
	const char *name = g_str_has_prefix(host, "www.") ? host + 4 : host;

	for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++)
		if (strcmp(hosts[i], name) == 0)
			return owner == NULL || !is_of(name, owner);
	return false;
}
