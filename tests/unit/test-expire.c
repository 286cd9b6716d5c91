/* Receipts that are folded: what goes, what stays, and that it counts on. */
#include <string.h>

#include "libhisho/store/expire.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/memory.h"
#include "libhisho/store/rebuild.h"

#include "tests/unit/store.h"

/* The mail with the letter NAME, received at TIME (0: not at all); whoever
 * it is from, all but its time is by its letter. */
static HishoReceipt *
receipt(char name, gint64 time)
{
	HishoReceipt *made = hisho_receipt_new();

	made->user = g_strdup("uid:1");
	made->digest = g_strnfill(64, name);
	made->host = g_strdup("192.0.2.1");
	made->host_net = g_strdup("192.0.2.0/24");
	made->host_organization = g_strdup("b.example");
	made->from =
	    g_strdup(g_ascii_islower(name) ? "a@b.example" : "A@b.example");
	made->from_domain = g_strdup("b.example");
	made->from_organization = g_strdup("b.example");
	made->sender = g_strdup("s@c.example");
	made->sender_domain = g_strdup("c.example");
	made->tls = g_strdup_printf("TLSv1.%c", name % 2 ? '3' : '2');
	made->helo = g_strdup_printf("helo-%c", name);
	made->received = time;
	return made;
}

/* "x100" receives x at 100, "x+" trusts it, "x-" undoes that. */
static HishoChange
perform(HishoDatabase *database, const char *deed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) mail =
	    receipt(deed[0], g_ascii_strtoll(deed + 1, NULL, 10));
	HishoChange change;

	if (deed[1] == '+') {
		mail->vote = g_strdup("trust");
		mail->voted = 1;
		change = hisho_ledger_vote(database, mail, &error);
	} else if (deed[1] == '-') {
		change = hisho_ledger_undo(
		    database, mail->user, mail->digest, &error);
	} else {
		change = hisho_ledger_record(database, mail, &error);
	}
	g_assert_no_error(error);
	return change;
}

static void
perform_all(const char *directory, const char *deeds)
{
	g_auto(GStrv) each = g_strsplit(deeds, " ", -1);
	HishoDatabase *database = store_write(directory);

	for (char **deed = each; *deed != NULL; deed++)
		perform(database, *deed);
	store_commit(database);
}

static HishoExpired
expire(const char *directory, gint64 before, bool only_count)
{
	const HishoExpiry expiry = { directory, before, only_count };
	HishoExpired expired = { 0 };
	g_autoptr(GError) error = NULL;

	hisho_expire_receipts(&expiry, &expired, &error);
	g_assert_no_error(error);
	hisho_expire_marks(&expiry, &expired, &error);
	g_assert_no_error(error);
	return expired;
}

static char *
dump(const char *directory, const char *prefix)
{
	g_autoptr(HishoDatabase) database = store_read(directory);

	return store_dump(database, prefix);
}

/* All that is counted. */
static char *
dump_sums(const char *directory)
{
	g_autofree char *own = dump(directory, "own ");
	g_autofree char *all = dump(directory, "all ");
	g_autofree char *seen = dump(directory, "seen ");

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

/* The letters of the mails that are in the ledger. */
static char *
left(const char *directory)
{
	g_autofree char *ledger = dump(directory, "ledger ");
	g_auto(GStrv) lines = g_strsplit(ledger, "\n", -1);
	GString *letters = g_string_new(NULL);

	for (char **line = lines; *line != NULL && **line != '\0'; line++)
		g_string_append_c(letters, (*line)[strlen("ledger uid:1 ")]);
	return g_string_free(letters, FALSE);
}

static const struct {
	const char *promise;
	const char *deeds;
	gint64 before;
	const char *left;
	int folded;
	int summaries;
} cases[] = {
	{ "nothing-is-nothing", "", 100, "", 0, 0 },
	{ "what-is-older-goes", "a100 b200 c300", 250, "c", 2, 1 },
	{ "the-very-time-stays", "a100 b200", 200, "b", 1, 1 },
	{ "what-is-voted-on-stays", "a100 b100 a+", 200, "a", 1, 1 },
	{ "a-vote-without-receipt-stays", "a+", 200, "a", 0, 0 },
	{ "a-vote-undone-holds-nothing", "a100 a+ a-", 200, "", 1, 1 },
	{ "another-from-is-another-summary", "a100 B100 c100", 200, "", 3, 2 },
};

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	g_autoptr(ScratchDirectory) directory = scratch_new();

	perform_all(directory, cases[i].deeds);
	g_autofree char *before = dump_sums(directory);
	g_autofree char *whole = dump(directory, "");
	HishoExpired told = expire(directory, cases[i].before, true);
	g_autofree char *untouched = dump(directory, "");
	g_assert_cmpstr(untouched, ==, whole);
	g_assert_cmpint(told.receipts, ==, cases[i].folded);
	HishoExpired done = expire(directory, cases[i].before, false);
	g_assert_cmpint(done.receipts, ==, cases[i].folded);
	g_assert_cmpint(done.summaries, ==, cases[i].summaries);
	g_autofree char *rest = left(directory);
	g_assert_cmpstr(rest, ==, cases[i].left);
	g_autofree char *after = dump_sums(directory);
	g_assert_cmpstr(after, ==, before);
	assert_rebuilds_to_itself(directory);
	done = expire(directory, cases[i].before, false);
	g_assert_cmpint(done.receipts, ==, 0);
}

