#include "libhisho/base/error.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/rebuild.h"

#include "tests/unit/store.h"

#include <string.h>

#define DIGEST "d1"

/* A mail from a@b.example to USER by host 192.0.2.1, with VOTE. */
static HishoReceipt *
receipt(const char *user, const char *vote)
{
	HishoReceipt *made = hisho_receipt_new();

	made->user = g_strdup(user);
	made->digest = g_strdup(DIGEST);
	made->host = g_strdup("192.0.2.1");
	made->host_net = g_strdup("192.0.2.0/24");
	made->from = g_strdup("a@b.example");
	made->from_domain = g_strdup("b.example");
	made->received = 1000;
	made->vote = g_strdup(vote);
	made->voted = 2000;
	return made;
}

/* One deed: the number of a user, then "receipt", "undo" or a vote. */
static HishoChange
perform(HishoDatabase *database, const char *deed)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *user = g_strdup_printf("uid:%c", deed[0]);
	const char *what = deed + 2;
	g_autoptr(HishoReceipt) mail =
	    receipt(user, hisho_vote_is_known(what) ? what : NULL);
	HishoChange change;

	if (g_str_equal(what, "undo"))
		change = hisho_ledger_undo(database, user, DIGEST, &error);
	else if (g_str_equal(what, "receipt"))
		change = hisho_ledger_record(database, mail, &error);
	else
		change = hisho_ledger_vote(database, mail, &error);
	g_assert_no_error(error);
	return change;
}

/* A sum as it is kept; "-" for none. */
static char *
read_sum(HishoDatabase *database, const char *key)
{
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), NULL);

	return value == NULL
	    ? g_strdup("-")
	    : g_strndup(g_bytes_get_data(value, NULL), g_bytes_get_size(value));
}

static void
assert_sums_are_right(HishoDatabase *database)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) differences = hisho_rebuild(database, &error);

	g_assert_no_error(error);
	if (differences->len > 0)
		g_test_message("%s", (char *)differences->pdata[0]);
	g_assert_cmpuint(differences->len, ==, 0);
}

/* Deeds, whether the last one changed anything, and what is then kept: own
 * sums are messages, trusted, distrusted and of these the shared ones; all's
 * are messages, trusted, distrusted, users for and against. */
