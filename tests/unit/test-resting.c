#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/store.h"

/* Comes in again, asserts that KEY is VALUE (NULL: not there), and rests. */
static void
assert_next(HishoDatabase *database, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	hisho_database_resume(database, STORE_WAIT_MS, &error);
	g_assert_no_error(error);
	g_autofree char *found = store_get(database, key);
	g_assert_cmpstr(found, ==, value);
	hisho_database_rest(database);
}

static HishoDatabase *
open_resting(const char *directory)
{
	HishoDatabase *database = store_read(directory);

	g_free(store_get(database, "key"));
	hisho_database_rest(database);
	return database;
}

static void
test_who_rests_keeps_nobody_out(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	g_autoptr(HishoDatabase) database = open_resting(directory);
	HishoDatabase *writer =
	    hisho_database_open_for_writing(directory, 0, NULL);
	g_assert_nonnull(writer);
	hisho_database_close(writer);
	assert_next(database, "key", "value");
	assert_next(database, "key", "value");
}

/* However fast they follow each other: times of files are too coarse. */
static void
test_every_change_is_seen(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "first");
	g_autoptr(HishoDatabase) database = open_resting(directory);
	for (int i = 0; i < 50; i++) {
		g_autofree char *value = g_strdup_printf("%d", i);
		store_put_and_commit(directory, "key", value);
		assert_next(database, "key", value);
	}
}

static void
test_a_new_database_is_seen(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = open_resting(directory);

	assert_next(database, "key", NULL);
	store_put_and_commit(directory, "key", "value");
	assert_next(database, "key", "value");
}

static void
remove_file(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);

	g_remove(path);
}

static void
test_another_database_is_another(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	g_autoptr(HishoDatabase) database = open_resting(directory);
	remove_file(directory, "reputation.db");
	assert_next(database, "key", NULL);

	/* One with as many writers as the first had. */
	store_put_and_commit(directory, "key", "second");
	g_assert_true(hisho_database_resume(database, STORE_WAIT_MS, NULL));
	hisho_database_rest(database);
	g_autofree char *mark = scratch_read(directory, "gate");
	g_autofree char *path =
	    g_build_filename(directory, "reputation.db", NULL);
	g_autofree char *aside = g_strconcat(path, ".old", NULL);
	g_assert_cmpint(rename(path, aside), ==, 0);
	store_put_and_commit(directory, "key", "third");
	scratch_write(directory, "gate", mark);
	assert_next(database, "key", "third");
}

static void
test_a_writer_may_die_meanwhile(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	g_autoptr(HishoDatabase) database = open_resting(directory);
	g_assert_true(scratch_in_child(0, store_die_after_commit, directory));
	assert_next(database, "key", "acknowledged");
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
}

static void
test_who_is_kept_out_may_try_again(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;

	store_put_and_commit(directory, "key", "value");
	g_autoptr(HishoDatabase) database = open_resting(directory);
	HishoDatabase *writer = store_write(directory);
	g_assert_false(hisho_database_resume(database, 50, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_assert_true(
	    g_str_has_prefix(error->message, "reputation unavailable: "));
	store_put(writer, "key", "new");
	store_commit(writer);
	assert_next(database, "key", "new");
}

/* Changes two far apart keys together, for ever. */
static void
write_on(const char *directory)
{
	g_autofree char *padding = g_strnfill(500, 'x');

	for (;;) {
		HishoDatabase *database = store_write(directory);
		g_autofree char *number = store_get(database, "a");
		g_autofree char *next = g_strdup_printf(
		    "%d", number == NULL ? 1 : atoi(number) + 1);
		g_autofree char *between =
		    g_strdup_printf("b %d", atoi(next) % 100);
		store_put(database, "a", next);
		store_put(database, between, padding);
		store_put(database, "c", next);
		store_commit(database);
		g_usleep(g_random_int_range(0, 10000));
	}
}

/* Both keys are alike, and not older than NUMBER; their new number. */
static int
assert_both(HishoDatabase *database, int number)
{
	g_autoptr(GError) error = NULL;

	hisho_database_resume(database, STORE_WAIT_MS, &error);
	g_assert_no_error(error);
	g_autofree char *one = store_get(database, "a");
	g_autofree char *other = store_get(database, "c");
	hisho_database_rest(database);
	g_assert_cmpstr(one, ==, other);
	int now = one == NULL ? 0 : atoi(one);
	g_assert_cmpint(now, >=, number);
	return now;
}

static void
test_what_is_read_belongs_together(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = open_resting(directory);
	int number = 0;

	for (int kills = 0; kills < 5; kills++) {
		pid_t writer = scratch_fork();
		if (writer == 0)
			write_on(directory);
		for (int start = number; number < start + 5;)
			number = assert_both(database, number);
		kill(writer, SIGKILL);
		g_assert_cmpint(waitpid(writer, NULL, 0), ==, writer);
		number = assert_both(database, number);
	}
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
}

/* The mark says when that was, however many writers there are since. */
static void
test_the_last_recovery_is_not_forgotten(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabaseState first, last;

	store_put_and_commit(directory, "key", "value");
	g_assert_true(scratch_in_child(0, store_die_after_commit, directory));
	store_assert(directory, "key", "acknowledged");
	g_assert_true(hisho_database_inspect(directory, 0, &first, NULL));
	for (int i = 0; i < 5; i++)
		store_put_and_commit(directory, "key", "other");
	g_assert_true(hisho_database_inspect(directory, 0, &last, NULL));
	g_assert_cmpint(first.recovered, >, 0);
	g_assert_cmpint(first.recovered, <=, g_get_real_time() / 1000000);
	g_assert_cmpint(last.recovered, ==, first.recovered);
}

static const struct {
	const char *promise;
	void (*test)(void);
} tests[] = {
	{ "who-rests-keeps-nobody-out", test_who_rests_keeps_nobody_out },
	{ "every-change-is-seen", test_every_change_is_seen },
	{ "a-new-database-is-seen", test_a_new_database_is_seen },
	{ "another-database-is-another", test_another_database_is_another },
	{ "a-writer-may-die-meanwhile", test_a_writer_may_die_meanwhile },
	{ "who-is-kept-out-may-try-again", test_who_is_kept_out_may_try_again },
	{ "what-is-read-belongs-together", test_what_is_read_belongs_together },
	{ "the-last-recovery-is-not-forgotten",
	    test_the_last_recovery_is_not_forgotten },
};

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path =
		    g_strconcat("/resting/", tests[i].promise, NULL);
		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
