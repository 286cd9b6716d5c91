#include <string.h>

#include "libhisho/route/route.h"

static const char *const received[] = {
	"from localhost (localhost [127.0.0.1]) by mx.example.jp (Postfix) "
	"with ESMTP id 1; Tue, 6 Feb 2024 10:20:31 +0900",
	"from mail.example.com (mx1.example.com [192.0.2.1]) by mx.example.jp "
	"(Postfix) with ESMTPS id 2; Tue, 6 Feb 2024 10:20:30 +0900",
	"from bank.example (bank.example [198.51.100.1]) by mail.example.com "
	"with ESMTP id 3; Tue, 6 Feb 2024 10:20:29 +0900",
};

static HishoRoute *
find(const HishoRouteOptions *options)
{
	g_autoptr(GPtrArray) hops =
	    g_ptr_array_new_with_free_func(hisho_hop_free);

	for (guint i = 0; i < G_N_ELEMENTS(received); i++)
		g_ptr_array_add(hops,
		    hisho_received_parse(received[i], strlen(received[i])));
	return hisho_route_find(hops, options);
}

static bool
is_trusted(const HishoRoute *route, guint i)
{
	return ((const HishoHop *)route->hops->pdata[i])->trusted;
}

static void
test_the_boundary_hop_becomes_the_route(void)
{
	g_autoptr(HishoRoute) route = find(&(HishoRouteOptions){ 0 });

	g_assert_cmpstr(route->ip, ==, "192.0.2.1");
	g_assert_cmpstr(route->rdns, ==, "mx1.example.com");
	g_assert_cmpstr(route->helo, ==, "mail.example.com");
	g_assert_cmpstr(route->by, ==, "mx.example.jp");
	g_assert_cmpstr(route->tls, ==, "yes");
	g_assert_cmpstr(route->why, ==, "first-public");
	g_assert_cmpstr(route->forward, ==, "not-checked");
	g_assert_cmpint(route->hop, ==, 2);
	g_assert_cmpint(hisho_route_time(route), ==, 1707182430);
	g_assert_true(is_trusted(route, 0));
	g_assert_true(is_trusted(route, 1));
	g_assert_false(is_trusted(route, 2));
}

static void
test_what_the_mta_says_stands_above_the_header(void)
{
	g_autoptr(HishoRoute) other =
	    find(&(HishoRouteOptions){ .boundary = {
					   .client_ip = "2001:DB8:0::1",
					   .helo = "said.example",
					   .client_name = "unknown",
				       } });
	g_autoptr(HishoRoute) same =
	    find(&(HishoRouteOptions){ .boundary = {
					   .client_ip = "192.0.2.1",
					   .client_name = "looked-up.example",
				       } });

	g_assert_cmpstr(other->ip, ==, "2001:db8::1");
	g_assert_cmpstr(other->helo, ==, "said.example");
	g_assert_null(other->rdns);
	g_assert_null(other->by);
	g_assert_cmpint(other->hop, ==, 0);
	g_assert_cmpint(hisho_route_time(other), ==, 0);
	g_assert_cmpstr(same->by, ==, "mx.example.jp");
	g_assert_cmpstr(same->helo, ==, "mail.example.com");
	g_assert_cmpstr(same->rdns, ==, "looked-up.example");
	g_assert_cmpint(same->hop, ==, 2);
}

static void
test_results_count_above_the_boundary(void)
{
	static const char value[] =
	    "mx.example.jp; dkim=pass header.d=example.com";
	static const char *const names[] = { "mx.example.jp", NULL };

	for (guint above = 0; above <= 3; above++) {
		g_autoptr(GArray) fields =
		    g_array_new(FALSE, FALSE, sizeof(HishoAuthField));
		HishoAuthField field = { value, strlen(value), above };
		g_array_append_val(fields, field);
		g_autoptr(HishoRoute) route =
		    find(&(HishoRouteOptions){ .auth_fields = fields,
			.auth_names = names,
			.from_domain = "example.com" });
		g_assert_true((route->auth != NULL) == (above < 2));
	}
}

static void
test_a_route_survives_json(void)
{
	g_autoptr(HishoRoute) route = find(&(HishoRouteOptions){ 0 });
	g_autoptr(HishoJson) json =
	    hisho_record_to_json(&hisho_route_type, route);
	g_autoptr(HishoRoute) copy = hisho_record_dup(&hisho_route_type, route);

	g_assert_true(hisho_json_is_null(hisho_json_get(json, "auth")));
	g_assert_true(hisho_json_is_null(hisho_json_get(json, "new")));
	g_assert_cmpuint(hisho_json_size(hisho_json_get(json, "hops")), ==, 3);
	g_assert_cmpstr(copy->ip, ==, "192.0.2.1");
	g_assert_cmpuint(copy->hops->len, ==, 3);
}

static void
test_a_measurement_is_at_the_receipt_or_now(void)
{
	static const struct {
		gint64 after_s; /* the boundary took the mail */
		const char *measured;
		bool holds;
	} cases[] = { { 0, "receipt", true }, { 3600, "receipt", true },
		{ -3600, "receipt", true }, { 3601, "now", true },
		{ 7 * 86400, "now", true }, { 7 * 86400 + 1, "now", false },
		{ -8 * 86400, "now", false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoRoute) route = find(&(HishoRouteOptions){ 0 });
		HishoDns *dns = hisho_dns_new();
		g_assert_false(hisho_route_dns_holds(route, 0));
		dns->time = hisho_route_time(route) + cases[i].after_s;
		g_free(dns->reverse);
		dns->reverse = g_strdup("pass");
		hisho_route_take_dns(route, dns);
		g_assert_cmpstr(route->reverse, ==, "pass");
		g_assert_cmpstr(route->forward, ==, "not-checked");
		g_assert_cmpstr(route->measured, ==, cases[i].measured);
		g_assert_cmpint(hisho_route_dns_holds(route, dns->time), ==,
		    cases[i].holds);
	}
}

static void
test_what_is_handed_over_now_was_received_now(void)
{
	g_autoptr(GPtrArray) hops = g_ptr_array_new();
	const HishoRouteOptions told = { .boundary.client_ip = "192.0.2.1" };
	g_autoptr(HishoRoute) route = hisho_route_find(hops, &told);
	g_autoptr(HishoRoute) local =
	    hisho_route_find(hops, &(HishoRouteOptions){ 0 });

	hisho_route_take_dns(route, hisho_dns_new());
	hisho_route_take_dns(local, hisho_dns_new());
	local->dns->time = 8 * 86400;
	g_assert_cmpstr(route->measured, ==, "receipt");
	g_assert_cmpstr(local->measured, ==, "now");
	g_assert_true(hisho_route_dns_holds(local, 86400));
	g_assert_false(hisho_route_dns_holds(local, 86399));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/route/the-boundary-hop-becomes-the-route",
	    test_the_boundary_hop_becomes_the_route);
	g_test_add_func("/route/what-the-mta-says-stands-above-the-header",
	    test_what_the_mta_says_stands_above_the_header);
	g_test_add_func("/route/results-count-above-the-boundary",
	    test_results_count_above_the_boundary);
	g_test_add_func(
	    "/route/a-route-survives-json", test_a_route_survives_json);
	g_test_add_func("/route/a-measurement-is-at-the-receipt-or-now",
	    test_a_measurement_is_at_the_receipt_or_now);
	g_test_add_func("/route/what-is-handed-over-now-was-received-now",
	    test_what_is_handed_over_now_was_received_now);
	return g_test_run();
}
