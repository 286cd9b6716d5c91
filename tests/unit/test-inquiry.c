#include <glib.h>
#include <string.h>

#include "libhisho/route/inquiry.h"

/* What the oracle says: "TYPE NAME" and "!", "?", "-" (no such name, nobody
 * knows, no such record) or values between blanks ("." is the root). */
typedef struct {
	const char *question;
	const char *answer;
} Known;

typedef struct {
	const Known *known;
	GHashTable *answers;
	GPtrArray *log;
} Oracle;

static HishoAnswer *
new_answer(const char *text)
{
	static const char marks[] = "-!?";
	const char *mark = *text != '\0' ? strchr(marks, *text) : NULL;
	HishoAnswer *answer = hisho_answer_new(mark != NULL
		? (HishoAnswerKind)(HISHO_ANSWER_NOTHING + (mark - marks))
		: HISHO_ANSWER_VALUES);
	g_auto(GStrv) values =
	    g_strsplit(text, " ", strchr(text, '|') != NULL ? 1 : -1);

	for (char **value = values; mark == NULL && *value != NULL; value++)
		g_ptr_array_add(answer->values,
		    g_strdup(strcmp(*value, ".") == 0 ? "" : *value));
	return answer;
}

static char *
dup_question(const char *name, HishoDnsType type)
{
	const char *word = type == HISHO_DNS_A ? "A"
	    : type == HISHO_DNS_AAAA	       ? "AAAA"
	    : type == HISHO_DNS_PTR	       ? "PTR"
	    : type == HISHO_DNS_MX	       ? "MX"
					       : "TXT";

	return g_strdup_printf("%s %s", word, name);
}

/* What is not in the table does not exist. */
static void
ask(void *context, const char *name, HishoDnsType type)
{
	Oracle *oracle = context;
	g_autofree char *question = dup_question(name, type);
	const char *text = "!";

	if (g_hash_table_contains(oracle->answers, question))
		return;
	for (const Known *known = oracle->known; known->question != NULL;
	     known++)
		if (strcmp(known->question, question) == 0)
			text = known->answer;
	g_ptr_array_add(oracle->log, g_strdup(question));
	g_hash_table_insert(
	    oracle->answers, g_steal_pointer(&question), new_answer(text));
}

static const HishoAnswer *
look(void *context, const char *name, HishoDnsType type)
{
	const Oracle *oracle = context;
	g_autofree char *question = dup_question(name, type);

	return g_hash_table_lookup(oracle->answers, question);
}

/* "forward reverse ptr from reply envelope asn country cut", and in LOG what
 * was asked. */
static char *
inquire(const HishoInquiry *inquiry, const Known *known, char **log)
{
	Oracle oracle = { known, NULL, NULL };
	const HishoOracle calls = { &oracle, ask, look };

	oracle.log = g_ptr_array_new_with_free_func(g_free);
	oracle.answers = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)hisho_answer_free);
	for (guint i = 0; i < 3; i++)
		hisho_inquiry_ask(inquiry, &calls);
	g_autoptr(HishoDns) dns = hisho_inquiry_conclude(inquiry, &calls);
	g_ptr_array_add(oracle.log, NULL);
	if (log != NULL)
		*log = g_strjoinv(", ", (char **)oracle.log->pdata);
	g_ptr_array_unref(oracle.log);
	g_hash_table_unref(oracle.answers);
	return g_strdup_printf("%s %s %s %s %s %s %s %s%s", dns->forward,
	    dns->reverse, dns->ptr != NULL ? dns->ptr : "-", dns->from_mail,
	    dns->reply_mail, dns->envelope_mail,
	    dns->asn != NULL ? dns->asn : "-",
	    dns->country != NULL ? dns->country : "-",
	    dns->is_cut ? " cut" : "");
}

#define PTR "PTR 7.2.0.192.in-addr.arpa"
#define PTR6                                                                   \
	"PTR 7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2." \
	"ip6.arpa"

