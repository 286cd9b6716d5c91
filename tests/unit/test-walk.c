#include "libhisho/store/ledger.h"

#include <string.h>

#include "tests/unit/store.h"

/* A mail that says what a vote looks like where it is kept. */
static HishoReceipt *
make_receipt(int number, const char *vote)
{
	HishoReceipt *receipt = hisho_receipt_new();

	receipt->user = g_strdup_printf("uid:%d", number % 3);
	receipt->digest = g_strdup_printf("digest%d", number);
	receipt->host = g_strdup("192.0.2.1");
	receipt->helo = g_strdup("x\",\"vote\":\"trust\",\"y");
	receipt->from = g_strdup("a@b.example");
	receipt->received = 1000 + number;
	receipt->vote = g_strdup(vote);
	receipt->voted = vote == NULL ? 0 : 2000;
	return receipt;
}

static void
tell(HishoDatabase *database)
{
	static const char *const votes[] = { NULL, "trust", NULL, "distrust",
		"receive", NULL, "delete", NULL };

	for (guint i = 0; i < G_N_ELEMENTS(votes); i++) {
		g_autoptr(HishoReceipt) receipt =
		    make_receipt((int)i, votes[i]);
		g_assert_cmpint(hisho_ledger_record(database, receipt, NULL),
		    ==, HISHO_CHANGE_MADE);
		if (votes[i] != NULL)
			g_assert_cmpint(
			    hisho_ledger_vote(database, receipt, NULL), ==,
			    HISHO_CHANGE_MADE);
	}
}

static bool
note(const HishoReceipt *receipt, void *context)
{
	if (receipt->vote != NULL)
		g_string_append_printf(context, "%s %s %s\n", receipt->user,
		    receipt->digest, receipt->vote);
	return true;
}

static void
test_every_vote_is_found(void)
{
	static const char *const users[] = { NULL, "uid:0", "uid:1", "uid:2",
		"uid:3" };
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);

	tell(database);
	for (guint i = 0; i < G_N_ELEMENTS(users); i++) {
		g_autoptr(GString) all = g_string_new(NULL);
		g_autoptr(GString) votes = g_string_new(NULL);
		HishoLedgerWalk walk = { users[i], note, all };
		g_assert_true(hisho_ledger_walk(database, &walk, NULL));
		walk.context = votes;
		g_assert_true(hisho_ledger_walk_votes(database, &walk, NULL));
		g_assert_cmpstr(votes->str, ==, all->str);
		g_assert_true(i > 0 || strstr(all->str, "uid:1 digest1 trust"));
	}
}

static bool
count(const HishoReceipt *receipt, void *context)
{
	(void)receipt;
	++*(int *)context;
	return true;
}

static void
test_what_has_no_vote_is_not_read(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);
	int n = 0;
	const HishoLedgerWalk walk = { NULL, count, &n };

	tell(database);
	g_assert_true(hisho_ledger_walk_votes(database, &walk, NULL));
	g_assert_cmpint(n, ==, 4);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/walk/every-vote-is-found", test_every_vote_is_found);
	g_test_add_func("/walk/what-has-no-vote-is-not-read",
	    test_what_has_no_vote_is_not_read);
	return g_test_run();
}
