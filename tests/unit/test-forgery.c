#include <string.h>

#include "tests/unit/judge.h"

#include "libhisho/score/warnings.h"

#define HTML "To: me@example.org\nContent-Type: text/html\n\n"
#define A(host, text) "<a href='https://" host "/x'>" text "</a>\n"

/* The codes of the warnings of forgery, each with the host or address. */
static char *
dup_forgeries(const GPtrArray *warnings)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < warnings->len; i++) {
		const HishoWarning *warning = warnings->pdata[i];
		if (!g_str_has_suffix(warning->code, "-lookalike") &&
		    strcmp(warning->code, "link-text-differs") != 0)
			continue;
		g_string_append_printf(text, "%s%s=%s",
		    text->len > 0 ? " " : "", warning->code,
		    (char *)warning->evidence->pdata[1]);
	}
	return g_string_free(text, FALSE);
}

static void
test_senders_and_links_that_pass_for_others_are_told(void)
{
	static const struct {
		const char *mail, *forgeries;
	} cases[] = {
		{ "From: a@amazon-jp.zydmrou.cn\n" HTML A(
		      "www.amazon-jp.zydmrou.cn", "x"),
		    "from-lookalike=a@amazon-jp.zydmrou.cn "
		    "link-lookalike=www.amazon-jp.zydmrou.cn" },
		{ "From: news@shop.example\n" HTML A("www.shop.example", "x"),
		    "" },
		{ "From: a@amazon.co.jp\n" HTML A("www.amazon.com", "x"), "" },
		{ "From: a@shop.example\n" HTML
		  "<img src='https://amazon-id.example/'>",
		    "" },
		{ "From: a@shop.example\nTo: me@example.org\n\n"
		  "https://paypa1.com/\n",
		    "link-lookalike=paypa1.com" },
		{ "From: \"a@amazon.co.jp\" <a@x.example>\n\n", "" },
		{ "From: a@shop.example\n" HTML
		  "<a href='https://www.google.com/url?q="
		  "https://paypa1.com/'>x</a>",
		    "link-lookalike=paypa1.com" },
		/* Whom I know */
		{ "From: a@freind.example\n" HTML A("tursted.example", "x"),
		    "from-lookalike=a@freind.example "
		    "link-lookalike=tursted.example" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Judged) judged = judge_new(cases[i].mail);
		hisho_known_add(
		    judged.known, "friend.example", HISHO_KNOWN_RECEIVED);
		hisho_known_add(
		    judged.known, "trusted.example", HISHO_KNOWN_TRUSTED);
		g_autofree char *forgeries =
		    dup_forgeries(judge(&judged)->warnings);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpstr(forgeries, ==, cases[i].forgeries);
	}
}

static void
test_a_marked_link_names_whom_it_imitates(void)
{
	g_auto(Judged) judged = judge_new("From: a@b.example\n" HTML A(
	    "paypa1.com", "x") A("b.example", "y"));
	const GPtrArray *links = judged.facts->found->links;

	for (int i = 0; i < 2; i++) {
		hisho_forgery_mark(judged.facts->found, judged.known);
		const HishoLink *forged = links->pdata[0];
		const HishoLink *other = links->pdata[1];
		g_assert_cmpstr(forged->imitates, ==, "paypal.com");
		g_assert_cmpuint(forged->findings->len, ==, 1);
		g_assert_cmpstr(forged->findings->pdata[0], ==, "lookalike");
		g_assert_null(other->imitates);
		g_assert_cmpuint(other->findings->len, ==, 0);
	}
	hisho_known_add(judged.known, "paypa1.com", HISHO_KNOWN_TRUSTED);
	hisho_forgery_mark(judged.facts->found, judged.known);
	const HishoLink *trusted = links->pdata[0];
	g_assert_null(trusted->imitates);
	g_assert_cmpuint(trusted->findings->len, ==, 0);
}

#define DIFFERS(host) "link-text-differs=" host

