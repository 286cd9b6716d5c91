#include <string.h>

#include "tests/unit/judge.h"

#define FROM "From: info@bank.example\nTo: me@example.org\n"
#define LETTER FROM "\nhello\n"

/* What our own server found out. */
typedef struct {
	const char *spf, *dkim, *dmarc, *policy;
	bool is_spf_aligned, is_aligned, is_excused;
} Found;

static const Found refused = { "none", "none", "fail", "reject", false, false,
	false };

/* TEXT with HOPS Received fields, the boundary's on top. */
static Judged
judged_new(const char *text, const Found *found, guint hops)
{
	Judged judged = judge_new(text);
	HishoAuth *auth = hisho_record_new(&hisho_auth_type);

	auth->spf = g_strdup(found->spf);
	auth->dkim = g_strdup(found->dkim);
	auth->dmarc = g_strdup(found->dmarc);
	auth->policy = g_strdup(found->policy);
	auth->spf_aligned = found->is_spf_aligned;
	auth->aligned = found->is_aligned;
	auth->excused = found->is_excused;
	judged.route->auth = auth;
	for (guint i = 0; i < hops; i++)
		g_ptr_array_add(
		    judged.route->hops, hisho_record_new(&hisho_hop_type));
	return judged;
}

/* The reason that is told, "" where nothing is. */
static char *
dup_reason(Judged *judged)
{
	const GPtrArray *warnings = judge(judged)->warnings;

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		const GPtrArray *evidence = warning->evidence;
		if (strcmp(warning->code, "auth-failed") == 0)
			return g_strdup(evidence->pdata[evidence->len - 1]);
	}
	return g_strdup("");
}

static void
test_only_what_the_domain_itself_disowns_is_told(void)
{
	static const struct {
		Found found;
		const char *forwarded, *direct;
	} cases[] = {
		{ { "pass", "pass", "pass", "reject", true, true, false }, "",
		    "" },
		{ { "none", "none", "fail", "reject", false, false, false },
		    "reject", "reject" },
		{ { "pass", "pass", "fail", "quarantine", false, false, false },
		    "quarantine", "quarantine" },
		/* The domain only looks on, or nobody says what it wants. */
		{ { "pass", "fail", "fail", "none", false, false, false }, "",
		    "" },
		{ { "none", "none", "fail", NULL, false, false, false }, "",
		    "" },
		{ { "none", "none", "none", "reject", false, false, false }, "",
		    "" },
		{ { "none", "none", "permerror", "reject", false, false,
		      false },
		    "", "" },
		{ { "fail", "none", "fail", "reject", true, false, true }, "",
		    "" },
		/* Not by that host, unless somebody forwarded it. */
		{ { "fail", "none", "none", NULL, true, false, false }, "",
		    "direct" },
		{ { "fail", "fail", "fail", "none", true, false, false }, "",
		    "direct" },
		{ { "fail", "none", NULL, NULL, true, false, false }, "",
		    "direct" },
		{ { "fail", "none", "none", NULL, true, false, true }, "", "" },
		{ { "fail", "none", "none", NULL, false, false, false }, "",
		    "" },
		{ { "fail", "pass", "none", NULL, true, false, false }, "",
		    "" },
		{ { "fail", "neutral", "none", NULL, true, false, false }, "",
		    "" },
		{ { "fail", "permerror", "none", NULL, true, false, false }, "",
		    "" },
		{ { "fail", NULL, "none", NULL, true, false, false }, "", "" },
		{ { "fail", "none", "permerror", NULL, true, false, false }, "",
		    "" },
		{ { "fail", "none", "bestguesspass", NULL, true, false, false },
		    "", "" },
		{ { "softfail", "none", "fail", "none", true, false, false },
		    "", "" },
		{ { "neutral", "none", "none", NULL, true, false, false }, "",
		    "" },
		{ { "permerror", "none", "none", NULL, true, false, false }, "",
		    "" },
		{ { "none", "none", "none", NULL, true, false, false }, "",
		    "" },
		{ { NULL, NULL, NULL, NULL, false, false, false }, "", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) direct = judged_new(LETTER, &cases[i].found, 1);
		g_auto(Judged) forwarded =
		    judged_new(LETTER, &cases[i].found, 2);
		g_autofree char *of_direct = dup_reason(&direct);
		g_autofree char *of_forwarded = dup_reason(&forwarded);
		g_test_message("%u", i);
		g_assert_cmpstr(of_direct, ==, cases[i].direct);
		g_assert_cmpstr(of_forwarded, ==, cases[i].forwarded);
	}
}

