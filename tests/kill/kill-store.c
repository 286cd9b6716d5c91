/* kill-store.c - kill processes that hold the database, and count the loss
 *
 *   kill-store [KILLS [PROCESSES]]
 *
 * Processes that each read or vote once are started all the time, and who
 * holds the lock is killed.  A child is one user at a time, so that it is
 * known which vote of his was acknowledged last and which may have been made
 * since. */
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "libhisho/store/ledger.h"
#include "libhisho/store/rebuild.h"
#include "libhisho/store/tally.h"

#include "tests/unit/scratch.h"

enum { MAILS = 40, PROCESSES = 32, MOST_PROCESSES = 256 };

/* A short run for every check; it ends at either. */
#define SHORT_KILLS 200
#define SHORT_US (6 * G_USEC_PER_SEC)

#define WAIT_MS 2000
#define HANG_US (5 * G_USEC_PER_SEC)

/* What can be stored of one vote; UNDONE is 0, the start. */
enum { UNDONE, TRUST, DISTRUST, VOTES };
static const char *const votes[] = { NULL, "trust", "distrust" };

/* All that children tell the parent, who outlives them. */
struct shared {
	gint acknowledged[MOST_PROCESSES][MAILS];
	gint attempted[MOST_PROCESSES][MAILS]; /* since: a bit for each */
	gint reads;
	gint writes;
	gint failures; /* neither done nor killed: timeouts */
	gint wrong;    /* reads that made no sense */
	gint holder;   /* who came into the room last and is in it */
};

/* For fcntl(), which cannot be given anything. */
static struct shared *watched;

struct test {
	char *directory;
	struct shared *shared;
	int n_processes;
	pid_t children[MOST_PROCESSES];
	gint64 started[MOST_PROCESSES];
	int kills;
	int hangs;
	gint64 slowest_us;
};

/* Stands before the C library's: tells the parent who gets the lock on the
 * first byte of the gate, at the very moment, and who gives it back. */
int
fcntl(int fd, int command, ...)
{
	va_list arguments;

	va_start(arguments, command);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	int status = (int)syscall(SYS_fcntl, fd, command, argument);
	const struct flock *range = argument;
	if (command == F_OFD_SETLK && status == 0 && range->l_start == 0)
		g_atomic_int_set(
		    &watched->holder, range->l_type == F_UNLCK ? 0 : getpid());
	return status;
}

static HishoReceipt *
make_receipt(int user, int mail)
{
	HishoReceipt *receipt = hisho_receipt_new();

	receipt->user = g_strdup_printf("uid:%d", user);
	receipt->digest = g_strdup_printf("digest%d", mail);
	receipt->host = g_strdup_printf("192.0.2.%d", mail);
	receipt->host_net = g_strdup("192.0.2.0/24");
	receipt->from = g_strdup("a@b.example");
	receipt->from_domain = g_strdup("b.example");
	receipt->sender = g_strdup_printf("sender%d@b.example", mail);
	receipt->received = 1;
	return receipt;
}

static bool
change(HishoDatabase *database, HishoReceipt *receipt, int vote)
{
	if (vote == UNDONE)
		return hisho_ledger_undo(database, receipt->user,
			   receipt->digest, NULL) != HISHO_CHANGE_FAILED;
	receipt->vote = g_strdup(votes[vote]);
	receipt->voted = 2;
	return hisho_ledger_record(database, receipt, NULL) !=
	    HISHO_CHANGE_FAILED &&
	    hisho_ledger_vote(database, receipt, NULL) != HISHO_CHANGE_FAILED;
}

static void
vote_once(struct test *test, int user)
{
	int mail = g_random_int_range(0, MAILS);
	int vote = g_random_int_range(0, VOTES);
	g_autoptr(HishoReceipt) receipt = make_receipt(user, mail);
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_writing(test->directory, WAIT_MS, NULL);
	gint *attempted = &test->shared->attempted[user][mail];

	if (database != NULL && change(database, receipt, vote)) {
		g_atomic_int_or((guint *)attempted, 1u << vote);
		if (hisho_database_commit(database, NULL)) {
			test->shared->acknowledged[user][mail] = vote;
			g_atomic_int_set(attempted, 0);
			g_atomic_int_inc(&test->shared->writes);
			return;
		}
	}
	g_atomic_int_inc(&test->shared->failures);
}

static bool
count_vote(const HishoReceipt *receipt, void *context)
{
	HishoShare share = hisho_receipt_share(receipt);
	HishoShare *sum = context;

	sum->messages += share.messages;
	sum->trusted += share.trusted;
	sum->distrusted += share.distrusted;
	return true;
}

/* Whether a user's records add up to his sums: that is, whether all that is
 * read belongs to one moment. */
static bool
makes_sense(HishoDatabase *database, int user)
{
	g_autoptr(HishoReceipt) receipt = make_receipt(user, 0);
	HishoAxes axes = hisho_receipt_axes(receipt);
	HishoShare sum = { 0 };
	HishoLedgerWalk walk = { receipt->user, count_vote, &sum };
	HishoStanding standing;

	return hisho_tally_standing(database, &axes, &standing, NULL) &&
	    hisho_ledger_walk(database, &walk, NULL) &&
	    sum.messages == standing.from.own.messages &&
	    sum.trusted == standing.from.own.trusted &&
	    sum.distrusted == standing.from.own.distrusted;
}

