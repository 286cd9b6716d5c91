#include "tests/unit/judge.h"

static void
test_a_receipt_holds_the_keys_of_a_mail(void)
{
	static const struct {
		const char *mail, *ip, *from, *from_domain, *organization,
		    *sender, *host, *host_net;
	} cases[] = {
		{ "From: Taro@Mail.Example.COM\n", "192.0.2.1",
		    "taro@mail.example.com", "example.com", "example.com",
		    "taro@mail.example.com", "192.0.2.1", "192.0.2.0/24" },
		{ "From: a@b.example.com, c@d.example.com\n", "192.0.2.1", NULL,
		    NULL, NULL, NULL, "192.0.2.1", "192.0.2.0/24" },
		{ "From: a@[192.0.2.9]\n", "2001:db8:1:2::1", "a@[192.0.2.9]",
		    "[192.0.2.9]", NULL, NULL, "2001:db8:1:2::1",
		    "2001:db8:1::/48" },
		{ "From: a@example.com\nReturn-Path: <b@bulk.example.net>\n",
		    NULL, "a@example.com", "example.com", "example.com",
		    "b@bulk.example.net", "", NULL },
		{ "From: a@example.com\n", "no address", "a@example.com",
		    "example.com", "example.com", "a@example.com", "", NULL },
		{ "From: a@example.com\nSender: s@example.net\n", "192.0.2.1",
		    "a@example.com", "example.com", "example.com",
		    "s@example.net", "192.0.2.1", "192.0.2.0/24" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(cases[i].mail);
		g_free(judged.route->ip);
		judged.route->ip = g_strdup(cases[i].ip);
		judged.route->hop = 0;
		g_autoptr(HishoReceipt) receipt = hisho_axes_new_receipt(
		    judged.facts, judged.route, "uid:1", NULL);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpstr(receipt->user, ==, "uid:1");
		g_assert_cmpstr(
		    receipt->digest, ==, judged.facts->letter->digest);
		g_assert_cmpint(receipt->received, ==, 0);
		g_assert_cmpstr(receipt->from, ==, cases[i].from);
		g_assert_cmpstr(receipt->from_domain, ==, cases[i].from_domain);
		g_assert_cmpstr(
		    receipt->from_organization, ==, cases[i].organization);
		g_assert_cmpstr(receipt->sender, ==, cases[i].sender);
		g_assert_cmpstr(receipt->host, ==, cases[i].host);
		g_assert_cmpstr(receipt->host_net, ==, cases[i].host_net);
	}
}

static void
test_a_return_path_below_the_boundary_is_the_senders_own(void)
{
	static const struct {
		gint64 hop, hops_above;
		bool counts;
	} cases[] = { { 1, 0, true }, { 1, 1, false }, { 2, 1, true },
		{ 2, 2, false }, { 0, 0, true }, { 0, 3, true } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(
		    "Return-Path: <b@example.net>\nFrom: a@example.com\n");
		judged.route->hop = cases[i].hop;
		judged.facts->return_path_hops = cases[i].hops_above;
		g_assert_cmpstr(hisho_axes_envelope(judged.facts, judged.route),
		    ==, cases[i].counts ? "b@example.net" : NULL);
	}
}

static void
test_a_sender_owns_its_own_from(void)
{
	static const struct {
		const char *sender, *sender_domain, *from, *organization;
		bool owns;
	} cases[] = {
		{ "a@b.com", "b.com", "a@b.com", "b.com", true },
		{ "x@b.com", "b.com", "a@b.com", "b.com", true },
		{ "x@c.com", "c.com", "a@b.com", "b.com", false },
		{ NULL, NULL, "a@b.com", "b.com", false },
		{ "x@c.com", "c.com", NULL, NULL, false },
		{ NULL, NULL, NULL, NULL, false },
		/* No organisation never equals none. */
		{ "x@host", "host", "a@host", NULL, false },
		{ "a@host", "host", "a@host", NULL, true },
		{ "x", NULL, "a", NULL, false },
		/* Everybody can have an address at a public provider. */
		{ "x@gmail.com", "gmail.com", "a@gmail.com", "gmail.com",
		    false },
		{ "a@gmail.com", "gmail.com", "a@gmail.com", "gmail.com",
		    true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoReceipt) receipt = hisho_receipt_new();
		receipt->sender = g_strdup(cases[i].sender);
		receipt->sender_domain = g_strdup(cases[i].sender_domain);
		receipt->from = g_strdup(cases[i].from);
		receipt->from_organization = g_strdup(cases[i].organization);
		g_test_message("%u", i);
		g_assert_cmpint(hisho_axes_sender_owns_from(receipt, NULL), ==,
		    cases[i].owns);
	}
}

static void
test_a_reader_clicks_through_known_wrappers(void)
{
	static const struct {
		const char *html, *hosts;
	} cases[] = {
		{ "<a href='http://a.org/'>x</a><a href='http://a.org/b'>y</a>",
		    "a.org" },
		{ "<a href='https://x.safelinks.protection.outlook.com/?url="
		  "https%3A%2F%2Fwww.evil.org%2Fa'>x</a>",
		    "www.evil.org" },
		/* What else carries a name is the sender's own. */
		{ "<a href='http://jump.org/?url=https%3A%2F%2Fbank.jp%2F'>x"
		  "</a><a href='http://b.org/'>y</a>",
		    "jump.org b.org" },
		/* A wrapper in a wrapper is no end. */
		{ "<a href='https://www.google.com/url?q=https%3A%2F%2F"
		  "urldefense.com%2Fv3%2F__https%3A%2F%2Fevil.org%2F__%3B!!x'"
		  ">x</a>",
		    "evil.org" },
		{ "<a href='https://www.google.com/maps'>x</a>",
		    "www.google.com" },
		{ "<img src='http://i.org/'><form action='http://f.org/'>"
		  "</form><a style='display:none' href='http://h.org/'>x</a>",
		    "f.org" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "From: a@b.c\nContent-Type: text/html\n\n%s",
		    cases[i].html);
		g_auto(Judged) judged = judge_new(mail);
		GPtrArray *links = judged.receipt->links;
		g_ptr_array_add(links, NULL);
		g_autofree char *hosts = g_strjoinv(" ", (char **)links->pdata);
		g_assert_cmpstr(hosts, ==, cases[i].hosts);
	}
}

static void
test_a_host_is_of_whom_its_confirmed_name_says(void)
{
	static const struct {
		const char *reverse, *ptr;
		gint64 days; /* between the mail and the question */
		const char *organization;
	} cases[] = {
		{ "pass", "mx.example.co.jp", 0, "example.co.jp" },
		{ "pass", "mx.example.co.jp", 6, "example.co.jp" },
		{ "pass", "mx.example.co.jp", 400, NULL },
		{ "fail", "mx.example.co.jp", 0, NULL },
		{ "temperror", "mx.example.co.jp", 0, NULL },
		{ "none", NULL, 0, NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged =
		    judge_new("From: a@example.com\n"
			      "Date: Tue, 11 Jul 2023 13:27:27 +0900\n\nx\n");
		HishoDns *dns = hisho_dns_new();
		g_free(dns->reverse);
		dns->reverse = g_strdup(cases[i].reverse);
		dns->ptr = g_strdup(cases[i].ptr);
		dns->country = g_strdup("JP");
		dns->time = judged.facts->letter->time + cases[i].days * 86400;
		hisho_route_take_dns(judged.route, dns);
		g_autoptr(HishoReceipt) receipt = hisho_axes_new_receipt(
		    judged.facts, judged.route, "uid:1", NULL);
		g_assert_cmpstr(
		    receipt->host_organization, ==, cases[i].organization);
		g_assert_cmpstr(receipt->reverse, ==, cases[i].reverse);
		g_assert_cmpint(receipt->measured, ==, dns->time);
		g_autoptr(HishoDns) again = hisho_receipt_dup_dns(receipt);
		g_assert_cmpstr(again->reverse, ==, cases[i].reverse);
		g_assert_cmpstr(again->ptr, ==, cases[i].ptr);
		g_assert_cmpstr(again->country, ==, "JP");
		g_assert_cmpstr(again->from_mail, ==, "not-checked");
		g_assert_cmpint(again->time, ==, dns->time);
	}
}

static void
test_what_nobody_could_tell_is_asked_again(void)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_new();

	g_assert_null(hisho_receipt_dup_dns(receipt));
	receipt->measured = 1;
	receipt->forward = g_strdup("temperror");
	receipt->reverse = g_strdup("temperror");
	g_assert_null(hisho_receipt_dup_dns(receipt));
	g_free(receipt->forward);
	receipt->forward = g_strdup("none");
	g_autoptr(HishoDns) dns = hisho_receipt_dup_dns(receipt);
	g_assert_cmpstr(dns->forward, ==, "none");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/axes/a-receipt-holds-the-keys-of-a-mail",
	    test_a_receipt_holds_the_keys_of_a_mail);
	g_test_add_func(
	    "/axes/a-return-path-below-the-boundary-is-the-senders-own",
	    test_a_return_path_below_the_boundary_is_the_senders_own);
	g_test_add_func("/axes/a-sender-owns-its-own-from",
	    test_a_sender_owns_its_own_from);
	g_test_add_func("/axes/a-reader-clicks-through-known-wrappers",
	    test_a_reader_clicks_through_known_wrappers);
	g_test_add_func("/axes/a-host-is-of-whom-its-confirmed-name-says",
	    test_a_host_is_of_whom_its_confirmed_name_says);
	g_test_add_func("/axes/what-nobody-could-tell-is-asked-again",
	    test_what_nobody_could_tell_is_asked_again);
	return g_test_run();
}
