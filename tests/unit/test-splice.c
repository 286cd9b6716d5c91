#include "libhisho/mail/splice.h"

#include "tests/unit/mail.h"

#define BLOCK "X-Hisho-Folder: gray\nX-Hisho-Seal: a\n b\n"

static void
test_a_block_stands_on_top_in_the_mails_own_line_end(void)
{
	static const struct {
		const char *mail, *out;
	} cases[] = {
		{ "A: 1\n\nx", BLOCK "A: 1\n\nx" },
		{ "\nx", BLOCK "\nx" },
		{ "", BLOCK },
		{ "A: 1", BLOCK "A: 1" },
		{ "From a@b\nA: 1\n\nx", "From a@b\n" BLOCK "A: 1\n\nx" },
		{ " blank\n\tblank\nA: 1\n\nx",
		    " blank\n\tblank\n" BLOCK "A: 1\n\nx" },
		{ "From a@b\n blank\nA: 1\n\n",
		    "From a@b\n blank\n" BLOCK "A: 1\n\n" },
		{ "From a@b", "From a@b" },
		{ " no end", " no end" },
		{ "From a@b\n", "From a@b\n" BLOCK },
		{ "A: 1\r\n\r\nx\n",
		    "X-Hisho-Folder: gray\r\nX-Hisho-Seal: a\r\n b\r\n"
		    "A: 1\r\n\r\nx\n" },
		{ "A: 1\r\rx",
		    "X-Hisho-Folder: gray\rX-Hisho-Seal: a\r b\rA: 1\r\rx" },
		{ "A: 1\nB: 2\r\n\r\n", BLOCK "A: 1\nB: 2\r\n\r\n" },
		{ "X-Hisho-Advice: a\nA: 1\nX-Hisho-Folder: b\n c\n\nx",
		    BLOCK "A: 1\n\nx" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *out = mail_spliced(cases[i].mail, BLOCK);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpstr(out, ==, cases[i].out);
		g_autofree char *again = mail_spliced(out, BLOCK);
		g_assert_cmpstr(again, ==, out);
	}
}

static void
test_no_own_field_survives_however_it_is_spelled(void)
{
	static const struct {
		const char *mail, *out;
	} cases[] = {
		{ "X-Hisho-Folder: main\nA: 1\n\n", "A: 1\n\n" },
		{ "A: 1\nx-hisho-folder: main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-HISHO-Folder : main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Folder\t: main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Folder:main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Folder:\n main\n\t!\nB: 2\n\n",
		    "A: 1\nB: 2\n\n" },
		{ "A: 1\nX-Hisho-Folder\n : main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-: main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Folder x: main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Folder main\n\n", "A: 1\n\n" },
		{ "A: 1\nX-Hisho-Unknown: main\n\n", "A: 1\n\n" },
		{ "A: 1\r\nX-Hisho-Folder: main\r\n\r\n", "A: 1\r\n\r\n" },
		{ "A: 1\rX-Hisho-Folder: main\r\r", "A: 1\r\r" },
		{ "A: 1\nX-Hisho-Folder: main", "A: 1\n" },
		{ "A: 1\nwhat?\nX-Hisho-Folder: main\n\n", "A: 1\nwhat?\n\n" },
		{ "From a@b\nX-Hisho-Folder: main\n\n", "From a@b\n\n" },
		{ " x\nX-Hisho-Folder: main\n\n", " x\n\n" },
		/* Behind a CR, which some readers take for a line end: the LF
		 * stays, or the next field would become part of this one. */
		{ "A: 1\rX-Hisho-Folder: main\nB: 2\n\n", "A: 1\r\nB: 2\n\n" },
		{ "A: 1\rX-Hisho-Folder: main\r\nB: 2\n\n",
		    "A: 1\r\r\nB: 2\n\n" },
		{ "A: 1\rX-Hisho-Folder: main\n 2\nB: 3\n\n",
		    "A: 1\r\nB: 3\n\n" },
		{ "A: 1\rX-Hisho-A: a\rX-Hisho-B: b\nB: 2\n\n",
		    "A: 1\r\nB: 2\n\n" },
		{ "X-Hisho-Folder: main\rA: 1\nB: 2\n\n", "A: 1\nB: 2\n\n" },
		/* What is left of a line must not become the empty line that
		 * ends the header. */
		{ "X-Hisho-Folder: main\r\r\nA: 1\n\n", "A: 1\n\n" },
		{ "A: 1\n\rX-Hisho-Folder: main\nB: 2\n\n", "A: 1\nB: 2\n\n" },
		{ "A: 1\n\r\rX-Hisho-Folder: main\r\nB: 2\n\n",
		    "A: 1\nB: 2\n\n" },
		/* In front of where our own block goes. */
		{ "From a@b\rX-Hisho-Folder: main\nA: 1\n\n",
		    "From a@b\r\nA: 1\n\n" },
		{ " x\rX-Hisho-Folder: main\nA: 1\n\n", " x\r\nA: 1\n\n" },
		/* Not ours, or not a field. */
		{ "X-Hisho: 1\nXX-Hisho-Folder: 2\n\n",
		    "X-Hisho: 1\nXX-Hisho-Folder: 2\n\n" },
		{ "A: 1\n X-Hisho-Folder: main\n\n",
		    "A: 1\n X-Hisho-Folder: main\n\n" },
		{ "A: 1\n\nX-Hisho-Folder: main\n",
		    "A: 1\n\nX-Hisho-Folder: main\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *shown = g_strescape(cases[i].mail, NULL);
		g_autofree char *out = mail_spliced(cases[i].mail, NULL);
		g_test_message("%s", shown);
		g_assert_cmpstr(out, ==, cases[i].out);
	}
}

static void
test_a_hostile_mail_takes_linear_time(void)
{
	static const char *const lines[] = { "X-Hisho-A: b\n", "\r", "a\r",
		"x\n", " \n", ":\n", "A:\n", "X-Hisho-\r" };

	for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autoptr(GString) mail = g_string_new("A: 1\n");
		while (mail->len < 2 << 20)
			g_string_append(mail, lines[i]);
		g_string_append(mail, "\n\n");
		while (mail->len < 4 << 20)
			g_string_append(mail, lines[i]);
		g_autoptr(HishoWire) wire =
		    mail_wire(mail->str, (gssize)mail->len, NULL);
		g_autoptr(GBytes) out = hisho_splice(wire, BLOCK);
		g_autofree char *digest = hisho_digest_dup(wire);
		g_assert_nonnull(out);
		g_assert_nonnull(digest);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/splice/a-block-stands-on-top-in-the-mails-own-line-end",
	    test_a_block_stands_on_top_in_the_mails_own_line_end);
	g_test_add_func("/splice/no-own-field-survives-however-it-is-spelled",
	    test_no_own_field_survives_however_it_is_spelled);
	g_test_add_func("/splice/a-hostile-mail-takes-linear-time",
	    test_a_hostile_mail_takes_linear_time);
	return g_test_run();
}
