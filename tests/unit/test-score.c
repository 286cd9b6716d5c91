#include <string.h>

#include "tests/unit/judge.h"

static const char mail[] = "From: taro@example.com\nTo: me@example.org\n"
			   "Return-Path: <taro@example.com>\n\nhello\n";

static void
test_only_votes_permits_and_the_boundary_prove_a_route(void)
{
	static const struct {
		const char *name;
		gint64 own, net, organization, up, down, organizations;
		bool pinned, aligned, is_proven;
	} cases[] = {
		{ "nothing", 0, 0, 0, 0, 0, 0, false, false, false },
		{ "my vote by the host", 1, 0, 0, 0, 0, 0, false, false, true },
		{ "my vote by its network", 0, 1, 0, 0, 0, 0, false, false,
		    true },
		{ "my vote by its organisation", 0, 0, 1, 0, 0, 0, false, false,
		    true },
		{ "a permit pinned to it", 0, 0, 0, 0, 0, 0, true, false,
		    true },
		{ "one other user", 0, 0, 0, 1, 0, 0, false, false, false },
		{ "two other users", 0, 0, 0, 2, 0, 0, false, false, true },
		{ "as many against", 0, 0, 0, 2, 2, 0, false, false, false },
		{ "more against", 0, 0, 0, 3, 4, 0, false, false, false },
		{ "more in favour", 0, 0, 0, 4, 3, 0, false, false, true },
		{ "aligned pass", 0, 0, 0, 0, 0, 0, false, true, true },
		{ "a host of four", 1, 0, 0, 0, 0, 4, false, false, true },
		{ "my vote in a pool", 1, 1, 1, 0, 0, 5, false, false, false },
		{ "others in a pool", 0, 0, 0, 9, 0, 5, false, false, false },
		{ "a permit in a pool", 0, 0, 0, 0, 0, 5, true, false, false },
		{ "aligned pass in a pool", 0, 0, 0, 0, 0, 9, false, true,
		    true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		HishoStanding *known = &judged.memory->standing;
		known->route.own.trusted = cases[i].own;
		known->route_net.own.trusted = cases[i].net;
		known->route_organization.own.trusted = cases[i].organization;
		known->route.others.users_trusted = cases[i].up;
		known->route.others.users_distrusted = cases[i].down;
		known->organizations = cases[i].organizations;
		/* Receipts prove nothing. */
		known->route.own.messages = 100;
		known->from.own.messages = 100;
		judged.memory->permits_route = cases[i].pinned;
		if (cases[i].aligned) {
			judged.route->auth = hisho_record_new(&hisho_auth_type);
			judged.route->auth->aligned = true;
		}
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(
		    judge(&judged)->is_proven, ==, cases[i].is_proven);
	}
}

/* What is known of neighbours holds unless they may be strangers. */
static void
test_a_shared_network_proves_nothing(void)
{
	static const struct {
		const char *host, *name;
		gint64 by_net, by_organization;
		bool by_vote, by_permit, by_organization_vote, by_host;
	} cases[] = {
		{ "192.0.2.1", NULL, 0, 0, true, true, true, true },
		{ "192.0.2.1", NULL, 4, 4, true, true, true, true },
		{ "192.0.2.1", NULL, 5, 0, false, false, true, true },
		{ "192.0.2.1", NULL, 0, 5, true, true, false, true },
		{ "192.0.2.1", "example.net", 0, 0, true, true, true, true },
		/* Hosts of all customers, by network or by confirmed name. */
		{ "209.85.220.41", NULL, 0, 0, false, false, false, false },
		{ "2607:f8b0:4864:20::1", NULL, 0, 0, false, false, false,
		    false },
		{ "40.107.1.2", NULL, 0, 0, false, false, false, false },
		{ "54.240.14.1", NULL, 0, 0, false, false, false, false },
		{ "192.0.2.1", "google.com", 0, 0, false, false, false, false },
		{ "192.0.2.1", "www1.sakura.ne.jp", 0, 0, false, false, false,
		    false },
		/* Hosts of one customer each. */
		{ "192.0.2.1", "amazonaws.com", 0, 0, false, false, false,
		    true },
		{ "192.0.2.1", "p1.ocn.ne.jp", 0, 0, false, false, false,
		    true },
		{ "192.0.2.1", "notgoogle.com", 0, 0, true, true, true, true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		HishoStanding *known = &judged.memory->standing;
		g_free(judged.receipt->host);
		judged.receipt->host = g_strdup(cases[i].host);
		judged.receipt->host_organization = g_strdup(cases[i].name);
		known->organizations_by_net = cases[i].by_net;
		known->organizations_by_organization = cases[i].by_organization;
		g_test_message("%u: %s %s", i, cases[i].host, cases[i].name);
		known->route_net.own.trusted = 1;
		g_assert_cmpint(
		    judge(&judged)->is_proven, ==, cases[i].by_vote);
		known->route_net.own.trusted = 0;
		judged.memory->permits_net = true;
		g_assert_cmpint(
		    judge(&judged)->is_proven, ==, cases[i].by_permit);
		judged.memory->permits_net = false;
		known->route_organization.own.trusted = 1;
		g_assert_cmpint(judge(&judged)->is_proven, ==,
		    cases[i].by_organization_vote);
		known->route_organization.own.trusted = 0;
		judged.memory->permits_organization = true;
		g_assert_cmpint(judge(&judged)->is_proven, ==,
		    cases[i].by_organization_vote);
		judged.memory->permits_organization = false;
		judged.memory->permits_route = true;
		g_assert_cmpint(
		    judge(&judged)->is_proven, ==, cases[i].by_host);
	}
}

static void
test_a_forged_from_is_never_green(void)
{
	g_auto(Judged) judged = judge_new(mail);

	judge_add_row(&judged, "own", "from", 9, 0);
	g_assert_cmpstr(judge(&judged)->advice, ==, "unrated");
	g_assert_cmpstr(judged.verdict->advice_reason, ==, "unproven-route");
	g_assert_null(judged.verdict->by);
	judged.memory->standing.route.own.trusted = 1;
	g_assert_cmpstr(judge(&judged)->advice, ==, "trusted");
	g_assert_cmpstr(judged.verdict->by, ==, "own-from");
}

static void
test_what_others_need_is_configured(void)
{
	g_auto(Judged) judged = judge_new(mail);

	judge_add_row(&judged, "others", "route", 3, 0);
	judged.memory->standing.route.others.users_trusted = 3;
	g_assert_cmpstr(judge(&judged)->advice, ==, "trusted");
	judged.config->others_green = 4;
	g_assert_cmpstr(judge(&judged)->advice, ==, "unrated");
	judge_add_row(&judged, "others", "from", 0, 1);
	g_assert_cmpstr(judge(&judged)->advice, ==, "distrusted");
	judged.config->others_red = 2;
	g_assert_cmpstr(judge(&judged)->advice, ==, "unrated");
}

static void
test_mail_without_a_host_is_not_for_voting(void)
{
	g_auto(Judged) judged = judge_new(mail);

	g_free(judged.receipt->host);
	judged.receipt->host = g_strdup("");
	judge_add_row(&judged, "own", "from", 0, 9);
	g_assert_cmpstr(judge(&judged)->advice, ==, "unrated");
	g_assert_cmpstr(judged.verdict->advice_reason, ==, "not-applicable");
}

static void
test_what_says_that_it_is_returned_can_be_distrusted(void)
{
	static const struct {
		gint64 trusted, distrusted;
		const char *advice, *reason;
	} cases[] = {
		{ 0, 0, "unrated", "not-applicable" },
		{ 2, 1, "unrated", "not-applicable" },
		{ 1, 2, "distrusted", "voted" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		g_strfreev(judged.config->addresses);
		judged.config->addresses = g_strsplit("me@example.org", ",", 1);
		judged.receipt->bounced = g_strdup("me@example.org");
		judged.memory->permits_route = true;
		judge_add_row(&judged, "own", "host", cases[i].trusted,
		    cases[i].distrusted);
		g_assert_cmpstr(judge(&judged)->advice, ==, cases[i].advice);
		g_assert_cmpstr(
		    judged.verdict->advice_reason, ==, cases[i].reason);
		g_assert_cmpint(judged.verdict->by != NULL, ==,
		    g_str_equal(cases[i].reason, "voted"));
	}
}

static void
test_permits_and_blocks_count_in_degraded_mail_too(void)
{
	static const struct {
		bool is_permitted, is_blocked, is_unavailable, is_degraded;
		const char *folder, *reason;
	} cases[] = {
		{ false, false, false, false, "gray", "unknown" },
		{ false, false, true, false, "gray", "reputation-unavailable" },
		{ false, false, false, true, "gray", "not-analysed" },
		{ false, false, true, true, "gray", "not-analysed" },
		{ true, false, false, true, "main", "permitted" },
		{ false, true, false, true, "spam", "blocked-sender" },
		{ true, true, false, false, "main", "permitted" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		if (cases[i].is_permitted) {
			const HishoSafeCase safe = { "taro@example.com", true,
				false };
			judged.safe = hisho_safe_match(&safe);
		}
		if (cases[i].is_blocked)
			judged.memory->blocked = g_strdup("example.com");
		if (cases[i].is_unavailable)
			judged.memory->unavailable = g_strdup("locked");
		if (cases[i].is_degraded)
			judged.degraded = "crashed";
		judge_add_row(&judged, "own", "from", 0, 9);
		judge(&judged);
		g_assert_cmpstr(judged.verdict->folder, ==, cases[i].folder);
		g_assert_cmpstr(
		    judged.verdict->folder_reason, ==, cases[i].reason);
		bool is_known =
		    !cases[i].is_degraded && !cases[i].is_unavailable;
		g_assert_cmpstr(judged.verdict->advice, ==,
		    is_known ? "distrusted" : "unrated");
		g_assert_cmpstr(judged.verdict->advice_reason, ==,
		    is_known ? "voted" : "not-applicable");
	}
}

static void
test_reports_count_mine_at_once_and_others_from_enough(void)
{
	static const struct {
		bool own;
		gint64 others, others_red;
		const char *folder;
	} cases[] = { { true, 0, 5, "spam" }, { false, 1, 1, "spam" },
		{ false, 1, 2, "gray" }, { false, 2, 2, "spam" } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		judged.config->others_red = cases[i].others_red;
		judge_add_report(
		    &judged, "evil.example", cases[i].own, cases[i].others);
		g_assert_cmpstr(judge(&judged)->folder, ==, cases[i].folder);
	}
}

static void
test_without_facts_there_is_a_verdict(void)
{
	g_auto(Judged) judged = judge_new(mail);
	g_autoptr(HishoFacts) facts = g_steal_pointer(&judged.facts);
	g_autoptr(HishoReceipt) receipt = g_steal_pointer(&judged.receipt);

	judged.degraded = "timeout";
	g_assert_cmpstr(judge(&judged)->advice, ==, "unrated");
	g_assert_cmpstr(judged.verdict->folder, ==, "gray");
	g_assert_cmpuint(judged.verdict->warnings->len, ==, 1);
	hisho_verdict_free(NULL);
	g_assert_nonnull(facts);
	g_assert_nonnull(receipt);
}

static void
test_a_route_is_graded_by_what_came_before(void)
{
	static const struct {
		gint64 from, host, net, organization, organizations, by_net;
		bool is_received;
		const char *grade;
	} cases[] = {
		{ 0, 0, 0, 0, 0, 0, false, "first" },
		{ 1, 1, 1, 1, 0, 0, true, "first" },
		{ 1, 1, 1, 1, 0, 0, false, "same" },
		{ 2, 1, 1, 1, 0, 0, true, "unrelated" },
		{ 2, 1, 2, 1, 0, 0, true, "same-net" },
		{ 2, 1, 1, 2, 0, 0, true, "same-organization" },
		{ 2, 0, 1, 1, 0, 0, false, "same-net" },
		{ 2, 0, 0, 1, 0, 0, false, "same-organization" },
		{ 2, 0, 0, 0, 0, 0, false, "unrelated" },
		{ 2, 0, 0, 0, 5, 0, false, "pool" },
		{ 2, 1, 0, 0, 5, 0, false, "same" },
		{ 2, 0, 1, 1, 0, 5, false, "pool" },
		{ 2, 0, 0, 0, 0, 5, false, "unrelated" },
		{ 2, 1, 1, 1, 0, 5, false, "same" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		HishoStanding *known = &judged.memory->standing;
		known->from.own.messages = cases[i].from;
		known->route.own.messages = cases[i].host;
		known->route_net.own.messages = cases[i].net;
		known->route_organization.own.messages = cases[i].organization;
		known->organizations = cases[i].organizations;
		known->organizations_by_net = cases[i].by_net;
		judged.memory->is_received = cases[i].is_received;
		g_test_message("%u", i);
		g_assert_cmpstr(hisho_score_grade_route(judged.receipt,
				    judged.memory, judged.config),
		    ==, cases[i].grade);
	}
	g_auto(Judged) none = judge_new("To: me@example.org\n\nx\n");
	g_assert_null(
	    hisho_score_grade_route(none.receipt, none.memory, none.config));
	g_assert_null(hisho_score_grade_route(NULL, none.memory, none.config));
}

static void
test_a_route_is_graded_by_what_was_trusted_in_an_archive(void)
{
	static const struct {
		gint64 from, net, organization;
		const char *grade;
	} cases[] = {
		{ 0, 0, 0, "first" },
		{ 3, 0, 0, "unrelated" },
		{ 3, 2, 2, "same-net" },
		{ 3, 0, 1, "same-organization" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(mail);
		HishoStanding *known = &judged.memory->standing;
		known->from.own.trusted = cases[i].from;
		known->route_net.own.trusted = cases[i].net;
		known->route_organization.own.trusted = cases[i].organization;
		g_assert_cmpstr(hisho_score_grade_route(judged.receipt,
				    judged.memory, judged.config),
		    ==, cases[i].grade);
	}
}

static void
test_an_own_address_is_known_in_any_spelling(void)
{
	g_auto(Judged) judged = judge_new(mail);

	g_strfreev(judged.config->addresses);
	judged.config->addresses = g_strsplit("ME@Example.ORG,x", ",", -1);
	g_assert_true(hisho_own_has_address(judged.config, "me@example.org"));
	g_assert_false(hisho_own_has_address(judged.config, "you@example.org"));
	g_assert_false(hisho_own_has_address(judged.config, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/score/only-votes-permits-and-the-boundary-prove-a-route",
	    test_only_votes_permits_and_the_boundary_prove_a_route);
	g_test_add_func("/score/a-shared-network-proves-nothing",
	    test_a_shared_network_proves_nothing);
	g_test_add_func("/score/a-forged-from-is-never-green",
	    test_a_forged_from_is_never_green);
	g_test_add_func("/score/what-others-need-is-configured",
	    test_what_others_need_is_configured);
	g_test_add_func("/score/mail-without-a-host-is-not-for-voting",
	    test_mail_without_a_host_is_not_for_voting);
	g_test_add_func(
	    "/score/what-says-that-it-is-returned-can-be-distrusted",
	    test_what_says_that_it_is_returned_can_be_distrusted);
	g_test_add_func("/score/permits-and-blocks-count-in-degraded-mail-too",
	    test_permits_and_blocks_count_in_degraded_mail_too);
	g_test_add_func(
	    "/score/reports-count-mine-at-once-and-others-from-enough",
	    test_reports_count_mine_at_once_and_others_from_enough);
	g_test_add_func("/score/without-facts-there-is-a-verdict",
	    test_without_facts_there_is_a_verdict);
	g_test_add_func("/score/a-route-is-graded-by-what-came-before",
	    test_a_route_is_graded_by_what_came_before);
	g_test_add_func(
	    "/score/a-route-is-graded-by-what-was-trusted-in-an-archive",
	    test_a_route_is_graded_by_what_was_trusted_in_an_archive);
	g_test_add_func("/score/an-own-address-is-known-in-any-spelling",
	    test_an_own_address_is_known_in_any_spelling);
	return g_test_run();
}
