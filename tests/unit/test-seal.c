#include <string.h>

#include "libhisho/base/error.h"
#include "libhisho/mail/digest.h"
#include "libhisho/mail/field.h"
#include "libhisho/mail/seal.h"

#include "tests/unit/mail.h"
#include "tests/unit/scratch.h"

#define NOW G_GINT64_CONSTANT(1700000000)

static const char mail[] =
    "Received: from a\n by b; x\nFrom: taro@example.jp\nTo: hanako@example.jp\n"
    "Subject: s\n\nbody\n";

static HishoSealer
sealer_of(const char *user, gint64 now)
{
	static const guint8 key[HISHO_SEAL_KEY_BYTES] = { 1, 2, 3 };

	return (HishoSealer){ g_bytes_new_static(key, sizeof key), user, now };
}

static void
add_field(GPtrArray *fields, const char *name, const char *value)
{
	HishoField *field = hisho_field_new(name);

	hisho_field_add(field, "value", value);
	g_ptr_array_add(fields, field);
}

static void
add_seal(GPtrArray *fields, const HishoWire *wire, const HishoSealer *sealer)
{
	g_autofree char *digest = hisho_digest_dup(wire);
	const HishoSealedMail sealed = { wire, digest };

	hisho_seal_add(fields, &sealed, sealer);
}

static GPtrArray *
read_seal(const HishoWire *wire, const HishoSealer *sealer)
{
	g_autofree char *digest = hisho_digest_dup(wire);
	const HishoSealedMail sealed = { wire, digest };

	return hisho_seal_read(&sealed, sealer);
}

/* The mail with a Route, a Score and their seal. */
static char *
dup_sealed(void)
{
	HishoSealer sealer = sealer_of("uid:1000", NOW);
	g_autoptr(GBytes) key = sealer.key;
	g_autoptr(HishoWire) wire = mail_wire(mail, -1, NULL);
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);

	add_field(fields, "Score", "two");
	add_field(fields, "Route", "one");
	add_seal(fields, wire, &sealer);
	g_autofree char *block = hisho_field_dup_block(fields);
	return mail_spliced(mail, block);
}

/* How many fields are believed by USER at the time NOW. */
static guint
count_believed(const char *text, const char *user, gint64 now)
{
	HishoSealer sealer = sealer_of(user, now);
	g_autoptr(GBytes) key = sealer.key;
	g_autoptr(HishoWire) wire = mail_wire(text, -1, NULL);
	g_autoptr(GPtrArray) fields = read_seal(wire, &sealer);

	return fields != NULL ? fields->len : 0;
}

static char *
dup_replaced(const char *text, const char *old, const char *new)
{
	g_auto(GStrv) pieces = g_strsplit(text, old, 2);

	g_assert_cmpuint(g_strv_length(pieces), ==, 2);
	return g_strjoinv(new, pieces);
}

static void
test_a_fresh_seal_is_believed(void)
{
	g_autofree char *sealed = dup_sealed();
	g_autofree char *crlf = mail_with_ends(sealed, "\r\n");

	g_assert_true(g_str_has_prefix(sealed,
	    "X-Hisho-Route: value=one\nX-Hisho-Score: value=two\n"
	    "X-Hisho-Seal: v=1; user=uid:1000; time=1700000000;"));
	g_assert_cmpuint(count_believed(sealed, "uid:1000", NOW), ==, 3);
	g_assert_cmpuint(count_believed(mail, "uid:1000", NOW), ==, 0);
	g_assert_cmpuint(strlen(crlf), >, strlen(sealed));
}

static void
test_a_seal_holds_for_ten_minutes(void)
{
	static const struct {
		gint64 later;
		guint n_believed;
	} cases[] = { { 0, 3 }, { 600, 3 }, { 601, 0 }, { 86400, 0 }, { -5, 3 },
		{ -6, 0 }, { -86400, 0 }, { G_MAXINT32, 0 } };
	g_autofree char *sealed = dup_sealed();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpuint(
		    count_believed(sealed, "uid:1000", NOW + cases[i].later),
		    ==, cases[i].n_believed);
}

