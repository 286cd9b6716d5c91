#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libhisho/cell/line.h"

/* The cell's end of a line, and the other one. */
typedef struct {
	HishoLine *line;
	int worker;
	GBytes *mail;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	int pair[2];

	(void)data;
	g_assert_cmpint(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
	fixture->line = hisho_line_new_take_fd(pair[0], 10);
	fixture->worker = pair[1];
	fixture->mail = g_bytes_new_static("mail", 4);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	hisho_line_free(fixture->line);
	g_bytes_unref(fixture->mail);
	close(fixture->worker);
}

static void
say(const Fixture *fixture, guint32 magic, guint32 number, const char *text)
{
	HishoFrame frame = { magic, number, strlen(text) };

	g_assert_cmpint(
	    write(fixture->worker, &frame, sizeof frame), ==, sizeof frame);
	g_assert_cmpint(write(fixture->worker, text, frame.length), ==,
	    (gssize)frame.length);
}

static void
greet(const Fixture *fixture)
{
	say(fixture, HISHO_FRAME_GREETING, 5, "");
	g_assert_cmpint(hisho_line_receive(fixture->line), ==, HISHO_LINE_OPEN);
	g_assert_cmpuint(hisho_line_walls(fixture->line), ==, 5);
}

static void
ask(const Fixture *fixture)
{
	hisho_line_put(fixture->line, fixture->mail, 7);
	g_assert_true(hisho_line_is_sending(fixture->line));
	hisho_line_send(fixture->line);
	g_assert_false(hisho_line_is_sending(fixture->line));
}

static void
expect_fault(const Fixture *fixture, const char *fault)
{
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_FAULT);
	g_assert_cmpstr(hisho_line_fault(fixture->line), ==, fault);
}

static void
expect_answer(const Fixture *fixture, const char *text)
{
	g_autoptr(GBytes) answer = hisho_line_take_answer(fixture->line);

	g_assert_cmpmem(g_bytes_get_data(answer, NULL),
	    g_bytes_get_size(answer), text, strlen(text));
}

static void
test_a_mail_goes_down_and_an_answer_up(Fixture *fixture, gconstpointer data)
{
	struct {
		HishoFrame frame;
		char text[8];
	} got;

	(void)data;
	greet(fixture);
	ask(fixture);
	g_assert_cmpint(
	    read(fixture->worker, &got, sizeof got), ==, sizeof got.frame + 4);
	g_assert_cmpuint(got.frame.magic, ==, HISHO_FRAME_MAIL);
	g_assert_cmpuint(got.frame.number, ==, 7);
	g_assert_cmpmem(got.text, got.frame.length, "mail", 4);

	g_assert_false(hisho_line_is_ready(fixture->line));
	say(fixture, HISHO_FRAME_ANSWER, 7, "0123456789");
	g_assert_true(hisho_line_is_ready(fixture->line));
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_ANSWER);
	expect_answer(fixture, "0123456789");
}

static void
put(const Fixture *fixture, guint32 number)
{
	hisho_line_put(fixture->line, fixture->mail, number);
}

static void
test_several_mails_are_on_the_line(Fixture *fixture, gconstpointer data)
{
	HishoLine *line = fixture->line;

	(void)data;
	greet(fixture);
	put(fixture, 7);
	put(fixture, 8);
	hisho_line_send(line);
	put(fixture, 9);
	say(fixture, HISHO_FRAME_ANSWER, 7, "a");
	say(fixture, HISHO_FRAME_ANSWER, 8, "");
	g_assert_cmpint(hisho_line_receive(line), ==, HISHO_LINE_ANSWER);
	expect_answer(fixture, "a");
	g_assert_true(hisho_line_is_ready(line));
	g_assert_cmpint(hisho_line_examine(line), ==, HISHO_LINE_ANSWER);
	expect_answer(fixture, "");
	g_assert_cmpint(hisho_line_examine(line), ==, HISHO_LINE_OPEN);
	g_assert_false(hisho_line_is_ready(line));
	/* The third is not yet sent. */
	say(fixture, HISHO_FRAME_ANSWER, 9, "");
	expect_fault(fixture, "answered before it was asked");
}

static void
test_answers_come_in_order(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	put(fixture, 7);
	put(fixture, 8);
	hisho_line_send(fixture->line);
	say(fixture, HISHO_FRAME_ANSWER, 8, "");
	expect_fault(fixture, "gave a malformed answer");
}

