/* What changes while a database is copied. */
#include "libhisho/store/journal.h"

#include "tests/unit/store.h"

static void
begin(const char *directory, const char *name)
{
	HishoDatabase *database = store_write(directory);

	g_assert_true(
	    hisho_journal_begin(hisho_database_pairs(database), name, NULL));
	store_commit(database);
}

/* How many are copied from DIRECTORY to COPY, or -1. */
static int
catch_up(const char *directory, HishoDatabase *copy, guint most)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database = store_write(directory);
	const HishoCatchUp step = { "mine", hisho_database_pairs(database),
		copy == NULL ? NULL : hisho_database_pairs(copy), most, true };
	int n = hisho_journal_catch_up(&step, &error);

	if (n >= 0) {
		store_commit(database);
		return n;
	}
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	hisho_database_close(database);
	return n;
}

static char *
dump(const char *directory)
{
	g_autoptr(HishoDatabase) database = store_read(directory);

	return store_dump(database, "changed ");
}

static void
test_nothing_is_noted_unasked(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "a", "1");
	g_autofree char *notes = dump(directory);
	g_assert_cmpstr(notes, ==, "");
}

static void
test_a_copy_catches_up(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(ScratchDirectory) other = scratch_new();
	HishoDatabase *copy = store_write(other);

	store_put(copy, "a", "1");
	store_put(copy, "b", "1");
	store_put_and_commit(directory, "a", "1");
	store_put_and_commit(directory, "b", "1");
	begin(directory, "mine");
	store_put_and_commit(directory, "a", "2");
	store_put_and_commit(directory, "c", "2");
	HishoDatabase *database = store_write(directory);
	hisho_database_delete(database, hisho_slice("b"), NULL);
	store_commit(database);
	g_assert_cmpint(catch_up(directory, copy, 2), ==, 2);
	g_assert_cmpint(catch_up(directory, copy, 2), ==, 1);
	g_assert_cmpint(catch_up(directory, copy, 2), ==, 0);
	g_autofree char *pairs = store_dump(copy, "");
	g_assert_cmpstr(pairs, ==, "a = 2\nc = 2\nschema = 1\n");
	hisho_database_close(copy);
}

/* Nobody knows what another took out of the journal. */
static void
test_another_journal_ends_it(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	begin(directory, "mine");
	g_assert_cmpint(catch_up(directory, NULL, 9), ==, 0);
	begin(directory, "another");
	g_assert_cmpint(catch_up(directory, NULL, 9), ==, -1);
}

static void
test_notes_can_be_forgotten(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	begin(directory, "mine");
	store_put_and_commit(directory, "a", "1");
	g_autofree char *notes = dump(directory);
	g_assert_cmpstr(notes, ==, "changed a = \n");
	g_assert_cmpint(catch_up(directory, NULL, 9), ==, 1);
	g_autofree char *none = dump(directory);
	g_assert_cmpstr(none, ==, "");
	store_assert(directory, "a", "1");
}

/* Whoever began it was killed, or his clock is wrong; a copy that still goes
 * on is told, since what changed then was not noted. */
static void
test_an_old_journal_is_ended(void)
{
	static const char *const values[] = { "mine 1000000000",
		"mine 9000000000000", "mine", "" };

	for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		store_put_and_commit(directory, "journal", values[i]);
		store_put_and_commit(directory, "a", "1");
		g_autofree char *notes = dump(directory);
		g_assert_cmpstr(notes, ==, "");
		store_assert(directory, "journal", NULL);
		g_assert_cmpint(catch_up(directory, NULL, 9), ==, -1);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/journal/nothing-is-noted-unasked", test_nothing_is_noted_unasked);
	g_test_add_func("/journal/a-copy-catches-up", test_a_copy_catches_up);
	g_test_add_func(
	    "/journal/another-journal-ends-it", test_another_journal_ends_it);
	g_test_add_func(
	    "/journal/notes-can-be-forgotten", test_notes_can_be_forgotten);
	g_test_add_func(
	    "/journal/an-old-journal-is-ended", test_an_old_journal_is_ended);
	return g_test_run();
}
