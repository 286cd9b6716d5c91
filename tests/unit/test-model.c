/* Random deeds of many users, against a small model of what they mean. */
#include <string.h>

#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"
#include "libhisho/store/rebuild.h"

#include "tests/unit/model.h"
#include "tests/unit/store.h"

static HishoReceipt *
make_receipt(const struct deed *deed)
{
	HishoReceipt *made = hisho_receipt_new();
	int mail = deed->mail, copy = deed->copy;

	made->user = g_strdup_printf("uid:%d", deed->user);
	made->digest = g_strdup_printf("%d", mail);
	made->host = trait(mail, copy, "host");
	made->host_net = trait(mail, copy, "host-net");
	made->host_organization = trait(mail, copy, "host-organization");
	made->from = trait(mail, copy, "from");
	made->from_domain = trait(mail, copy, "from-domain");
	made->from_organization = trait(mail, copy, "from-organization");
	made->sender = trait(mail, copy, "sender");
	made->sender_domain = trait(mail, copy, "sender-domain");
	made->received = time_of(deed);
	made->voted = 1;
	return made;
}

static HishoChange
perform_vote(HishoDatabase *database, const struct deed *deed)
{
	g_autoptr(HishoReceipt) receipt = make_receipt(deed);

	if (deed->kind == RECORD)
		return hisho_ledger_record(database, receipt, NULL);
	if (deed->kind == UNDO)
		return hisho_ledger_undo(
		    database, receipt->user, receipt->digest, NULL);
	receipt->vote = g_strdup(votes[deed->kind - VOTE_FIRST + TRUST]);
	return hisho_ledger_vote(database, receipt, NULL);
}

static HishoChange
perform(HishoDatabase *database, const struct deed *deed)
{
	g_autofree char *user = g_strdup_printf("uid:%d", deed->user);
	g_autofree char *name = g_strdup_printf("x%d.example", deed->mail);
	HishoPermit permit = { .address = name, .since = 1 };
	HishoListEntry report = { HISHO_LIST_REPORT, user, name, 1 };

	switch (deed->kind) {
	case PERMIT:
		return hisho_permits_add(database, user, &permit, NULL);
	case FORBID:
		return hisho_permits_remove(database, user, name, NULL);
	case REPORT:
		return hisho_lists_add(database, &report, NULL);
	case UNREPORT:
		return hisho_lists_remove(database, &report, NULL);
	default:
		return perform_vote(database, deed);
	}
}

/* Records as they matter, lists by their entries, all else as it stands. */
static bool
project(HishoSlice key, HishoSlice value, void *context)
{
	g_autofree char *name = g_strndup(key.data, key.length);
	bool is_list = g_str_has_prefix(name, "permit ") ||
	    g_str_has_prefix(name, "report ");
	char *line = g_strdup(name);

	if (g_str_has_prefix(name, "ledger ")) {
		g_autoptr(HishoReceipt) receipt =
		    hisho_receipt_read(key, value, NULL);
		g_free(line);
		line = g_strdup_printf("%s = %s %d", name,
		    receipt->vote != NULL ? receipt->vote : "-",
		    (int)receipt->received);
	} else if (!is_list) {
		g_free(line);
		line = g_strdup_printf(
		    "%s = %.*s", name, (int)value.length, value.data);
	}
	g_ptr_array_add(context, line);
	return true;
}

static char *
dup_contents(const char *directory)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(HishoDatabase) database = store_read(directory);
	HishoWalk walk = {
		.prefix = hisho_slice(""), .visit = project, .context = lines
	};

	g_assert_true(hisho_database_walk(database, &walk, NULL));
	return join_sorted(lines);
}

static void
assert_equal(const char *directory, const struct model *model)
{
	g_autoptr(GHashTable) sums =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) spans =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct expectation expected = { sums, spans, lines };

	g_ptr_array_add(lines, g_strdup("schema = 1"));
	for (int i = 0; i < USERS * MAILS; i++)
		expect_user_mail(model, i / MAILS, i % MAILS, &expected);
	add_all(sums);
	print_numbers(sums, 5, lines);
	print_numbers(spans, 2, lines);
	g_autofree char *wanted = join_sorted(lines);
	g_autofree char *got = dup_contents(directory);
	g_assert_cmpstr(got, ==, wanted);
}

/* Half of the deeds are on the mail before, so that they meet. */
static void
choose(struct deed *deed, bool with_receipts)
{
	deed->kind = g_test_rand_int_range(with_receipts ? 0 : 1, KINDS);
	if (g_test_rand_int_range(0, 2) == 0)
		return;
	deed->user = g_test_rand_int_range(0, USERS);
	deed->mail = g_test_rand_int_range(0, MAILS);
	deed->copy = g_test_rand_int_range(0, COPIES);
	if ((deed->mail * 7 + deed->copy * 11) % 53 == 0)
		deed->copy = 0;
}

/* Does a handful of DEEDS in one transaction, which may be given up. */
static void
do_some(const char *directory, struct model *model, bool with_receipts)
{
	g_autofree struct model *before = g_memdup2(model, sizeof *model);
	struct deed deed = { RECORD, 1, 1, 0 };
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < 20; i++) {
		choose(&deed, with_receipts);
		bool changed = imagine(model, &deed);
		g_assert_cmpint(perform(database, &deed), ==,
		    changed ? HISHO_CHANGE_MADE : HISHO_CHANGE_NONE);
	}
	if (g_test_rand_int_range(0, 5) > 0) {
		store_commit(database);
		return;
	}
	hisho_database_close(database);
	*model = *before;
}

/* Takes back all but receipts. */
static void
undo_all(const char *directory, struct model *model)
{
	static const int kinds[] = { UNDO, FORBID, UNREPORT };
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < USERS * MAILS; i++) {
		for (gsize j = 0; j < G_N_ELEMENTS(kinds); j++) {
			struct deed deed = { kinds[j], i / MAILS, i % MAILS,
				0 };
			perform(database, &deed);
			imagine(model, &deed);
		}
	}
	store_commit(database);
}

static void
test_model(gconstpointer data)
{
	bool with_receipts = data != NULL;
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree struct model *model = g_new0(struct model, 1);

	store_commit(store_write(directory));
	for (int i = 0; i < DEEDS; i += 20) {
		do_some(directory, model, with_receipts);
		if (i % 400 == 0)
			assert_equal(directory, model);
	}
	assert_equal(directory, model);
	HishoDatabase *database = store_write(directory);
	g_autoptr(GPtrArray) differences = hisho_rebuild(database, NULL);
	g_assert_cmpuint(differences->len, ==, 0);
	hisho_database_close(database);
	undo_all(directory, model);
	assert_equal(directory, model);
	g_autoptr(HishoDatabase) reader = store_read(directory);
	g_autofree char *dump = store_dump(reader, "");
	if (!with_receipts)
		g_assert_cmpstr(dump, ==, "schema = 1\n");
	g_assert_null(strstr(dump, "vote"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/store/random-deeds-equal-the-model",
	    GINT_TO_POINTER(true), test_model);
	g_test_add_data_func(
	    "/store/all-undone-is-the-empty-start", NULL, test_model);
	return g_test_run();
}
