#include "libhisho/links/host.h"

#include <string.h>

#include "libhisho/base/network.h"
#include "libhisho/links/percent.h"
#include "libhisho/mail/domain.h"

/* No host that fits DNS is longer, percent-encoded and with all that IDNA
 * drops; what is longer is none. */
#define HOST_MAX_BYTES 4096

/* RFC 1035 2.3.4. */
#define DNS_MAX_BYTES 253

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

/* Signs that no host has, beside blanks and controls (WHATWG URL 3.2). */
#define FORBIDDEN "#/:<>?@[\\]^|%"

/* Encoded more often than that, no program decodes it. */
#define DECODED_MAX 3

/* TEXT without percent-encoding, also if it is encoded again. */
static char *
dup_decoded(const char *text, size_t length)
{
	char *decoded = hisho_percent_dup_decoded(text, length);

	for (int i = 1; i < DECODED_MAX && strchr(decoded, '%') != NULL; i++) {
		char *again =
		    hisho_percent_dup_decoded(decoded, strlen(decoded));
		g_free(decoded);
		decoded = again;
	}
	return decoded;
}

/* The labels of HOST behind the last one with a sign in it that no name has. */
static const char *
find_plain_end(const char *host)
{
	const char *end = host + strlen(host);
	const char *start = end;

	while (start > host &&
	    (g_ascii_isalnum(start[-1]) || strchr("-_.", start[-1]) != NULL))
		start--;
	if (start == host)
		return host;
	const char *dot = strchr(start, '.');
	return dot != NULL ? dot + 1 : end;
}

/* HOST with signs in it that no host should have, but which browsers look up;
 * NULL unless an organisation without any stands at its end. */
static char *
dup_odd(const char *host)
{
	g_autofree char *lower = g_ascii_strdown(host, -1);

	for (const char *p = lower; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p) || strchr(FORBIDDEN, *p) != NULL)
			return NULL;
	if (strlen(lower) > DNS_MAX_BYTES || *lower == '.' ||
	    strstr(lower, "..") != NULL)
		return NULL;
	const char *end = find_plain_end(lower);
	g_autofree char *organization = hisho_domain_organization(end);
	return organization != NULL && hisho_domain_has_known_suffix(end)
	    ? g_steal_pointer(&lower)
	    : NULL;
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

char *
hisho_host_dup_normal(const char *text, size_t length, bool *is_address)
{
	HishoIp ip;

	*is_address = false;
	if (length > HOST_MAX_BYTES)
		return NULL;
	if (hisho_network_parse_ip(text, length, &ip) && *text == '[') {
		*is_address = true;
		return hisho_network_dup_ip_text(&ip);
	}
	g_autofree char *decoded = dup_decoded(text, length);
	g_autofree char *plain = dup_plain_digits(decoded);
	char *address = dup_ipv4(plain);
	*is_address = address != NULL;
	if (*is_address)
		return address;
	char *name = hisho_domain_to_ascii(decoded);
	return name != NULL ? name : dup_odd(decoded);
}
