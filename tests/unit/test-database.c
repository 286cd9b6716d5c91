#include "libhisho/base/error.h"
#include "libhisho/store/database.h"

#include "tests/unit/scratch.h"

#include <signal.h>
#include <string.h>

#define WAIT_MS 10000

static HishoDatabase *
open_to_write(const char *directory)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database =
	    hisho_database_open_for_writing(directory, WAIT_MS, &error);

	g_assert_no_error(error);
	return database;
}

static HishoDatabase *
open_to_read(const char *directory)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database =
	    hisho_database_open_for_reading(directory, WAIT_MS, &error);

	g_assert_no_error(error);
	return database;
}

static void
put(HishoDatabase *database, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), &error);
	g_assert_no_error(error);
}

static void
put_and_commit(const char *directory, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = open_to_write(directory);

	put(database, key, value);
	hisho_database_commit(database, &error);
	g_assert_no_error(error);
}

/* The value as text; NULL for none. */
static char *
get(HishoDatabase *database, const char *key)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) value =
	    hisho_database_get(database, hisho_slice(key), &error);

	g_assert_no_error(error);
	return value == NULL
	    ? NULL
	    : g_strndup(g_bytes_get_data(value, NULL), g_bytes_get_size(value));
}

static void
assert_stored(const char *directory, const char *key, const char *value)
{
	g_autoptr(HishoDatabase) database = open_to_read(directory);
	g_autofree char *found = get(database, key);

	g_assert_cmpstr(found, ==, value);
}

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

	put_and_commit(directory, "key", "value");
	assert_stored(directory, "key", "value");
	assert_stored(directory, "other", NULL);
	put_and_commit(directory, "key", "new value");
	assert_stored(directory, "key", "new value");
}

static void
test_bytes_may_be_any(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoSlice key = { "k\0\xff\n", 4 };
	HishoSlice value = { "\0v", 2 };
	{
		g_autoptr(HishoDatabase) database = open_to_write(directory);
		g_assert_true(hisho_database_put(database, key, value, NULL));
		g_assert_true(hisho_database_commit(database, NULL));
	}
	g_autoptr(HishoDatabase) database = open_to_read(directory);
	g_autoptr(GBytes) found = hisho_database_get(database, key, NULL);
	g_assert_nonnull(found);
	g_assert_cmpmem(g_bytes_get_data(found, NULL), g_bytes_get_size(found),
	    value.data, value.length);
}

static void
test_close_without_commit_changes_nothing(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "key", "old");
	{
		g_autoptr(HishoDatabase) database = open_to_write(directory);
		g_autofree char *within = NULL;
		put(database, "key", "new");
		put(database, "another", "new");
		within = get(database, "key");
		g_assert_cmpstr(within, ==, "new");
	}
	assert_stored(directory, "key", "old");
	assert_stored(directory, "another", NULL);
}

static void
test_delete_takes_away_and_may_find_nothing(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "key", "value");
	for (int i = 0; i < 2; i++) {
		g_autoptr(HishoDatabase) database = open_to_write(directory);
		g_assert_true(
		    hisho_database_delete(database, hisho_slice("key"), NULL));
		g_assert_true(hisho_database_commit(database, NULL));
	}
	assert_stored(directory, "key", NULL);
}

static void
test_a_walk_shows_one_prefix_in_order(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	static const char *const keys[] = { "b 2", "a 9", "b 10", "c", "b",
		"b 1", "bb" };
	{
		g_autoptr(HishoDatabase) database = open_to_write(directory);
		for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
			put(database, keys[i], "x");
		g_autofree char *own = walk(database, "b ");
		g_assert_cmpstr(own, ==, "b 1=x b 10=x b 2=x ");
		g_assert_true(hisho_database_commit(database, NULL));
	}
	g_autoptr(HishoDatabase) database = open_to_read(directory);
	g_autofree char *some = walk(database, "b ");
	g_autofree char *all = walk(database, "");
	g_autofree char *none = walk(database, "d");
	g_assert_cmpstr(some, ==, "b 1=x b 10=x b 2=x ");
	g_assert_cmpstr(
	    all, ==, "a 9=x b=x b 1=x b 10=x b 2=x bb=x c=x schema=1 ");
	g_assert_cmpstr(none, ==, "");
}