static void
read_once(struct test *test, int user)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_for_reading(test->directory, WAIT_MS, NULL);

	if (database == NULL)
		g_atomic_int_inc(&test->shared->failures);
	else if (makes_sense(database, user))
		g_atomic_int_inc(&test->shared->reads);
	else
		g_atomic_int_inc(&test->shared->wrong);
}

static void
start_child(struct test *test, int user)
{
	guint32 seed = g_random_int();
	pid_t child = fork();

	if (child == 0) {
		g_random_set_seed(seed);
		if (g_random_int_range(0, 3) == 0)
			read_once(test, user);
		else
			vote_once(test, user);
		_exit(0);
	}
	test->children[user] = child;
	test->started[user] = g_get_monotonic_time();
}

static void
note_end(struct test *test, int user)
{
	gint64 elapsed_us = g_get_monotonic_time() - test->started[user];

	test->children[user] = 0;
	test->slowest_us = MAX(test->slowest_us, elapsed_us);
}

/* Buries the dead and starts others in their place, unless it is ENDING.
 * Whether any is left. */
static bool
tend(struct test *test, bool ending)
{
	bool alive = false;

	for (int i = 0; i < test->n_processes; i++) {
		pid_t child = test->children[i];
		if (child != 0 && waitpid(child, NULL, WNOHANG) == child)
			note_end(test, i);
		if (test->children[i] == 0 && !ending)
			start_child(test, i);
		if (test->children[i] == 0)
			continue;
		alive = true;
		if (g_get_monotonic_time() - test->started[i] < HANG_US)
			continue;
		test->hangs++;
		kill(test->children[i], SIGKILL);
		waitpid(test->children[i], NULL, 0);
		note_end(test, i);
	}
	return alive;
}

/* Kills one who holds the lock, at any moment of his work. */
static void
kill_holder(struct test *test)
{
	pid_t holder = g_atomic_int_get(&watched->holder);

	if (holder == 0 || holder == getpid())
		return;
	g_usleep(g_random_int_range(0, 3000));
	if (g_atomic_int_compare_and_exchange(&watched->holder, holder, 0) &&
	    kill(holder, SIGKILL) == 0)
		test->kills++;
}

static void
run(struct test *test, int kills, gint64 until_us)
{
	while (test->kills < kills && g_get_monotonic_time() < until_us) {
		tend(test, false);
		kill_holder(test);
		g_usleep(g_random_int_range(0, 3000));
	}
	while (tend(test, true))
		g_usleep(1000);
}

/* The place of VOTE among votes. */
static int
find_vote(const char *vote)
{
	return vote == NULL		 ? UNDONE
	    : g_str_equal(vote, "trust") ? TRUST
					 : DISTRUST;
}

/* Votes that are neither the one acknowledged nor one attempted since. */
static int
count_lost(struct test *test, HishoDatabase *database)
{
	int lost = 0;

	for (int i = 0; i < test->n_processes * MAILS; i++) {
		int user = i / MAILS, mail = i % MAILS;
		g_autoptr(HishoReceipt) like = make_receipt(user, mail);
		g_autoptr(HishoReceipt) found =
		    hisho_ledger_find(database, like, NULL);
		int stored = find_vote(found == NULL ? NULL : found->vote);
		if (stored != test->shared->acknowledged[user][mail] &&
		    !(test->shared->attempted[user][mail] & 1 << stored))
			lost++;
	}
	return lost;
}

/* Prints a line of TAP. */
static bool
promise(int number, bool kept, const char *what)
{
	printf("%sok %d - %s\n", kept ? "" : "not ", number, what);
	return kept;
}

static bool
judge(struct test *test)
{
	const struct shared *shared = test->shared;
	HishoDatabase *database =
	    hisho_database_open_for_writing(test->directory, WAIT_MS, NULL);
	g_autoptr(GPtrArray) differences = hisho_rebuild(database, NULL);
	int lost = count_lost(test, database);
	hisho_database_close(database);
	bool whole = hisho_database_verify(test->directory, WAIT_MS, NULL);

	printf("1..5\n# %d reads, %d votes, %d gave up, slowest %d ms\n",
	    shared->reads, shared->writes, shared->failures,
	    (int)(test->slowest_us / 1000));
	bool good = promise(1, lost == 0, "no acknowledged vote is lost");
	good &= promise(2, test->hangs == 0, "nobody waits longer than 5 s");
	good &= promise(3, shared->wrong == 0, "all reads make sense");
	good &= promise(4, differences != NULL && differences->len == 0,
	    "a rebuild changes nothing");
	good &= promise(5, whole, "Berkeley DB finds the file whole");
	printf("kills %d hangs %d lost %d\n", test->kills, test->hangs, lost);
	return good;
}

int
main(int argc, char *argv[])
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	struct test test = { .directory = directory, .n_processes = PROCESSES };
	gint64 until_us =
	    argc > 1 ? G_MAXINT64 : g_get_monotonic_time() + SHORT_US;

	if (argc > 2)
		test.n_processes = CLAMP(atoi(argv[2]), 1, MOST_PROCESSES);
	test.shared = mmap(NULL, sizeof *test.shared, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	watched = test.shared;
	run(&test, argc > 1 ? atoi(argv[1]) : SHORT_KILLS, until_us);
	return judge(&test) ? EXIT_SUCCESS : EXIT_FAILURE;
}
