#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/mbox.h"
#include "libhisho/mail/reader.h"

#define FROM_A "From a@b Mon Jan  2 03:04:05 2023\n"
#define FROM_C "From c@d Mon Jan  2 03:04:06 2023\n"

/* An mbox of at most three mails, and what comes of it. */
static const struct {
	const char *why;
	struct {
		const char *raw, *mail;
	} mails[3];
} mboxes[] = {
	{ "one mail",
	    { { FROM_A "S: x\n\nbody\n", FROM_A "S: x\n\nbody\n" } } },
	{ "the empty line belongs to the first of two",
	    { { FROM_A "S: x\n\nbody\n\n", FROM_A "S: x\n\nbody\n" },
		{ FROM_C "S: y\n\nb\n\n", FROM_C "S: y\n\nb\n" } } },
	{ "only one empty line goes",
	    { { FROM_A "S: x\n\nbody\n\n\n", FROM_A "S: x\n\nbody\n\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "From within a paragraph is text",
	    { { FROM_A "S: x\n\nbody\nFrom here\n\nFromage\n",
		FROM_A "S: x\n\nbody\nFrom here\n\nFromage\n" } } },
	{ "From within a header is text",
	    { { FROM_A "S: x\nFrom here\n\nbody\n",
		FROM_A "S: x\nFrom here\n\nbody\n" } } },
	{ "quoting is taken off, once, in bodies only",
	    { { FROM_A ">From x\n\n>From 1\n>>From 2\n> From 3\n>>>From 4\n",
		FROM_A ">From x\n\nFrom 1\n>From 2\n> From 3\n>>From 4\n" } } },
	{ "a bare From within a paragraph does not hide a quoted one",
	    { { FROM_A "\nx\nFrom here\n>From there\n",
		FROM_A "\nx\nFrom here\nFrom there\n" } } },
	{ "quoting at the very end",
	    { { FROM_A "S: x\n\ntext\n>From ",
		FROM_A "S: x\n\ntext\nFrom " } } },
	{ "a mail without body",
	    { { FROM_A "S: x\n\n", FROM_A "S: x\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "a mail without anything",
	    { { FROM_A "\n", FROM_A }, { FROM_C "\nb\n", FROM_C "\nb\n" } } },
	{ "a From_ line and nothing else", { { FROM_A, FROM_A } } },
	{ "a From_ line without end", { { "From ", "From " } } },
	{ "no newline at the end",
	    { { FROM_A "S: x\n\nbody", FROM_A "S: x\n\nbody" } } },
	{ "lines end in CRLF",
	    { { "From a\r\nS: x\r\n\r\nb\r\n>From c\r\n\r\n",
		  "From a\r\nS: x\r\n\r\nb\r\nFrom c\r\n" },
		{ "From d\r\nS: y\r\n\r\nb\r\n\r\n",
		    "From d\r\nS: y\r\n\r\nb\r\n" } } },
	{ "Content-Length spans From_ lines: nothing is quoted",
	    { { FROM_A "Content-Length: 23\n\na\n\nFrom me\n>From you\nb\n\n",
		  FROM_A "Content-Length: 23\n\na\n\nFrom me\n>From you\nb\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "Content-Length to the very end",
	    { { FROM_A "content-length:\t10\n\na\n\nFrom me",
		FROM_A "content-length:\t10\n\na\n\nFrom me" } } },
	{ "Content-Length to the empty line at the end",
	    { { FROM_A "Content-Length: 11\n\na\n\nFrom me\n\n",
		FROM_A "Content-Length: 11\n\na\n\nFrom me\n" } } },
	{ "Content-Length is right and lines are quoted (mboxcl)",
	    { { FROM_A "Content-Length: 10\n\n>From me\n\n\n",
		  FROM_A "Content-Length: 10\n\nFrom me\n\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "Content-Length into the middle does not hold",
	    { { FROM_A "Content-Length: 3\n\nbody\n\n",
		  FROM_A "Content-Length: 3\n\nbody\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "Content-Length beyond the end does not hold",
	    { { FROM_A "Content-Length: 4000\n\nbody\n\n",
		  FROM_A "Content-Length: 4000\n\nbody\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "Content-Length of 2^64 and 11 is not 11",
	    { { FROM_A "Content-Length: 18446744073709551627\n\na\n\n",
		  FROM_A "Content-Length: 18446744073709551627\n\na\n" },
		{ "From me\n\n", "From me\n" } } },
	{ "Content-Length that is no number",
	    { { FROM_A "Content-Length: -4\n\nb\n\n",
		  FROM_A "Content-Length: -4\n\nb\n" },
		{ FROM_C "S: y\n\nb\n", FROM_C "S: y\n\nb\n" } } },
	{ "Content-Length into a line before From",
	    { { FROM_A "Content-Length: 1\n\nb\nFrom me\n",
		FROM_A "Content-Length: 1\n\nb\nFrom me\n" } } },
	{ "Content-Length up to a From_ line without an empty one",
	    { { FROM_A "Content-Length: 2\n\nb\nFrom me\n",
		FROM_A "Content-Length: 2\n\nb\nFrom me\n" } } },
};

/* A file of the test's own, in a directory that is removed at the end. */
typedef struct {
	char *directory;
	char *path;
} Scratch;

static void
set_up(Scratch *scratch, gconstpointer data)
{
	(void)data;
	scratch->directory = g_dir_make_tmp("hisho-reader-XXXXXX", NULL);
	scratch->path = g_build_filename(scratch->directory, "mail", NULL);
}

static void
remove_below(const char *path)
{
	GDir *directory = g_dir_open(path, 0, NULL);
	const char *name;

	while (directory != NULL && (name = g_dir_read_name(directory))) {
		g_autofree char *entry = g_build_filename(path, name, NULL);
		remove_below(entry);
	}
	g_clear_pointer(&directory, g_dir_close);
	g_remove(path);
}

static void
tear_down(Scratch *scratch, gconstpointer data)
{
	(void)data;
	remove_below(scratch->directory);
	g_free(scratch->directory);
	g_free(scratch->path);
}

static void
write_file(const char *path, const char *text, gssize length)
{
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, length, &error);
	g_assert_no_error(error);
}

static HishoReader *
reader_of(const char *path, bool is_mbox)
{
	g_autoptr(GError) error = NULL;
	HishoReader *reader = hisho_reader_open(path, is_mbox, &error);

	g_assert_no_error(error);
	return reader;
}

static void
expect_bytes(GBytes *bytes, const char *text)
{
	size_t length;
	const char *data = g_bytes_get_data(bytes, &length);

	g_assert_cmpmem(data, length, text, strlen(text));
}

static void
expect_mail(HishoReader *reader, const char *raw, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoRawMail) mail = hisho_reader_next(reader, &error);

	g_assert_no_error(error);
	g_assert_nonnull(mail);
	expect_bytes(mail->raw, raw);
	expect_bytes(mail->mail, text);
}

static void
expect_end(HishoReader *reader)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_reader_next(reader, &error));
	g_assert_no_error(error);
}

static void
expect_error(HishoReader *reader, HishoError code, const char *message)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(hisho_reader_next(reader, &error));
	g_assert_error(error, HISHO_ERROR, (int)code);
	g_assert_cmpstr(error->message, ==, message);
}

static void
test_an_mbox_is_split(Scratch *scratch, gconstpointer data)
{
	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(mboxes); i++) {
		g_autoptr(GString) file = g_string_new(NULL);
		guint64 offset = 0;

		g_test_message("%s", mboxes[i].why);
		for (size_t j = 0; j < 3 && mboxes[i].mails[j].raw; j++)
			g_string_append(file, mboxes[i].mails[j].raw);
		write_file(scratch->path, file->str, (gssize)file->len);
		g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
		for (size_t j = 0; j < 3 && mboxes[i].mails[j].raw; j++) {
			g_autoptr(HishoRawMail) mail =
			    hisho_reader_next(reader, NULL);
			g_assert_nonnull(mail);
			g_assert_cmpuint(mail->index, ==, j + 1);
			g_assert_cmpuint(mail->offset, ==, offset);
			g_assert_null(mail->path);
			expect_bytes(mail->raw, mboxes[i].mails[j].raw);
			expect_bytes(mail->mail, mboxes[i].mails[j].mail);
			offset += g_bytes_get_size(mail->raw);
		}
		expect_end(reader);
		expect_end(reader);
	}
}

/* Goes back to PLACE, where a mail with this RAW and TEXT was. */
static void
expect_again(
    HishoReader *reader, guint64 place, const char *raw, const char *text)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(hisho_reader_seek(reader, place, &error));
	g_assert_no_error(error);
	expect_mail(reader, raw, text);
}

static void
test_mails_are_found_again(Scratch *scratch, gconstpointer data)
{
	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(mboxes); i++) {
		g_autoptr(GString) file = g_string_new("\n");
		guint64 places[3];
		size_t n = 0;

		g_test_message("%s", mboxes[i].why);
		for (size_t j = 0; j < 3 && mboxes[i].mails[j].raw; j++)
			g_string_append(file, mboxes[i].mails[j].raw);
		write_file(scratch->path, file->str, (gssize)file->len);
		g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
		for (; n < 3 && mboxes[i].mails[n].raw; n++) {
			places[n] = hisho_reader_tell(reader);
			expect_mail(reader, mboxes[i].mails[n].raw,
			    mboxes[i].mails[n].mail);
		}
		expect_end(reader);
		while (n-- > 0)
			expect_again(reader, places[n], mboxes[i].mails[n].raw,
			    mboxes[i].mails[n].mail);
	}
}

/* What is found must not depend on where a read happens to end. */
static void
test_an_mbox_may_come_in_drops(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(mboxes); i++) {
		g_autoptr(GString) file = g_string_new(NULL);
		for (size_t j = 0; j < 3 && mboxes[i].mails[j].raw; j++)
			g_string_append(file, mboxes[i].mails[j].raw);
		HishoMboxScan drops = { 0 };
		size_t length = 1;
		/* Each length in a memory of its own: sanitizers then see
		 * whoever looks past the end. */
		for (;; length++) {
			bool at_end = length > file->len;
			size_t n = MIN(length, file->len);
			g_autofree char *part = g_memdup2(file->str, n);
			if (hisho_mbox_scan(&drops, part, n, at_end))
				break;
			g_assert_false(at_end);
		}
		g_test_message("%s", mboxes[i].why);
		g_assert_cmpuint(
		    drops.raw_length, ==, strlen(mboxes[i].mails[0].raw));
		g_autoptr(GBytes) raw =
		    g_bytes_new(file->str, drops.raw_length);
		g_autoptr(GBytes) text = hisho_mbox_text(&drops, raw);
		expect_bytes(text, mboxes[i].mails[0].mail);
	}
}

static void
test_empty_lines_at_the_start_are_kept(Scratch *scratch, gconstpointer data)
{
	(void)data;
	write_file(scratch->path, "\n\r\n\n" FROM_A "\nx\n", -1);
	g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
	g_autoptr(HishoRawMail) mail = hisho_reader_next(reader, NULL);
	expect_bytes(mail->before, "\n\r\n\n");
	expect_bytes(mail->raw, FROM_A "\nx\n");
	g_assert_cmpuint(mail->offset, ==, 4);
	expect_end(reader);
}

static void
test_a_ragged_mbox_is_refused(Scratch *scratch, gconstpointer data)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "Subject: x\n\n" FROM_A "\nx\n",
		    "not an mbox: no \"From \" at byte 0" },
		{ "\n\nSubject: x\n", "not an mbox: no \"From \" at byte 2" },
		{ "\n\n", "not an mbox: no \"From \" at byte 2" },
		{ "From", "not an mbox: no \"From \" at byte 0" },
	};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		write_file(scratch->path, cases[i].text, -1);
		g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
		expect_error(reader, HISHO_ERROR_INPUT, cases[i].message);
		expect_end(reader);
	}
	write_file(scratch->path, "", 0);
	g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
	expect_end(reader);
}

