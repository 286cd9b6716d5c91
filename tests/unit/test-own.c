#include "tests/unit/judge.h"

#define BOUNCE(from, received)                                                 \
	"Return-Path: <>\nFrom: " from "\n"                                    \
	"Content-Type: multipart/report; report-type=delivery-status;"         \
	" boundary=b\n\n--b\nContent-Type: text/rfc822-headers\n\n" received   \
	"From: Me@example.org\n\n--b--\n"
#define BY_US "Received: from pc by mx.example.net; 1 Jan 2023 00:00 +0000\n"
#define TO_THEM                                                                \
	"Received: from x (mx.example.net [192.0.2.99]) by b.example;"         \
	" 1 Jan 2023 00:00 +0000\n"
#define FROM_HOME                                                              \
	"Received: from x (x.example [198.51.100.9]) by b.example;"            \
	" 1 Jan 2023 00:00 +0000\n"
#define OF_THE_HOUSE                                                           \
	"Received: from x by out.example.org; 1 Jan 2023 00:00 +0000\n"
#define BY_OTHERS                                                              \
	"Received: from mx.example.net (x.example [203.0.113.9]) by "          \
	"b.example;"                                                           \
	" 1 Jan 2023 00:00 +0000\n"

static HishoOwn
find_own(const char *mail, const char *why, bool is_aligned, bool knows_hosts)
{
	g_auto(Judged) judged = judge_new(mail);
	HishoConfig *config = judged.config;
	static const char *const hosts[] = { "MX.example.net", NULL };
	static const char *const networks[] = { "198.51.100.0/24", NULL };
	static const char *const addresses[] = { "ME@example.org", NULL };

	g_strfreev(config->addresses);
	config->addresses = g_strdupv((char **)(gsize)addresses);
	if (knows_hosts) {
		g_strfreev(config->own_hosts);
		config->own_hosts = g_strdupv((char **)(gsize)hosts);
		g_strfreev(config->trusted_networks);
		config->trusted_networks = g_strdupv((char **)(gsize)networks);
	}
	g_free(judged.route->why);
	judged.route->why = g_strdup(why);
	judged.receipt->aligned = is_aligned;
	hisho_own_note(judged.receipt, judged.facts, judged.route, config);
	return hisho_own_find(judged.receipt, config);
}

static void
test_a_from_of_mine_is_mine_where_it_is_proven(void)
{
	static const struct {
		const char *from, *why;
		bool is_aligned;
		HishoOwn own;
	} cases[] = {
		{ "me@example.org", "local", false, HISHO_OWN_MAIL },
		{ "Me <ME@Example.ORG>", "local", false, HISHO_OWN_MAIL },
		{ "me@example.org", "first-public", true, HISHO_OWN_MAIL },
		{ "me@example.org", "first-public", false, HISHO_OWN_NOT },
		{ "me@example.org", "unreadable", false, HISHO_OWN_NOT },
		{ "me@example.org", "hidden", false, HISHO_OWN_NOT },
		{ "me@example.org", NULL, false, HISHO_OWN_NOT },
		{ "you@example.org", "local", true, HISHO_OWN_NOT },
		{ "me@example.org, me@example.org", "local", true,
		    HISHO_OWN_NOT },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail =
		    g_strdup_printf("From: %s\n\nHello\n", cases[i].from);
		g_assert_cmpint(
		    find_own(mail, cases[i].why, cases[i].is_aligned, true), ==,
		    cases[i].own);
	}
}

static void
test_a_bounce_is_mine_unless_others_sent_what_it_returns(void)
{
	static const struct {
		const char *mail;
		bool knows_hosts;
		HishoOwn own;
	} cases[] = {
		{ BOUNCE("x@b.example", ""), true, HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", BY_US), true, HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", TO_THEM), true, HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", FROM_HOME), true, HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", OF_THE_HOUSE), true, HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", BY_OTHERS), true, HISHO_OWN_NOT },
		{ BOUNCE("x@b.example", BY_OTHERS BY_US), true,
		    HISHO_OWN_BOUNCE },
		{ BOUNCE("x@b.example", BY_OTHERS), false, HISHO_OWN_BOUNCE },
		{ "X: " BOUNCE("MAILER-DAEMON@b.example", ""), true,
		    HISHO_OWN_BOUNCE },
		{ "X: " BOUNCE("x@b.example", ""), true, HISHO_OWN_NOT },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(find_own(cases[i].mail, "first-public", false,
				    cases[i].knows_hosts),
		    ==, cases[i].own);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/own/a-from-of-mine-is-mine-where-it-is-proven",
	    test_a_from_of_mine_is_mine_where_it_is_proven);
	g_test_add_func("/own/a-bounce-is-mine-unless-others-sent-it",
	    test_a_bounce_is_mine_unless_others_sent_what_it_returns);
	return g_test_run();
}
