#include <string.h>

#include "tests/unit/judge.h"

#include "libhisho/score/warnings.h"

#define HEAD "From: taro@example.com\nTo: me@example.org\n"

static char *
dup_codes(const GPtrArray *warnings)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		g_string_append_printf(
		    text, "%s%s", i > 0 ? " " : "", warning->code);
	}
	return g_string_free(text, FALSE);
}

static void
test_a_mail_is_warned_of_by_what_it_holds(void)
{
	static const struct {
		const char *mail, *codes;
	} cases[] = {
		{ HEAD "\nhello\n", "" },
		{ "From: taro@example.com\n\nx\n", "no-to" },
		{ "From: a@example.com, b@example.com\nTo: x@y.example\n\nx\n",
		    "from-multiple" },
		{ "From: \"a@bank.example\" <a@example.com>\n"
		  "To: x@y.example\n\nx\n",
		    "from-name-differs" },
		{ HEAD "Reply-To: taro@other.org\n\nx\n", "reply-to-differs" },
		{ HEAD "Reply-To: jiro@mail.example.com\n\nx\n", "" },
		{ HEAD "Reply-To: l@other.org\nList-Id: <l.other.org>\n\nx\n",
		    "" },
		{ HEAD "X-Spam-Flag: YES\nX-Spam-Flag: YES\n\nx\n",
		    "upstream-marked" },
		{ HEAD "X-Spam-Flag: NO\n\nx\n", "" },
		{ HEAD "Content-Type: application/x; name=a.exe\n\nx\n",
		    "attachment-dangerous" },
		{ HEAD "Content-Type: application/pdf; name=a.pdf\n\n%PDF-\n",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<form action="
		       "'http://example.com/'><input type=password></form>",
		    "form-password" },
		/* A form of one's own, one to search, one to subscribe. */
		{ HEAD "Content-Type: text/html\n\n<form action="
		       "'http://www.example.com/'><input><input></form>",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<form action="
		       "'http://example.org/'><input></form>",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<form action="
		       "'http://example.org/'><input><input></form>",
		    "form" },
		{ HEAD "Content-Type: text/html\n\n<form action="
		       "'http://example.org/'><input><input name=pwd></form>",
		    "form-password" },
		{ HEAD "Content-Type: text/html; name=a.html\n"
		       "Content-Disposition: attachment\n\n"
		       "<svg><input autocomplete=cc-number>",
		    "form-password" },
		/* What leads on, and by whom. */
		{ HEAD "\nhttps://www.google.com/url?q=http://evil.org/\n",
		    "link-redirect" },
		{ HEAD "\nhttps://www.google.com/url?q="
		       "http://www.example.com/\n",
		    "" },
		{ HEAD "\nhttps://www.google.com/url?q="
		       "https://mail.google.com/\n",
		    "" },
		{ "From: x@mail.google.com\nTo: x@y.example\n\n"
		  "https://www.google.com/url?q=http://other.org/\n",
		    "" },
		{ HEAD "\nhttps://a.safelinks.protection.outlook.com/?url="
		       "http%3A%2F%2Fother.org%2F\n",
		    "" },
		{ HEAD "\nhttps://a.safelinks.protection.outlook.com/?url="
		       "https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D"
		       "http%253A%252F%252Fevil.org%252F\n",
		    "link-redirect" },
		{ HEAD "\nhttp://click.newsletter.org/?url=http://shop.org/\n",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<a href="
		       "'http://www.google.com/url?q=http://evil.org/'></a>",
		    "link-hidden" },
		{ HEAD "\nhttp://bit.ly/x\n", "link-shortener" },
		{ HEAD "\nhttp://click.newsletter.org/?url=http://bit.ly/x\n",
		    "link-shortener" },
		{ "From: x@twitter.com\nTo: x@y.example\n\nhttp://t.co/x\n",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<img src='//bit.ly/x'>",
		    "" },
		{ HEAD "\nhttp://192.0.2.7/x\n", "link-address" },
		{ HEAD "\nhttp://xn--tmatenbrot-evi.org/\n",
		    "link-mixed-script" },
		{ HEAD "\nenter your password\n", "password-words" },
		{ HEAD "Subject: enter your password\n\nx\n",
		    "password-words" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<p>Enter <b>your</b>\n<i>pass</i>word</p>",
		    "password-words" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<p>Enter</p><p>your password</p>",
		    "" },
		/* Only what is shown counts, and all of that. */
		{ HEAD "Content-Type: text/html\n\n"
		       "enter<span hidden> it never</span> your password",
		    "password-words" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<p hidden>enter your password</p>"
		       "<!-- enter your password --><title>enter your "
		       "password</title><script>enter your password</script>",
		    "" },
		{ HEAD "Content-Type: application/octet-stream; name=a.html\n"
		       "Content-Disposition: attachment\n\n<p>Enter "
		       "<b hidden>never</b> your PIN",
		    "password-words" },
		/* Money is talked of where something else is odd. */
		{ HEAD "\nPlease buy a gift card.\n", "" },
		{ HEAD "Reply-To: taro@other.org\n\nBuy a gift card.\n",
		    "reply-to-differs money-words" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<a href='http://bank.org@evil.org/'>x</a>",
		    "link-userinfo" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<a href='http://evil.org/'>www.bank.org</a>",
		    "link-text-differs" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<a style='display:none' href='http://evil.org/'>x</a>",
		    "link-hidden" },
		/* Where another link leads that is shown. */
		{ HEAD "Content-Type: text/html\n\n"
		       "<a style='display:none' href='http://a.org/'>x</a>"
		       "<a href='http://a.org/y'>y</a>",
		    "" },
		{ HEAD "Content-Type: text/html\n\n"
		       "<!-- <a href='http://a.org/'>x</a> -->"
		       "<map><area href='http://b.org/'></map>",
		    "" },
		{ HEAD "Content-Type: text/html\n\n<a style='display:none' "
		       "href='http://www.example.com/'>x</a>",
		    "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(cases[i].mail);
		g_autofree char *codes = dup_codes(judge(&judged)->warnings);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpstr(codes, ==, cases[i].codes);
	}
}

static void
test_a_permit_on_an_unproven_route_is_told(void)
{
	static const struct {
		const char *novelty;
		gint64 organizations, by_net;
		bool pinned, aligned;
		const char *codes;
	} cases[] = {
		{ "unrelated", 0, 0, false, false, "permit-forged route-new" },
		{ "same", 0, 0, false, false, "permit-forged" },
		{ "same", 0, 0, true, false, "" },
		{ "unrelated", 0, 0, false, true, "route-new" },
		{ "pool", 5, 0, false, false, "permit-unproven" },
		/* Shared, though this From has used it before. */
		{ "same", 5, 0, true, false, "permit-unproven" },
		{ "same-net", 9, 0, false, false, "permit-unproven" },
		{ "same", 9, 0, true, true, "" },
		/* A shared network, and no more. */
		{ "pool", 0, 5, false, false, "permit-unproven" },
		{ "unrelated", 0, 4, false, false, "permit-forged route-new" },
		{ "same", 0, 5, true, false, "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(HEAD "\nx\n");
		judged.memory->is_permitted = true;
		judged.memory->permits_route = cases[i].pinned;
		judged.memory->standing.organizations = cases[i].organizations;
		judged.memory->standing.organizations_by_net = cases[i].by_net;
		judged.route->novelty = g_strdup(cases[i].novelty);
		if (cases[i].aligned) {
			judged.route->auth = hisho_record_new(&hisho_auth_type);
			judged.route->auth->aligned = true;
		}
		g_autofree char *codes = dup_codes(judge(&judged)->warnings);
		g_test_message("%u", i);
		g_assert_cmpstr(codes, ==, cases[i].codes);
	}
}

static void
test_a_route_that_is_encrypted_no_more_is_told(void)
{
	static const struct {
		gint64 messages, encrypted;
		const char *with, *tls;
		bool is_received;
		const char *codes;
	} cases[] = {
		{ 0, 0, "ESMTP", NULL, false, "" },
		{ 5, 0, "ESMTP", NULL, false, "" },
		{ 1, 1, "ESMTP", NULL, false, "route-plaintext" },
		{ 1, 1, "Microsoft SMTP Server", NULL, false,
		    "route-plaintext" },
		{ 5, 5, "ESMTPS", "TLSv1", false, "route-plaintext" },
		{ 5, 5, "ESMTPS", "TLSv1.1", false, "route-plaintext" },
		{ 5, 5, "ESMTPS", "TLSv1.2", false, "" },
		{ 5, 5, "ESMTPS", "TLSv1.3", false, "" },
		{ 5, 5, "ESMTPS", "yes", false, "" },
		/* Nobody says how it came. */
		{ 5, 5, NULL, NULL, false, "" },
		{ 5, 5, "local", NULL, false, "" },
		/* This one is counted, and no news as the second. */
		{ 2, 1, "ESMTP", NULL, true, "route-plaintext" },
		{ 2, 1, "ESMTP", NULL, false, "" },
		{ 10, 9, "ESMTP", NULL, false, "route-plaintext" },
		{ 10, 8, "ESMTP", NULL, false, "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(HEAD "\nx\n");
		HishoMemory *memory = judged.memory;
		memory->standing.route.own.messages = cases[i].messages;
		memory->standing.route_tls.own.messages = cases[i].encrypted;
		memory->is_received = cases[i].is_received;
		judged.route->with = g_strdup(cases[i].with);
		judged.route->tls = g_strdup(cases[i].tls);
		g_autofree char *codes = dup_codes(judge(&judged)->warnings);
		g_test_message("%u", i);
		g_assert_cmpstr(codes, ==, cases[i].codes);
	}
}

/* Nobody forges what was made here; a header that does not say so might. */
static void
test_a_permit_needs_no_proof_for_local_mail(void)
{
	static const struct {
		const char *why, *degraded;
		const char *codes, *folder;
	} cases[] = {
		{ "local", NULL, "", "main" },
		{ "unreadable", NULL, "permit-forged", "gray" },
		{ "local", "timeout", "permit-forged not-analysed", "gray" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(HEAD "\nx\n");
		const HishoSafeCase safe = { "taro@example.com", true, false };
		judged.safe = hisho_safe_match(&safe);
		judged.memory->is_permitted = true;
		judged.config->strict_permit = true;
		judged.route->why = g_strdup(cases[i].why);
		g_clear_pointer(&judged.route->ip, g_free);
		g_free(judged.receipt->host);
		judged.receipt->host = g_strdup("");
		judged.degraded = cases[i].degraded;
		g_autofree char *codes = dup_codes(judge(&judged)->warnings);
		g_test_message("%u", i);
		g_assert_cmpstr(codes, ==, cases[i].codes);
		g_assert_cmpstr(judged.verdict->folder, ==, cases[i].folder);
	}
}

static void
test_my_own_address_from_outside_is_told(void)
{
	g_auto(Judged) judged = judge_new(HEAD "\nx\n");

	g_strfreev(judged.config->addresses);
	judged.config->addresses = g_strsplit("Taro@example.com", ",", -1);
	g_autofree char *outside = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(outside, ==, "self-forged");
	g_assert_true(hisho_warnings_have_danger(judged.verdict->warnings));
	g_clear_pointer(&judged.route->ip, g_free);
	g_autofree char *inside = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(inside, ==, "");
}

static void
test_reports_are_told_with_their_number(void)
{
	g_auto(Judged) judged = judge_new(HEAD "\nx\n");

	judge_add_report(&judged, "evil.org", true, 2);
	judged.config->others_red = 5;
	judge_add_report(&judged, "other.org", false, 4);
	const GPtrArray *warnings = judge(&judged)->warnings;
	g_assert_cmpuint(warnings->len, ==, 1);
	g_autofree char *text =
	    hisho_warning_dup_text(warnings->pdata[0], "en");
	g_assert_nonnull(strstr(text, "evil.org"));
	g_assert_nonnull(strstr(text, "by 3 user(s)"));
}

static void
test_the_gravest_come_first_and_none_a_hundred_times(void)
{
	g_autoptr(GString) mail =
	    g_string_new(HEAD "Reply-To: x@other.org\n"
			      "Content-Type: text/html\n\n");

	for (guint i = 0; i < 100; i++)
		g_string_append_printf(mail,
		    "<a href='http://e%u.org/'>www.bank%u.org</a>"
		    "<a href='http://192.0.2.%u/'>x</a>",
		    i, i, i);
	g_auto(Judged) judged = judge_new(mail->str);
	g_autofree char *codes = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(codes, ==,
	    "link-text-differs link-text-differs link-text-differs "
	    "link-address link-address link-address reply-to-differs");
}

static void
test_limits_and_failures_are_cautions(void)
{
	g_auto(Judged) judged = judge_new(HEAD "\nx\n");

	g_ptr_array_add(judged.facts->letter->limits, g_strdup("parts"));
	judged.degraded = "cell-died";
	g_autofree char *codes = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(codes, ==, "not-analysed limit-reached");
	g_assert_false(hisho_warnings_have_danger(judged.verdict->warnings));
	judged.memory->unavailable = g_strdup("locked");
	g_autofree char *both = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(both, ==, "not-analysed not-analysed limit-reached");
	judged.degraded = NULL;
	g_autofree char *one = dup_codes(judge(&judged)->warnings);
	g_assert_cmpstr(one, ==, "not-analysed limit-reached");
}

/* The words of a missing value, in evidence as in fields, are none. */
static void
test_evidence_that_is_missing_is_left_out(void)
{
	g_auto(Judged) judged = judge_new(HEAD "\nx\n");

	judged.memory->is_permitted = true;
	g_clear_pointer(&judged.route->ip, g_free);
	const GPtrArray *warnings = judge(&judged)->warnings;
	g_assert_cmpuint(warnings->len, ==, 1);
	g_autoptr(HishoJson) json =
	    hisho_warning_to_json(warnings->pdata[0], "en");
	const HishoJson *evidence = hisho_json_get(json, "evidence");
	g_assert_cmpstr(hisho_json_get_text(json, "code"), ==, "permit-forged");
	g_assert_cmpstr(hisho_json_get_text(json, "level"), ==, "danger");
	g_assert_cmpstr(
	    hisho_json_get_text(evidence, "from"), ==, "taro@example.com");
	g_assert_null(hisho_json_get(evidence, "ip"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/warnings/a-mail-is-warned-of-by-what-it-holds",
	    test_a_mail_is_warned_of_by_what_it_holds);
	g_test_add_func("/warnings/a-permit-on-an-unproven-route-is-told",
	    test_a_permit_on_an_unproven_route_is_told);
	g_test_add_func("/warnings/a-permit-needs-no-proof-for-local-mail",
	    test_a_permit_needs_no_proof_for_local_mail);
	g_test_add_func("/warnings/my-own-address-from-outside-is-told",
	    test_my_own_address_from_outside_is_told);
	g_test_add_func("/warnings/reports-are-told-with-their-number",
	    test_reports_are_told_with_their_number);
	g_test_add_func(
	    "/warnings/the-gravest-come-first-and-none-a-hundred-times",
	    test_the_gravest_come_first_and_none_a_hundred_times);
	g_test_add_func("/warnings/a-route-that-is-encrypted-no-more-is-told",
	    test_a_route_that_is_encrypted_no_more_is_told);
	g_test_add_func("/warnings/limits-and-failures-are-cautions",
	    test_limits_and_failures_are_cautions);
	g_test_add_func("/warnings/evidence-that-is-missing-is-left-out",
	    test_evidence_that_is_missing_is_left_out);
	return g_test_run();
}