static void
test_any_bytes_are_one_mail(Scratch *scratch, gconstpointer data)
{
	static const struct {
		const char *text;
		gssize length;
	} cases[] = {
		{ "", 0 },
		{ "\0\r\n\0", 4 },
		{ FROM_A "\n\n" FROM_C "\n", -1 },
	};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		gssize length = cases[i].length >= 0
		    ? cases[i].length
		    : (gssize)strlen(cases[i].text);
		write_file(scratch->path, cases[i].text, length);
		g_autoptr(HishoReader) reader = reader_of(scratch->path, false);
		g_autoptr(HishoRawMail) mail = hisho_reader_next(reader, NULL);
		g_assert_nonnull(mail);
		size_t size;
		const char *bytes = g_bytes_get_data(mail->mail, &size);
		g_assert_cmpmem(bytes, size, cases[i].text, (size_t)length);
		g_assert_true(g_bytes_equal(mail->raw, mail->mail));
		expect_end(reader);
	}
}

static GByteArray *
large_mbox(const char *head)
{
	static const char tail[] = "\n>From me\n\n";
	GByteArray *file = g_byte_array_new();
	g_autofree guint8 *line = g_malloc0(1 << 20);

	memset(line, '>', 1 << 19);
	for (unsigned i = 0; i < 40; i++) {
		g_byte_array_append(
		    file, (const guint8 *)head, (guint)strlen(head));
		g_byte_array_append(file, line, i % 2 ? 1 << 20 : 100 + i);
		g_byte_array_append(
		    file, (const guint8 *)tail, sizeof tail - 1);
	}
	return file;
}

