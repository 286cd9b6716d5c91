#include "libhisho/links/url.h"

#include <string.h>

#include "libhisho/links/host.h"
#include "libhisho/links/percent.h"
#include "libhisho/links/urlpath.h"
#include "libhisho/mail/domain.h"

/* The end of a longer one tells nothing; of data: the type is enough. */
#define TEXT_MAX_BYTES 4096
#define DATA_MAX_BYTES 128

struct HishoUrl {
	HishoUrlScheme scheme;
	char *scheme_name; /* lower case; NULL in a relative one */
	char *userinfo;	   /* NULL without '@' */
	char *host;
	char *no_host; /* what stands in its place and can be none */
	bool has_address;
	bool has_authority; /* "//" stands before, a host or not */
	guint port;	    /* 0: none, or the usual one */
	char *path;	    /* up to '?' or '#' */
	char *rest;	    /* query and fragment, with their marks */
};

/* Relative ones come from mails, whose own scheme would be http. */
static bool
is_special(const HishoUrl *url)
{
	return url->scheme_name == NULL ||
	    hisho_scheme_find(url->scheme_name)->special;
}

static bool
is_slash(const HishoUrl *url, char c)
{
	return c == '/' || (c == '\\' && is_special(url));
}

/* TEXT without controls and blanks around it, and without tabs and line ends
 * inside it; NUL, which no URL holds, becomes a blank. */
static char *
dup_cleaned(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);

	while (length > 0 && (guchar)text[length - 1] <= ' ')
		length--;
	for (size_t i = 0; i < length; i++) {
		char c = text[i] != '\0' ? text[i] : ' ';
		bool leading = out->len == 0 && (guchar)c <= ' ';
		if (!leading && c != '\t' && c != '\n' && c != '\r')
			g_string_append_c(out, c);
	}
	return g_string_free(out, FALSE);
}

static void
set_host(HishoUrl *url, const char *text, size_t length)
{
	url->host = hisho_host_dup_normal(text, length, &url->has_address);
	/* chrome://x and its like name no host of the Internet. */
	if (!url->has_address && !is_special(url) && url->host &&
	    strchr(url->host, '.') == NULL)
		g_clear_pointer(&url->host, g_free);
}

/* [userinfo@]host[:port]; the last '@' counts, as in browsers, where RFC 3986
 * 3.2.1 allows but one. */
static void
set_authority(HishoUrl *url, const char *text, size_t length)
{
	const char *at = memrchr(text, '@', length);
	const char *end = text + length;
	const char *colon;

	url->has_authority = true;
	if (at != NULL) {
		url->userinfo = g_strndup(text, at - text);
		text = at + 1;
	}
	const char *bracket = memchr(text, ']', end - text);
	const char *start = bracket != NULL ? bracket : text;
	if (bracket == NULL && start < end && *start == '[')
		start = end;
	colon = memchr(start, ':', end - start);
	if (colon != NULL) {
		guint64 port = g_ascii_strtoull(colon + 1, NULL, 10);
		url->port = port <= G_MAXUINT16 ? port : 0;
		end = colon;
	}
	set_host(url, text, end - text);
	if (url->host == NULL)
		url->no_host = g_strndup(text, end - text);
}

/* What follows the authority. */
static void
set_path(HishoUrl *url, const char *text)
{
	size_t length = strcspn(text, "?#");

	url->rest = g_strdup(text + length);
	url->path = g_strndup(text, length);
	if (!is_special(url))
		return;
	g_strdelimit(url->path, "\\", '/');
	g_autofree char *path = g_steal_pointer(&url->path);
	if (url->has_authority && *path != '/')
		url->path = g_strdup("/");
	else
		url->path = hisho_urlpath_dup_without_dots(path);
}

/* What follows "//", or stands where it should. */
static void
set_authority_and_path(HishoUrl *url, const char *text)
{
	size_t length = strcspn(text, is_special(url) ? "/\\?#" : "/?#");

	set_authority(url, text, length);
	set_path(url, text + length);
}

static void
set_absolute(HishoUrl *url, const char *text, size_t length)
{
	url->scheme_name = g_ascii_strdown(text, length);
	const HishoScheme *scheme = hisho_scheme_find(url->scheme_name);
	url->scheme = scheme->scheme;
	text += length + 1;
	bool slashes = text[0] == '/' && text[1] == '/';
	if (!scheme->special && !slashes) {
		set_path(url, text);
		return;
	}
	while (is_slash(url, *text))
		text++;
	set_authority_and_path(url, text);
	if (url->port == scheme->port)
		url->port = 0;
}

