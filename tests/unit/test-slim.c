/* Databases made smaller: random deeds with expiry in between against the
 * same deeds without, and files that give room back. */
#include <string.h>
#include <sys/stat.h>

#include "libhisho/store/folded.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/rebuild.h"
#include "libhisho/store/slim.h"

#include "tests/unit/store.h"

enum { USERS = 5, MAILS = 60, ROUNDS = 12, DEEDS = 60 };
enum { RECORD, TRUST, DISTRUST, RECEIVE, DELETE, UNDO, KINDS };

static const char *const votes[] = { NULL, "trust", "distrust", "receive",
	"delete" };

static HishoReceipt *
receipt(int user, int mail)
{
	HishoReceipt *made = hisho_receipt_new();
	g_autofree char *digits = g_strdup_printf("%d", mail);

	made->user = g_strdup_printf("uid:%d", user);
	made->digest =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, digits, -1);
	made->host = mail % 7 == 0 ? g_strdup("")
				   : g_strdup_printf("192.0.2.%d", mail % 7);
	made->from = g_strdup_printf("f%d@b.example", mail % 5);
	made->from_domain = g_strdup("b.example");
	made->sender = g_strdup_printf("s%d@c.example", mail % 3);
	made->tls = mail % 4 == 0 ? g_strdup("TLSv1.3") : NULL;
	made->helo = g_strnfill(900, 'h');
	made->received = 1000 + mail;
	made->voted = 5000;
	return made;
}

static HishoChange
perform(HishoDatabase *database, int kind, const HishoReceipt *like)
{
	g_autoptr(HishoReceipt) mail =
	    hisho_record_dup(&hisho_receipt_type, like);
	g_autoptr(GError) error = NULL;
	HishoChange change;

	mail->vote = kind < UNDO ? g_strdup(votes[kind]) : NULL;
	if (kind == RECORD)
		change = hisho_ledger_record(database, mail, &error);
	else if (kind == UNDO)
		change = hisho_ledger_undo(
		    database, mail->user, mail->digest, &error);
	else
		change = hisho_ledger_vote(database, mail, &error);
	g_assert_no_error(error);
	return change;
}

struct deed {
	int kind, user, mail;
};

/* Votes on what was folded are left out: they are another thing there. */
static void
do_some(const char *directory, const struct deed *deeds, bool *is_skipped)
{
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < DEEDS; i++) {
		g_autoptr(HishoReceipt) mail =
		    receipt(deeds[i].user, deeds[i].mail);
		bool folded;
		g_assert_true(hisho_folded_has(database, mail, &folded, NULL));
		is_skipped[i] |= folded && deeds[i].kind != RECORD;
		if (!is_skipped[i])
			perform(database, deeds[i].kind, mail);
	}
	store_commit(database);
}

static char *
dump_sums(const char *directory)
{
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autofree char *own = store_dump(database, "own ");
	g_autofree char *all = store_dump(database, "all ");
	g_autofree char *seen = store_dump(database, "seen ");

	return g_strconcat(own, all, seen, NULL);
}

static void
assert_rebuilds_to_itself(const char *directory)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_write(directory);
	g_autoptr(GPtrArray) lines = hisho_rebuild(database, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(lines->len, ==, 0);
}

static void
choose(struct deed deeds[DEEDS])
{
	for (int i = 0; i < DEEDS; i++)
		deeds[i] = (struct deed){
			g_test_rand_int_range(-4, KINDS),
			g_test_rand_int_range(0, USERS),
			g_test_rand_int_range(0, MAILS),
		};
	for (int i = 0; i < DEEDS; i++)
		deeds[i].kind = MAX(deeds[i].kind, RECORD);
}

static void
test_no_sum_changes(void)
{
	g_autoptr(ScratchDirectory) expired = scratch_new();
	g_autoptr(ScratchDirectory) whole = scratch_new();
	HishoExpired sum = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		struct deed deeds[DEEDS];
		bool is_skipped[DEEDS] = { false };
		choose(deeds);
		do_some(expired, deeds, is_skipped);
		do_some(whole, deeds, is_skipped);
		const HishoExpiry expiry = { expired,
			g_test_rand_int_range(1000, 1000 + MAILS), false };
		g_assert_true(hisho_expire_receipts(&expiry, &sum, NULL));
		g_autofree char *got = dump_sums(expired);
		g_autofree char *wanted = dump_sums(whole);
		g_assert_cmpstr(got, ==, wanted);
	}
	g_assert_cmpint(sum.receipts, >, 0);
	assert_rebuilds_to_itself(expired);
}

static gint64
file_bytes(const char *directory)
{
	HishoDatabaseState state;

	g_assert_true(
	    hisho_database_inspect(directory, STORE_WAIT_MS, &state, NULL));
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
	return state.database_bytes;
}