/* NUL, lines of a megabyte, and mails larger than any one read; also where a
 * wrong Content-Length makes each of them read far ahead. */
static void
test_many_large_mails_come_back_whole(Scratch *scratch, gconstpointer data)
{
	static const char *const heads[] = {
		FROM_A "Subject: x\n\n",
		FROM_A "Content-Length: 60000000\n\n",
		FROM_A "Content-Length: 1500000\n\n",
	};

	(void)data;
	for (size_t j = 0; j < G_N_ELEMENTS(heads); j++) {
		g_autoptr(GByteArray) file = large_mbox(heads[j]);
		g_autoptr(GByteArray) back = g_byte_array_new();
		write_file(scratch->path, (const char *)file->data, file->len);
		g_autoptr(HishoReader) reader = reader_of(scratch->path, true);
		for (unsigned i = 0; i < 40; i++) {
			g_autoptr(HishoRawMail) mail =
			    hisho_reader_next(reader, NULL);
			size_t size;
			const guint8 *raw = g_bytes_get_data(mail->raw, &size);
			g_byte_array_append(back, raw, (guint)size);
			g_assert_cmpuint(
			    g_bytes_get_size(mail->mail), ==, size - 2);
		}
		expect_end(reader);
		g_assert_cmpmem(back->data, back->len, file->data, file->len);
	}
}

