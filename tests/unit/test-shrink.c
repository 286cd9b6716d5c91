/* Files that give room back while others change them. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/store/shrink.h"

#include "tests/unit/store.h"

static gint64
file_bytes(const char *directory)
{
	HishoDatabaseState state;

	g_assert_true(
	    hisho_database_inspect(directory, STORE_WAIT_MS, &state, NULL));
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, NULL));
	return state.database_bytes;
}

static void
shrink(const char *directory)
{
	g_autoptr(GError) error = NULL;

	hisho_shrink(directory, &error);
	g_assert_no_error(error);
}

/* What was deleted from everywhere in the file. */
static void
test_holes_are_closed(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *value = g_strnfill(900, 'v');
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < 2000; i++) {
		g_autofree char *key =
		    g_strdup_printf("k%04d", i * 7919 % 2000);
		store_put(database, key, value);
	}
	store_commit(database);
	database = store_write(directory);
	for (int i = 0; i < 2000; i++) {
		g_autofree char *key = g_strdup_printf("k%04d", i);
		if (i % 5 > 0)
			hisho_database_delete(database, hisho_slice(key), NULL);
	}
	store_commit(database);
	gint64 before = file_bytes(directory);
	shrink(directory);
	g_assert_cmpint(file_bytes(directory), <, before / 3);
	g_autoptr(HishoDatabase) reader = store_read(directory);
	g_autofree char *dump = store_dump(reader, "k");
	g_assert_cmpuint(strlen(dump), ==, 400 * (5 + 3 + 900 + 1));
}

/* Whoever waits for the lock asks every 20 ms. */
#define PAUSE_US 10000

/* One of the changes that somebody makes, another for each I. */
static void
change(HishoDatabase *database, int i)
{
	g_autofree char *key = g_strdup_printf("k%05d", i * 7919 % 30000);
	g_autofree char *value = g_strdup_printf("%d", i);

	if (i % 3 == 0)
		hisho_database_delete(database, hisho_slice(key), NULL);
	else
		store_put(database, key, value);
}

static void
change_all(const char *directory, int n, int at_once)
{
	for (int i = 0; i < n; i += at_once) {
		HishoDatabase *database = store_write(directory);
		for (int j = i; j < i + at_once; j++)
			change(database, j);
		store_commit(database);
		g_usleep(PAUSE_US);
	}
}

static void
fill_evenly(const char *directory)
{
	g_autofree char *value = g_strnfill(300, 'v');
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < 30000; i += 2) {
		g_autofree char *key = g_strdup_printf("k%05d", i);
		store_put(database, key, value);
	}
	store_commit(database);
}

static char *
dump_all(const char *directory)
{
	g_autoptr(HishoDatabase) database = store_read(directory);

	return store_dump(database, "");
}

static void
test_what_changes_meanwhile_is_kept(void)
{
	enum { CHANGES = 3000 };
	g_autoptr(ScratchDirectory) shrunk = scratch_new();
	g_autoptr(ScratchDirectory) model = scratch_new();
	int times = 0, status;

	fill_evenly(shrunk);
	fill_evenly(model);
	pid_t child = scratch_fork();
	if (child == 0) {
		change_all(shrunk, CHANGES, 20);
		_exit(0);
	}
	for (; waitpid(child, &status, WNOHANG) == 0; times++)
		shrink(shrunk);
	g_assert_cmpint(status, ==, 0);
	g_assert_cmpint(times, >, 0);
	change_all(model, CHANGES, CHANGES);
	shrink(shrunk);
	g_autofree char *found = dump_all(shrunk);
	g_autofree char *wanted = dump_all(model);
	g_assert_cmpstr(found, ==, wanted);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shrink/holes-are-closed", test_holes_are_closed);
	g_test_add_func("/shrink/what-changes-meanwhile-is-kept",
	    test_what_changes_meanwhile_is_kept);
	return g_test_run();
}