static void
test_what_is_not_there_reads_as_empty(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *missing = g_build_filename(directory, "no", NULL);

	assert_stored(directory, "key", NULL);
	assert_stored(missing, "key", NULL);
	g_assert_false(g_file_test(missing, G_FILE_TEST_EXISTS));
	g_autoptr(HishoDatabase) database = open_to_read(missing);
	g_autofree char *all = walk(database, "");
	g_assert_cmpstr(all, ==, "");
	g_assert_true(hisho_database_verify(missing, WAIT_MS, NULL));
}

static void
test_a_writer_makes_the_directory_private(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *inner = g_build_filename(directory, "a/b", NULL);
	mode_t before = umask(0777);

	put_and_commit(inner, "key", "value");
	g_assert_cmpuint(umask(before), ==, 0777);
	g_assert_cmpuint(scratch_mode(directory, "a/b"), ==, 0700);
	g_assert_cmpuint(scratch_mode(inner, "reputation.db"), ==, 0600);
	g_assert_cmpuint(scratch_mode(inner, "gate"), ==, 0600);
	g_assert_cmpuint(scratch_mode(inner, "log.0000000001"), ==, 0600);
}

static void
test_a_shared_directory_makes_files_for_the_group(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	mode_t before = umask(0077);

	g_assert_cmpint(g_chmod(directory, 02770), ==, 0);
	put_and_commit(directory, "key", "value");
	g_assert_cmpuint(umask(before), ==, 0077);
	g_assert_cmpuint(scratch_mode(directory, "reputation.db"), ==, 0660);
	g_assert_cmpuint(scratch_mode(directory, "gate"), ==, 0660);
	g_assert_cmpuint(scratch_mode(directory, "log.0000000001"), ==, 0660);
}

static void
test_root_writes_as_the_owner(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	static const char *const names[] = { "gate", "reputation.db",
		"log.0000000001" };

	if (geteuid() != 0) {
		g_test_skip("only root can");
		return;
	}
	g_assert_cmpint(
	    chown(directory, SCRATCH_NOBODY, SCRATCH_NOBODY), ==, 0);
	put_and_commit(directory, "key", "value");
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path =
		    g_build_filename(directory, names[i], NULL);
		struct stat status;
		g_assert_cmpint(g_stat(path, &status), ==, 0);
		g_assert_cmpuint(status.st_uid, ==, SCRATCH_NOBODY);
		g_assert_cmpuint(status.st_gid, ==, SCRATCH_NOBODY);
	}
	g_autofree char *own = g_strconcat(directory, "-root", NULL);
	g_assert_true(g_file_set_contents(own, "", 0, NULL));
	struct stat status;
	g_assert_cmpint(g_stat(own, &status), ==, 0);
	g_assert_cmpuint(status.st_uid, ==, 0);
	g_unlink(own);
}

static void
assert_refused(const char *directory, int code, const char *pattern)
{
	g_autoptr(GError) reading = NULL;
	g_autoptr(GError) writing = NULL;

	g_assert_null(
	    hisho_database_open_for_reading(directory, 100, &reading));
	g_assert_error(reading, HISHO_ERROR, code);
	g_assert_true(g_pattern_match_simple(pattern, reading->message));
	g_assert_null(
	    hisho_database_open_for_writing(directory, 100, &writing));
	g_assert_error(writing, HISHO_ERROR, code);
	g_assert_true(g_pattern_match_simple(pattern, writing->message));
}

static bool
refuses_unreadable(const char *directory)
{
	assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: */hisho-test-*: Permission denied");
	return true;
}

static void
test_an_unreadable_directory_is_no_empty_one(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	uid_t user = geteuid() == 0 ? SCRATCH_NOBODY : 0;

	put_and_commit(directory, "key", "value");
	g_assert_cmpint(g_chmod(directory, 0), ==, 0);
	g_assert_true(scratch_in_child(user, refuses_unreadable, directory));
	g_assert_cmpint(g_chmod(directory, 0700), ==, 0);
}