static void
make_maildir(const char *path)
{
	static const char *const folders[] = { "cur", "new", "tmp" };

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder =
		    g_build_filename(path, folders[i], NULL);
		g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	}
}

static char *
put(const char *maildir, const char *name, const char *text)
{
	char *path = g_build_filename(maildir, name, NULL);

	write_file(path, text, -1);
	return path;
}

static void
test_a_maildir_is_read_by_name(Scratch *scratch, gconstpointer data)
{
	const char *maildir = scratch->directory;

	(void)data;
	make_maildir(maildir);
	g_autofree char *second = put(maildir, "new/2.x", "two\n");
	g_autofree char *first = put(maildir, "cur/1.x:2,S", FROM_A "\none\n");
	g_autofree char *gone = put(maildir, "cur/3.x:2,", "three\n");
	g_autofree char *fourth = put(maildir, "cur/4.x:2,", "four\n");
	g_autofree char *hidden = put(maildir, "cur/.hidden", "no\n");
	g_autofree char *temporary = put(maildir, "tmp/0.x", "no\n");
	g_autofree char *link = g_build_filename(maildir, "cur/0.link", NULL);
	g_assert_cmpint(symlink(first, link), ==, 0);
	g_autofree char *folder = g_build_filename(maildir, "cur/0.d", NULL);
	g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
	g_autofree char *fifo = g_build_filename(maildir, "cur/0.fifo", NULL);
	g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);

	/* That it is read as an mbox is for files alone. */
	g_autoptr(HishoReader) reader = reader_of(maildir, true);
	g_assert_cmpint(g_remove(gone), ==, 0);
	g_autoptr(HishoRawMail) mail = hisho_reader_next(reader, NULL);
	g_assert_cmpstr(mail->path, ==, first);
	g_assert_cmpuint(mail->index, ==, 1);
	expect_bytes(mail->mail, FROM_A "\none\n");
	expect_mail(reader, "two\n", "two\n");
	g_autoptr(HishoRawMail) last = hisho_reader_next(reader, NULL);
	g_assert_cmpstr(last->path, ==, fourth);
	g_assert_cmpuint(last->index, ==, 3);
	expect_end(reader);
	expect_again(reader, 0, FROM_A "\none\n", FROM_A "\none\n");
	guint64 place = hisho_reader_tell(reader);
	expect_mail(reader, "two\n", "two\n");
	expect_again(reader, place, "two\n", "two\n");
}

