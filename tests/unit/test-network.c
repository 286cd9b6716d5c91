#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/base/network.h"

static HishoIp
ip_of(const char *text)
{
	HishoIp ip = { { 0 } };

	g_assert_true(hisho_network_parse_ip(text, strlen(text), &ip));
	return ip;
}

static void
test_every_spelling_has_one_text(void)
{
	static const struct {
		const char *text, *expected; /* NULL: no address */
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1" },
		{ "[192.0.2.1]", "192.0.2.1" },
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "::FFFF:C000:201", "192.0.2.1" },
		{ "IPv6:::ffff:192.0.2.1", "192.0.2.1" },
		{ "[IPv6:2001:0DB8::0001]", "2001:db8::1" },
		{ "[ipv6:::1]", "::1" },
		{ "::", "::" },
		{ "1::", "1::" },
		{ "0:0:0:0:0:0:1:0", "::1:0" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
		{ "64:ff9b::192.0.2.1", "64:ff9b::c000:201" },
		{ "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
		{ "fe80::1%eth0", "fe80::1" },
		{ "", NULL },
		{ "[", NULL },
		{ "[]", NULL },
		{ "192.0.2", NULL },
		{ "192.0.2.1.1", NULL },
		{ "192.0.2.256", NULL },
		{ "192.0.2.01", NULL },
		{ "0x7f.0.0.1", NULL },
		{ "2130706433", NULL },
		{ " 192.0.2.1", NULL },
		{ "192.0.2.1 ", NULL },
		{ "[192.0.2.1", NULL },
		{ "IPv6:192.0.2.1", NULL },
		{ "192.0.2.1%1", NULL },
		{ "fe80::1%", NULL },
		{ "fe80::1%a b", NULL },
		{ ":::", NULL },
		{ "1::2::3", NULL },
		{ "12345::", NULL },
		{ "1:2:3:4:5:6:7:8:9", NULL },
		{ "0000000000000000000000000000000000000000000000001::", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoIp ip;
		bool parsed = hisho_network_parse_ip(
		    cases[i].text, strlen(cases[i].text), &ip);
		g_autofree char *text =
		    parsed ? hisho_network_dup_ip_text(&ip) : NULL;

		g_test_message("'%s'", cases[i].text);
		g_assert_cmpstr(text, ==, cases[i].expected);
	}
}

static void
test_a_nul_is_no_end(void)
{
	HishoIp ip;

	g_assert_false(hisho_network_parse_ip("192.0.2.1\0x", 11, &ip));
	g_assert_true(hisho_network_parse_ip("192.0.2.123", 10, &ip));
	g_autofree char *text = hisho_network_dup_ip_text(&ip);
	g_assert_cmpstr(text, ==, "192.0.2.12");
}

static void
test_random_addresses_survive_their_text(void)
{
	for (guint i = 0; i < 20000; i++) {
		HishoIp ip;

		for (guint j = 0; j < 16; j++)
			ip.bytes[j] = g_test_rand_int_range(0, 3) == 0
			    ? (guint8)g_test_rand_int_range(0, 256)
			    : 0;
		g_autofree char *text = hisho_network_dup_ip_text(&ip);
		HishoIp again = ip_of(text);
		g_assert_true(hisho_network_ip_equal(&ip, &again));
	}
}

static void
test_networks_hold_what_they_should(void)
{
	static const struct {
		const char *network, *ip;
		bool holds;
	} cases[] = {
		{ "203.0.113.0/24", "203.0.113.255", true },
		{ "203.0.113.77/24", "203.0.113.1", true },
		{ "203.0.113.0/24", "203.0.112.255", false },
		{ "203.0.113.0/24", "::ffff:203.0.113.9", true },
		{ "203.0.113.128/25", "203.0.113.127", false },
		{ "203.0.113.7", "203.0.113.7", true },
		{ "203.0.113.7", "203.0.113.6", false },
		{ "0.0.0.0/0", "198.51.100.1", true },
		{ "0.0.0.0/0", "2001:db8::1", false },
		{ "::/0", "2001:db8::1", true },
		{ "::/0", "198.51.100.1", false },
		{ "::ffff:203.0.113.0/120", "203.0.113.9", true },
		{ "::ffff:0:0/64", "198.51.100.1", false },
		{ "2001:db8::/33", "2001:db8:7fff::1", true },
		{ "2001:db8::/33", "2001:db8:8000::1", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoIp ip = ip_of(cases[i].ip);
		HishoNetwork network;

		g_test_message("%s, %s", cases[i].network, cases[i].ip);
		g_assert_true(hisho_network_parse(cases[i].network, &network));
		g_assert_cmpint(
		    hisho_network_contains(&network, &ip), ==, cases[i].holds);
	}
}

static void
test_a_bad_network_is_named(void)
{
	static const char *const bad[] = { "", "/24", "192.0.2.0/", "::/129",
		"192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+1", "192.0.2.0/08",
		"192.0.2.0/24x", "192.0.2.0/24/8", "::/99999999999999999999",
		"host.example/24" };
	g_autoptr(GError) error = NULL;
	HishoNetwork network;

	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("'%s'", bad[i]);
		g_assert_false(hisho_network_parse(bad[i], &network));
	}
	g_assert_null(hisho_network_parse_list("::1, x", &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_cmpstr(error->message, ==, "'x' is no network");
}

static void
test_lists_are_split_at_blanks_and_commas(void)
{
	g_autoptr(GArray) list = hisho_network_parse_list(
	    " 203.0.113.0/24,2001:db8::/32\n198.51.100.1 ", NULL);
	HishoIp inside = ip_of("2001:db8:9::1");
	HishoIp outside = ip_of("198.51.100.2");

	g_assert_cmpuint(list->len, ==, 3);
	g_assert_true(hisho_network_list_contains(list, &inside));
	g_assert_false(hisho_network_list_contains(list, &outside));
	g_autoptr(GArray) empty = hisho_network_parse_list("", NULL);
	g_assert_cmpuint(empty->len, ==, 0);
}

static void
test_private_addresses_are_known(void)
{
	static const char *const private[] = { "10.9.8.7", "172.16.0.1",
		"172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.0.1",
		"100.64.0.1", "100.127.255.255", "0.0.0.0", "::", "::1",
		"fe80::1", "febf::1", "fd00::1", "fc00::1", "::ffff:10.0.0.1" };
	static const char *const public[] = { "11.0.0.1", "172.32.0.1",
		"172.15.255.255", "100.63.255.255", "100.128.0.1", "192.0.2.1",
		"2001:db8::1", "::2", "fbff::1", "ff02::1" };

	for (guint i = 0; i < G_N_ELEMENTS(private); i++) {
		HishoIp ip = ip_of(private[i]);
		g_test_message("%s", private[i]);
		g_assert_true(hisho_network_ip_is_private(&ip));
	}
	for (guint i = 0; i < G_N_ELEMENTS(public); i++) {
		HishoIp ip = ip_of(public[i]);
		g_test_message("%s", public[i]);
		g_assert_false(hisho_network_ip_is_private(&ip));
	}
}

static void
test_neighbours_share_a_key(void)
{
	static const struct {
		const char *ip, *key;
	} cases[] = {
		{ "203.0.113.9", "203.0.113.0/24" },
		{ "::ffff:203.0.113.200", "203.0.113.0/24" },
		{ "2001:db8:1:2::3", "2001:db8:1::/48" },
		{ "::1", "::/48" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoIp ip = ip_of(cases[i].ip);
		g_autofree char *key = hisho_network_dup_key(&ip);

		g_assert_cmpstr(key, ==, cases[i].key);
	}
}

static void
test_a_server_is_an_address_with_or_without_port(void)
{
	static const struct {
		const char *text;
		const char *ip; /* NULL: no server */
		guint port;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1", 0 },
		{ "192.0.2.1:5353", "192.0.2.1", 5353 },
		{ "2001:db8::1", "2001:db8::1", 0 },
		{ "[2001:db8::1]", "2001:db8::1", 0 },
		{ "[2001:db8::1]:53", "2001:db8::1", 53 },
		{ "fe80::1%eth0", NULL, 0 },
		{ "[fe80::1%eth0]:53", NULL, 0 },
		{ "192.0.2.1:", NULL, 0 },
		{ "192.0.2.1:0", NULL, 0 },
		{ "192.0.2.1:65536", NULL, 0 },
		{ "192.0.2.1:53x", NULL, 0 },
		{ "ns.example.jp", NULL, 0 },
		{ ":53", NULL, 0 },
		{ "", NULL, 0 },
		{ "[]:53", NULL, 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		HishoEndpoint endpoint;
		g_test_message("%s", cases[i].text);
		bool is_one =
		    hisho_network_parse_endpoint(cases[i].text, &endpoint);
		g_assert_cmpint(is_one, ==, cases[i].ip != NULL);
		if (!is_one)
			continue;
		g_autofree char *ip = hisho_network_dup_ip_text(&endpoint.ip);
		g_assert_cmpstr(ip, ==, cases[i].ip);
		g_assert_cmpuint(endpoint.port, ==, cases[i].port);
	}
}

static void
test_addresses_are_turned_round_for_the_dns(void)
{
	const HishoIp v4 = ip_of("192.0.2.17"),
		      v6 = ip_of("2001:db8::567:89ab");
	g_autofree char *v4_text = hisho_network_dup_reversed(&v4);
	g_autofree char *v6_text = hisho_network_dup_reversed(&v6);

	g_assert_cmpstr(v4_text, ==, "17.2.0.192");
	/* The example of RFC 3596 2.5 with another network. */
	g_assert_cmpstr(v6_text, ==,
	    "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/network/every-spelling-has-one-text",
	    test_every_spelling_has_one_text);
	g_test_add_func("/network/a-nul-is-no-end", test_a_nul_is_no_end);
	g_test_add_func("/network/random-addresses-survive-their-text",
	    test_random_addresses_survive_their_text);
	g_test_add_func("/network/networks-hold-what-they-should",
	    test_networks_hold_what_they_should);
	g_test_add_func(
	    "/network/a-bad-network-is-named", test_a_bad_network_is_named);
	g_test_add_func("/network/lists-are-split-at-blanks-and-commas",
	    test_lists_are_split_at_blanks_and_commas);
	g_test_add_func("/network/private-addresses-are-known",
	    test_private_addresses_are_known);
	g_test_add_func(
	    "/network/neighbours-share-a-key", test_neighbours_share_a_key);
	g_test_add_func("/network/a-server-is-an-address-with-or-without-port",
	    test_a_server_is_an_address_with_or_without_port);
	g_test_add_func("/network/addresses-are-turned-round-for-the-dns",
	    test_addresses_are_turned_round_for_the_dns);
	return g_test_run();
}
