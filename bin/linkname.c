#include "bin/linkname.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/links/commonhost.h"
#include "libhisho/links/defang.h"
#include "libhisho/links/url.h"
#include "libhisho/mail/domain.h"
#include "libhisho/store/linkentry.h"

char *
linkname_dup_armed(const char *text)
{
	const char *mark = strstr(text, "://");
	const char *rest = mark != NULL ? mark + strlen("://") : text;
	g_autofree char *armed = hisho_defang_dup_plain(rest, strlen(rest));

	if (mark == NULL || g_ascii_strncasecmp(text, "hxxp", 4) == 0)
		return g_strconcat("http://", armed, NULL);
	return g_strdup_printf("%.*s%s", (int)(rest - text), text, armed);
}

/* A host by its A-labels or address; "*.host" is all below it, as is any. */
static char *
dup_host_entry(const char *text, GError **error)
{
	const char *name = text + strspn(text, "*.");
	g_autofree char *host = hisho_defang_dup_plain(name, strlen(name));
	HishoIp ip;

	if (hisho_network_parse_ip(host, strlen(host), &ip))
		return hisho_network_dup_ip_text(&ip);
	g_autofree char *ascii = hisho_domain_to_ascii(host);
	if (ascii != NULL && strchr(ascii, '.') != NULL)
		return g_steal_pointer(&ascii);
	ballot_refuse(error, "--host: '%s' is no host name", text);
	return NULL;
}

static char *
dup_page_entry(const char *text, GError **error)
{
	g_autofree char *whole = linkname_dup_armed(text);
	g_autoptr(HishoUrl) url = hisho_url_parse(whole, strlen(whole), NULL);
	const char *host = url != NULL ? hisho_url_host(url) : NULL;
	g_autofree char *normal = url != NULL ? hisho_url_dup_text(url) : NULL;

	if (host != NULL && strpbrk(host, ".:") != NULL)
		return hisho_linkentry_dup_page(normal);
	ballot_refuse(error, "--url: '%s' is no URL with a host", text);
	return NULL;
}

char *
linkname_dup_entry(const Ballot *ballot, GError **error)
{
	return ballot->host != NULL ? dup_host_entry(ballot->host, error)
				    : dup_page_entry(ballot->url, error);
}

char *
linkname_dup_host(const char *entry)
{
	g_autofree char *url = g_strconcat("//", entry, NULL);

	return hisho_linkentry_is_page(entry) ? hisho_linkentry_dup_host(url)
					      : g_strdup(entry);
}

bool
linkname_is_shared(const Ballot *ballot, const char *entry)
{
	const char *path = strchr(entry, '/');
	const HishoEdits providers =
	    hisho_config_providers(ballot->tool->config);
	g_autofree char *host = linkname_dup_host(entry);

	return (path == NULL || path[1] == '\0') &&
	    hisho_commonhost_is(host, &providers);
}
