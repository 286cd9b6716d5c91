#include <string.h>
#include <sys/resource.h>

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
	HishoWalk all = { .prefix = hisho_slice(prefix),
		.visit = collect,
		.context = pairs };

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

/* Enough to be more than memory holds: 100 MB. */
#define SCRATCH_PAIRS 25000

static void
fill(HishoDatabase *database)
{
	char value[4096] = { 0 };

	for (int i = 0; i < SCRATCH_PAIRS; i++) {
		g_autofree char *key = g_strdup_printf("%d", i * 7919);
		memset(value, 'a' + i % 26, sizeof value - 1);
		g_assert_true(hisho_database_put(
		    database, hisho_slice(key), hisho_slice(value), NULL));
	}
}

static void
test_a_scratch_database_leaves_nothing(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_scratch(directory, &error);

	g_assert_no_error(error);
	fill(database);
	for (int i = 0; i < SCRATCH_PAIRS; i += 999) {
		g_autofree char *key = g_strdup_printf("%d", i * 7919);
		g_autoptr(GBytes) value =
		    hisho_database_get(database, hisho_slice(key), &error);
		g_assert_no_error(error);
		g_assert_nonnull(value);
		g_assert_cmpuint(g_bytes_get_size(value), ==, 4095);
		const char *bytes = g_bytes_get_data(value, NULL);
		g_assert_cmpint(bytes[4094], ==, 'a' + i % 26);
	}
	g_autoptr(GDir) left = g_dir_open(directory, 0, NULL);
	g_assert_cmpstr(g_dir_read_name(left), ==, NULL);
}

static void
test_a_scratch_database_tells_a_full_disk(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	struct rlimit before;
	char value[4096] = { 0 };
	bool fine = true;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	const struct rlimit small = { 1 << 20, before.rlim_max };
	setrlimit(RLIMIT_FSIZE, &small);
	HishoDatabase *database = hisho_database_open_scratch(directory, NULL);
	for (int i = 0; fine && i < SCRATCH_PAIRS; i++) {
		g_autofree char *key = g_strdup_printf("%d", i * 7919);
		memset(value, 'x', sizeof value - 1);
		fine = hisho_database_put(
		    database, hisho_slice(key), hisho_slice(value), &error);
	}
	hisho_database_close(database);
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_false(fine);
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
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

#define DAMAGED "/*/reputation.db: the database is damaged: *backup*"

/* LENGTH bytes of 0xff at OFFSET of the file NAME, of which LEFT bytes stay,
 * -1 for all. */
static const struct damage {
	const char *name;
	int left, offset, length;
} damages[] = {
	{ "reputation.db", 0, 0, 4096 },
	{ "reputation.db", 0, 0, 0 },
	{ "reputation.db", 100, 0, 0 },
	{ "reputation.db", 6000, 0, 0 },
	{ "reputation.db", -1, 100, 50 },
	{ "reputation.db", -1, 4096, 2048 },
	{ "reputation.db", -1, 12, 4 },
};

static void
do_damage(const char *directory, const struct damage *damage)
{
	g_autofree char *path = g_build_filename(directory, damage->name, NULL);
	g_autofree char *junk = g_strnfill((gsize)damage->length, '\xff');
	int fd = open(path, O_WRONLY);

	if (damage->left >= 0)
		g_assert_cmpint(ftruncate(fd, damage->left), ==, 0);
	g_assert_cmpint(
	    pwrite(fd, junk, (size_t)damage->length, damage->offset), ==,
	    damage->length);
	close(fd);
}

static bool
tell_damage(const char *directory)
{
	g_autoptr(GError) copying = NULL;
	g_autoptr(GError) verifying = NULL;

	store_assert_refused(directory, HISHO_ERROR_CONFIG, DAMAGED);
	g_assert_null(
	    hisho_database_open_copy(directory, STORE_WAIT_MS, &copying));
	g_assert_true(g_pattern_match_simple(DAMAGED, copying->message));
	g_assert_false(
	    hisho_database_verify(directory, STORE_WAIT_MS, &verifying));
	g_assert_true(g_pattern_match_simple(DAMAGED, verifying->message));
	return true;
}

/* In children: Berkeley DB does not free an environment that it gave up. */
static void
test_damage_is_told_with_what_to_do(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();

		g_test_message("case %zu", i);
		store_put_and_commit(directory, "key", "value");
		do_damage(directory, &damages[i]);
		g_assert_true(scratch_in_child(0, tell_damage, directory));
	}
}