/* Takes from BASE what TEXT leaves out (RFC 3986 5.2.2). */
static void
set_relative(HishoUrl *url, const char *text, const HishoUrl *base)
{
	bool based = base != NULL && base->has_authority;

	if (based) {
		url->scheme = base->scheme;
		url->scheme_name = g_strdup(base->scheme_name);
	}
	if (is_slash(url, text[0]) && is_slash(url, text[1])) {
		while (is_slash(url, *text))
			text++;
		set_authority_and_path(url, text);
		return;
	}
	if (!based) {
		set_path(url, text);
		return;
	}
	url->has_authority = true;
	url->userinfo = g_strdup(base->userinfo);
	url->host = g_strdup(base->host);
	url->no_host = g_strdup(base->no_host);
	url->has_address = base->has_address;
	url->port = base->port;
	const char *slash = strrchr(base->path, '/');
	size_t kept = slash ? (size_t)(slash - base->path) + 1 : 0;
	if (is_slash(url, *text))
		kept = 0;
	else if (*text == '?' || *text == '#')
		kept = strlen(base->path);
	g_autofree char *merged =
	    g_strdup_printf("%.*s%s", (int)kept, base->path, text);
	set_path(url, merged);
}

HishoUrl *
hisho_url_parse(const char *text, size_t length, const HishoUrl *base)
{
	g_autofree char *cleaned = dup_cleaned(text, length);

	if (*cleaned == '\0')
		return NULL;
	HishoUrl *url = g_new0(HishoUrl, 1);
	size_t scheme = hisho_scheme_length(cleaned);
	if (scheme > 0)
		set_absolute(url, cleaned, scheme);
	else
		set_relative(url, cleaned, base);
	return url;
}

void
hisho_url_free(HishoUrl *url)
{
	if (url == NULL)
		return;
	g_free(url->scheme_name);
	g_free(url->userinfo);
	g_free(url->host);
	g_free(url->no_host);
	g_free(url->path);
	g_free(url->rest);
	g_free(url);
}

HishoUrlScheme
hisho_url_scheme(const HishoUrl *url)
{
	return url->scheme;
}

const char *
hisho_url_host(const HishoUrl *url)
{
	return url->host;
}

bool
hisho_url_has_address(const HishoUrl *url)
{
	return url->has_address;
}

bool
hisho_url_has_userinfo(const HishoUrl *url)
{
	return url->userinfo != NULL;
}

const char *
hisho_url_path(const HishoUrl *url)
{
	return url->path;
}

const char *
hisho_url_rest(const HishoUrl *url)
{
	return url->rest;
}

char *
hisho_url_dup_domain(const HishoUrl *url)
{
	if (url->host == NULL || url->has_address)
		return NULL;
	return hisho_domain_organization(url->host);
}

static void
append_authority(GString *out, const HishoUrl *url, const char *host)
{
	g_string_append(out, "//");
	if (url->userinfo != NULL) {
		hisho_percent_append_encoded(
		    out, url->userinfo, TEXT_MAX_BYTES);
		g_string_append_c(out, '@');
	}
	if (host == NULL)
		hisho_percent_append_encoded(out, url->no_host, TEXT_MAX_BYTES);
	else if (strchr(host, ':') != NULL)
		g_string_append_printf(out, "[%s]", host);
	else
		g_string_append(out, host);
	if (url->port != 0)
		g_string_append_printf(out, ":%u", url->port);
}

static char *
dup_text_with(const HishoUrl *url, const char *start, const char *host)
{
	GString *out = g_string_new(start);

	if (url->has_authority)
		append_authority(out, url, host);
	hisho_percent_append_encoded(out, url->path, TEXT_MAX_BYTES);
	hisho_percent_append_encoded(out, url->rest, TEXT_MAX_BYTES);
	bool data = url->scheme == HISHO_URL_DATA;
	g_string_truncate(
	    out, MIN(out->len, data ? DATA_MAX_BYTES : TEXT_MAX_BYTES));
	return g_string_free(out, FALSE);
}

char *
hisho_url_dup_text(const HishoUrl *url)
{
	const char *name = url->scheme_name ? url->scheme_name : "";
	g_autofree char *start = g_strconcat(name, *name ? ":" : "", NULL);

	return dup_text_with(url, start, url->host);
}

/* The scheme as "hxxp:", "fxp:", or "other[:]". */
static char *
dup_defanged_scheme(const HishoUrl *url)
{
	if (url->scheme_name == NULL)
		return g_strdup("");
	if (url->scheme == HISHO_URL_WEB && *url->scheme_name == 'h')
		return g_strdup_printf("hxxp%s:", url->scheme_name + 4);
	if (url->scheme == HISHO_URL_FTP)
		return g_strdup("fxp:");
	return g_strdup_printf("%s[:]", url->scheme_name);
}

char *
hisho_url_dup_defanged(const HishoUrl *url)
{
	g_autofree char *start = dup_defanged_scheme(url);
	g_autoptr(GString) host = g_string_new(url->host);

	g_string_replace(host, ".", "[.]", 0);
	return dup_text_with(url, start, url->host ? host->str : NULL);
}