/* 300 mails, of which every tenth is trusted. */
static void
fill(const char *directory)
{
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < 300; i++) {
		g_autoptr(HishoReceipt) mail = receipt(0, i);
		perform(database, RECORD, mail);
		if (i % 10 == 0)
			perform(database, TRUST, mail);
	}
	store_commit(database);
}

static int
count_left(const char *directory)
{
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autofree char *ledger = store_dump(database, "ledger ");
	int n = 0;

	for (const char *c = ledger; *c != '\0'; c++)
		n += *c == '\n';
	return n;
}

static void
test_by_age(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoExpired expired = { 0 };
	const HishoSlimming slimming = { directory, 1200, 0, false };

	fill(directory);
	gint64 before = file_bytes(directory);
	g_autofree char *sums = dump_sums(directory);
	g_assert_true(hisho_slim(&slimming, &expired, NULL));
	g_assert_cmpint(expired.receipts, ==, 180);
	g_assert_cmpint(count_left(directory), ==, 120);
	g_assert_cmpint(file_bytes(directory), <, before * 2 / 3);
	g_autofree char *after = dump_sums(directory);
	g_assert_cmpstr(after, ==, sums);
}

static void
test_to_a_size(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoExpired counted = { 0 }, expired = { 0 };
	HishoSlimming slimming = { directory, 0, 280000, true };
	g_autoptr(GError) error = NULL;

	fill(directory);
	g_assert_cmpint(file_bytes(directory), >, 300000);
	g_autofree char *sums = dump_sums(directory);
	g_assert_true(hisho_slim(&slimming, &counted, NULL));
	g_assert_cmpint(counted.receipts, >, 50);
	g_assert_cmpint(count_left(directory), ==, 300);
	slimming.only_count = false;
	hisho_slim(&slimming, &expired, &error);
	g_assert_no_error(error);
	g_assert_cmpint(file_bytes(directory), <=, 280000);
	g_assert_cmpint(file_bytes(directory), >, 210000);
	/* The youngest are there, the oldest have gone. */
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(HishoReceipt) young = receipt(0, 299);
	g_autoptr(HishoReceipt) old = receipt(0, 1);
	g_autoptr(HishoReceipt) found =
	    hisho_ledger_find(database, young, NULL);
	g_assert_nonnull(found);
	g_assert_null(hisho_ledger_find(database, old, NULL));
	hisho_database_close(g_steal_pointer(&database));
	g_autofree char *after = dump_sums(directory);
	g_assert_cmpstr(after, ==, sums);
	expired = (HishoExpired){ 0 };
	g_assert_true(hisho_slim(&slimming, &expired, &error));
	g_assert_cmpint(expired.receipts, ==, 0);
}

static void
test_a_size_that_cannot_be_had(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoExpired expired = { 0 };
	const HishoSlimming slimming = { directory, 0, 1, false };
	g_autoptr(GError) error = NULL;

	fill(directory);
	g_assert_false(hisho_slim(&slimming, &expired, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_nonnull(strstr(error->message, "votes, lists and summaries"));
	g_assert_cmpint(count_left(directory), ==, 30);
	assert_rebuilds_to_itself(directory);
}

/* Or an expire would never end where mail comes in. */
static void
test_a_mail_of_now_stays(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoReceipt) mail = receipt(0, 299);
	HishoExpired expired = { 0 };
	const HishoSlimming slimming = { directory, 0, 1, false };

	HishoDatabase *database = store_write(directory);
	mail->received = g_get_real_time() / G_USEC_PER_SEC + 60;
	hisho_ledger_record(database, mail, NULL);
	store_commit(database);
	g_assert_false(hisho_slim(&slimming, &expired, NULL));
	g_assert_cmpint(count_left(directory), ==, 1);
}

static void
test_nothing_there(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *none = g_build_filename(directory, "none", NULL);
	HishoExpired expired = { 0 };
	const HishoSlimming slimming = { none, 1000, 1, false };

	g_assert_true(hisho_slim(&slimming, &expired, NULL));
	g_assert_cmpint(expired.receipts, ==, 0);
	g_assert_false(g_file_test(none, G_FILE_TEST_EXISTS));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/slim/no-sum-changes-whatever-happens", test_no_sum_changes);
	g_test_add_func("/slim/by-age", test_by_age);
	g_test_add_func("/slim/to-a-size", test_to_a_size);
	g_test_add_func(
	    "/slim/a-size-that-cannot-be-had", test_a_size_that_cannot_be_had);
	g_test_add_func("/slim/a-mail-of-now-stays", test_a_mail_of_now_stays);
	g_test_add_func("/slim/what-is-not-there-stays-so", test_nothing_there);
	return g_test_run();
}