static const struct {
	const char *promise;
	const char *deeds;
	HishoChange last;
	const char *own; /* of user 1, on From */
	const char *all;
} cases[] = {
	{ "a-receipt-counts", "1 receipt", HISHO_CHANGE_MADE, "1 0 0 0 0",
	    "1 0 0 0 0" },
	{ "a-receipt-counts-once", "1 receipt,1 receipt", HISHO_CHANGE_NONE,
	    "1 0 0 0 0", "1 0 0 0 0" },
	{ "a-vote-counts", "1 receipt,1 trust", HISHO_CHANGE_MADE, "1 1 0 1 0",
	    "1 1 0 1 0" },
	{ "a-vote-counts-once", "1 receipt,1 trust,1 trust", HISHO_CHANGE_NONE,
	    "1 1 0 1 0", "1 1 0 1 0" },
	{ "a-change-of-mind-replaces", "1 receipt,1 trust,1 distrust",
	    HISHO_CHANGE_MADE, "1 0 1 0 1", "1 0 1 0 1" },
	{ "implicit-trust-is-not-told-to-others", "1 receipt,1 receive",
	    HISHO_CHANGE_MADE, "1 1 0 0 0", "1 0 0 0 0" },
	{ "deleting-is-told-to-others", "1 receipt,1 delete", HISHO_CHANGE_MADE,
	    "1 0 1 0 1", "1 0 1 0 1" },
	{ "implicit-replaces-implicit", "1 receipt,1 receive,1 delete",
	    HISHO_CHANGE_MADE, "1 0 1 0 1", "1 0 1 0 1" },
	{ "explicit-replaces-implicit", "1 receipt,1 delete,1 trust",
	    HISHO_CHANGE_MADE, "1 1 0 1 0", "1 1 0 1 0" },
	{ "explicit-replaces-the-same-implicit", "1 receipt,1 receive,1 trust",
	    HISHO_CHANGE_MADE, "1 1 0 1 0", "1 1 0 1 0" },
	{ "implicit-never-replaces-explicit", "1 receipt,1 trust,1 delete",
	    HISHO_CHANGE_NONE, "1 1 0 1 0", "1 1 0 1 0" },
	{ "undo-restores", "1 receipt,1 distrust,1 undo", HISHO_CHANGE_MADE,
	    "1 0 0 0 0", "1 0 0 0 0" },
	{ "undo-of-nothing-changes-nothing", "1 receipt,1 undo",
	    HISHO_CHANGE_NONE, "1 0 0 0 0", "1 0 0 0 0" },
	{ "a-vote-without-receipt-is-its-voters-alone", "1 trust",
	    HISHO_CHANGE_MADE, "0 1 0 0 0", "-" },
	{ "a-receipt-after-the-vote-shares-it", "1 trust,1 receipt",
	    HISHO_CHANGE_MADE, "1 1 0 1 0", "1 1 0 1 0" },
	{ "undo-without-receipt-leaves-nothing", "1 trust,1 undo",
	    HISHO_CHANGE_MADE, "-", "-" },
	{ "users-count-apart",
	    "1 receipt,2 receipt,3 receipt,1 trust,2 trust,3 distrust",
	    HISHO_CHANGE_MADE, "1 1 0 1 0", "3 2 1 2 1" },
	{ "undo-takes-nobody-elses-vote",
	    "1 receipt,2 receipt,1 trust,2 trust,2 undo", HISHO_CHANGE_MADE,
	    "1 1 0 1 0", "2 1 0 1 0" },
};

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_auto(GStrv) deeds = g_strsplit(cases[i].deeds, ",", -1);
	g_autoptr(HishoDatabase) database = store_write(directory);
	HishoChange last = HISHO_CHANGE_FAILED;

	for (char **deed = deeds; *deed != NULL; deed++)
		last = perform(database, *deed);
	g_assert_cmpint(last, ==, cases[i].last);
	g_autofree char *own = read_sum(database, "own uid:1 from a@b.example");
	g_autofree char *all = read_sum(database, "all from a@b.example");
	g_autofree char *route =
	    read_sum(database, "all route a@b.example 192.0.2.1");
	g_assert_cmpstr(own, ==, cases[i].own);
	g_assert_cmpstr(all, ==, cases[i].all);
	g_assert_cmpstr(route, ==, cases[i].all);
	assert_sums_are_right(database);
}

static void
test_a_receipt_is_read_back_whole(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail = receipt("name:alice smith", NULL);

	mail->rdns = g_strdup("mail.b.example");
	mail->tls = g_strdup("TLSv1.3");
	mail->measured = 1001;
	mail->aligned = 1;
	g_ptr_array_add(mail->links, g_strdup("www.b.example"));
	g_ptr_array_add(mail->links, g_strdup("192.0.2.7"));
	g_autoptr(HishoDatabase) database = store_write(directory);
	g_assert_cmpint(
	    hisho_ledger_record(database, mail, &error), ==, HISHO_CHANGE_MADE);
	g_clear_pointer(&mail->vote, g_free);
	mail->voted = 0;
	g_autoptr(HishoReceipt) found =
	    hisho_ledger_find(database, mail, &error);
	g_assert_no_error(error);
	g_autoptr(HishoJson) a =
	    hisho_record_to_json(&hisho_receipt_type, mail);
	g_autoptr(HishoJson) b =
	    hisho_record_to_json(&hisho_receipt_type, found);
	g_autofree char *wanted = hisho_json_dup_line(a);
	g_autofree char *got = hisho_json_dup_line(b);
	g_assert_cmpstr(got, ==, wanted);
	g_autofree char *ledger = store_dump(database, "ledger");
	g_assert_cmpstr(ledger, ==,
	    "ledger name:alice%20smith d1 192.0.2.1 = "
	    "{\"received\":1000,\"rdns\":\"mail.b.example\","
	    "\"host_net\":\"192.0.2.0/24\",\"from\":\"a@b.example\","
	    "\"from_domain\":\"b.example\","
	    "\"links\":[\"www.b.example\",\"192.0.2.7\"],"
	    "\"tls\":\"TLSv1.3\",\"aligned\":1,"
	    "\"measured\":1001}\n");
}