static void
test_whatever_is_changed_under_a_seal_breaks_it(void)
{
	static const struct {
		const char *old, *new;
	} cases[] = {
		{ "value=one", "value=two" },
		{ "X-Hisho-Route:", "X-Hisho-Safe:" },
		{ "X-Hisho-Score: value=two\n", "" },
		{ "X-Hisho-Score:", "X-Hisho-Parse: v=1\nX-Hisho-Score:" },
		{ "X-Hisho-Seal:", "X-Hisho-Folder: main\nX-Hisho-Seal:" },
		{ "X-Hisho-Route: value=one\nX-Hisho-Score: value=two\n",
		    "X-Hisho-Score: value=two\nX-Hisho-Route: value=one\n" },
		{ "value=one", "value=one; value=one" },
		{ "value=one", "value=one; more=1" },
		{ "user=uid:1000", "user=uid:1001" },
		{ "time=1700000000", "time=1700000001" },
		{ "time=1700000000", "time=01700000000" },
		{ "mac=", "mac=0" },
		{ "mac=", "mack=" },
		{ "v=1; user", "user=uid:1000; user" },
		{ "From: taro@", "From: jiro@" },
		{ "Subject: s", "Subject: t" },
		{ "body", "Body" },
		{ "Received: from a", "Received: from c\nReceived: from a" },
		{ "Received: from a\n by b; x\n", "" },
		{ "by b", "by c" },
	};
	g_autofree char *sealed = dup_sealed();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *changed =
		    dup_replaced(sealed, cases[i].old, cases[i].new);
		guint n = count_believed(changed, "uid:1000", NOW);
		g_test_message("%s -> %s", cases[i].old, cases[i].new);
		if (strcmp(cases[i].new, "user=uid:1000; user") == 0)
			g_assert_cmpuint(n, ==, 3); /* says the same */
		else
			g_assert_cmpuint(n, ==, 0);
	}
}

static void
test_what_a_relay_may_change_does_not_break_it(void)
{
	static const struct {
		const char *old, *new;
	} cases[] = {
		{ "X-Hisho-Route: value=one",
		    "x-anything: 1\n"
		    "X-Hisho-Route: value=one" },
		{ "X-Hisho-Route: value=one", "X-Hisho-Route:\n  value=one" },
		{ "To: hanako", "Delivered-To: hanako\nTo: hanako" },
	};
	g_autofree char *sealed = dup_sealed();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *changed =
		    dup_replaced(sealed, cases[i].old, cases[i].new);
		g_test_message("%s -> %s", cases[i].old, cases[i].new);
		g_assert_cmpuint(
		    count_believed(changed, "uid:1000", NOW), ==, 3);
	}
}

static void
test_a_seal_is_moved_to_no_other_mail_user_or_key(void)
{
	g_autofree char *sealed = dup_sealed();
	size_t block = strlen(sealed) - strlen(mail);
	g_autofree char *front = g_strndup(sealed, block);
	g_autofree char *moved =
	    g_strconcat(front, "From: mallory@example.net\n\nbody\n", NULL);
	g_autoptr(HishoWire) wire = mail_wire(sealed, -1, NULL);
	static const guint8 other[HISHO_SEAL_KEY_BYTES] = { 1, 2, 4 };
	g_autoptr(GBytes) key = g_bytes_new_static(other, sizeof other);
	const HishoSealer stranger = { key, "uid:1000", NOW };
	const HishoSealer keyless = { NULL, "uid:1000", NOW };

	g_assert_cmpuint(count_believed(moved, "uid:1000", NOW), ==, 0);
	g_assert_cmpuint(count_believed(sealed, "uid:1001", NOW), ==, 0);
	g_assert_cmpuint(count_believed(sealed, "uid:0", NOW), ==, 0);
	g_assert_null(read_seal(wire, &stranger));
	g_assert_null(read_seal(wire, &keyless));
}

static void
test_without_a_key_nothing_is_sealed(void)
{
	const HishoSealer keyless = { NULL, "uid:1000", NOW };
	g_autoptr(HishoWire) wire = mail_wire(mail, -1, NULL);
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)(void (*)(void))hisho_field_free);

	add_field(fields, "Route", "one");
	add_seal(fields, wire, &keyless);
	g_assert_cmpuint(fields->len, ==, 1);
}

static void
test_a_key_is_made_once_and_for_its_owner_alone(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *path = g_build_filename(directory, "key", NULL);
	g_autoptr(GError) error = NULL;
	mode_t mask = umask(0);
	g_autoptr(GBytes) key = hisho_seal_load_key(path, &error);

	umask(mask);
	g_assert_no_error(error);
	g_assert_cmpuint(g_bytes_get_size(key), ==, HISHO_SEAL_KEY_BYTES);
	g_assert_cmpuint(scratch_mode(directory, "key"), ==, 0600);
	g_autoptr(GBytes) again = hisho_seal_load_key(path, &error);
	g_assert_true(g_bytes_equal(key, again));
	g_unlink(path);
	g_autoptr(GBytes) new = hisho_seal_load_key(path, &error);
	g_assert_false(g_bytes_equal(key, new));
	g_autoptr(GDir) names = g_dir_open(directory, 0, NULL);
	g_assert_cmpstr(g_dir_read_name(names), ==, "key");
	g_assert_null(g_dir_read_name(names));
}