static bool
tell_damaged_log(const char *directory)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(
	    hisho_database_open_for_writing(directory, STORE_WAIT_MS, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	g_assert_true(g_pattern_match_simple(DAMAGED, error->message));
	return true;
}

static void
test_a_damaged_log_is_told_to_writers(void)
{
	static const struct damage damage = { "log.0000000001", 0, 0, 4096 };
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	do_damage(directory, &damage);
	g_assert_true(scratch_in_child(0, tell_damaged_log, directory));
}

/* The second of the two ways that the message names. */
static void
test_one_can_begin_anew(void)
{
	static const struct damage damage = { "reputation.db", 0, 0, 4096 };
	static const char *const names[] = { "reputation.db",
		"log.0000000001" };
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	do_damage(directory, &damage);
	store_assert_refused(directory, HISHO_ERROR_CONFIG, DAMAGED);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path =
		    g_build_filename(directory, names[i], NULL);
		g_assert_cmpint(remove(path), ==, 0);
	}
	store_assert(directory, "key", NULL);
	store_put_and_commit(directory, "key", "new");
	store_assert(directory, "key", "new");
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
	g_assert_true(g_pattern_match_simple(DAMAGED, error->message));
	g_assert_null(strstr(error->message, "/proc/"));
	g_assert_null(strstr(error->message, "BDB"));
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

/* As by a neighbour who was faster than the look for such a file. */
static bool
writes_beside_a_configuration(const char *directory)
{
	const HishoBerkeleyRequest request = {
		.directory = ".", .name = "reputation.db", .mode = 0600
	};
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_chdir(directory), ==, 0);
	HishoBerkeley *berkeley =
	    hisho_berkeley_open_for_change(&request, &error);
	g_assert_no_error(error);
	g_assert_true(hisho_berkeley_put(
	    berkeley, hisho_slice("key"), hisho_slice("value"), NULL));
	g_assert_true(hisho_berkeley_commit(berkeley, NULL));
	g_assert_true(hisho_berkeley_close(berkeley));
	berkeley = hisho_berkeley_open_file("reputation.db", "x", &error);
	g_assert_no_error(error);
	hisho_berkeley_close(berkeley);
	return hisho_berkeley_verify("reputation.db", "x", NULL);
}

static void
test_no_file_says_where_others_are(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *other = g_build_filename(directory, "other", NULL);

	g_assert_cmpint(g_mkdir(other, 0700), ==, 0);
	scratch_write(directory, "DB_CONFIG",
	    "set_lg_dir other\nadd_data_dir other\nset_create_dir other\n");
	g_assert_true(
	    scratch_in_child(0, writes_beside_a_configuration, directory));
	g_assert_cmpuint(scratch_mode(directory, "reputation.db"), ==, 0600);
	g_assert_cmpuint(scratch_mode(directory, "log.0000000001"), ==, 0600);
	g_assert_cmpint(g_rmdir(other), ==, 0);
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{ "what-is-committed-is-read-back",
	    test_what_is_committed_is_read_back },
	{ "bytes-may-be-any", test_bytes_may_be_any },
	{ "no-file-says-where-others-are", test_no_file_says_where_others_are },
	{ "a-scratch-database-leaves-nothing",
	    test_a_scratch_database_leaves_nothing },
	{ "a-scratch-database-tells-a-full-disk",
	    test_a_scratch_database_tells_a_full_disk },
	{ "close-without-commit-changes-nothing",
	    test_close_without_commit_changes_nothing },
	{ "delete-takes-away-and-may-find-nothing",
	    test_delete_takes_away_and_may_find_nothing },
	{ "a-walk-shows-one-prefix-in-order",
	    test_a_walk_shows_one_prefix_in_order },
	{ "another-schema-is-refused", test_another_schema_is_refused },
	{ "a-copy-holds-no-lock-and-does-not-change",
	    test_a_copy_holds_no_lock_and_does_not_change },
	{ "damage-is-told-with-what-to-do",
	    test_damage_is_told_with_what_to_do },
	{ "a-damaged-log-is-told-to-writers",
	    test_a_damaged_log_is_told_to_writers },
	{ "one-can-begin-anew", test_one_can_begin_anew },
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
