#include <fcntl.h>
#include <sys/fsuid.h>

#include "tests/unit/store.h"

enum { OWNER = 65531, CALLER, GROUP };

static bool
writes(const char *directory)
{
	store_put_and_commit(directory, "key", "value");
	return true;
}

static bool
is_shut_out(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, "gate", NULL);

	return setfsgid((gid_t)-1) == CALLER && open(path, O_RDONLY) < 0;
}

/* The caller of a set-gid program that laid its group aside. */
static void
become_caller(void)
{
	g_assert_cmpint(setgroups(0, NULL), ==, 0);
	g_assert_cmpint(setresgid(CALLER, CALLER, GROUP), ==, 0);
	g_assert_cmpint(setresuid(CALLER, CALLER, CALLER), ==, 0);
}

static bool
writes_by_the_group_alone(const char *directory)
{
	become_caller();
	if (!is_shut_out(directory))
		return false;
	writes(directory);
	store_assert(directory, "key", "value");
	return is_shut_out(directory);
}

static bool
holds_the_group_while_open(const char *directory)
{
	become_caller();
	g_autoptr(HishoDatabase) database = store_read(directory);
	return setfsgid((gid_t)-1) == GROUP;
}

static bool
holds_its_own_while_open(const char *directory)
{
	become_caller();
	g_autoptr(HishoDatabase) database = store_read(directory);
	return setfsgid((gid_t)-1) == CALLER;
}

/* DIRECTORY becomes OWNER's and GROUP's; false where only root could. */
static bool
give(const char *directory, struct scratch_user who, mode_t mode)
{
	if (geteuid() != 0) {
		g_test_skip("needs several users");
		return false;
	}
	g_assert_cmpint(chown(directory, who.user, who.group), ==, 0);
	g_assert_cmpint(g_chmod(directory, mode), ==, 0);
	return true;
}

static void
test_a_set_gid_program_writes_by_its_group(void)
{
	static const mode_t modes[] = { 0770, 02770 };

	for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		const struct scratch_user owner = { OWNER, GROUP };

		if (!give(directory, owner, modes[i]))
			return;
		g_assert_true(scratch_as(owner, writes, directory));
		g_assert_true(
		    scratch_in_child(0, writes_by_the_group_alone, directory));
		g_assert_cmpuint(
		    scratch_mode(directory, "reputation.db"), ==, 0660);
		g_assert_true(
		    scratch_in_child(0, holds_the_group_while_open, directory));
	}
}

static void
test_in_other_directories_the_group_is_laid_aside(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	const struct scratch_user owner = { OWNER, OWNER };

	if (!give(directory, owner, 0755))
		return;
	g_assert_true(scratch_in_child(0, holds_its_own_while_open, directory));
}

static bool
is_no_place_for_all(const char *directory)
{
	store_assert_refused(directory, HISHO_ERROR_CONFIG,
	    "*: anybody could put a database of his own there: chmod o-w *");
	return true;
}

static bool
is_no_place_for_a_lent_group(const char *directory)
{
	become_caller();
	store_assert_refused(directory, HISHO_ERROR_CONFIG,
	    "*: users could change the files that the tools make for them: "
	    "chmod o-rwx *");
	return true;
}

static void
test_others_must_not_get_in(void)
{
	const struct scratch_user owner = { OWNER, GROUP };
	static const mode_t modes[] = { 0707, 02777, 03777 };

	for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		if (!give(directory, owner, modes[i]))
			return;
		g_assert_true(
		    scratch_as(owner, is_no_place_for_all, directory));
		g_assert_true(
		    scratch_in_child(0, is_no_place_for_all, directory));
	}
	g_autoptr(ScratchDirectory) directory = scratch_new();
	give(directory, owner, 02771);
	g_assert_true(scratch_as(owner, writes, directory));
	g_assert_true(
	    scratch_in_child(0, is_no_place_for_a_lent_group, directory));
}

static void
become_member(void)
{
	const gid_t groups[] = { GROUP };

	g_assert_cmpint(setgroups(1, groups), ==, 0);
	g_assert_cmpint(setgid(CALLER), ==, 0);
	g_assert_cmpint(setuid(CALLER), ==, 0);
}

static bool
does_not_write_as_a_member(const char *directory)
{
	g_autoptr(GError) error = NULL;

	become_member();
	g_assert_null(
	    hisho_database_open_for_writing(directory, STORE_WAIT_MS, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
	return g_pattern_match_simple(
	    "*/hisho-test-*: what is made there would not be its group's, "
	    "'65533': chmod g+s *",
	    error->message);
}

static bool
is_told_to_mend_the_files(const char *directory)
{
	become_member();
	store_assert_refused(directory, HISHO_ERROR_TEMPORARY,
	    "reputation unavailable: *: Permission denied: all of '*' must be "
	    "the group's: chgrp -R 65533, chmod -R g+rwX *");
	return true;
}

static void
test_a_group_needs_the_set_gid_bit(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	const struct scratch_user owner = { OWNER, GROUP };

	if (!give(directory, owner, 0770))
		return;
	g_assert_true(
	    scratch_in_child(0, does_not_write_as_a_member, directory));
	g_assert_true(scratch_as(owner, writes, directory));
}

static void
test_what_was_personal_is_to_be_opened(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	const struct scratch_user owner = { OWNER, OWNER };
	const struct scratch_user shared = { OWNER, GROUP };

	if (!give(directory, owner, 0700))
		return;
	g_assert_true(scratch_as(owner, writes, directory));
	g_assert_true(give(directory, shared, 02770));
	g_assert_true(
	    scratch_in_child(0, is_told_to_mend_the_files, directory));
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{ "a-set-gid-program-writes-by-its-group",
	    test_a_set_gid_program_writes_by_its_group },
	{ "in-other-directories-the-group-is-laid-aside",
	    test_in_other_directories_the_group_is_laid_aside },
	{ "others-must-not-get-in", test_others_must_not_get_in },
	{ "a-group-needs-the-set-gid-bit", test_a_group_needs_the_set_gid_bit },
	{ "what-was-personal-is-to-be-opened",
	    test_what_was_personal_is_to_be_opened },
};

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path =
		    g_strconcat("/rights/", tests[i].name, NULL);
		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
