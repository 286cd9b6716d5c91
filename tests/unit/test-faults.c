/* A vote while disks fail: whole or not at all, and the failure is told. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "libhisho/store/ledger.h"
#include "libhisho/store/rebuild.h"

#include "tests/unit/store.h"

/* Which of the calls below fails, counted from 1; 0 for none. */
static struct {
	int at;
	bool once; /* else all later ones too */
	int reason;
	int calls;
} fault;

static bool
fails(void)
{
	fault.calls++;
	if (fault.at == 0 || fault.calls < fault.at ||
	    (fault.once && fault.calls > fault.at))
		return false;
	errno = fault.reason;
	return true;
}

/* These stand before the C library's, for Berkeley DB as well. */
ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	return fails() ? -1 : syscall(SYS_write, fd, bytes, length);
}

int
fdatasync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

static HishoReceipt *
make_receipt(int mail)
{
	HishoReceipt *receipt = hisho_receipt_new();

	receipt->user = g_strdup("uid:1");
	receipt->digest = g_strdup_printf("%d", mail);
	receipt->host = g_strdup_printf("192.0.2.%d", mail % 256);
	receipt->from = g_strdup_printf("a%d@b.example", mail);
	receipt->from_domain = g_strdup("b.example");
	receipt->received = 1;
	receipt->vote = g_strdup("trust");
	receipt->reply_to = g_strnfill(900, 'r');
	return receipt;
}

/* Receives and votes; whether that was acknowledged.  If not, ERROR. */
static bool
vote(const char *directory, int mail, GError **error)
{
	g_autoptr(HishoReceipt) receipt = make_receipt(mail);
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(directory, STORE_WAIT_MS, error);

	return database != NULL &&
	    hisho_ledger_record(database, receipt, error) !=
	    HISHO_CHANGE_FAILED &&
	    hisho_ledger_vote(database, receipt, error) !=
	    HISHO_CHANGE_FAILED &&
	    hisho_database_commit(database, error);
}

/* How a child that votes ends. */
enum { ACKNOWLEDGED, TOLD, UNTOLD, UNTOUCHED = 4 };

static int
vote_in_child(const char *directory, int mail)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		g_autoptr(GError) error = NULL;
		fault.calls = 0;
		bool done = vote(directory, mail, &error);
		_exit((done		      ? ACKNOWLEDGED
			      : error != NULL ? TOLD
					      : UNTOLD) |
		    (fault.calls < fault.at ? UNTOUCHED : 0));
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The next run works and finds the vote if it was ACKNOWLEDGED, or else
 * finds it whole or not at all. */
static void
assert_in_order(const char *directory, int mail, bool acknowledged)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) like = make_receipt(mail);
	g_autoptr(HishoDatabase) database = store_write(directory);
	g_autoptr(HishoReceipt) found =
	    hisho_ledger_find(database, like, &error);

	g_assert_no_error(error);
	if (acknowledged)
		g_assert_nonnull(found);
	if (found != NULL)
		g_assert_cmpstr(found->vote, ==, "trust");
	g_autoptr(GPtrArray) differences = hisho_rebuild(database, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(differences->len, ==, 0);
}

static const struct {
	const char *name;
	bool once;
	int reason;
} faults[] = {
	{ "a-write-error-loses-nothing-acknowledged", true, EIO },
	{ "a-moment-of-a-full-disk-loses-nothing-acknowledged", true, ENOSPC },
	{ "a-dead-disk-loses-nothing-acknowledged", false, EIO },
	{ "a-full-disk-loses-nothing-acknowledged", false, ENOSPC },
	{ "a-spent-quota-loses-nothing-acknowledged", false, EDQUOT },
};

/* Fails the first, the second ... write of a vote, and then the same of the
 * recovery that follows, until a vote needs no more. */
static void
test_fault(gconstpointer data)
{
	gsize which = GPOINTER_TO_SIZE(data);
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	int told = 0, last = 0;

	g_assert_true(vote(directory, 0, &error));
	for (int i = 1; !(last & UNTOUCHED); i++) {
		fault.at = i;
		fault.once = faults[which].once;
		fault.reason = faults[which].reason;
		last = vote_in_child(directory, i);
		bool acknowledged = (last & ~UNTOUCHED) == ACKNOWLEDGED;
		g_assert_cmpint(last & UNTOLD, ==, 0);
		told += last == TOLD;
		g_assert_cmpint(vote_in_child(directory, i) & UNTOLD, ==, 0);
		fault.at = 0;
		assert_in_order(directory, i, acknowledged);
	}
	g_assert_cmpint(told, >, 2);
	g_assert_true(hisho_database_verify(directory, STORE_WAIT_MS, &error));
	g_assert_no_error(error);
}

/* Votes under a limit until nothing is acknowledged for a while. */
static bool
vote_to_the_limit(const char *directory)
{
	g_autofree char *limit_text = scratch_read(directory, "limit");
	rlim_t limit = (rlim_t)g_ascii_strtoull(limit_text, NULL, 10);
	const struct rlimit limits = { limit, limit };
	int mail = 1;

	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limits), ==, 0);
	for (int failures = 0; failures < 3;)
		if (vote(directory, mail, NULL))
			mail++;
		else
			failures++;
	g_autofree char *text = g_strdup_printf("%d", mail);
	scratch_write(directory, "next", text);
	return true;
}

static void
assert_all_there(const char *directory, int from, int to)
{
	g_autoptr(HishoDatabase) database = store_read(directory);

	for (int mail = from; mail < to; mail++) {
		g_autoptr(HishoReceipt) like = make_receipt(mail);
		g_autoptr(HishoReceipt) found =
		    hisho_ledger_find(database, like, NULL);
		g_assert_nonnull(found);
		g_assert_cmpstr(found->vote, ==, "trust");
	}
}

/* A limit that is no whole number of pages leaves half a page behind; one
 * larger than a log file does so in the database. */
static void
test_a_file_limit_loses_nothing_acknowledged(void)
{
	static const int limits[] = { 9000, 16384, 25001, 300001 };

	for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autofree char *limit = g_strdup_printf("%d", limits[i]);
		scratch_write(directory, "limit", limit);
		g_assert_true(
		    scratch_in_child(0, vote_to_the_limit, directory));
		g_autofree char *text = scratch_read(directory, "next");
		assert_all_there(directory, 1, atoi(text));
		assert_in_order(directory, atoi(text), false);
		g_assert_true(vote(directory, 1000, NULL));
		g_assert_true(
		    hisho_database_verify(directory, STORE_WAIT_MS, NULL));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autofree char *path =
		    g_strconcat("/store/", faults[i].name, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_fault);
	}
	g_test_add_func("/store/a-file-limit-loses-nothing-acknowledged",
	    test_a_file_limit_loses_nothing_acknowledged);
	return g_test_run();
}
