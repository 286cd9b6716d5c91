/* Linked with tests/hooks/cell.c: see there what X-Test-Cell does. */
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/cell/cell.h"
#include "libhisho/cell/sandbox.h"

/* Answers with the mail itself, after "delay=N" milliseconds if it says so. */
static GBytes *
echo(GBytes *mail, void *context)
{
	size_t length;
	const char *text = g_bytes_get_data(mail, &length);
	g_autofree char *head = g_strndup(text, MIN(length, 64));

	(void)context;
	if (g_str_has_prefix(head, "delay="))
		g_usleep((gulong)atoi(head + 6) * 1000);
	return g_bytes_ref(mail);
}

static HishoCellPlan
plan_of(unsigned n_workers, HishoCellWork work)
{
	HishoCellPlan plan = {
		.n_workers = n_workers,
		.work = work,
		.limits = HISHO_CELL_LIMITS_DEFAULT,
	};

	/* Generous, as a busy machine may be slow; what tests time shortens
	 * it. */
	plan.limits.wall_ms = 60000;
	plan.limits.cpu_ms = 60000;
	return plan;
}

static HishoCell *
cell_of(const HishoCellPlan *plan)
{
	g_autoptr(GError) error = NULL;
	HishoCell *cell = hisho_cell_new(plan, &error);

	g_assert_no_error(error);
	return cell;
}

static void
submit(HishoCell *cell, const char *text)
{
	g_autoptr(GBytes) mail = g_bytes_new(text, strlen(text));

	hisho_cell_submit(cell, mail);
}

static void
expect_answer(HishoCell *cell, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) answer = hisho_cell_next(cell, &error);

	g_assert_no_error(error);
	g_assert_null(hisho_cell_reason(cell));
	size_t length;
	const char *bytes = g_bytes_get_data(answer, &length);
	g_assert_cmpmem(bytes, length, text, strlen(text));
}

static void
expect_failure(HishoCell *cell, const char *reason)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_cell_next(cell, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_test_message("%s", error->message);
	g_assert_cmpstr(hisho_cell_reason(cell), ==, reason);
}

static void
test_answers_come_in_order(gconstpointer data)
{
	HishoCellPlan plan = plan_of(GPOINTER_TO_UINT(data), echo);
	g_autoptr(HishoCell) cell = cell_of(&plan);
	unsigned answered = 0;

	for (unsigned i = 0; i < 60; i++) {
		g_autofree char *text = g_strdup_printf(
		    "delay=%d mail %u", g_random_int_range(0, 6), i);
		g_autofree char *due = g_strdup_printf(" mail %u", answered);
		g_autoptr(GBytes) mail = g_bytes_new(text, strlen(text) + 1);

		if (hisho_cell_is_full(cell)) {
			g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
			g_assert_true(g_str_has_suffix(
			    g_bytes_get_data(answer, NULL), due));
			answered++;
		}
		hisho_cell_submit(cell, mail);
	}
	for (; !hisho_cell_is_empty(cell); answered++) {
		g_autofree char *due = g_strdup_printf(" mail %u", answered);
		g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
		g_assert_true(
		    g_str_has_suffix(g_bytes_get_data(answer, NULL), due));
	}
	g_assert_cmpuint(answered, ==, 60);
	g_assert_null(hisho_cell_next(cell, NULL));
}

static const struct {
	const char *word, *reason;
} damages[] = {
	{ "crash", "crash" },
	{ "loop", "cpu" },
	{ "sleep", "time" },
	{ "exit", "exit" },
	{ "kill", "killed" },
	{ "junk", "answer" },
	{ "flood", "answer" },
	{ "exec", "forbidden" },
#ifndef HISHO_SANITIZE
	{ "eat", "memory" },
#endif
};

