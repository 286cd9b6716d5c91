/* scratch.h - directories and children for tests of the store */
#pragma once

#include <fcntl.h>
#include <ftw.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Who an ordinary user is when the test is root. */
#define SCRATCH_NOBODY 65534

static inline char *
scratch_new(void)
{
	char *directory = g_strdup("/tmp/hisho-test-XXXXXX");

	g_assert_nonnull(g_mkdtemp(directory));
	return directory;
}

static inline int
scratch_unlink(
    const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline void
scratch_free(char *directory)
{
	nftw(directory, scratch_unlink, 16, FTW_DEPTH | FTW_PHYS);
	g_free(directory);
}

typedef char ScratchDirectory;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScratchDirectory, scratch_free)

/* A child that does not outlive a test that fails. */
static inline pid_t
scratch_fork(void)
{
	pid_t child = fork();

	if (child == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

struct scratch_user {
	uid_t user; /* 0 for who we are */
	gid_t group;
};

/* Whether BODY, run in a child as WHO, returns true. */
static inline bool
scratch_as(struct scratch_user who, bool (*body)(const char *directory),
    const char *directory)
{
	pid_t child = scratch_fork();
	int status;

	if (child == 0) {
		if (who.user != 0 &&
		    (setgroups(0, NULL) != 0 || setgid(who.group) != 0 ||
			setuid(who.user) != 0))
			_exit(2);
		_exit(body(directory) ? 0 : 1);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0;
}

static inline bool
scratch_in_child(
    uid_t user, bool (*body)(const char *directory), const char *directory)
{
	return scratch_as((struct scratch_user){ user, user }, body, directory);
}

static inline mode_t
scratch_mode(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	struct stat status;

	return g_lstat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

static inline void
scratch_write(const char *directory, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static inline char *
scratch_read(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	return text;
}