/* What reads as another's, by who sends it and where it leads. */
static const struct {
	const char *from, *link, *forgeries;
	bool proven;
} texts[] = {
	{ "a@b.example", A("evil.example", "www.bank.example"),
	    DIFFERS("evil.example"), false },
	{ "a@bank.example", A("evil.example", "www.bank.example"),
	    DIFFERS("evil.example"), true },
	{ "a@b.example", A("www.bank.example", "bank.example"), "", false },
	{ "a@b.example", A("evil.example", "read more"), "", false },
	/* Counted by the sender, or by a service */
	{ "a@b.example", A("click.b.example", "www.bank.example"), "", false },
	{ "a@b.example", A("u1.ct.sendgrid.net", "www.bank.example"), "",
	    false },
	{ "a@b.example", A("b.list-manage.com", "www.amazon.co.jp"), "",
	    false },
	/* ... but not to a bank, unless it is its own mail */
	{ "a@b.example", A("u1.ct.sendgrid.net", "www.smbc-card.com"),
	    DIFFERS("u1.ct.sendgrid.net"), false },
	{ "a@contact.vpass.ne.jp", A("u1.ct.sendgrid.net", "www.smbc-card.com"),
	    "", false },
	{ "a@b.example", A("u1.ct.sendgrid.net", "www.guarded.example"),
	    DIFFERS("u1.ct.sendgrid.net"), false },
	/* Nobody takes a known name for himself by sending from his own */
	{ "a@b.example", A("click.b.example", "www.amazon.co.jp"),
	    DIFFERS("click.b.example"), false },
	{ "a@b.example", A("click.b.example", "www.amazon.co.jp"),
	    DIFFERS("click.b.example"), true },
	{ "a@friend.example", A("friend.example", "www.amazon.co.jp"),
	    DIFFERS("friend.example"), false },
	{ "a@friend.example", A("friend.example", "www.amazon.co.jp"), "",
	    true },
	{ "a@b.example", A("click.b.example", "www.youtube.com"), "", false },
	{ "a@b.example", A("click.b.example", "www.friend.example"), "",
	    false },
	{ "a@b.example", A("evil.example", "www.youtube.com"),
	    DIFFERS("evil.example"), false },
	/* One owner */
	{ "a@b.example", A("www.amazon.com", "www.amazon.co.jp"), "", false },
	{ "a@b.example", A("fonts.gstatic.com", "www.google.com"), "", false },
	{ "a@b.example", A("www.amazon.de", "www.amazon.co.jp"), "", false },
	/* Wrappers that say where they lead on */
	{ "a@b.example",
	    "<a href='https://www.google.com/url?q=http://bank.example/'>"
	    "www.bank.example</a>",
	    "", false },
	{ "a@b.example",
	    "<a href='https://www.google.com/url?q=http://evil.example/'>"
	    "www.bank.example</a>",
	    DIFFERS("evil.example"), false },
	{ "a@b.example",
	    "<a href='https://www.google.com/url?q=http://bank.example/"
	    "&q=http://evil.example/'>www.bank.example</a>",
	    DIFFERS("evil.example"), false },
	{ "a@b.example",
	    "<a href='https://www.google.com/url?q=http://evil.example/"
	    "&q=http://bank.example/'>www.bank.example</a>",
	    DIFFERS("evil.example"), false },
	/* ... filters too */
	{ "a@b.example",
	    "<a href='https://x.safelinks.protection.outlook.com/"
	    "?url=http://evil.example/'>www.bank.example</a>",
	    DIFFERS("evil.example"), false },
	{ "a@b.example",
	    "<a href='https://x.safelinks.protection.outlook.com/"
	    "?url=http://click.b.example/'>www.bank.example</a>",
	    "", false },
	{ "a@b.example",
	    "<a href='https://urldefense.com/v3/__https://"
	    "u1.ct.sendgrid.net/x__;!!a!b$'>www.bank.example</a>",
	    "", false },
	{ "a@b.example",
	    "<a href='https://evil.example/?url=http://bank.example/'>"
	    "www.bank.example</a>",
	    DIFFERS("evil.example"), false },
};

static void
test_a_text_may_differ_where_that_is_usual(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "From: %s\n" HTML "%s", texts[i].from, texts[i].link);
		g_auto(Judged) judged = judge_new(mail);
		hisho_known_add(
		    judged.known, "friend.example", HISHO_KNOWN_TRUSTED);
		hisho_known_add(
		    judged.known, "guarded.example", HISHO_KNOWN_PROTECTED);
		judged.memory->standing.route.own.trusted = texts[i].proven;
		hisho_links_relate(
		    judged.facts->found, strchr(texts[i].from, '@') + 1);
		g_autofree char *forgeries =
		    dup_forgeries(judge(&judged)->warnings);
		g_test_message("%s", mail);
		g_assert_cmpstr(forgeries, ==, texts[i].forgeries);
	}
}

static void
test_a_name_that_the_address_does_not_bear_out_is_told(void)
{
	static const struct {
		const char *from;
		bool is_told, proven;
	} cases[] = {
		{ "Amazon.co.jp <a@shop.example>", true, false },
		{ "Amazon.co.jp <a@shop.example>", true, true },
		{ "Amazon.co.jp <a@amazon.co.jp>", false, false },
		{ "Amazon.co.jp <a@mail.amazon.com>", false, false },
		{ "Amazon <a@friend.example>", true, false },
		{ "Amazon <a@friend.example>", false, true },
		{ "Netflix <netflix>", true, false },
		{ "Taro <a@shop.example>", false, false },
		{ "a@shop.example", false, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "From: %s\nTo: me@example.org\n\nx\n", cases[i].from);
		g_auto(Judged) judged = judge_new(mail);
		hisho_known_add(
		    judged.known, "friend.example", HISHO_KNOWN_TRUSTED);
		judged.memory->standing.route.own.trusted = cases[i].proven;
		const GPtrArray *warnings = judge(&judged)->warnings;
		bool is_told = false;
		for (guint j = 0; j < warnings->len; j++) {
			const HishoWarning *warning = warnings->pdata[j];
			is_told |=
			    strcmp(warning->code, "from-name-differs") == 0;
		}
		g_test_message("%s", cases[i].from);
		g_assert_cmpint(is_told, ==, cases[i].is_told);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/forgery/senders-and-links-that-pass-for-others-are-told",
	    test_senders_and_links_that_pass_for_others_are_told);
	g_test_add_func("/forgery/a-marked-link-names-whom-it-imitates",
	    test_a_marked_link_names_whom_it_imitates);
	g_test_add_func("/forgery/a-text-may-differ-where-that-is-usual",
	    test_a_text_may_differ_where_that_is_usual);
	g_test_add_func(
	    "/forgery/a-name-that-the-address-does-not-bear-out-is-told",
	    test_a_name_that_the_address_does_not_bear_out_is_told);
	return g_test_run();
}