static void
test_damage_costs_one_mail_only(gconstpointer data)
{
	HishoCellPlan plan = plan_of(GPOINTER_TO_UINT(data), echo);

	for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
		g_autofree char *text = g_strdup_printf(
		    "From: a@b.example\nX-Test-Cell: %s\n\nx", damages[i].word);
		HishoCellPlan this_plan = plan;

		g_test_message("%s", damages[i].word);
		if (strcmp(damages[i].reason, "cpu") == 0)
			this_plan.limits.cpu_ms = 50;
		if (strcmp(damages[i].reason, "time") == 0)
			this_plan.limits.wall_ms = 500;
		if (strcmp(damages[i].reason, "memory") == 0)
			this_plan.limits.memory_bytes = 64 << 20;
		g_autoptr(HishoCell) cell = cell_of(&this_plan);
		submit(cell, "one");
		submit(cell, text);
		submit(cell, "three");
		submit(cell, text);
		submit(cell, "five");
		expect_answer(cell, "one");
		expect_failure(cell, damages[i].reason);
		expect_answer(cell, "three");
		expect_failure(cell, damages[i].reason);
		expect_answer(cell, "five");
	}
}

/* Nothing is lost or swapped, however many are with the one that fails. */
static void
test_mails_behind_a_bad_one_are_read(gconstpointer data)
{
	static const char bad[] = "X-Test-Cell: crash\n\n";
	HishoCellPlan plan = plan_of(GPOINTER_TO_UINT(data), echo);
	g_autoptr(HishoCell) cell = cell_of(&plan);

	for (unsigned i = 0, next = 0; next < 90;) {
		g_autofree char *text = g_strdup_printf("mail %u", i);
		g_autofree char *due = g_strdup_printf("mail %u", next);
		if (i < 90 && !hisho_cell_is_full(cell))
			submit(cell, i++ % 7 == 3 ? bad : text);
		else if (next++ % 7 == 3)
			expect_failure(cell, "crash");
		else
			expect_answer(cell, due);
	}
	g_assert_true(hisho_cell_is_empty(cell));
}

/* A mail's time begins when those before it are answered. */
static void
test_mails_do_not_share_their_time(void)
{
	HishoCellPlan plan = plan_of(1, echo);

	plan.limits.wall_ms = 1000;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	for (int i = 0; i < 4; i++)
		submit(cell, "delay=400");
	for (int i = 0; i < 4; i++)
		expect_answer(cell, "delay=400");
}

/* Large mails are bounded by what they take, not by their number. */
static void
test_fewer_large_mails_are_inside(void)
{
	HishoCellPlan plan = plan_of(1, echo);
	unsigned n_small = 0, n_large = 0;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	g_autoptr(HishoCell) other = cell_of(&plan);
	g_autoptr(GBytes) small = g_bytes_new_static("x", 1);
	g_autoptr(GBytes) large = g_bytes_new_take(g_malloc0(4 << 20), 4 << 20);

	for (; !hisho_cell_is_full(cell); n_small++)
		hisho_cell_submit(cell, small);
	for (; !hisho_cell_is_full(other); n_large++)
		hisho_cell_submit(other, large);
	g_assert_cmpuint(n_large, <, n_small);
}

static void
test_an_answer_too_many_is_no_answer_to_the_next_mail(void)
{
	HishoCellPlan plan = plan_of(1, echo);
	g_autoptr(HishoCell) cell = cell_of(&plan);

	submit(cell, "one");
	submit(cell, "X-Test-Cell: early\n\n");
	submit(cell, "three");
	expect_answer(cell, "one");
	expect_answer(cell, "");
	expect_answer(cell, "three");
}

static GBytes *
answer_at_length(GBytes *mail, void *context)
{
	const size_t *length = context;

	(void)mail;
	return g_bytes_new_take(g_malloc0(*length), *length);
}

static void
test_an_answer_may_be_as_large_as_allowed(void)
{
	HishoCellPlan plan = plan_of(1, answer_at_length);
	size_t length = 1 << 20;

	plan.context = &length;
	plan.limits.answer_bytes = 1 << 20;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	submit(cell, "");
	g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
	g_assert_cmpuint(g_bytes_get_size(answer), ==, length);

	length++;
	g_autoptr(HishoCell) strict = cell_of(&plan);
	submit(strict, "");
	expect_failure(strict, "answer");
}

