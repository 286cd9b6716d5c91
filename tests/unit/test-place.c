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
	HishoWalk all = { .prefix = hisho_slice(prefix),
		.visit = collect,
		.context = pairs };

	hisho_database_walk(database, &all, &error);
	g_assert_no_error(error);
	return g_string_free(pairs, FALSE);
}

static void
test_what_is_not_there_reads_as_empty(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *missing = g_build_filename(directory, "no", NULL);

	store_assert(directory, "key", NULL);
	store_assert(missing, "key", NULL);
	g_assert_false(g_file_test(missing, G_FILE_TEST_EXISTS));
	g_autoptr(HishoDatabase) database = store_read(missing);
	g_autofree char *all = walk(database, "");
	g_assert_cmpstr(all, ==, "");
	g_assert_true(hisho_database_verify(missing, STORE_WAIT_MS, NULL));
}

static void
test_a_writer_makes_the_directory_private(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *inner = g_build_filename(directory, "a/b", NULL);
	mode_t before = umask(0777);

	store_put_and_commit(inner, "key", "value");
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
	store_put_and_commit(directory, "key", "value");
	g_assert_cmpuint(umask(before), ==, 0077);
	g_assert_cmpuint(scratch_mode(directory, "reputation.db"), ==, 0660);
	g_assert_cmpuint(scratch_mode(directory, "gate"), ==, 0660);
	g_assert_cmpuint(scratch_mode(directory, "log.0000000001"), ==, 0660);
}

static bool
refuses_unreadable(const char *directory)
{
	store_assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: */hisho-test-*: Permission denied: it "
	    "belongs to '*' alone");
	return true;
}

static bool
refuses_strangers(const char *directory)
{
	store_assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: */hisho-test-*: Permission denied: it "
	    "is for members of the group '65533'*");
	return true;
}

static bool
writes_with_a_closed_umask(const char *directory)
{
	umask(0777);
	store_put_and_commit(directory, "key", "value");
	return true;
}

static bool
dies_with_a_closed_umask(const char *directory)
{
	umask(0777);
	return store_die_after_commit(directory);
}

static void
test_users_of_a_group_write_in_turn(void)
{
	enum { ONE = 65531, OTHER, GROUP };
	g_autoptr(ScratchDirectory) directory = scratch_new();

	if (geteuid() != 0) {
		g_test_skip("needs several users");
		return;
	}
	g_assert_cmpint(chown(directory, ONE, GROUP), ==, 0);
	g_assert_cmpint(g_chmod(directory, 02770), ==, 0);
	for (uid_t user = ONE; user <= OTHER; user++) {
		struct scratch_user who = { user, GROUP };
		g_assert_true(
		    scratch_as(who, writes_with_a_closed_umask, directory));
		g_assert_true(
		    scratch_as(who, dies_with_a_closed_umask, directory));
	}
	store_put_and_commit(directory, "key", "by root");
	struct scratch_user one = { ONE, GROUP };
	g_assert_true(scratch_as(one, writes_with_a_closed_umask, directory));
	struct scratch_user stranger = { SCRATCH_NOBODY, SCRATCH_NOBODY };
	g_assert_true(scratch_as(stranger, refuses_strangers, directory));
	store_assert(directory, "key", "value");
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
	store_put_and_commit(directory, "key", "value");
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
test_an_unreadable_directory_is_no_empty_one(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	uid_t user = geteuid() == 0 ? SCRATCH_NOBODY : 0;

	store_put_and_commit(directory, "key", "value");
	g_assert_cmpint(g_chmod(directory, 0), ==, 0);
	g_assert_true(scratch_in_child(user, refuses_unreadable, directory));
	g_assert_cmpint(g_chmod(directory, 0700), ==, 0);
}

static void
test_db_config_is_refused(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();

	store_put_and_commit(directory, "key", "value");
	scratch_write(directory, "DB_CONFIG", "set_lg_dir /tmp\n");
	store_assert_refused(directory, HISHO_ERROR_CONFIG, "/*/DB_CONFIG: *");
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
	store_put_and_commit(directory, "key", "value");
	store_assert(directory, "key", "value");
	g_assert_cmpint(g_chdir(before), ==, 0);
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
		store_assert_refused(directory, HISHO_ERROR_CONFIG, pattern);
		g_autofree char *text = scratch_read(directory, "target");
		g_assert_cmpstr(text, ==, "untouched");
		g_unlink(path);
		g_assert_cmpint(mkfifo(path, 0600), ==, 0);
		store_assert_refused(directory, HISHO_ERROR_CONFIG, pattern);
	}
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{ "what-is-not-there-reads-as-empty",
	    test_what_is_not_there_reads_as_empty },
	{ "a-writer-makes-the-directory-private",
	    test_a_writer_makes_the_directory_private },
	{ "a-shared-directory-makes-files-for-the-group",
	    test_a_shared_directory_makes_files_for_the_group },
	{ "users-of-a-group-write-in-turn",
	    test_users_of_a_group_write_in_turn },
	{ "root-writes-as-the-owner", test_root_writes_as_the_owner },
	{ "an-unreadable-directory-is-no-empty-one",
	    test_an_unreadable_directory_is_no_empty_one },
	{ "db-config-is-refused", test_db_config_is_refused },
	{ "db-config-in-the-working-directory-is-not-read",
	    test_db_config_in_the_working_directory_is_not_read },
	{ "links-and-other-things-are-not-followed",
	    test_links_and_other_things_are_not_followed },
};

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path =
		    g_strconcat("/place/", tests[i].name, NULL);
		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
