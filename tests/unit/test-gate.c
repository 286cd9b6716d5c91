#include <signal.h>
#include <string.h>

#include "tests/unit/store.h"

static bool
die_before_commit(const char *directory)
{
	store_put(store_write(directory), "key", "never said");
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

	store_put_and_commit(directory, "other", "kept");
	assert_mark(directory, "clean ");
	g_assert_true(hisho_database_inspect(directory, 0, &state, NULL));
	g_assert_cmpint(state.recovered, ==, 0);
	g_assert_cmpint(state.database_bytes, >=, 8192);
	g_assert_cmpint(state.log_bytes, >, 0);
	g_assert_true(scratch_in_child(0, store_die_after_commit, directory));
	assert_mark(directory, "dirty ");
	store_assert(directory, "key", "acknowledged");
	assert_mark(directory, "clean ");
	g_assert_true(hisho_database_inspect(directory, 0, &state, NULL));
	g_assert_cmpint(state.recovered, >, 0);
	g_assert_true(scratch_in_child(0, die_before_commit, directory));
	store_assert(directory, "key", "acknowledged");
	g_assert_true(scratch_in_child(0, die_before_commit, directory));
	store_put_and_commit(directory, "more", "1");
	store_assert(directory, "key", "acknowledged");
	store_assert(directory, "other", "kept");
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
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

	store_put_and_commit(directory, "key", "value");
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		forge_mark(directory, words[i]);
		store_assert(directory, "key", "value");
		assert_mark(directory, "clean ");
		g_assert_true(
		    hisho_database_inspect(directory, 0, &state, NULL));
		g_assert_cmpint(state.recovered, >, 0);
	}
	scratch_write(directory, "gate", "");
	store_put_and_commit(directory, "key", "new");
	store_assert(directory, "key", "new");
}

static void
test_a_lost_gate_is_made_again(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *gate = g_build_filename(directory, "gate", NULL);

	store_put_and_commit(directory, "key", "value");
	g_unlink(gate);
	store_assert(directory, "key", "value");
	assert_mark(directory, "clean ");
}

/* As a backup is put back, or old logs are thrown away. */
static void
test_a_file_without_its_log_is_taken_in(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(ScratchDirectory) other = scratch_new();
	g_autofree char *from =
	    g_build_filename(directory, "reputation.db", NULL);
	g_autofree char *to = g_build_filename(other, "reputation.db", NULL);
	g_autofree char *log = g_build_filename(other, "log.0000000001", NULL);

	for (int i = 0; i < 10; i++)
		store_put_and_commit(directory, "key", "value");
	g_assert_cmpint(link(from, to), ==, 0);
	store_assert(other, "key", "value");
	store_put_and_commit(other, "key", "new");
	g_assert_cmpint(g_unlink(log), ==, 0);
	store_put_and_commit(other, "key", "newer");
	store_assert(other, "key", "newer");
	g_assert_true(hisho_database_verify(other, STORE_WAIT_MS, NULL));
}

static bool
reads_but_cannot_recover(const char *directory)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_database_open_for_reading(directory, 0, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	return g_pattern_match_simple(
	    "reputation unavailable: */gate: Permission denied: it belongs to "
	    "'root' alone",
	    error->message);
}

static bool
reads(const char *directory)
{
	store_assert(directory, "key", "value");
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
	store_put_and_commit(directory, "key", "value");
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
	pid_t child = scratch_fork();
	if (child == 0) {
		HishoDatabase *database =
		    writing ? store_write(directory) : store_read(directory);
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

	store_put_and_commit(directory, "key", "value");
	pid_t holder = start_holder(directory, true);
	kill(holder, SIGSTOP);
	gint64 start = g_get_monotonic_time();
	store_assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: */gate: another process holds the lock");
	gint64 elapsed_ms = (g_get_monotonic_time() - start) / 1000;
	g_assert_cmpint(elapsed_ms, >=, 200);
	g_assert_cmpint(elapsed_ms, <, 5000);
	stop_holder(holder);
	store_assert(directory, "key", "value");
}

static void
test_readers_read_together(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	pid_t holder = start_holder(directory, false);
	store_assert(directory, "key", "value");
	g_assert_null(hisho_database_open_for_writing(directory, 50, NULL));
	store_assert(directory, "key", "value");
	stop_holder(holder);
	store_put_and_commit(directory, "key", "new");
}

/* A child that reads DIRECTORY again and again. */
static pid_t
start_reader(const char *directory)
{
	pid_t child = scratch_fork();

	while (child == 0) {
		g_autoptr(HishoDatabase) database = store_read(directory);
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

	store_put_and_commit(directory, "key", "value");
	for (int i = 0; i < OVERLAP; i++)
		readers[i] = start_reader(directory);
	for (int i = 0; i < 5; i++)
		store_put_and_commit(directory, "key", "new");
	for (int i = 0; i < OVERLAP; i++)
		stop_holder(readers[i]);
	store_assert(directory, "key", "new");
}

/* A child that writes into DIRECTORY without a pause. */
static pid_t
start_writer(const char *directory)
{
	pid_t child = scratch_fork();

	while (child == 0)
		store_put_and_commit(directory, "key", "again");
	return child;
}

static void
test_a_stream_of_writers_lets_readers_in(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "again");
	pid_t writer = start_writer(directory);
	g_usleep(100000);
	for (int i = 0; i < 20; i++) {
		g_autoptr(HishoDatabase) database =
		    hisho_database_open_for_reading(directory, 1000, NULL);
		g_assert_nonnull(database);
	}
	stop_holder(writer);
	store_assert(directory, "key", "again");
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{ "a-dead-writer-costs-a-recovery-by-the-next-reader",
	    test_a_dead_writer_costs_a_recovery_by_the_next_reader },
	{ "another-boot-is-recovered", test_another_boot_is_recovered },
	{ "a-lost-gate-is-made-again", test_a_lost_gate_is_made_again },
	{ "a-file-without-its-log-is-taken-in",
	    test_a_file_without_its_log_is_taken_in },
	{ "who-may-only-read-reads-but-does-not-recover",
	    test_who_may_only_read_reads_but_does_not_recover },
	{ "a-stopped-holder-costs-no-more-than-the-wait",
	    test_a_stopped_holder_costs_no_more_than_the_wait },
	{ "readers-read-together", test_readers_read_together },
	{ "a-stream-of-readers-does-not-keep-a-writer-out",
	    test_a_stream_of_readers_does_not_keep_a_writer_out },
	{ "a-stream-of-writers-lets-readers-in",
	    test_a_stream_of_writers_lets_readers_in },
};

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path =
		    g_strconcat("/gate/", tests[i].name, NULL);
		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