static void
test_many_mails_go_down_piece_by_piece(Fixture *fixture, gconstpointer data)
{
	enum { N_MAILS = 50, LENGTH = 20000 };
	g_autofree guint8 *text = g_malloc(LENGTH);
	HishoFrame frame;

	(void)data;
	for (guint32 i = 0; i < N_MAILS; i++) {
		memset(text, (int)i, LENGTH);
		g_autoptr(GBytes) mail = g_bytes_new(text, LENGTH);
		hisho_line_put(fixture->line, mail, i);
	}
	for (guint32 i = 0; i < N_MAILS; i++) {
		if (hisho_line_is_sending(fixture->line))
			hisho_line_send(fixture->line);
		g_assert_cmpint(
		    recv(fixture->worker, &frame, sizeof frame, MSG_WAITALL),
		    ==, sizeof frame);
		g_assert_cmpuint(frame.number, ==, i);
		g_assert_cmpuint(frame.length, ==, LENGTH);
		g_assert_cmpint(
		    recv(fixture->worker, text, 1, MSG_WAITALL), ==, 1);
		/* The rest must fit, so that nobody waits for anybody. */
		hisho_line_send(fixture->line);
		g_assert_cmpint(
		    recv(fixture->worker, text + 1, LENGTH - 1, MSG_WAITALL),
		    ==, LENGTH - 1);
		for (size_t at = 0; at < LENGTH; at++)
			g_assert_cmpuint(text[at], ==, i);
	}
	g_assert_false(hisho_line_is_sending(fixture->line));
}

static void
test_a_worker_greets_first(Fixture *fixture, gconstpointer data)
{
	(void)data;
	ask(fixture);
	say(fixture, HISHO_FRAME_ANSWER, 7, "");
	expect_fault(fixture, "did not greet");
}

static void
test_an_answer_is_to_the_mail_that_was_asked(
    Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	ask(fixture);
	say(fixture, HISHO_FRAME_ANSWER, 6, "");
	expect_fault(fixture, "gave a malformed answer");
}

static void
test_an_answer_has_a_form(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	ask(fixture);
	say(fixture, HISHO_FRAME_GREETING, 7, "");
	expect_fault(fixture, "gave a malformed answer");
}

static void
test_an_answer_has_a_size(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	ask(fixture);
	say(fixture, HISHO_FRAME_ANSWER, 7, "01234567890");
	expect_fault(fixture, "gave too large an answer");
}

static void
test_no_answer_comes_before_the_mail(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	hisho_line_put(fixture->line, fixture->mail, 7);
	say(fixture, HISHO_FRAME_ANSWER, 7, "");
	expect_fault(fixture, "answered before it was asked");
}

static void
test_the_end_is_no_answer(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	ask(fixture);
	g_assert_cmpint(hisho_line_receive(fixture->line), ==, HISHO_LINE_OPEN);
	shutdown(fixture->worker, SHUT_RDWR);
	g_assert_true(hisho_line_is_ready(fixture->line));
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_BROKEN);
}

/* SIGPIPE would be the end of the caller. */
static void
test_sending_to_nobody_raises_no_signal(Fixture *fixture, gconstpointer data)
{
	(void)data;
	shutdown(fixture->worker, SHUT_RDWR);
	put(fixture, 7);
	hisho_line_send(fixture->line);
	g_assert_false(hisho_line_is_sending(fixture->line));
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_BROKEN);
}

static void
test_last_words_are_heard(Fixture *fixture, gconstpointer data)
{
	(void)data;
	greet(fixture);
	ask(fixture);
	say(fixture, HISHO_FRAME_ANSWER, 7, "last");
	close(fixture->worker); /* and has not read the mail */
	fixture->worker = -1;
	put(fixture, 8);
	hisho_line_send(fixture->line);
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_ANSWER);
	expect_answer(fixture, "last");
	g_assert_cmpint(
	    hisho_line_receive(fixture->line), ==, HISHO_LINE_BROKEN);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, test)                                                        \
	g_test_add("/line/" name, Fixture, NULL, set_up, test, tear_down)
	ADD("a-mail-goes-down-and-an-answer-up",
	    test_a_mail_goes_down_and_an_answer_up);
	ADD("several-mails-are-on-the-line",
	    test_several_mails_are_on_the_line);
	ADD("answers-come-in-order", test_answers_come_in_order);
	ADD("many-mails-go-down-piece-by-piece",
	    test_many_mails_go_down_piece_by_piece);
	ADD("last-words-are-heard", test_last_words_are_heard);
	ADD("a-worker-greets-first", test_a_worker_greets_first);
	ADD("an-answer-is-to-the-mail-that-was-asked",
	    test_an_answer_is_to_the_mail_that_was_asked);
	ADD("an-answer-has-a-form", test_an_answer_has_a_form);
	ADD("an-answer-has-a-size", test_an_answer_has_a_size);
	ADD("no-answer-comes-before-the-mail",
	    test_no_answer_comes_before_the_mail);
	ADD("the-end-is-no-answer", test_the_end_is_no_answer);
	ADD("sending-to-nobody-raises-no-signal",
	    test_sending_to_nobody_raises_no_signal);
	return g_test_run();
}