static void
test_db_config_is_refused(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "key", "value");
	scratch_write(directory, "DB_CONFIG", "set_lg_dir /tmp\n");
	assert_refused(directory, HISHO_ERROR_CONFIG, "/*/DB_CONFIG: *");
}

/* Berkeley DB before 5.3.28-13.1 of Debian obeyed it (CVE-2017-10140). */
static void
test_db_config_in_the_working_directory_is_not_read(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(ScratchDirectory) here = scratch_new();
	g_autofree char *before = g_get_current_dir();

	scratch_write(here, "DB_CONFIG", "nonsense\n");
	g_assert_cmpint(g_chdir(here), ==, 0);
	put_and_commit(directory, "key", "value");
	assert_stored(directory, "key", "value");
	g_assert_cmpint(g_chdir(before), ==, 0);
}

static void
test_another_schema_is_refused(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "schema", "2");
	assert_refused(directory, HISHO_ERROR_CONFIG,
	    "/*made by another version of hisho (schema 2, not 1)");
}

static void
test_links_and_other_things_are_not_followed(void)
{
	static const char *const names[] = { "gate", "reputation.db" };

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autofree char *path =
		    g_build_filename(directory, names[i], NULL);
		g_autofree char *pattern =
		    g_strdup_printf("/*/%s: not a regular file", names[i]);
		g_autofree char *target =
		    g_build_filename(directory, "target", NULL);

		scratch_write(directory, "target", "untouched");
		g_assert_cmpint(symlink(target, path), ==, 0);
		assert_refused(directory, HISHO_ERROR_CONFIG, pattern);
		g_autofree char *text = scratch_read(directory, "target");
		g_assert_cmpstr(text, ==, "untouched");
		g_unlink(path);
		g_assert_cmpint(mkfifo(path, 0600), ==, 0);
		assert_refused(directory, HISHO_ERROR_CONFIG, pattern);
	}
}

/* Leaves a directory as a writer does who dies between commit and close. */
static bool
die_after_commit(const char *directory)
{
	HishoDatabase *database = open_to_write(directory);

	put(database, "key", "acknowledged");
	g_assert_true(hisho_database_commit(database, NULL));
	_exit(0);
}

static bool
die_before_commit(const char *directory)
{
	put(open_to_write(directory), "key", "never said");
	_exit(0);
}

static void
assert_mark(const char *directory, const char *word)
{
	g_autofree char *mark = scratch_read(directory, "gate");

	g_assert_true(g_str_has_prefix(mark, word));
	g_assert_cmpuint(strlen(mark), ==, 64);
}

static void
test_a_dead_writer_costs_a_recovery_by_the_next_reader(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabaseState state;

	put_and_commit(directory, "other", "kept");
	assert_mark(directory, "clean ");
	g_assert_true(hisho_database_inspect(directory, 0, &state, NULL));
	gint64 before = state.recovered;
	g_assert_cmpint(before, >, 0);
	g_assert_cmpint(state.database_bytes, >=, 8192);
	g_assert_cmpint(state.log_bytes, >, 0);
	g_assert_true(scratch_in_child(0, die_after_commit, directory));
	assert_mark(directory, "dirty ");
	assert_stored(directory, "key", "acknowledged");
	assert_mark(directory, "clean ");
	g_assert_true(scratch_in_child(0, die_before_commit, directory));
	assert_stored(directory, "key", "acknowledged");
	g_assert_true(scratch_in_child(0, die_before_commit, directory));
	put_and_commit(directory, "more", "1");
	assert_stored(directory, "key", "acknowledged");
	assert_stored(directory, "other", "kept");
	g_assert_true(hisho_database_verify(directory, WAIT_MS, NULL));
}