static void
test_of_links_the_first_are_kept(void)
{
	g_autoptr(HishoReceipt) mail = receipt("uid:1", NULL);

	for (int i = 0; i <= HISHO_RECEIPT_LINKS; i++)
		g_ptr_array_add(
		    mail->links, g_strdup_printf("w%d.b.example", i));
	g_autoptr(HishoReceipt) kept = hisho_receipt_dup_as_kept(mail);
	g_assert_cmpuint(kept->links->len, ==, HISHO_RECEIPT_LINKS);
	g_assert_cmpstr(kept->links->pdata[0], ==, "w0.b.example");
}

/* The same text sent again by another host is another receipt. */
static void
test_another_host_is_another_receipt(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail = receipt("uid:1", "trust");
	g_autoptr(HishoDatabase) database = store_write(directory);

	perform(database, "1 receipt");
	hisho_ledger_vote(database, mail, &error);
	g_free(mail->host);
	mail->host = g_strdup("198.51.100.9");
	hisho_ledger_record(database, mail, &error);
	g_assert_no_error(error);
	g_autofree char *old =
	    read_sum(database, "own uid:1 route a@b.example 192.0.2.1");
	g_autofree char *new =
	    read_sum(database, "own uid:1 route a@b.example 198.51.100.9");
	g_assert_cmpstr(old, ==, "1 1 0 1 0");
	g_assert_cmpstr(new, ==, "1 0 0 0 0");
	g_autoptr(GPtrArray) both =
	    hisho_ledger_find_mail(database, "uid:1", DIGEST, &error);
	g_assert_cmpuint(both->len, ==, 2);
	g_autoptr(GPtrArray) none =
	    hisho_ledger_find_mail(database, "uid:1", "d", &error);
	g_assert_cmpuint(none->len, ==, 0);
}

/* A vote was made where less was known of the mail than at its receipt. */
static void
test_the_receipt_brings_better_facts(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail = receipt("uid:1", NULL);
	g_autoptr(HishoDatabase) database = store_write(directory);

	perform(database, "1 trust");
	mail->sender = g_strdup("list.example");
	g_free(mail->from_domain);
	mail->from_domain = g_strdup("better.example");
	hisho_ledger_record(database, mail, &error);
	g_assert_no_error(error);
	g_autofree char *sender =
	    read_sum(database, "own uid:1 sender list.example");
	g_autofree char *gone =
	    read_sum(database, "own uid:1 from-domain b.example");
	g_autofree char *domain =
	    read_sum(database, "own uid:1 from-domain better.example");
	g_assert_cmpstr(sender, ==, "1 1 0 1 0");
	g_assert_cmpstr(gone, ==, "-");
	g_assert_cmpstr(domain, ==, "1 1 0 1 0");
	assert_sums_are_right(database);
}

static void
test_hostile_texts_are_found_again(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail = receipt("uid:1", "distrust");
	g_autoptr(HishoDatabase) database = store_write(directory);

	g_free(mail->from);
	mail->from = g_strdup("\xff\xfe \n\"%00@b.example all from x");
	mail->sender = g_strnfill(1 << 20, 'a');
	for (char *c = mail->sender + 1; *c != '\0' && c[1] != '\0'; c += 2)
		memcpy(c, "\xc3\xa9", 2);
	hisho_ledger_record(database, mail, &error);
	hisho_ledger_vote(database, mail, &error);
	g_assert_no_error(error);
	assert_sums_are_right(database);
	g_autofree char *ledger = store_dump(database, "ledger");
	g_assert_cmpuint(strlen(ledger), <, 3000);
	g_assert_cmpint(hisho_ledger_undo(database, "uid:1", DIGEST, &error),
	    ==, HISHO_CHANGE_MADE);
	assert_sums_are_right(database);
}

