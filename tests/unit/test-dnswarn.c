#include <string.h>

#include "tests/unit/judge.h"

#define NOON 1689046050 /* 2023-07-11T03:27:30Z */

/* What DNS was found to say of a mail, and what that gives rise to. */
typedef struct {
	const char *from;
	const char *helo;
	const char *forward, *reverse, *ptr;
	const char *from_mail;
	const char *country;
	const char *codes;
} Case;

typedef struct {
	gint64 after_s; /* from the mail to the measurement */
	bool is_aligned;
	bool is_cut;
} Measured;

static char *
warn_of(const Case *known, Measured measured)
{
	g_autofree char *text =
	    g_strdup_printf("From: %s\nTo: me@example.org\n\nx\n", known->from);
	g_auto(Judged) judged = judge_new(text);
	HishoDns *dns = hisho_dns_new();
	HishoHop *hop = hisho_record_new(&hisho_hop_type);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();

	hop->time = NOON;
	g_ptr_array_add(judged.route->hops, hop);
	judged.route->helo = g_strdup(known->helo);
	g_free(dns->forward);
	g_free(dns->reverse);
	g_free(dns->from_mail);
	dns->forward = g_strdup(known->forward);
	dns->reverse = g_strdup(known->reverse);
	dns->ptr = g_strdup(known->ptr);
	dns->from_mail = g_strdup(known->from_mail);
	dns->country = g_strdup(known->country);
	dns->is_cut = measured.is_cut;
	dns->time = NOON + measured.after_s;
	hisho_route_take_dns(judged.route, dns);
	judged.route->auth = hisho_record_new(&hisho_auth_type);
	judged.route->auth->aligned = measured.is_aligned;
	const GPtrArray *warnings = judge(&judged)->warnings;
	for (guint i = 0; i < warnings->len; i++)
		g_ptr_array_add(codes,
		    (gpointer)(gsize)((const HishoWarning *)warnings->pdata[i])
			->code);
	g_ptr_array_add(codes, NULL);
	return g_strjoinv(" ", (char **)codes->pdata);
}

