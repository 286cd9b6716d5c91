/* Another file in the place of the database: old or new, whoever is killed
 * and whatever fails on the way. */
#include "libhisho/store/backup.h"
#include "libhisho/store/load.h"
#include "libhisho/store/shrink.h"

#include "tests/unit/fault.h"
#include "tests/unit/store.h"

/* A directory, and beside it what is to come there. */
typedef struct {
	char *directory;
	char *backup;
	char *dump;
} Scene;

static void
make_scene(Scene *scene, const char *scratch)
{
	g_autofree char *other = g_build_filename(scratch, "other", NULL);
	g_autofree char *number = g_strnfill(3000, '7');

	scene->directory = g_build_filename(scratch, "database", NULL);
	scene->backup = g_build_filename(scratch, "backup", NULL);
	scene->dump = g_build_filename(scratch, "dump", NULL);
	store_put_and_commit(other, "key", "new");
	store_put_and_commit(other, "zeal", number);
	const HishoBackup backup = { other, scene->backup, STORE_WAIT_MS };
	g_assert_cmpint(hisho_backup(&backup, NULL), >, 4096);
	scratch_write(scratch, "dump",
	    HISHO_DUMP_FIRST "\nkey\tnew\nschema\t1\n" HISHO_DUMP_LAST "2\n");
}

static void
clear_scene(Scene *scene)
{
	g_free(scene->directory);
	g_free(scene->backup);
	g_free(scene->dump);
}

static bool
restore(const Scene *scene)
{
	const HishoBackup backup = { scene->directory, scene->backup,
		STORE_WAIT_MS };
	g_autofree char *kept = NULL;

	return hisho_restore(&backup, &kept, NULL);
}

static bool
load(const Scene *scene)
{
	FILE *text = fopen(scene->dump, "re");
	gint64 records =
	    hisho_load(scene->directory, STORE_WAIT_MS, text, NULL);

	fclose(text);
	return records == 2;
}

/* What was there before. */
static void
put_old(const Scene *scene)
{
	store_put_and_commit(scene->directory, "key", "old");
}

static void
put_old_and_die(const Scene *scene)
{
	pid_t child = scratch_fork();

	if (child == 0) {
		HishoDatabase *database = store_write(scene->directory);
		store_put(database, "key", "old");
		_exit(hisho_database_commit(database, NULL) ? 0 : 1);
	}
	waitpid(child, NULL, 0);
}

static void
put_nothing(const Scene *scene)
{
	g_autoptr(HishoDatabase) database = store_write(scene->directory);

	g_assert_true(hisho_database_commit(database, NULL));
}

static void
put_many(const Scene *scene)
{
	HishoDatabase *database = store_write(scene->directory);
	g_autofree char *value = g_strnfill(500, '8');

	for (int i = 0; i < 60; i++) {
		g_autofree char *key = g_strdup_printf("many %d", i);
		store_put(database, key, value);
	}
	store_put(database, "key", "old");
	store_put(database, "stays", "here");
	store_commit(database);
}

/* A shrunk database has no other content, so that is changed before. */
static bool
change_and_shrink(const Scene *scene)
{
	g_autoptr(HishoDatabase) database = hisho_database_open_for_writing(
	    scene->directory, STORE_WAIT_MS, NULL);

	if (database == NULL ||
	    !hisho_database_put(
		database, hisho_slice("key"), hisho_slice("new"), NULL) ||
	    hisho_database_delete(database, hisho_slice("many 7"), NULL) ==
		HISHO_CHANGE_FAILED ||
	    !hisho_database_commit(database, NULL))
		return false;
	hisho_database_close(g_steal_pointer(&database));
	return hisho_shrink(scene->directory, NULL);
}

static const struct sort {
	const char *name;
	void (*prepare)(const Scene *scene);
	bool (*deed)(const Scene *scene);
	const char *old;
	const char *stays;
} sorts[] = {
	{ "a-restore", put_old, restore, "old", NULL },
	{ "a-restore-over-a-cut-short-change", put_old_and_die, restore, "old",
	    NULL },
	{ "a-load", put_nothing, load, NULL, NULL },
	{ "a-shrinking", put_many, change_and_shrink, "old", "here" },
};

/* Does the deed in a child with the fault; its status, and bit 2 when it
 * came to its end before the fault. */