static void
test_the_host_is_checked_both_ways(void)
{
	static const struct {
		const char *ip, *helo;
		Known known[4];
		const char *expected; /* forward reverse ptr */
	} cases[] = {
		{ "192.0.2.7", "mx.example.jp",
		    { { PTR, "mx.example.jp" },
			{ "A mx.example.jp", "192.0.2.6 192.0.2.7" } },
		    "pass pass mx.example.jp" },
		{ "2001:db8::7", "mx.example.jp",
		    { { PTR6, "mx.example.jp" },
			{ "A mx.example.jp", "192.0.2.7" },
			{ "AAAA mx.example.jp", "2001:db8::7" } },
		    "pass pass mx.example.jp" },
		/* Upper case is no other name. */
		{ "192.0.2.7", "MX.Example.JP",
		    { { PTR, "a.example.jp mx.example.jp" },
			{ "A a.example.jp", "192.0.2.7" },
			{ "A mx.example.jp", "192.0.2.7" } },
		    "pass pass mx.example.jp" },
		/* The lie of the manual: it calls itself what it is not. */
		{ "192.0.2.7", "mail0.amazon.co.jp", { { PTR, "!" } },
		    "fail none -" },
		{ "192.0.2.7", "mx.example.jp",
		    { { PTR, "-" }, { "A mx.example.jp", "192.0.2.6" } },
		    "fail none -" },
		{ "192.0.2.7", "mx.example.jp",
		    { { PTR, "mx.example.jp" }, { "A mx.example.jp", "-" } },
		    "fail fail mx.example.jp" },
		{ "192.0.2.7", "mx.example.jp",
		    { { PTR, "?" }, { "A mx.example.jp", "?" } },
		    "temperror temperror -" },
		/* One of two could not be asked for: it may be the one. */
		{ "192.0.2.7", NULL,
		    { { PTR, "a.example b.example" }, { "A a.example", "?" },
			{ "A b.example", "192.0.2.8" } },
		    "none temperror a.example" },
		{ "192.0.2.7", NULL,
		    { { PTR, "a.example b.example" }, { "A a.example", "?" },
			{ "A b.example", "192.0.2.7" } },
		    "none pass b.example" },
		{ "192.0.2.7", "[192.0.2.7]", { { PTR, "invalid" } },
		    "none fail invalid" },
		{ "192.0.2.7", "192.0.2.7", { { NULL, NULL } }, "none none -" },
		/* No names that a host could have are never asked for. */
		{ "192.0.2.7", "localhost", { { "A localhost", "192.0.2.7" } },
		    "fail none -" },
		{ "192.0.2.7", "a_b.example",
		    { { "A a_b.example", "192.0.2.7" } }, "fail none -" },
		{ "10.0.0.7", "mx.example.jp",
		    { { "PTR 7.0.0.10.in-addr.arpa", "mx.example.jp" },
			{ "A mx.example.jp", "10.0.0.7" } },
		    "not-checked not-checked -" },
		{ NULL, "mx.example.jp", { { NULL, NULL } },
		    "not-checked not-checked -" },
		{ "nonsense", NULL, { { NULL, NULL } },
		    "not-checked not-checked -" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const HishoInquiry inquiry = { .ip = cases[i].ip,
			.helo = cases[i].helo,
			.names_max = 20 };
		g_autofree char *log = NULL;
		g_autofree char *all = inquire(&inquiry, cases[i].known, &log);
		g_autofree char *expected = g_strconcat(cases[i].expected,
		    " not-checked not-checked not-checked - -", NULL);
		g_test_message("case %u", i);
		g_assert_cmpstr(all, ==, expected);
		g_assert_null(strstr(log, "localhost"));
		g_assert_null(strstr(log, "a_b"));
		g_assert_null(strstr(log, "invalid"));
	}
}

static void
test_a_domain_takes_mail_or_not(void)
{
	static const struct {
		const char *domain;
		Known known[4];
		const char *expected;
	} cases[] = {
		{ "d.example", { { "MX d.example", "mx.d.example" } }, "pass" },
		{ "d.example",
		    { { "MX d.example", "." }, { "A d.example", "192.0.2.1" } },
		    "fail" },
		{ "d.example", { { "MX d.example", ". mx.d.example" } },
		    "pass" },
		{ "d.example", { { "MX d.example", "invalid" } }, "fail" },
		{ "d.example",
		    { { "MX d.example", "-" }, { "A d.example", "192.0.2.1" },
			{ "AAAA d.example", "-" } },
		    "pass" },
		{ "d.example",
		    { { "MX d.example", "-" }, { "A d.example", "-" },
			{ "AAAA d.example", "2001:db8::1" } },
		    "pass" },
		{ "d.example",
		    { { "MX d.example", "-" }, { "A d.example", "-" },
			{ "AAAA d.example", "-" } },
		    "none" },
		{ "d.example",
		    { { "MX d.example", "-" }, { "A d.example", "?" },
			{ "AAAA d.example", "-" } },
		    "temperror" },
		{ "d.example", { { "MX d.example", "?" } }, "temperror" },
		{ "d.example", { { NULL, NULL } }, "none" },
		{ "[192.0.2.1]", { { NULL, NULL } }, "not-checked" },
		{ "d_e.example", { { NULL, NULL } }, "not-checked" },
		{ NULL, { { NULL, NULL } }, "not-checked" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const HishoInquiry inquiry = {
			.from_domain = cases[i].domain,
			.reply_domain = cases[i].domain,
			.envelope_domain = cases[i].domain,
			.names_max = 20,
		};
		g_autofree char *all = inquire(&inquiry, cases[i].known, NULL);
		g_autofree char *expected = g_strdup_printf(
		    "not-checked not-checked - %s %s %s - -", cases[i].expected,
		    cases[i].expected, cases[i].expected);
		g_test_message("case %u", i);
		g_assert_cmpstr(all, ==, expected);
	}
}

static void
test_the_origin_is_read_with_care(void)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "64500 | 192.0.2.0/24 | jp | apnic | 2001-01-01",
		    "64500 JP" },
		/* Announced by two. */
		{ "64500 64501 | 192.0.2.0/24 | US | arin |", "64500 US" },
		{ "x | y | ??", "- -" },
		{ "12345678901 | y | USA", "- -" },
		{ "64500 | JP", "- -" },
		{ "||", "- -" },
	};
	static const char *const zones[] = { "origin.example",
		"origin6.example", NULL };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Known known[] = { { "TXT 7.2.0.192.origin.example",
					    cases[i].text },
			{ NULL, NULL } };
		const HishoInquiry inquiry = { .ip = "192.0.2.7",
			.origin_zones = zones,
			.names_max = 20 };
		g_autofree char *all = inquire(&inquiry, known, NULL);
		g_assert_true(g_str_has_suffix(all, cases[i].expected));
	}
	const HishoInquiry v6 = {
		.ip = "2001:db8::7", .origin_zones = zones, .names_max = 20
	};
	const Known nothing = { NULL, NULL };
	g_autofree char *log = NULL;
	g_autofree char *all = inquire(&v6, &nothing, &log);
	g_assert_nonnull(strstr(log, ".8.b.d.0.1.0.0.2.origin6.example"));
}