static void
test_large_mails_pass_both_ways(void)
{
	HishoCellPlan plan = plan_of(2, echo);
	size_t length = 25 << 20;

	plan.limits.answer_bytes = length;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	g_autofree char *text = g_malloc(length);
	memset(text, 'x', length);
	g_autoptr(GBytes) mail =
	    g_bytes_new_take(g_steal_pointer(&text), length);
	for (int i = 0; i < 3; i++)
		hisho_cell_submit(cell, mail);
	for (int i = 0; i < 3; i++) {
		g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
		g_assert_true(g_bytes_equal(answer, mail));
	}
}

/* Our oldest child, or the youngest: of a cell the keeper and a worker. */
static pid_t
child_of_ours(bool is_oldest)
{
	g_autofree char *path =
	    g_strdup_printf("/proc/self/task/%d/children", (int)getpid());
	g_autofree char *children = NULL;
	pid_t child = 0;

	if (!g_file_get_contents(path, &children, NULL, NULL))
		return 0;
	for (char *next = children; *g_strchug(next) != '\0';) {
		pid_t pid = (pid_t)strtol(next, &next, 10);
		if (child == 0 || !is_oldest)
			child = pid;
	}
	return child;
}

static void
kill_and_await(pid_t child)
{
	siginfo_t end;

	kill(child, SIGKILL);
	g_assert_cmpint(
	    waitid(P_PID, (id_t)child, &end, WEXITED | WNOWAIT), ==, 0);
}

/* A worker that dies while a large mail is on its way down to it. */
static void
test_death_in_the_middle_of_a_mail(void)
{
	HishoCellPlan plan = plan_of(1, echo);
	size_t length = 25 << 20;

	plan.limits.answer_bytes = length;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	submit(cell, "one");
	expect_answer(cell, "one");
	pid_t worker = child_of_ours(false);
	if (worker == 0) {
		g_test_skip("the kernel does not list children");
		return;
	}
	/* Stopped, it reads no more than the socket takes. */
	kill(worker, SIGSTOP);
	g_autoptr(GBytes) mail = g_bytes_new_take(g_malloc0(length), length);
	hisho_cell_submit(cell, mail);
	kill(worker, SIGKILL);
	/* It had read another mail, so this one has a second try. */
	g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
	g_assert_true(g_bytes_equal(answer, mail));
}

/* Killed between two mails, it costs none. */
static void
test_death_at_rest_costs_no_mail(void)
{
	HishoCellPlan plan = plan_of(1, echo);
	g_autoptr(HishoCell) cell = cell_of(&plan);

	submit(cell, "one");
	expect_answer(cell, "one");
	pid_t worker = child_of_ours(false);
	if (worker == 0) {
		g_test_skip("the kernel does not list children");
		return;
	}
	kill_and_await(worker);
	submit(cell, "two");
	expect_answer(cell, "two");
}

/* Whoever is there goes on; who goes cannot be replaced. */
static void
test_without_a_keeper_mails_fail_one_by_one(void)
{
	HishoCellPlan plan = plan_of(2, echo);
	g_autoptr(HishoCell) cell = cell_of(&plan);

	submit(cell, "one");
	expect_answer(cell, "one");
	pid_t keeper = child_of_ours(true);
	if (keeper == 0) {
		g_test_skip("the kernel does not list children");
		return;
	}
	kill_and_await(keeper);
	submit(cell, "two");
	submit(cell, "three");
	expect_answer(cell, "two");
	expect_answer(cell, "three");
	submit(cell, "X-Test-Cell: crash\n\n");
	expect_failure(cell, "start");
	submit(cell, "five");
	expect_failure(cell, "start");
}

/* It has a keeper and nothing else until it is needed. */
static void
test_a_spare_cell_waits_for_its_first_mail(void)
{
	HishoCellPlan plan = plan_of(1, echo);

	plan.is_spare = true;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	g_assert_cmpint(child_of_ours(true), ==, child_of_ours(false));
	submit(cell, "one");
	expect_answer(cell, "one");
}