static void
test_a_file_that_is_no_private_key_is_refused(void)
{
	static const struct {
		guint size;
		mode_t mode;
		int code;
	} cases[] = {
		{ 32, 0640, HISHO_ERROR_CONFIG },
		{ 32, 0604, HISHO_ERROR_CONFIG },
		{ 32, 0620, HISHO_ERROR_CONFIG },
		{ 31, 0600, HISHO_ERROR_CONFIG },
		{ 33, 0600, HISHO_ERROR_CONFIG },
		{ 0, 0600, HISHO_ERROR_CONFIG },
	};
	g_autofree char *bytes = g_strnfill(33, 'x');

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autofree char *path =
		    g_build_filename(directory, "key", NULL);
		g_autoptr(GError) error = NULL;
		g_assert_true(
		    g_file_set_contents(path, bytes, cases[i].size, NULL));
		g_assert_cmpint(g_chmod(path, cases[i].mode), ==, 0);
		g_assert_null(hisho_seal_load_key(path, &error));
		g_assert_error(error, HISHO_ERROR, cases[i].code);
		g_assert_nonnull(strstr(error->message, path));
	}
}

static void
test_a_key_that_cannot_be_had_is_temporary(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *link = g_build_filename(directory, "link", NULL);
	g_autofree char *missing =
	    g_build_filename(directory, "no", "key", NULL);
	g_autoptr(GError) no_directory = NULL, a_link = NULL, a_fifo = NULL;
	g_autofree char *fifo = g_build_filename(directory, "fifo", NULL);

	g_assert_null(hisho_seal_load_key(missing, &no_directory));
	g_assert_error(no_directory, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_assert_cmpint(symlink("/dev/zero", link), ==, 0);
	g_assert_null(hisho_seal_load_key(link, &a_link));
	g_assert_error(a_link, HISHO_ERROR, HISHO_ERROR_TEMPORARY);
	g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
	g_assert_null(hisho_seal_load_key(fifo, &a_fifo));
	g_assert_error(a_fifo, HISHO_ERROR, HISHO_ERROR_CONFIG);
}

/* A process killed while it made a key must not keep the next one, which
 * may have the same number, from making it. */
static void
test_a_draft_left_behind_does_no_harm(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *path = g_build_filename(directory, "key", NULL);
	g_autofree char *draft = g_strdup_printf("key.%ld", (long)getpid());
	g_autoptr(GError) error = NULL;

	scratch_write(directory, draft, "half");
	g_autoptr(GBytes) key = hisho_seal_load_key(path, &error);
	g_assert_no_error(error);
	g_assert_nonnull(key);
}

static void
load_and_tell(const char *path, int fd)
{
	g_autoptr(GBytes) key = hisho_seal_load_key(path, NULL);
	gsize size = 0;
	const void *data = key != NULL ? g_bytes_get_data(key, &size) : NULL;

	_exit(data != NULL && write(fd, data, size) == (ssize_t)size ? 0 : 1);
}

static void
test_processes_that_make_it_at_once_agree(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autofree char *path = g_build_filename(directory, "key", NULL);
	guint8 first[HISHO_SEAL_KEY_BYTES], next[HISHO_SEAL_KEY_BYTES];
	const guint n_children = 16;
	int pipe_fds[2], status;

	g_assert_cmpint(pipe(pipe_fds), ==, 0);
	for (guint i = 0; i < n_children; i++)
		if (fork() == 0)
			load_and_tell(path, pipe_fds[1]);
	for (guint i = 0; i < n_children; i++) {
		g_assert_cmpint(wait(&status), >, 0);
		g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	g_assert_cmpint(read(pipe_fds[0], first, sizeof first), ==, 32);
	for (guint i = 1; i < n_children; i++) {
		g_assert_cmpint(read(pipe_fds[0], next, sizeof next), ==, 32);
		g_assert_cmpmem(first, sizeof first, next, sizeof next);
	}
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/seal/a-fresh-seal-is-believed", test_a_fresh_seal_is_believed);
	g_test_add_func("/seal/a-seal-holds-for-ten-minutes",
	    test_a_seal_holds_for_ten_minutes);
	g_test_add_func("/seal/whatever-is-changed-under-a-seal-breaks-it",
	    test_whatever_is_changed_under_a_seal_breaks_it);
	g_test_add_func("/seal/what-a-relay-may-change-does-not-break-it",
	    test_what_a_relay_may_change_does_not_break_it);
	g_test_add_func("/seal/a-seal-is-moved-to-no-other-mail-user-or-key",
	    test_a_seal_is_moved_to_no_other_mail_user_or_key);
	g_test_add_func("/seal/without-a-key-nothing-is-sealed",
	    test_without_a_key_nothing_is_sealed);
	g_test_add_func("/seal/a-key-is-made-once-and-for-its-owner-alone",
	    test_a_key_is_made_once_and_for_its_owner_alone);
	g_test_add_func("/seal/a-file-that-is-no-private-key-is-refused",
	    test_a_file_that_is_no_private_key_is_refused);
	g_test_add_func("/seal/a-key-that-cannot-be-had-is-temporary",
	    test_a_key_that_cannot_be_had_is_temporary);
	g_test_add_func("/seal/a-draft-left-behind-does-no-harm",
	    test_a_draft_left_behind_does_no_harm);
	g_test_add_func("/seal/processes-that-make-it-at-once-agree",
	    test_processes_that_make_it_at_once_agree);
	return g_test_run();
}