static void
test_a_summary_is_small(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	perform_all(directory, "c300 a100 b200");
	expire(directory, 1000, false);
	g_autofree char *summaries = dump(directory, "folded ");
	g_assert_true(g_pattern_match_simple(
	    "folded uid:1 ???????????????????????????????? 192.0.2.1 = 3 300 "
	    "{\"received\":100,\"host_net\":\"192.0.2.0/24\","
	    "\"host_organization\":\"b.example\",\"from\":\"a@b.example\","
	    "\"from_domain\":\"b.example\","
	    "\"from_organization\":\"b.example\",\"sender\":\"s@c.example\","
	    "\"sender_domain\":\"c.example\",\"tls\":\"TLS\"}\n",
	    summaries));
}

/* Whatever a later version counts mails under must be kept, too. */
static void
test_a_summary_counts_as_its_receipt(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoReceipt) mail = receipt('a', 1);
	HishoAxes all = hisho_receipt_axes(mail);

	for (gsize i = 0; i < sizeof all / sizeof(char *); i++)
		g_assert_nonnull(((const char *const *)&all)[i]);
	perform_all(directory, "a1");
	g_autofree char *before = dump_sums(directory);
	expire(directory, 2, false);
	g_autofree char *after = dump_sums(directory);
	g_assert_cmpstr(after, ==, before);
	assert_rebuilds_to_itself(directory);
}

static void
test_a_mail_counts_once(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	perform_all(directory, "a100 b100 B100");
	expire(directory, 200, false);
	HishoDatabase *database = store_write(directory);
	g_assert_cmpint(perform(database, "a300"), ==, HISHO_CHANGE_NONE);
	g_assert_cmpint(perform(database, "B300"), ==, HISHO_CHANGE_NONE);
	g_assert_cmpint(perform(database, "c300"), ==, HISHO_CHANGE_MADE);
	g_assert_cmpint(perform(database, "b+"), ==, HISHO_CHANGE_MADE);
	g_assert_cmpint(perform(database, "b300"), ==, HISHO_CHANGE_NONE);
	store_commit(database);
	g_autofree char *sum = dump(directory, "own uid:1 host ");
	g_assert_cmpstr(sum, ==, "own uid:1 host 192.0.2.1 = 4 1 0 0 0\n");
	assert_rebuilds_to_itself(directory);
}

/* Of what came before it, it is still no part. */
static void
test_a_mail_is_known_again(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoConfig) config = hisho_config_new();

	perform_all(directory, "a100 b100");
	expire(directory, 200, false);
	for (const char *name = "abc"; *name != '\0'; name++) {
		g_autoptr(HishoReceipt) mail = receipt(*name, 0);
		const HishoMemoryQuestion question = { .receipt = mail,
			.hosts = mail->links,
			.urls = mail->links,
			.config = config };
		g_autoptr(HishoMemory) memory =
		    hisho_memory_read(directory, STORE_WAIT_MS, &question);
		g_assert_null(memory->unavailable);
		g_assert_cmpint(memory->is_received, ==, *name != 'c');
	}
}

static void
test_many_are_told_apart(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);
	g_autoptr(HishoReceipt) mail = receipt('a', 100);

	for (int i = 0; i < 500; i++) {
		g_free(mail->digest);
		mail->digest = g_strdup_printf("abc%061d", i * 7);
		hisho_ledger_record(database, mail, NULL);
	}
	store_commit(database);
	HishoExpired done = expire(directory, 200, false);
	g_assert_cmpint(done.receipts, ==, 500);
	g_assert_cmpint(done.summaries, ==, 1);
	database = store_write(directory);
	for (int i = 0; i < 500 * 7; i++) {
		g_free(mail->digest);
		mail->digest = g_strdup_printf("abc%061d", i);
		g_assert_cmpint(hisho_ledger_record(database, mail, NULL), ==,
		    i % 7 == 0 ? HISHO_CHANGE_NONE : HISHO_CHANGE_MADE);
	}
	hisho_database_close(database);
}

static void
test_old_marks_go(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);

	store_put(database, "withdrawn ledger uid:1 a 192.0.2.1", "100");
	store_put(database, "withdrawn ledger uid:1 b 192.0.2.1", "200");
	store_put(database, "withdrawn ledger uid:1 c 192.0.2.1", "trash");
	store_commit(database);
	HishoExpired done = expire(directory, 200, false);
	g_assert_cmpint(done.marks, ==, 1);
	g_autofree char *marks = dump(directory, "withdrawn ");
	g_assert_cmpstr(marks, ==,
	    "withdrawn ledger uid:1 b 192.0.2.1 = 200\n"
	    "withdrawn ledger uid:1 c 192.0.2.1 = trash\n");
}

static void
test_damage_is_named(void)
{
	static const struct {
		const char *key, *value;
	} damages[] = {
		{ "ledger uid:1 a b", "trash" },
		{ "folded uid:1 a b", "0 1 {\"received\":1}" },
		{ "folded uid:1 a b", "1 1 {\"received\":2}" },
		{ "folded uid:1 a b", "1 2 {}" },
		{ "folded uid:1 a b", "1 2" },
		{ "folded uid:1 a", "1 2 {\"received\":2}" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(HishoDatabase) database = store_write(directory);
		store_put(database, damages[i].key, damages[i].value);
		g_assert_null(hisho_rebuild(database, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
		g_assert_nonnull(strstr(error->message, damages[i].key));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/expire/", cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func("/expire/a-summary-is-small", test_a_summary_is_small);
	g_test_add_func("/expire/a-summary-counts-as-its-receipt",
	    test_a_summary_counts_as_its_receipt);
	g_test_add_func("/expire/a-mail-counts-once", test_a_mail_counts_once);
	g_test_add_func(
	    "/expire/a-mail-is-known-again", test_a_mail_is_known_again);
	g_test_add_func(
	    "/expire/many-are-told-apart", test_many_are_told_apart);
	g_test_add_func("/expire/old-marks-go", test_old_marks_go);
	g_test_add_func("/expire/damage-is-named", test_damage_is_named);
	return g_test_run();
}