static int
attempt(const struct sort *sort, const Scene *scene)
{
	int status;
	pid_t child = scratch_fork();

	if (child == 0) {
		fault.calls = 0;
		bool done = sort->deed(scene);
		_exit((done ? 0 : 1) |
		    (fault.calls < MAX(fault.death, fault.failure) ? 2 : 0));
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Whether the next who looks finds the new database; else it is the old. */
static bool
is_new(const struct sort *sort, const Scene *scene)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *value = NULL;
	{
		g_autoptr(HishoDatabase) database =
		    store_read(scene->directory);
		value = store_get(database, "key");
	}
	hisho_database_verify(scene->directory, STORE_WAIT_MS, &error);
	g_assert_no_error(error);
	store_put_and_commit(scene->directory, "later", "vote");
	store_assert(scene->directory, "key", value);
	store_assert(scene->directory, "stays", sort->stays);
	g_autofree char *next =
	    g_build_filename(scene->directory, "reputation.db.next", NULL);
	g_assert_false(g_file_test(next, G_FILE_TEST_EXISTS));
	if (g_strcmp0(value, "new") != 0)
		g_assert_cmpstr(value, ==, sort->old);
	return g_strcmp0(value, "new") == 0;
}

/* With faults at every call, until one comes too late; how many found the
 * old, and the new. */
static void
try_all(const struct sort *sort, int death, int reason)
{
	int found[2] = { 0 };

	for (int i = 1;; i++) {
		g_autoptr(ScratchDirectory) scratch = scratch_new();
		Scene scene;
		fault.death = fault.failure = 0;
		make_scene(&scene, scratch);
		sort->prepare(&scene);
		*(death ? &fault.death : &fault.failure) = i;
		fault.reason = reason;
		int status = attempt(sort, &scene);
		fault.death = fault.failure = 0;
		bool new = is_new(sort, &scene);
		clear_scene(&scene);
		g_assert_true(new || (status & 1) != 0);
		found[new]++;
		if ((status & 2) != 0)
			break;
	}
	g_assert_cmpint(found[0], >, 2);
	g_assert_cmpint(found[1], >, 3);
}

static void
test_whoever_is_killed_leaves_old_or_new(gconstpointer sort)
{
	try_all(sort, true, 0);
}

static void
test_a_full_disk_leaves_old_or_new(gconstpointer sort)
{
	try_all(sort, false, ENOSPC);
}

static void
test_a_dead_disk_leaves_old_or_new(gconstpointer sort)
{
	try_all(sort, false, EIO);
}

static void
test_what_was_there_is_kept(void)
{
	g_autoptr(ScratchDirectory) scratch = scratch_new();
	Scene scene;

	make_scene(&scene, scratch);
	put_old_and_die(&scene);
	for (int i = 0; i < 3; i++) {
		g_assert_true(restore(&scene));
		store_assert(scene.directory, "key", "new");
	}
	const struct {
		const char *kept, *value;
	} all[] = { { ".before", "old" }, { ".before.2", "new" },
		{ ".before.3", "new" } };
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autofree char *kept = g_strconcat(scene.directory,
		    "/"
		    "reputation.db",
		    all[i].kept, NULL);
		const HishoBackup back = { scene.directory, kept,
			STORE_WAIT_MS };
		g_autofree char *name = NULL;
		g_assert_true(hisho_restore(&back, &name, NULL));
		store_assert(scene.directory, "key", all[i].value);
	}
	clear_scene(&scene);
}

static void
test_nothing_dead_is_left_lying_about(void)
{
	g_autoptr(ScratchDirectory) scratch = scratch_new();
	Scene scene;
	int entries = 0;

	make_scene(&scene, scratch);
	put_nothing(&scene);
	fault.death = 5;
	g_assert_cmpint(attempt(&sorts[2], &scene) & 1, ==, 1);
	fault.death = 0;
	g_assert_true(load(&scene));
	g_autoptr(GDir) directory = g_dir_open(scene.directory, 0, NULL);
	while (g_dir_read_name(directory) != NULL)
		entries++;
	g_assert_cmpint(entries, ==, 3);
	clear_scene(&scene);
}

int
main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		GTestDataFunc test;
	} ways[] = {
		{ "leaves-old-or-new-when-killed",
		    test_whoever_is_killed_leaves_old_or_new },
		{ "leaves-old-or-new-on-a-full-disk",
		    test_a_full_disk_leaves_old_or_new },
		{ "leaves-old-or-new-on-a-dead-disk",
		    test_a_dead_disk_leaves_old_or_new },
	};

	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(sorts); i++)
		for (gsize j = 0; j < G_N_ELEMENTS(ways); j++) {
			g_autofree char *path = g_strconcat("/replace/",
			    sorts[i].name, "-", ways[j].name, NULL);
			/* Where others may be at fault it waits for them. */
			if (j == 0 || sorts[i].stays == NULL)
				g_test_add_data_func(
				    path, &sorts[i], ways[j].test);
		}
	g_test_add_func(
	    "/replace/what-was-there-is-kept", test_what_was_there_is_kept);
	g_test_add_func("/replace/nothing-dead-is-left-lying-about",
	    test_nothing_dead_is_left_lying_about);
	return g_test_run();
}
