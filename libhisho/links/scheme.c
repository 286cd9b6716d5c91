#include "libhisho/links/scheme.h"

#include <string.h>

static const HishoScheme schemes[] = {
	{ "http", HISHO_URL_WEB, true, 80 },
	{ "https", HISHO_URL_WEB, true, 443 },
	{ "ws", HISHO_URL_WEB, true, 80 },
	{ "wss", HISHO_URL_WEB, true, 443 },
	{ "ftp", HISHO_URL_FTP, true, 21 },
	{ "mailto", HISHO_URL_MAILTO, false, 0 },
	{ "tel", HISHO_URL_TEL, false, 0 },
	{ "sms", HISHO_URL_TEL, false, 0 },
	{ "facetime", HISHO_URL_TEL, false, 0 },
	{ "data", HISHO_URL_DATA, false, 0 },
	{ "javascript", HISHO_URL_SCRIPT, false, 0 },
	{ "vbscript", HISHO_URL_SCRIPT, false, 0 },
	{ "cid", HISHO_URL_CID, false, 0 },
	{ "mid", HISHO_URL_CID, false, 0 },
	{ "clsid", HISHO_URL_CID, false, 0 },
	{ "", HISHO_URL_OTHER, false, 0 },
};

const HishoScheme *
hisho_scheme_find(const char *name)
{
	guint i = 0;

	while (*schemes[i].name != '\0' && strcmp(schemes[i].name, name) != 0)
		i++;
	return &schemes[i];
}

size_t
hisho_scheme_length(const char *text)
{
	size_t n = 0;

	if (!g_ascii_isalpha(*text))
		return 0;
	while (g_ascii_isalnum(text[n]) || (text[n] && strchr("+-.", text[n])))
		n++;
	return text[n] == ':' ? n : 0;
}