static void
test_results_are_told_of_by_what_they_mean(void)
{
	static const Case cases[] = {
		{ "a@good.example", "mx.good.example", "pass", "pass",
		    "mx.good.example", "pass", NULL, "" },
		/* The manual's own example: the name of the shop, on a host
		 * that nobody has a name for. */
		{ "info@amazon.co.jp", "mail0.Amazon.co.jp", "fail", "none",
		    NULL, "pass", NULL, "helo-forged dns-reverse-failed" },
		/* A well-known name, whoever From is. */
		{ "a@good.example", "mail0.amazon.co.jp", "fail", "pass",
		    "vps.hoster.example", "pass", NULL, "helo-forged" },
		{ "a@good.example", "mail0.amazon.co.jp", "pass", "pass",
		    "mail0.amazon.co.jp", "pass", NULL, "" },
		/* Its own host by another name, of its own or of nobody. */
		{ "a@good.example", "inside.good.example", "fail", "pass",
		    "gw.good.example", "pass", NULL, "" },
		{ "a@good.example", "exchange.corp.local", "fail", "pass",
		    "gw.good.example", "pass", NULL, "" },
		{ "a@good.example", "exchange.corp.local", "fail", "pass",
		    "gw.hoster.example", "pass", NULL, "dns-forward-failed" },
		{ "a@good.example", "mail0.amazon.co.jp", "fail", "pass",
		    "gw.good.example", "pass", NULL, "helo-forged" },
		/* One of many hosts by the name of all. */
		{ "a@customer.example", "obe.outbound.outlook.com", "fail",
		    "pass", "mail-1.outbound.outlook.com", "pass", NULL, "" },
		{ "a@good.example", "inside.good.example", "fail", "fail",
		    "gw.good.example", "pass", NULL,
		    "helo-forged dns-reverse-failed" },
		{ "a@good.example", "pc", "fail", "fail", "x.other.example",
		    "pass", NULL, "dns-reverse-failed dns-forward-failed" },
		{ "a@good.example", "[192.0.2.1]", "none", "none", NULL, "pass",
		    NULL, "dns-reverse-failed" },
		/* Nobody could tell. */
		{ "a@good.example", "mx.good.example", "temperror", "temperror",
		    NULL, "temperror", NULL, "" },
		{ "a@good.example", "mx.good.example", "not-checked",
		    "not-checked", NULL, "not-checked", NULL, "" },
		/* A rented host is usual; not so for a bank, nor abroad. */
		{ "a@good.example", "vps.hoster.example", "pass", "pass",
		    "vps.hoster.example", "pass", NULL, "" },
		{ "a@amazon.co.jp", "vps.hoster.example", "pass", "pass",
		    "vps.hoster.example", "pass", NULL, "host-unrelated" },
		/* Two names of one owner. */
		{ "a@facebookmail.com", "mx-out.facebook.com", "pass", "pass",
		    "mx-out.facebook.com", "pass", NULL, "" },
		{ "a@facebookmail.com", "mx-out.facebook.com", "fail", "none",
		    NULL, "pass", NULL, "helo-forged dns-reverse-failed" },
		{ "a@good.co.jp", "mx.hoster.cn", "pass", "pass",
		    "mx.hoster.cn", "pass", NULL, "host-unrelated" },
		{ "a@good.co.jp", "mx.hoster.io", "pass", "pass",
		    "mx.hoster.io", "pass", NULL, "" },
		{ "a@good.co.jp\nList-Id: <l.hoster.cn>", "mx.hoster.cn",
		    "pass", "pass", "mx.hoster.cn", "pass", NULL, "" },
		{ "a@null.example", "mx.good.example", "pass", "pass",
		    "mx.good.example", "fail", NULL, "sender-domain-dead" },
		{ "a@null.example", "mx.good.example", "pass", "pass",
		    "mx.good.example", "none", NULL, "sender-domain-dead" },
		/* Countries say something where names do not. */
		{ "a@good.co.jp", "mx.good.co.jp", "pass", "pass",
		    "mx.good.co.jp", "pass", "US", "" },
		{ "a@good.co.jp", "[192.0.2.1]", "none", "none", NULL, "pass",
		    "RU", "dns-reverse-failed country-contradiction" },
		{ "a@good.co.jp", "[192.0.2.1]", "none", "none", NULL, "pass",
		    "JP", "dns-reverse-failed" },
		{ "a@good.co.uk", "[192.0.2.1]", "none", "none", NULL, "pass",
		    "GB", "dns-reverse-failed" },
		{ "a@good.example", "[192.0.2.1]", "none", "none", NULL, "pass",
		    "RU", "dns-reverse-failed" },
		{ "a@good.io", "[192.0.2.1]", "none", "none", NULL, "pass",
		    "RU", "dns-reverse-failed" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *codes =
		    warn_of(&cases[i], (Measured){ 60, false, false });
		g_autofree char *aligned =
		    warn_of(&cases[i], (Measured){ 60, true, false });
		g_test_message("case %u", i);
		g_assert_cmpstr(codes, ==, cases[i].codes);
		g_assert_cmpstr(aligned, ==, "");
	}
}

static void
test_what_is_measured_late_says_nothing(void)
{
	static const Case known = { "info@amazon.co.jp", "mail0.amazon.co.jp",
		"fail", "none", NULL, "none", NULL,
		"helo-forged dns-reverse-failed sender-domain-dead" };
	static const struct {
		gint64 after_s;
		bool is_told;
	} cases[] = { { 0, true }, { 6 * 86400, true }, { 8 * 86400, false },
		{ 3 * 365 * 86400, false }, { -8 * 86400, false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *codes = warn_of(
		    &known, (Measured){ cases[i].after_s, false, false });
		g_assert_cmpstr(codes, ==, cases[i].is_told ? known.codes : "");
	}
}

static void
test_more_names_than_asked_for_are_told_of(void)
{
	static const Case known = { "a@good.example", "mx.good.example", "pass",
		"temperror", NULL, "pass", NULL, "limit-reached" };
	g_autofree char *codes = warn_of(&known, (Measured){ 60, false, true });
	g_autofree char *late =
	    warn_of(&known, (Measured){ 30 * 86400, false, true });

	g_assert_cmpstr(codes, ==, known.codes);
	g_assert_cmpstr(late, ==, "");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dnswarn/results-are-told-of-by-what-they-mean",
	    test_results_are_told_of_by_what_they_mean);
	g_test_add_func("/dnswarn/what-is-measured-late-says-nothing",
	    test_what_is_measured_late_says_nothing);
	g_test_add_func("/dnswarn/more-names-than-asked-for-are-told-of",
	    test_more_names_than_asked_for_are_told_of);
	return g_test_run();
}
