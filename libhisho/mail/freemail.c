#include "libhisho/mail/freemail.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static int
compare(const void *domain, const void *provider)
{
	return strcmp(domain, *(const char *const *)provider);
}

bool
hisho_freemail_is_public(const char *domain)
{
	/* Sorted, for bsearch(). */
	static const char *const providers[] = { "126.com", "139.com",
		"163.com", "aim.com", "aol.com", "au.com", "daum.net",
		"docomo.ne.jp", "excite.co.jp", "ezweb.ne.jp", "fastmail.com",
		"free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
		"gmx.com", "gmx.de", "gmx.net", "goo.jp", "googlemail.com",
		"hanmail.net", "hotmail.co.jp", "hotmail.co.uk", "hotmail.com",
		"hotmail.de", "hotmail.fr", "i.softbank.jp", "icloud.com",
		"inbox.ru", "infoseek.jp", "laposte.net", "libero.it",
		"list.ru", "live.com", "live.jp", "mac.com", "mail.com",
		"mail.ru", "me.com", "msn.com", "naver.com", "orange.fr",
		"outlook.com", "outlook.de", "outlook.fr", "outlook.jp",
		"pm.me", "proton.me", "protonmail.com", "qq.com", "rambler.ru",
		"rocketmail.com", "sina.com", "softbank.jp", "softbank.ne.jp",
		"sohu.com", "t-online.de", "tutanota.com", "uqmobile.jp",
		"vodafone.ne.jp", "web.de", "willcom.com", "yahoo.ca",
		"yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
		"yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yahoo.ne.jp",
		"yandex.com", "yandex.ru", "ybb.ne.jp", "ymail.com",
		"ymail.ne.jp", "ymobile.ne.jp", "zoho.com" };

	return domain != NULL &&
	    bsearch(domain, providers, G_N_ELEMENTS(providers),
		sizeof *providers, compare) != NULL;
}
