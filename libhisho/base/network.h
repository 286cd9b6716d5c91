/* network.h - IP addresses and networks */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* In network order; IPv4 stands v4-mapped (::ffff:192.0.2.1), so that both
 * spellings of one host are one value.  Safe to compare with memcmp(). */
typedef struct {
	guint8 bytes[16];
} HishoIp;

/* PREFIX_BITS counts in 128; an IPv4 /24 is 96 + 24. */
typedef struct {
	HishoIp ip; /* bits beyond the prefix are 0 */
	guint8 prefix_bits;
} HishoNetwork;

/* Whether LENGTH bytes of TEXT are one address, put into IP.  Strict decimal
 * IPv4 (no 010, 0x7f or 1.2), every spelling of IPv6 (RFC 4291 2.2); brackets,
 * the tag IPv6: (RFC 5321 4.1.3) and a zone (%eth0, dropped) are accepted. */
bool hisho_network_parse_ip(const char *text, size_t length, HishoIp *ip);

/* Dotted decimal, or RFC 5952: the one text of this address. */
char *hisho_network_dup_ip_text(const HishoIp *ip);

bool hisho_network_ip_is_v4(const HishoIp *ip);
bool hisho_network_ip_equal(const HishoIp *a, const HishoIp *b);

/* Whether no host of the Internet at large can have this address: RFC 1918,
 * shared (100.64/10), loopback, link-local, ULA, unspecified. */
bool hisho_network_ip_is_private(const HishoIp *ip);

/* Whether TEXT is an address, with or without /BITS, put into NETWORK.  Bits
 * beyond the prefix are cleared; a bare address is a network of one. */
bool hisho_network_parse(const char *text, HishoNetwork *network);

/* IPv4 lies in IPv4 networks only, not in ::/0. */
bool hisho_network_contains(const HishoNetwork *network, const HishoIp *ip);

/* The networks that TEXT names, between blanks or commas, as a GArray of
 * HishoNetwork.  HISHO_ERROR_CONFIG names the first that is none. */
GArray *hisho_network_parse_list(const char *text, GError **error);
bool hisho_network_list_contains(const GArray *list, const HishoIp *ip);

/* Where a server listens. */
typedef struct {
	HishoIp ip;
	guint16 port; /* 0 where none was given */
} HishoEndpoint;

/* Whether TEXT is ADDR, ADDR:PORT or, for IPv6, [ADDR]:PORT. */
bool hisho_network_parse_endpoint(const char *text, HishoEndpoint *endpoint);

/* IP back to front, as the DNS has it: "1.2.0.192", or 32 nibbles for IPv6
 * (RFC 1035 3.5, RFC 3596 2.5), without the domain below which it stands. */
char *hisho_network_dup_reversed(const HishoIp *ip);

/* "203.0.113.0/24", "2001:db8:1::/48": the neighbourhood of IP. */
char *hisho_network_dup_key(const HishoIp *ip);