static void
test_mail_that_fails_honestly_is_not_told_of(void)
{
	static const struct {
		const char *mail;
		const char *reason;
	} cases[] = {
		{ LETTER, "reject" },
		{ FROM "List-Id: <talk.lists.example>\n\nhello\n", "" },
		{ FROM "List-Unsubscribe: <mailto:x@a.example>\n\nhello\n",
		    "reject" },
		{ "From: a@bank.example, b@bank.example\n\nhello\n", "" },
		{ "From: a@bank.example\nFrom: b@bank.example\n\nhello\n", "" },
		{ "To: me@example.org\n\nhello\n", "" },
		/* A report, of a server and of somebody who looks like one. */
		{ "From: MAILER-DAEMON@bank.example\nContent-Type: multipart/"
		  "report; report-type=delivery-status; boundary=b\n\n"
		  "--b\n\nsorry\n--b\nContent-Type: message/delivery-status"
		  "\n\nReporting-MTA: dns; bank.example\n\n"
		  "Final-Recipient: rfc822; x@example.org\nAction: failed\n"
		  "Status: 5.1.1\n--b--\n",
		    "" },
		{ FROM "Content-Type: multipart/"
		       "report; report-type=delivery-status; boundary=b\n\n"
		       "--b\n\nsorry\n--b\nContent-Type: "
		       "message/delivery-status"
		       "\n\nReporting-MTA: dns; bank.example\n\n"
		       "Final-Recipient: rfc822; x@example.org\n"
		       "Action: failed\nStatus: 5.1.1\n--b--\n",
		    "reject" },
		{ "From: MAILER-DAEMON@bank.example\n\nhello\n", "reject" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judged_new(cases[i].mail, &refused, 1);
		g_autofree char *reason = dup_reason(&judged);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpstr(reason, ==, cases[i].reason);
	}
}

static void
test_whom_i_know_by_that_host_is_not_told_of(void)
{
	g_auto(Judged) proven = judged_new(LETTER, &refused, 1);
	g_auto(Judged) by_login = judged_new(LETTER, &refused, 1);
	g_auto(Judged) unknown = judged_new(LETTER, &refused, 1);

	proven.memory->standing.route.own.trusted = 1;
	((HishoHop *)by_login.route->hops->pdata[0])->authenticated = true;
	g_clear_pointer(&unknown.route->auth, hisho_auth_free);
	g_autofree char *of_proven = dup_reason(&proven);
	g_autofree char *of_login = dup_reason(&by_login);
	g_autofree char *of_unknown = dup_reason(&unknown);
	g_assert_cmpstr(of_proven, ==, "");
	g_assert_cmpstr(of_login, ==, "");
	g_assert_cmpstr(of_unknown, ==, "");
	/* By a host that many share a vote proves nothing. */
	proven.memory->standing.organizations = 9;
	g_autofree char *of_pool = dup_reason(&proven);
	g_assert_cmpstr(of_pool, ==, "reject");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/authwarn/only-what-the-domain-itself-disowns-is-told",
	    test_only_what_the_domain_itself_disowns_is_told);
	g_test_add_func("/authwarn/mail-that-fails-honestly-is-not-told-of",
	    test_mail_that_fails_honestly_is_not_told_of);
	g_test_add_func("/authwarn/whom-i-know-by-that-host-is-not-told-of",
	    test_whom_i_know_by_that_host_is_not_told_of);
	return g_test_run();
}