/* Twenty names, those of the host last. */
static void
test_a_mail_asks_for_so_many_names(void)
{
	g_autoptr(GString) names = g_string_new("n000.example");

	for (guint i = 1; i < 60; i++)
		g_string_append_printf(names, " n%03u.example", i);
	const Known known[] = { { PTR, names->str },
		{ "A n016.example", "192.0.2.7" },
		{ "A n059.example", "192.0.2.7" }, { NULL, NULL } };
	HishoInquiry inquiry = { .ip = "192.0.2.7",
		.helo = "n059.example",
		.from_domain = "from.example",
		.names_max = 20 };
	g_autofree char *log = NULL;
	g_autofree char *all = inquire(&inquiry, known, &log);
	g_assert_cmpstr(all, ==,
	    "pass pass n059.example none not-checked not-checked - - cut");
	g_assert_nonnull(strstr(log, "A n016.example"));
	g_assert_null(strstr(log, "n017"));
	inquiry.helo = "n017.example";
	inquiry.names_max = 10;
	g_autofree char *some = inquire(&inquiry, known, NULL);
	g_assert_cmpstr(some, ==,
	    "fail temperror n000.example none not-checked not-checked - - "
	    "cut");
	inquiry.helo = "n059.example";
	inquiry.names_max = 2;
	g_autofree char *few = inquire(&inquiry, known, NULL);
	g_assert_cmpstr(few, ==,
	    "pass pass n059.example not-checked not-checked not-checked - - "
	    "cut");
}

/* What a mail before has asked for is known, but not to be looked at. */
static void
test_what_others_asked_for_changes_nothing(void)
{
	const Known known[] = { { "MX from.example", "mx.from.example" },
		{ NULL, NULL } };
	HishoInquiry inquiry = { .from_domain = "from.example",
		.names_max = 20 };
	Oracle oracle = { known, NULL, NULL };
	const HishoOracle calls = { &oracle, ask, look };

	oracle.log = g_ptr_array_new_with_free_func(g_free);
	oracle.answers = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)hisho_answer_free);
	hisho_inquiry_ask(&inquiry, &calls);
	g_autoptr(HishoDns) before = hisho_inquiry_conclude(&inquiry, &calls);
	inquiry.ip = "192.0.2.7";
	inquiry.names_max = 1;
	hisho_inquiry_ask(&inquiry, &calls);
	g_autoptr(HishoDns) after = hisho_inquiry_conclude(&inquiry, &calls);
	g_assert_cmpstr(before->from_mail, ==, "pass");
	g_assert_cmpstr(after->from_mail, ==, "not-checked");
	g_ptr_array_unref(oracle.log);
	g_hash_table_unref(oracle.answers);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/inquiry/the-host-is-checked-both-ways",
	    test_the_host_is_checked_both_ways);
	g_test_add_func("/inquiry/a-domain-takes-mail-or-not",
	    test_a_domain_takes_mail_or_not);
	g_test_add_func("/inquiry/the-origin-is-read-with-care",
	    test_the_origin_is_read_with_care);
	g_test_add_func("/inquiry/a-mail-asks-for-so-many-names",
	    test_a_mail_asks_for_so_many_names);
	g_test_add_func("/inquiry/what-others-asked-for-changes-nothing",
	    test_what_others_asked_for_changes_nothing);
	return g_test_run();
}
