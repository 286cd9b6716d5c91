#include "libhisho/links/url.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/mail/domain.h"

/* The end of a longer one tells nothing; of data: the type is enough. */
#define TEXT_MAX_BYTES 4096
#define DATA_MAX_BYTES 128

/* No host that fits DNS is longer, percent-encoded and with all that IDNA
 * drops; what is longer is none. */
#define HOST_MAX_BYTES 4096

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

static const struct {
	const char *name;
	HishoUrlScheme scheme;
	bool special; /* '\' is '/', and slashes may be left out */
	guint port;
} schemes[] = {
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
	{ "", HISHO_URL_OTHER, false, 0 },
};

/* The row of schemes[] for NAME; the last for one it lacks. */
static guint
find_scheme(const char *name)
{
	guint i = 0;

	while (*schemes[i].name != '\0' && strcmp(schemes[i].name, name) != 0)
		i++;
	return i;
}

/* Relative ones come from mails, whose own scheme would be http. */
static bool
is_special(const HishoUrl *url)
{
	return url->scheme_name == NULL ||
	    schemes[find_scheme(url->scheme_name)].special;
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

/* The length of the scheme TEXT begins with, 0 without one. */
static size_t
scheme_length(const char *text)
{
	size_t n = 0;

	if (!g_ascii_isalpha(*text))
		return 0;
	while (g_ascii_isalnum(text[n]) || (text[n] && strchr("+-.", text[n])))
		n++;
	return text[n] == ':' ? n : 0;
}

/* One number of an IPv4 address in C's spellings; false if it is none. */
static bool
read_ipv4_number(const char *text, guint64 *number)
{
	int base = 10;
	char *end;

	if (text[0] == '0' && g_ascii_tolower(text[1]) == 'x')
		base = 16;
	else if (text[0] == '0')
		base = 8;
	if (base == 16 && text[2] == '\0') {
		*number = 0;
		return true;
	}
	if (!g_ascii_isxdigit(*text))
		return false;
	*number = g_ascii_strtoull(text, &end, base);
	return *end == '\0';
}

/* HOST as four decimal numbers; NULL if it is no address.  The last of fewer
 * than four numbers fills the bytes that are left: 0x7f.1 is 127.0.0.1. */
static char *
dup_ipv4(const char *host)
{
	g_auto(GStrv) parts = g_strsplit(host, ".", 6);
	guint n = g_strv_length(parts);
	guint64 address = 0;

	if (n > 1 && *parts[n - 1] == '\0')
		n--;
	if (n == 0 || n > 4)
		return NULL;
	for (guint i = 0; i < n; i++) {
		guint64 number;
		guint64 limit = i + 1 < n ? 256 : 1ULL << (8 * (5 - n));
		if (!read_ipv4_number(parts[i], &number) || number >= limit)
			return NULL;
		address |= i + 1 < n ? number << (24 - 8 * i) : number;
	}
	return g_strdup_printf("%u.%u.%u.%u", (guint)(address >> 24),
	    (guint)(address >> 16 & 255), (guint)(address >> 8 & 255),
	    (guint)(address & 255));
}

/* Full-width digits and dots as ASCII, as UTS 46 would map them. */
static char *
dup_plain_digits(const char *host)
{
	if (g_str_is_ascii(host))
		return g_strdup(host);
	g_autofree char *plain = g_utf8_normalize(host, -1, G_NORMALIZE_NFKC);
	if (plain == NULL)
		return g_strdup(host);
	g_auto(GStrv) labels = g_strsplit(plain, "\u3002", -1);
	return g_strjoinv(".", labels);
}

static char *
dup_percent_decoded(const char *text, size_t length)
{
	GString *out = g_string_sized_new(length);

	for (size_t i = 0; i < length; i++) {
		bool encoded = text[i] == '%' && i + 2 < length &&
		    g_ascii_isxdigit(text[i + 1]) &&
		    g_ascii_isxdigit(text[i + 2]);
		char c = text[i];
		if (encoded) {
			c = (char)(g_ascii_xdigit_value(text[i + 1]) * 16 +
			    g_ascii_xdigit_value(text[i + 2]));
			i += 2;
		}
		/* A NUL is as forbidden as a blank. */
		g_string_append_c(out, c != '\0' ? c : ' ');
	}
	return g_string_free(out, FALSE);
}

static void
set_host(HishoUrl *url, const char *text, size_t length)
{
	HishoIp ip;

	if (length > HOST_MAX_BYTES)
		return;
	if (hisho_network_parse_ip(text, length, &ip) && *text == '[') {
		url->has_address = true;
		url->host = hisho_network_dup_ip_text(&ip);
		return;
	}
	g_autofree char *decoded = dup_percent_decoded(text, length);
	g_autofree char *plain = dup_plain_digits(decoded);
	url->host = dup_ipv4(plain);
	url->has_address = url->host != NULL;
	if (url->host == NULL)
		url->host = hisho_domain_to_ascii(decoded);
	/* chrome://x and its like name no host of the Internet. */
	if (!is_special(url) && url->host && strchr(url->host, '.') == NULL)
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
	colon = memrchr(text, ':', end - text);
	if (colon != NULL && memchr(colon, ']', end - colon) == NULL) {
		guint64 port = g_ascii_strtoull(colon + 1, NULL, 10);
		url->port = port <= G_MAXUINT16 ? port : 0;
		end = colon;
	}
	set_host(url, text, end - text);
	if (url->host == NULL)
		url->no_host = g_strndup(text, end - text);
}

/* Whether a path segment means DOTS, however they are encoded. */
static bool
is_dots(const char *segment, size_t length, const char *dots)
{
	if (length > strlen("%2e%2e"))
		return false;
	g_autofree char *plain = dup_percent_decoded(segment, length);
	return strcmp(plain, dots) == 0;
}

/* Takes the last segment, and the slash after it, off OUT, but not ROOT. */
static void
drop_segment(GString *out, size_t root)
{
	size_t length = out->len;

	if (length > root)
		length--;
	while (length > root && out->str[length - 1] != '/')
		length--;
	g_string_truncate(out, length);
}

/* PATH without its dot segments (RFC 3986 5.2.4). */
static char *
dup_without_dots(const char *path)
{
	GString *out = g_string_new(NULL);
	size_t root = *path == '/' ? 1 : 0;

	g_string_append_len(out, path, (gssize)root);
	path += root;
	for (bool more = true; more;) {
		size_t n = strcspn(path, "/");
		more = path[n] == '/';
		if (is_dots(path, n, ".."))
			drop_segment(out, root);
		else if (!is_dots(path, n, "."))
			g_string_append_len(
			    out, path, (gssize)(n + (more ? 1 : 0)));
		path += n + (more ? 1 : 0);
	}
	return g_string_free(out, FALSE);
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
		url->path = dup_without_dots(path);
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
	guint row = find_scheme(url->scheme_name);
	url->scheme = schemes[row].scheme;
	text += length + 1;
	bool slashes = text[0] == '/' && text[1] == '/';
	if (!schemes[row].special && !slashes) {
		set_path(url, text);
		return;
	}
	while (is_slash(url, *text))
		text++;
	set_authority_and_path(url, text);
	if (url->port == schemes[row].port)
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
	size_t scheme = scheme_length(cleaned);
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

char *
hisho_url_dup_domain(const HishoUrl *url)
{
	if (url->host == NULL || url->has_address)
		return NULL;
	return hisho_domain_organization(url->host);
}

/* TEXT with all bytes encoded that are not printable ASCII or would end a URL
 * in a text. */
static void
append_encoded(GString *out, const char *text)
{
	for (; *text != '\0' && out->len < TEXT_MAX_BYTES; text++)
		if (g_ascii_isgraph(*text) && strchr("\"<>`", *text) == NULL)
			g_string_append_c(out, *text);
		else
			g_string_append_printf(out, "%%%02X", (guchar)*text);
}

static void
append_authority(GString *out, const HishoUrl *url, const char *host)
{
	g_string_append(out, "//");
	if (url->userinfo != NULL) {
		append_encoded(out, url->userinfo);
		g_string_append_c(out, '@');
	}
	if (host == NULL)
		append_encoded(out, url->no_host);
	else
		g_string_append_printf(
		    out, strchr(host, ':') ? "[%s]" : "%s", host);
	if (url->port != 0)
		g_string_append_printf(out, ":%u", url->port);
}

static char *
dup_text_with(const HishoUrl *url, const char *start, const char *host)
{
	GString *out = g_string_new(start);

	if (url->has_authority)
		append_authority(out, url, host);
	append_encoded(out, url->path);
	append_encoded(out, url->rest);
	bool data = url->scheme == HISHO_URL_DATA;
	g_string_truncate(
	    out, MIN(out->len, data ? DATA_MAX_BYTES : TEXT_MAX_BYTES));
	return g_string_free(out, FALSE);
}

char *
hisho_url_dup_text(const HishoUrl *url)
{
	const char *name = url->scheme_name ? url->scheme_name : "";
	g_autofree char *start =
	    g_strdup_printf("%s%s", name, *name ? ":" : "");

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