/* Puts another boot id into the mark, and WORD in front. */
static void
forge_mark(const char *directory, const char *word)
{
	g_autofree char *mark = scratch_read(directory, "gate");

	memcpy(mark, word, 5);
	memset(mark + 6, '0', 36);
	memset(mark + 43, '0', 20);
	scratch_write(directory, "gate", mark);
}

static void
test_another_boot_is_recovered(void)
{
	static const char *const words[] = { "clean", "dirty", "trash" };
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabaseState state;

	put_and_commit(directory, "key", "value");
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		forge_mark(directory, words[i]);
		assert_stored(directory, "key", "value");
		assert_mark(directory, "clean ");
		g_assert_true(
		    hisho_database_inspect(directory, 0, &state, NULL));
		g_assert_cmpint(state.recovered, >, 0);
	}
	scratch_write(directory, "gate", "");
	put_and_commit(directory, "key", "new");
	assert_stored(directory, "key", "new");
}

static void
test_a_lost_gate_is_made_again(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *gate = g_build_filename(directory, "gate", NULL);

	put_and_commit(directory, "key", "value");
	g_unlink(gate);
	assert_stored(directory, "key", "value");
	assert_mark(directory, "clean ");
}

static bool
reads_but_cannot_recover(const char *directory)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_database_open_for_reading(directory, 0, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	return g_pattern_match_simple(
	    "reputation unavailable: */gate: Permission denied",
	    error->message);
}

static bool
reads(const char *directory)
{
	assert_stored(directory, "key", "value");
	return true;
}

static void
test_who_may_only_read_reads_but_does_not_recover(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	if (geteuid() != 0) {
		g_test_skip("needs two users");
		return;
	}
	put_and_commit(directory, "key", "value");
	g_autofree char *gate = g_build_filename(directory, "gate", NULL);
	g_autofree char *file =
	    g_build_filename(directory, "reputation.db", NULL);
	g_chmod(directory, 0755);
	g_chmod(gate, 0644);
	g_chmod(file, 0644);
	g_assert_true(scratch_in_child(SCRATCH_NOBODY, reads, directory));
	forge_mark(directory, "dirty");
	g_chmod(gate, 0644);
	g_assert_true(scratch_in_child(
	    SCRATCH_NOBODY, reads_but_cannot_recover, directory));
}

/* A child that holds DIRECTORY for WRITING or reading until it is killed. */
static pid_t
start_holder(const char *directory, bool writing)
{
	int ready[2];
	char byte;

	g_assert_cmpint(pipe(ready), ==, 0);
	pid_t child = fork();
	if (child == 0) {
		HishoDatabase *database = writing ? open_to_write(directory)
						  : open_to_read(directory);
		_exit(
		    write(ready[1], "", 1) == 1 && database != NULL && pause());
	}
	close(ready[1]);
	g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
	close(ready[0]);
	return child;
}

static void
stop_holder(pid_t holder)
{
	kill(holder, SIGKILL);
	g_assert_cmpint(waitpid(holder, NULL, 0), ==, holder);
}

static void
test_a_stopped_holder_costs_no_more_than_the_wait(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "key", "value");
	pid_t holder = start_holder(directory, true);
	kill(holder, SIGSTOP);
	gint64 start = g_get_monotonic_time();
	assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: */gate: another process holds the lock");
	gint64 elapsed_ms = (g_get_monotonic_time() - start) / 1000;
	g_assert_cmpint(elapsed_ms, >=, 200);
	g_assert_cmpint(elapsed_ms, <, 5000);
	stop_holder(holder);
	assert_stored(directory, "key", "value");
}

static void
test_readers_read_together(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	put_and_commit(directory, "key", "value");
	pid_t holder = start_holder(directory, false);
	assert_stored(directory, "key", "value");
	g_assert_null(hisho_database_open_for_writing(directory, 50, NULL));
	assert_stored(directory, "key", "value");
	stop_holder(holder);
	put_and_commit(directory, "key", "new");
}

/* A child that reads DIRECTORY again and again, as OVERLAP of them do. */
static pid_t
start_reader(const char *directory)
{
	pid_t child = fork();

	while (child == 0) {
		g_autoptr(HishoDatabase) database = open_to_read(directory);
		g_usleep(5000);
	}
	return child;
}

