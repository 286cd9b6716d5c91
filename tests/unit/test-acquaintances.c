#include "libhisho/store/acquaintances.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/permits.h"

#include "tests/unit/store.h"

/* Records N mails of USER by FROM_DOMAIN, and VOTE (NULL for none) on each. */
static void
receive(HishoDatabase *database, const char *user, const char *from_domain,
    const char *vote, int n)
{
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < n; i++) {
		g_autoptr(HishoReceipt) receipt = hisho_receipt_new();
		receipt->user = g_strdup(user);
		receipt->digest = g_strdup_printf("%s-%d", from_domain, i);
		receipt->host = g_strdup("192.0.2.1");
		receipt->from = g_strconcat("a@", from_domain, NULL);
		receipt->from_domain = g_strdup(from_domain);
		receipt->received = 1;
		hisho_ledger_record(database, receipt, &error);
		g_assert_no_error(error);
		if (vote == NULL)
			continue;
		receipt->vote = g_strdup(vote);
		receipt->voted = 2;
		hisho_ledger_vote(database, receipt, &error);
		g_assert_no_error(error);
	}
}

static void
test_correspondents_are_known_by_votes_permits_and_mails(void)
{
	char *directory = scratch_new();
	g_autoptr(GError) error = NULL;
	HishoDatabase *database = store_write(directory);
	g_autoptr(HishoPermit) permit = hisho_record_new(&hisho_permit_type);
	static const struct {
		const char *organization;
		HishoKnownRank rank;
	} cases[] = {
		{ "often.example", HISHO_KNOWN_RECEIVED },
		{ "seldom.example", HISHO_KNOWN_NOT },
		{ "trusted.example", HISHO_KNOWN_TRUSTED },
		{ "bad.example", HISHO_KNOWN_NOT },
		{ "permitted.example", HISHO_KNOWN_TRUSTED },
		{ "others.example", HISHO_KNOWN_NOT },
		{ "amazon.co.jp", HISHO_KNOWN_BRAND },
	};

	permit->address = g_strdup("x@permitted.example");
	hisho_permits_add(database, "uid:1", permit, &error);
	g_assert_no_error(error);
	receive(database, "uid:1", "often.example", NULL, 3);
	receive(database, "uid:1", "seldom.example", NULL, 2);
	receive(database, "uid:1", "mail.trusted.example", "trust", 1);
	receive(database, "uid:1", "bad.example", "distrust", 5);
	receive(database, "uid:2", "others.example", "trust", 5);
	store_commit(database);

	g_autoptr(HishoDatabase) reader = store_read(directory);
	g_autoptr(HishoKnown) known = hisho_known_new();
	g_assert_true(hisho_acquaintances_read(reader, "uid:1", known, &error));
	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].organization);
		g_assert_cmpint(hisho_known_rank(known, cases[i].organization),
		    ==, cases[i].rank);
	}
	hisho_database_close(g_steal_pointer(&reader));
	scratch_free(directory);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/acquaintances/"
			"correspondents-are-known-by-votes-permits-and-mails",
	    test_correspondents_are_known_by_votes_permits_and_mails);
	return g_test_run();
}
