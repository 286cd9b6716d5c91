#include <string.h>

#include "tests/unit/store.h"

static bool
collect(HishoSlice key, HishoSlice value, void *context)
{
	g_string_append_printf(context, "%.*s=%.*s ", (int)key.length, key.data,
	    (int)value.length, value.data);
	return ((GString *)context)->len < 100;
}

static char *
walk(HishoDatabase *database, const char *prefix)
{
	g_autoptr(GError) error = NULL;
	GString *pairs = g_string_new(NULL);
	HishoWalk all = { hisho_slice(prefix), collect, pairs };

	hisho_database_walk(database, &all, &error);
	g_assert_no_error(error);
	return g_string_free(pairs, FALSE);
}

static void
test_what_is_committed_is_read_back(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	store_assert(directory, "key", "value");
	store_assert(directory, "other", NULL);
	store_put_and_commit(directory, "key", "new value");
	store_assert(directory, "key", "new value");
}

static void
test_bytes_may_be_any(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoSlice key = { "k\0\xff\n", 4 };
	HishoSlice value = { "\0v", 2 };
	{
		g_autoptr(HishoDatabase) database = store_write(directory);
		g_assert_true(hisho_database_put(database, key, value, NULL));
		g_assert_true(hisho_database_commit(database, NULL));
	}
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(GBytes) found = hisho_database_get(database, key, NULL);
	g_assert_nonnull(found);
	g_assert_cmpmem(g_bytes_get_data(found, NULL), g_bytes_get_size(found),
	    value.data, value.length);
}

static void
test_close_without_commit_changes_nothing(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "old");
	{
		g_autoptr(HishoDatabase) database = store_write(directory);
		g_autofree char *within = NULL;
		store_put(database, "key", "new");
		store_put(database, "another", "new");
		within = store_get(database, "key");
		g_assert_cmpstr(within, ==, "new");
	}
	store_assert(directory, "key", "old");
	store_assert(directory, "another", NULL);
}

static void
test_delete_takes_away_and_may_find_nothing(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	for (int i = 0; i < 2; i++) {
		g_autoptr(HishoDatabase) database = store_write(directory);
		g_assert_true(
		    hisho_database_delete(database, hisho_slice("key"), NULL));
		g_assert_true(hisho_database_commit(database, NULL));
	}
	store_assert(directory, "key", NULL);
}

static void
test_a_walk_shows_one_prefix_in_order(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	static const char *const keys[] = { "b 2", "a 9", "b 10", "c", "b",
		"b 1", "bb" };
	{
		g_autoptr(HishoDatabase) database = store_write(directory);
		for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
			store_put(database, keys[i], "x");
		g_autofree char *own = walk(database, "b ");
		g_assert_cmpstr(own, ==, "b 1=x b 10=x b 2=x ");
		g_assert_true(hisho_database_commit(database, NULL));
	}
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autofree char *some = walk(database, "b ");
	g_autofree char *all = walk(database, "");
	g_autofree char *none = walk(database, "d");
	g_assert_cmpstr(some, ==, "b 1=x b 10=x b 2=x ");
	g_assert_cmpstr(
	    all, ==, "a 9=x b=x b 1=x b 10=x b 2=x bb=x c=x schema=1 ");
	g_assert_cmpstr(none, ==, "");
}

static void
test_another_schema_is_refused(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "schema", "2");
	store_assert_refused(directory, HISHO_ERROR_CONFIG,
	    "/*made by another version of hisho (schema 2, not 1)");
}

static void
test_a_copy_holds_no_lock_and_does_not_change(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;

	store_put_and_commit(directory, "key", "old");
	g_autoptr(HishoDatabase) copy =
	    hisho_database_open_copy(directory, STORE_WAIT_MS, &error);
	g_assert_no_error(error);
	store_put_and_commit(directory, "key", "new");
	g_autofree char *value = store_get(copy, "key");
	g_assert_cmpstr(value, ==, "old");
}

static void
test_verify_finds_a_damaged_page(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *path =
	    g_build_filename(directory, "reputation.db", NULL);

	store_put_and_commit(directory, "key", "value");
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, &error));
	int fd = open(path, O_WRONLY);
	g_assert_cmpint(pwrite(fd, "\1\2\3\4", 4, 4096 + 3000), ==, 4);
	close(fd);
	g_autofree char *said = g_build_filename(directory, "stderr", NULL);
	int before = dup(STDERR_FILENO);
	g_assert_nonnull(freopen(said, "w", stderr));
	bool whole = hisho_database_verify(directory, STORE_WAIT_MS, &error);
	g_assert_cmpint(dup2(before, STDERR_FILENO), ==, STDERR_FILENO);
	close(before);
	g_assert_false(whole);
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_true(g_pattern_match_simple(
	    "*: the database is damaged: */proc/*BDB*", error->message));
	g_autofree char *printed = scratch_read(directory, "stderr");
	g_assert_cmpstr(printed, ==, "");
}

static void
test_a_large_change_leaves_little_log(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabaseState state;
	{
		g_autoptr(HishoDatabase) database = store_write(directory);
		for (int i = 0; i < 20000; i++) {
			char key[100];
			g_snprintf(key, sizeof key, "%090d", i * 7919 % 20000);
			store_put(database, key, key);
		}
		g_assert_true(hisho_database_commit(database, NULL));
	}
	store_put_and_commit(directory, "key", "value");
	g_assert_true(hisho_database_inspect(directory, 0, &state, NULL));
	g_assert_cmpint(state.database_bytes, >, 20000 * 180);
	g_assert_cmpint(state.log_bytes, <=, 2 * (256 << 10));
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{ "what-is-committed-is-read-back",
	    test_what_is_committed_is_read_back },
	{ "bytes-may-be-any", test_bytes_may_be_any },
	{ "close-without-commit-changes-nothing",
	    test_close_without_commit_changes_nothing },
	{ "delete-takes-away-and-may-find-nothing",
	    test_delete_takes_away_and_may_find_nothing },
	{ "a-walk-shows-one-prefix-in-order",
	    test_a_walk_shows_one_prefix_in_order },
	{ "another-schema-is-refused", test_another_schema_is_refused },
	{ "a-copy-holds-no-lock-and-does-not-change",
	    test_a_copy_holds_no_lock_and_does_not_change },
	{ "verify-finds-a-damaged-page", test_verify_finds_a_damaged_page },
	{ "a-large-change-leaves-little-log",
	    test_a_large_change_leaves_little_log },
};

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path =
		    g_strconcat("/database/", tests[i].name, NULL);
		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