static void
test_a_file_that_cannot_be_read_is_not_the_end(
    Scratch *scratch, gconstpointer data)
{
	const char *maildir = scratch->directory;

	(void)data;
	if (getuid() == 0) {
		g_test_skip("root can read all");
		return;
	}
	make_maildir(maildir);
	g_autofree char *first = put(maildir, "new/1", "one\n");
	g_autofree char *second = put(maildir, "new/2", "two\n");
	g_assert_cmpint(g_chmod(first, 0), ==, 0);
	g_autoptr(HishoReader) reader = reader_of(maildir, false);
	expect_error(reader, HISHO_ERROR_TEMPORARY,
	    "new/1: cannot open: Permission denied");
	expect_mail(reader, "two\n", "two\n");
	expect_end(reader);
}

static void
test_what_cannot_be_opened_says_why(Scratch *scratch, gconstpointer data)
{
	g_autoptr(GError) missing = NULL;
	g_autoptr(GError) folder = NULL;

	(void)data;
	g_assert_null(hisho_reader_open(scratch->path, false, &missing));
	g_assert_error(missing, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_assert_cmpstr(missing->message, ==, "No such file or directory");
	g_assert_null(hisho_reader_open(scratch->directory, false, &folder));
	g_assert_error(folder, HISHO_ERROR, HISHO_ERROR_INPUT);
}

static void
test_a_failing_read_asks_for_a_retry(void)
{
	/* The first page of our memory is nobody's. */
	g_autoptr(HishoReader) reader = reader_of("/proc/self/mem", false);

	expect_error(
	    reader, HISHO_ERROR_TEMPORARY, "cannot read: Input/output error");
	expect_end(reader);
}

/* A standard input that was made non-blocking by a program before us. */
static void
test_stdin_may_be_slow(void)
{
	int pipe_fd[2];

	g_assert_cmpint(pipe2(pipe_fd, O_CLOEXEC), ==, 0);
	pid_t writer = fork();
	if (writer == 0) {
		for (int i = 0; i < 5; i++) {
			g_usleep(2000);
			if (write(pipe_fd[1], "mail\n", 5) != 5)
				_exit(1);
		}
		_exit(0);
	}
	close(pipe_fd[1]);
	g_assert_cmpint(fcntl(pipe_fd[0], F_SETFL, O_NONBLOCK), ==, 0);
	g_assert_cmpint(dup2(pipe_fd[0], STDIN_FILENO), ==, STDIN_FILENO);
	g_autoptr(HishoReader) reader = reader_of(NULL, false);
	const char *text = "mail\nmail\nmail\nmail\nmail\n";
	expect_mail(reader, text, text);
	expect_end(reader);
	g_autoptr(GError) error = NULL;
	g_assert_false(hisho_reader_seek(reader, 0, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_assert_cmpint(waitpid(writer, NULL, 0), ==, writer);
	close(pipe_fd[0]);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
#define IN_SCRATCH(name, test)                                                 \
	g_test_add("/reader/" name, Scratch, NULL, set_up, test, tear_down)
	IN_SCRATCH("an-mbox-is-split", test_an_mbox_is_split);
	IN_SCRATCH("mails-are-found-again", test_mails_are_found_again);
	g_test_add_func("/reader/an-mbox-may-come-in-drops",
	    test_an_mbox_may_come_in_drops);
	IN_SCRATCH("empty-lines-at-the-start-are-kept",
	    test_empty_lines_at_the_start_are_kept);
	IN_SCRATCH("a-ragged-mbox-is-refused", test_a_ragged_mbox_is_refused);
	IN_SCRATCH("any-bytes-are-one-mail", test_any_bytes_are_one_mail);
	IN_SCRATCH("many-large-mails-come-back-whole",
	    test_many_large_mails_come_back_whole);
	IN_SCRATCH("a-maildir-is-read-by-name", test_a_maildir_is_read_by_name);
	IN_SCRATCH("a-file-that-cannot-be-read-is-not-the-end",
	    test_a_file_that_cannot_be_read_is_not_the_end);
	IN_SCRATCH("what-cannot-be-opened-says-why",
	    test_what_cannot_be_opened_says_why);
	g_test_add_func("/reader/a-failing-read-asks-for-a-retry",
	    test_a_failing_read_asks_for_a_retry);
	g_test_add_func("/reader/stdin-may-be-slow", test_stdin_may_be_slow);
	return g_test_run();
}