static void
test_what_is_no_vote_is_refused(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail = receipt("uid:1", "like");
	g_autoptr(HishoDatabase) database = store_write(directory);

	g_assert_cmpint(
	    hisho_ledger_vote(database, mail, &error), ==, HISHO_CHANGE_FAILED);
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
}

static void
put(HishoDatabase *database, const char *key, const char *value)
{
	g_assert_true(hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), NULL));
}

static void
test_rebuild_tells_and_mends_what_differs(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_write(directory);

	perform(database, "1 receipt");
	g_autofree char *before = store_dump(database, "");
	put(database, "own uid:1 from a@b.example", "7 0 0 0 0");
	put(database, "all from nobody@b.example", "1 0 0 0 0");
	put(database, "seen all host 192.0.2.9", "1 2");
	put(database, "seen own uid:1 from a@b.example", "trash");
	put(database, "all host 192.0.2.1", "trash");
	hisho_database_delete(
	    database, hisho_slice("own uid:1 host 192.0.2.1"), NULL);
	g_autoptr(GPtrArray) lines = hisho_rebuild(database, &error);
	g_assert_no_error(error);
	g_ptr_array_add(lines, NULL);
	g_autofree char *told = g_strjoinv("\n", (char **)lines->pdata);
	g_assert_cmpstr(told, ==,
	    "all from nobody@b.example: was 1 0 0 0 0, is gone\n"
	    "all host 192.0.2.1: was trash, is 1 0 0 0 0\n"
	    "own uid:1 from a@b.example: was 7 0 0 0 0, is 1 0 0 0 0\n"
	    "own uid:1 host 192.0.2.1: was missing, is 1 0 0 0 0\n"
	    "seen all host 192.0.2.9: was 1 2, is gone\n"
	    "seen own uid:1 from a@b.example: was trash, is 1000 1000");
	g_autofree char *after = store_dump(database, "");
	g_assert_cmpstr(after, ==, before);
}

static void
test_impossible_sums_stop_a_vote(void)
{
	static const char *const sums[] = { "0 0 0 0 0", "trash", "1 2 3",
		"1 1 1 1 1 1", "-1 0 0 0 0" };

	for (gsize i = 0; i < G_N_ELEMENTS(sums); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(HishoDatabase) database = store_write(directory);

		perform(database, "1 receipt");
		perform(database, "1 trust");
		put(database, "all from a@b.example", sums[i]);
		g_assert_cmpint(
		    hisho_ledger_undo(database, "uid:1", DIGEST, &error), ==,
		    HISHO_CHANGE_FAILED);
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	}
}

static void
test_a_damaged_record_is_named(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_write(directory);

	put(database, "ledger uid:1 d1 192.0.2.1", "{\"received\":\"x\"}");
	g_assert_null(hisho_rebuild(database, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_cmpstr(error->message, ==,
	    "ledger record 'ledger uid:1 d1 192.0.2.1' is damaged");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/ledger/", cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func("/ledger/a-receipt-is-read-back-whole",
	    test_a_receipt_is_read_back_whole);
	g_test_add_func("/ledger/of-links-the-first-are-kept",
	    test_of_links_the_first_are_kept);
	g_test_add_func("/ledger/another-host-is-another-receipt",
	    test_another_host_is_another_receipt);
	g_test_add_func("/ledger/the-receipt-brings-better-facts",
	    test_the_receipt_brings_better_facts);
	g_test_add_func("/ledger/hostile-texts-are-found-again",
	    test_hostile_texts_are_found_again);
	g_test_add_func("/ledger/what-is-no-vote-is-refused",
	    test_what_is_no_vote_is_refused);
	g_test_add_func("/ledger/rebuild-tells-and-mends-what-differs",
	    test_rebuild_tells_and_mends_what_differs);
	g_test_add_func("/ledger/impossible-sums-stop-a-vote",
	    test_impossible_sums_stop_a_vote);
	g_test_add_func("/ledger/a-damaged-record-is-named",
	    test_a_damaged_record_is_named);
	return g_test_run();
}
