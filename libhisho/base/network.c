#include "libhisho/base/network.h"

#include <arpa/inet.h>
#include <string.h>

#include "libhisho/base/error.h"

#define V4_BITS 96 /* those before the IPv4 address in a v4-mapped one */

static const guint8 v4_mapped[12] = { [10] = 0xff, [11] = 0xff };

bool
hisho_network_ip_is_v4(const HishoIp *ip)
{
	return memcmp(ip->bytes, v4_mapped, sizeof v4_mapped) == 0;
}

bool
hisho_network_ip_equal(const HishoIp *a, const HishoIp *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static bool
parse_bare(const char *text, HishoIp *ip)
{
	/* glibc's inet_pton() takes decimal without leading zeros only. */
	if (inet_pton(AF_INET, text, ip->bytes + sizeof v4_mapped) == 1) {
		memcpy(ip->bytes, v4_mapped, sizeof v4_mapped);
		return true;
	}
	return inet_pton(AF_INET6, text, ip->bytes) == 1;
}

/* Whether TEXT ends at LENGTH or in a zone (RFC 4007 11), and where. */
static bool
cut_zone(const char *text, size_t *length)
{
	const char *percent = memchr(text, '%', *length);

	if (percent == NULL)
		return true;
	for (const char *p = percent + 1; p < text + *length; p++)
		if (!g_ascii_isalnum(*p) && strchr("._-", *p) == NULL)
			return false;
	bool is_zone = percent + 1 < text + *length &&
	    memchr(text, ':', (size_t)(percent - text)) != NULL;
	*length = (size_t)(percent - text);
	return is_zone;
}

bool
hisho_network_parse_ip(const char *text, size_t length, HishoIp *ip)
{
	static const char tag[] = "IPv6:";
	const size_t tag_length = sizeof tag - 1;
	char copy[INET6_ADDRSTRLEN];

	if (length >= 2 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	if (memchr(text, '\0', length) != NULL || !cut_zone(text, &length))
		return false;
	if (length > tag_length &&
	    g_ascii_strncasecmp(text, tag, tag_length) == 0) {
		text += tag_length;
		length -= tag_length;
		if (memchr(text, ':', length) == NULL)
			return false;
	}
	if (length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return parse_bare(copy, ip);
}

static guint
group_at(const HishoIp *ip, guint i)
{
	return (guint)(ip->bytes[2 * i] << 8 | ip->bytes[2 * i + 1]);
}

/* The first of the longest runs of zero groups; END is START if there is none
 * of two or more (RFC 5952 4.2). */
static void
find_zeros(const HishoIp *ip, guint *start, guint *end)
{
	*start = *end = 8;
	for (guint i = 0, j; i < 8; i = j + 1) {
		for (j = i; j < 8 && group_at(ip, j) == 0; j++)
			;
		if (j - i >= 2 && j - i > *end - *start) {
			*start = i;
			*end = j;
		}
	}
}

char *
hisho_network_dup_ip_text(const HishoIp *ip)
{
	const guint8 *v4 = ip->bytes + sizeof v4_mapped;
	guint start, end;

	if (hisho_network_ip_is_v4(ip))
		return g_strdup_printf(
		    "%u.%u.%u.%u", v4[0], v4[1], v4[2], v4[3]);
	/* inet_ntop() writes ::1:0 as ::0.1.0.0. */
	GString *text = g_string_new(NULL);
	find_zeros(ip, &start, &end);
	for (guint i = 0; i < 8; i++) {
		if (i >= start && i < end) {
			g_string_append(text, "::");
			i = end - 1;
			continue;
		}
		g_string_append_printf(text, "%s%x",
		    i == 0 || i == end ? "" : ":", group_at(ip, i));
	}
	return g_string_free(text, FALSE);
}

static void
clear_host_bits(HishoNetwork *network)
{
	for (guint i = 0; i < sizeof network->ip.bytes; i++) {
		guint kept = network->prefix_bits > 8 * i
		    ? MIN(8, network->prefix_bits - 8 * i)
		    : 0;
		network->ip.bytes[i] &= (guint8)(0xff00 >> kept);
	}
}

/* Whether TEXT is a decimal number without sign or leading zero up to MAX. */
static bool
parse_bits(const char *text, guint max, guint *bits)
{
	*bits = 0;
	if (text[0] == '0' && text[1] != '\0')
		return false;
	const char *p;
	for (p = text; g_ascii_isdigit(*p) && *bits <= max; p++)
		*bits = *bits * 10 + (guint)(*p - '0');
	return p > text && *p == '\0' && *bits <= max;
}

bool
hisho_network_parse(const char *text, HishoNetwork *network)
{
	size_t length = strcspn(text, "/");
	guint bits;

	if (!hisho_network_parse_ip(text, length, &network->ip))
		return false;
	guint outside = hisho_network_ip_is_v4(&network->ip) ? V4_BITS : 0;
	network->prefix_bits = 128;
	if (text[length] == '\0')
		return true;
	/* ::ffff:192.0.2.0/120 counts the bits of IPv6. */
	if (memchr(text, ':', length) != NULL)
		outside = 0;
	if (!parse_bits(text + length + 1, 128 - outside, &bits))
		return false;
	network->prefix_bits = (guint8)(outside + bits);
	clear_host_bits(network);
	return true;
}

bool
hisho_network_contains(const HishoNetwork *network, const HishoIp *ip)
{
	HishoNetwork other = { *ip, network->prefix_bits };

	clear_host_bits(&other);
	return hisho_network_ip_is_v4(ip) ==
	    (hisho_network_ip_is_v4(&network->ip) &&
		network->prefix_bits >= V4_BITS) &&
	    hisho_network_ip_equal(&other.ip, &network->ip);
}

GArray *
hisho_network_parse_list(const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit_set(text, ", \t\r\n", -1);
	g_autoptr(GArray) list =
	    g_array_new(FALSE, FALSE, sizeof(HishoNetwork));

	for (char **word = words; *word != NULL; word++) {
		HishoNetwork network;

		if (**word == '\0')
			continue;
		if (!hisho_network_parse(*word, &network)) {
			g_set_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG,
			    "'%s' is no network", *word);
			return NULL;
		}
		g_array_append_val(list, network);
	}
	return g_steal_pointer(&list);
}

bool
hisho_network_list_contains(const GArray *list, const HishoIp *ip)
{
	for (guint i = 0; i < list->len; i++)
		if (hisho_network_contains(
			&g_array_index(list, HishoNetwork, i), ip))
			return true;
	return false;
}

bool
hisho_network_ip_is_private(const HishoIp *ip)
{
	static const char *const private[] = {
		"0.0.0.0/8",	  /* this host: RFC 1122 3.2.1.3 */
		"10.0.0.0/8",	  /* RFC 1918 */
		"100.64.0.0/10",  /* carrier-grade NAT: RFC 6598 */
		"127.0.0.0/8",	  /* loopback */
		"169.254.0.0/16", /* link-local: RFC 3927 */
		"172.16.0.0/12",  /* RFC 1918 */
		"192.168.0.0/16", /* RFC 1918 */
		"::/127",	  /* unspecified and loopback */
		"fc00::/7",	  /* unique local: RFC 4193 */
		"fe80::/9",	  /* link-local; site-local as was */
	};

	for (guint i = 0; i < G_N_ELEMENTS(private); i++) {
		HishoNetwork network;

		if (hisho_network_parse(private[i], &network) &&
		    hisho_network_contains(&network, ip))
			return true;
	}
	return false;
}

char *
hisho_network_dup_key(const HishoIp *ip)
{
	bool is_v4 = hisho_network_ip_is_v4(ip);
	HishoNetwork network = { *ip, is_v4 ? V4_BITS + 24 : 48 };

	clear_host_bits(&network);
	g_autofree char *text = hisho_network_dup_ip_text(&network.ip);
	return g_strdup_printf("%s/%d", text, is_v4 ? 24 : 48);
}

/* Where the port of TEXT begins; NULL for none.  A bare IPv6 address has
 * colons of its own. */
static const char *
find_port(const char *text)
{
	const char *first = strchr(text, ':');
	const char *last = strrchr(text, ':');

	if (first == NULL)
		return NULL;
	if (*text == '[')
		return last[-1] == ']' ? last : NULL;
	return first == last ? last : NULL;
}

bool
hisho_network_parse_endpoint(const char *text, HishoEndpoint *endpoint)
{
	const char *port = find_port(text);
	size_t length = port != NULL ? (size_t)(port - text) : strlen(text);
	guint64 number = 0;

	if (port != NULL &&
	    !g_ascii_string_to_unsigned(
		port + 1, 10, 1, G_MAXUINT16, &number, NULL))
		return false;
	endpoint->port = (guint16)number;
	/* An address has no room for its link, without which nobody is there.
	 */
	return memchr(text, '%', length) == NULL &&
	    hisho_network_parse_ip(text, length, &endpoint->ip);
}

char *
hisho_network_dup_reversed(const HishoIp *ip)
{
	GString *text = g_string_new(NULL);
	bool is_v4 = hisho_network_ip_is_v4(ip);
	guint n_bytes = is_v4 ? 4 : sizeof ip->bytes;

	for (guint i = 0; i < n_bytes; i++) {
		guint byte = ip->bytes[sizeof ip->bytes - 1 - i];
		g_string_append(text, i > 0 ? "." : "");
		if (is_v4)
			g_string_append_printf(text, "%u", byte);
		else
			g_string_append_printf(
			    text, "%x.%x", byte & 0xf, byte >> 4);
	}
	return g_string_free(text, FALSE);
}