/* All of a cell must be gone soon after its owner. */
static void
test_nobody_outlives_the_owner(void)
{
	HishoCellPlan plan = plan_of(2, echo);
	unsigned n_dead = 0;

	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	pid_t owner = fork();
	if (owner == 0) {
		HishoCell *cell = cell_of(&plan);
		submit(cell, "one");
		expect_answer(cell, "one");
		submit(cell, "X-Test-Cell: sleep\n\n");
		submit(cell, "X-Test-Cell: loop\n\n");
		g_usleep(50 * 1000);
		raise(SIGKILL);
	}
	/* Workers and keeper become our children; all must end. */
	while (waitpid(-1, NULL, 0) > 0)
		n_dead++;
	prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
	g_assert_cmpuint(n_dead, >=, 3);
}

static GBytes *
probe(GBytes *mail, void *context)
{
	GString *found = g_string_new(NULL);

	(void)mail;
	(void)context;
	if (open("/etc/passwd", O_RDONLY) >= 0)
		g_string_append(found, "open ");
	if (open("/tmp/hisho-cell", O_WRONLY | O_CREAT, 0600) >= 0)
		g_string_append(found, "create ");
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
		g_string_append(found, "socket ");
	if (iconv_open("UTF-8", "EUC-KR") != (iconv_t)-1)
		g_string_append(found, "iconv ");
	for (int fd = 4; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			g_string_append_printf(found, "fd%d ", fd);
	return g_string_free_to_bytes(found);
}

static void
test_nothing_can_be_opened(void)
{
	HishoCellPlan plan = plan_of(1, probe);
	g_autoptr(HishoCell) cell = cell_of(&plan);

	submit(cell, "");
	expect_answer(cell, "");
}

static GBytes *
tell_environment(GBytes *mail, void *context)
{
	const char *const *secret = context;

	(void)mail;
	return g_bytes_new(*secret, strlen(*secret));
}

static void
test_late_workers_know_no_more_than_early_ones(void)
{
	const char *secret = "nothing";
	HishoCellPlan plan = plan_of(1, tell_environment);

	plan.context = &secret;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	secret = "a key";
	submit(cell, "X-Test-Cell: kill\n\n");
	expect_failure(cell, "killed");
	submit(cell, "");
	expect_answer(cell, "nothing");
}

static void
open_converter(void *context)
{
	iconv_t *converter = context;

	*converter = iconv_open("UTF-8", "ISO-2022-JP");
}

static GBytes *
convert(GBytes *mail, void *context)
{
	iconv_t *converter = context;
	size_t left;
	char *from =
	    g_memdup2(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
	char utf8[64], *to = utf8;
	size_t room = sizeof utf8;

	left = g_bytes_get_size(mail);
	iconv(*converter, &from, &left, &to, &room);
	return g_bytes_new(utf8, sizeof utf8 - room);
}

static void
test_what_was_prepared_works_inside(void)
{
	iconv_t converter;
	HishoCellPlan plan = plan_of(1, convert);

	plan.prepare = open_converter;
	plan.context = &converter;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	submit(cell, "\033$BHk=q\033(B");
	expect_answer(cell, "秘書");
	submit(cell, "X-Test-Cell: crash\n\n");
	expect_failure(cell, "crash");
	submit(cell, "\033$BHk=q\033(B");
	expect_answer(cell, "秘書");
}

static void
test_pipes_are_not_kept_open(void)
{
	int pipe_fd[2];
	char byte;
	HishoCellPlan plan = plan_of(2, echo);

	g_assert_cmpint(pipe(pipe_fd), ==, 0);
	int output = dup(STDOUT_FILENO);
	dup2(pipe_fd[1], STDOUT_FILENO);
	g_autoptr(HishoCell) cell = cell_of(&plan);
	dup2(output, STDOUT_FILENO);
	close(output);
	submit(cell, "one");
	expect_answer(cell, "one");
	close(pipe_fd[1]);
	g_assert_cmpint(read(pipe_fd[0], &byte, 1), ==, 0);
	close(pipe_fd[0]);
}

static void
test_nobody_is_left_behind(void)
{
	HishoCellPlan plan = plan_of(5, echo);

	for (int i = 0; i < 20; i++) {
		g_autoptr(HishoCell) cell = cell_of(&plan);
		for (int j = 0; j < i % 9; j++)
			submit(cell, "X-Test-Cell: sleep\n\n");
	}
	g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

/* The caller asks DNS for longer than a mail may take, while the worker waits
 * for somebody to read its answer. */
static void
test_absence_of_the_caller_is_forgiven(void)
{
	HishoCellPlan plan = plan_of(1, answer_at_length);
	size_t length = 4 << 20;

	plan.context = &length;
	plan.limits.wall_ms = 400;
	g_autoptr(HishoCell) cell = cell_of(&plan);
	submit(cell, "");
	g_usleep(800 * 1000);
	g_autoptr(GBytes) answer = hisho_cell_next(cell, NULL);
	g_assert_cmpuint(g_bytes_get_size(answer), ==, length);
}

static void
test_an_ignored_sigchld_hides_no_crash(void)
{
	HishoCellPlan plan = plan_of(1, echo);

	signal(SIGCHLD, SIG_IGN);
	g_autoptr(HishoCell) cell = cell_of(&plan);
	submit(cell, "X-Test-Cell: crash\n\n");
	expect_failure(cell, "crash");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (unsigned n = 1; n <= 5; n += n == 1 ? 1 : 3) {
		g_autofree char *order =
		    g_strdup_printf("/cell/answers-come-in-order/%u", n);
		g_autofree char *damage =
		    g_strdup_printf("/cell/damage-costs-one-mail-only/%u", n);
		g_test_add_data_func(
		    order, GUINT_TO_POINTER(n), test_answers_come_in_order);
		g_autofree char *behind = g_strdup_printf(
		    "/cell/mails-behind-a-bad-one-are-read/%u", n);
		g_test_add_data_func(behind, GUINT_TO_POINTER(n),
		    test_mails_behind_a_bad_one_are_read);
		g_test_add_data_func(damage, GUINT_TO_POINTER(n),
		    test_damage_costs_one_mail_only);
	}
#define ADD(name, test) g_test_add_func("/cell/" name, test)
	ADD("mails-do-not-share-their-time",
	    test_mails_do_not_share_their_time);
	ADD("fewer-large-mails-are-inside", test_fewer_large_mails_are_inside);
	ADD("an-answer-too-many-is-no-answer-to-the-next-mail",
	    test_an_answer_too_many_is_no_answer_to_the_next_mail);
	ADD("an-answer-may-be-as-large-as-allowed",
	    test_an_answer_may_be_as_large_as_allowed);
	ADD("large-mails-pass-both-ways", test_large_mails_pass_both_ways);
	ADD("death-in-the-middle-of-a-mail",
	    test_death_in_the_middle_of_a_mail);
	ADD("death-at-rest-costs-no-mail", test_death_at_rest_costs_no_mail);
	ADD("without-a-keeper-mails-fail-one-by-one",
	    test_without_a_keeper_mails_fail_one_by_one);
	ADD("a-spare-cell-waits-for-its-first-mail",
	    test_a_spare_cell_waits_for_its_first_mail);
	ADD("nobody-outlives-the-owner", test_nobody_outlives_the_owner);
	ADD("nothing-can-be-opened", test_nothing_can_be_opened);
	ADD("late-workers-know-no-more-than-early-ones",
	    test_late_workers_know_no_more_than_early_ones);
	ADD("what-was-prepared-works-inside",
	    test_what_was_prepared_works_inside);
	ADD("pipes-are-not-kept-open", test_pipes_are_not_kept_open);
	ADD("nobody-is-left-behind", test_nobody_is_left_behind);
	ADD("absence-of-the-caller-is-forgiven",
	    test_absence_of_the_caller_is_forgiven);
	ADD("an-ignored-sigchld-hides-no-crash",
	    test_an_ignored_sigchld_hides_no_crash);
	return g_test_run();
}