static void
test_a_stream_of_readers_does_not_keep_a_writer_out(void)
{
	enum { OVERLAP = 8 };
	g_autoptr(ScratchDirectory) directory = scratch_new();
	pid_t readers[OVERLAP];

	put_and_commit(directory, "key", "value");
	for (int i = 0; i < OVERLAP; i++)
		readers[i] = start_reader(directory);
	for (int i = 0; i < 5; i++)
		put_and_commit(directory, "key", "new");
	for (int i = 0; i < OVERLAP; i++)
		stop_holder(readers[i]);
	assert_stored(directory, "key", "new");
}

static void
test_a_copy_holds_no_lock_and_does_not_change(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;

	put_and_commit(directory, "key", "old");
	g_autoptr(HishoDatabase) copy =
	    hisho_database_open_copy(directory, WAIT_MS, &error);
	g_assert_no_error(error);
	put_and_commit(directory, "key", "new");
	g_autofree char *value = get(copy, "key");
	g_assert_cmpstr(value, ==, "old");
}

static void
test_verify_finds_a_damaged_page(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *path =
	    g_build_filename(directory, "reputation.db", NULL);

	put_and_commit(directory, "key", "value");
	g_assert_true(hisho_database_verify(directory, WAIT_MS, &error));
	int fd = open(path, O_WRONLY);
	g_assert_cmpint(pwrite(fd, "\1\2\3\4", 4, 4096 + 3000), ==, 4);
	close(fd);
	g_assert_false(hisho_database_verify(directory, WAIT_MS, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
}

static void
test_a_large_change_leaves_little_log(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabaseState state;
	{
		g_autoptr(HishoDatabase) database = open_to_write(directory);
		for (int i = 0; i < 20000; i++) {
			char key[100];
			g_snprintf(key, sizeof key, "%090d", i * 7919 % 20000);
			put(database, key, key);
		}
		g_assert_true(hisho_database_commit(database, NULL));
	}
	put_and_commit(directory, "key", "value");
	g_assert_true(hisho_database_inspect(directory, 0, &state, NULL));
	g_assert_cmpint(state.database_bytes, >, 20000 * 180);
	g_assert_cmpint(state.log_bytes, <=, 2 * (256 << 10));
	g_assert_true(hisho_database_verify(directory, WAIT_MS, NULL));
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
	{ "what-is-not-there-reads-as-empty",
	    test_what_is_not_there_reads_as_empty },
	{ "a-writer-makes-the-directory-private",
	    test_a_writer_makes_the_directory_private },
	{ "a-shared-directory-makes-files-for-the-group",
	    test_a_shared_directory_makes_files_for_the_group },
	{ "root-writes-as-the-owner", test_root_writes_as_the_owner },
	{ "an-unreadable-directory-is-no-empty-one",
	    test_an_unreadable_directory_is_no_empty_one },
	{ "db-config-is-refused", test_db_config_is_refused },
	{ "db-config-in-the-working-directory-is-not-read",
	    test_db_config_in_the_working_directory_is_not_read },
	{ "another-schema-is-refused", test_another_schema_is_refused },
	{ "links-and-other-things-are-not-followed",
	    test_links_and_other_things_are_not_followed },
	{ "a-dead-writer-costs-a-recovery-by-the-next-reader",
	    test_a_dead_writer_costs_a_recovery_by_the_next_reader },
	{ "another-boot-is-recovered", test_another_boot_is_recovered },
	{ "a-lost-gate-is-made-again", test_a_lost_gate_is_made_again },
	{ "who-may-only-read-reads-but-does-not-recover",
	    test_who_may_only_read_reads_but_does_not_recover },
	{ "a-stopped-holder-costs-no-more-than-the-wait",
	    test_a_stopped_holder_costs_no_more_than_the_wait },
	{ "readers-read-together", test_readers_read_together },
	{ "a-stream-of-readers-does-not-keep-a-writer-out",
	    test_a_stream_of_readers_does_not_keep_a_writer_out },
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
