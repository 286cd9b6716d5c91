#include <string.h>

#include "libhisho/mail/wire.h"

#include "tests/unit/mail.h"

#define BLOCK "X-Hisho-Folder: gray\nX-Hisho-Seal: a\n b\n"

/* All fields as "name=value|", line ends shown. */
static char *
dup_fields(const HishoWire *wire)
{
	GString *text = g_string_new(NULL);
	const HishoWireField *field = NULL;

	while ((field = hisho_wire_next(wire, NULL, field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		g_autofree char *copy = g_strndup(value, length);
		g_autofree char *shown = g_strescape(copy, NULL);
		g_string_append_len(
		    text, hisho_wire_name(wire, field), field->name_length);
		g_string_append_printf(text, "=%s|", shown);
	}
	return g_string_free(text, FALSE);
}

static void
test_the_header_is_indexed_whatever_stands_in_it(void)
{
	static const struct {
		const char *mail, *fields, *body;
	} cases[] = {
		{ "", "", "" },
		{ "\n", "", "" },
		{ "\r\n", "", "" },
		{ "A: 1\nB: 2\n\nbody\n", "A= 1|B= 2|", "body\n" },
		{ "A: 1\r\nB: 2\r\n\r\nbody\r\n", "A= 1|B= 2|", "body\r\n" },
		{ "A: 1\rB: 2\r\rbody\r", "A= 1|B= 2|", "body\r" },
		{ "A: 1\rB: 2\r\rbody\n", "A= 1|B= 2|", "body\n" },
		{ "A: 1\rB: 2\r\rbody\r\n", "A= 1|B= 2|", "body\r\n" },
		{ "A: 1\r\nB: 2\n\r\nx", "A= 1|B= 2|", "x" },
		{ "A: 1\rB: 2\nC: 3\n\nx", "A= 1\\rB: 2|C= 3|", "x" },
		{ "A: 1\r\rB: 2\n\nx", "A= 1\\r\\rB: 2|", "x" },
		{ "A: 1\r\r\nB: 2\n\nx", "A= 1\\r|B= 2|", "x" },
		{ "\nA: 1\n", "", "A: 1\n" },
		{ "A: 1", "A= 1|", "" },
		{ "A: 1\n", "A= 1|", "" },
		{ "A:\n\nx", "A=|", "x" },
		{ "A: 1\n 2\n\t3\nB: 4\n\n", "A= 1\\n 2\\n\\t3|B= 4|", "" },
		{ "A: 1\n \n 2\n\n", "A= 1\\n \\n 2|", "" },
		{ "A : 1\nB\t :2\n\n", "A= 1|B=2|", "" },
		{ "no field\nA: 1\n: none\nB C: 2\n\xe3\x81\x82: 3\nD: 4\n\nx",
		    "A= 1|D= 4|", "x" },
		{ "From a@b Thu Jan  1\nA: 1\n\nx", "A= 1|", "x" },
		{ "From a@b Thu Jan  1\n", "", "" },
		{ "From a@b Thu Jan  1", "", "" },
		{ "From a@b\n more: 1\n\tand: 2\nA: 1\n\nx", "A= 1|", "x" },
		{ " first: 1\nA: 1\n\nx", "A= 1|", "x" },
		{ ">From a@b\nA: 1\n\nx", "A= 1|", "x" },
		{ "A: 1\nFrom a@b x:y\nB: 2\n\nx", "A= 1|B= 2|", "x" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *mail = cases[i].mail;
		g_autoptr(HishoWire) wire = mail_wire(mail, -1, NULL);
		g_autofree char *fields = dup_fields(wire);
		g_test_message("%s", mail);
		g_assert_cmpstr(fields, ==, cases[i].fields);
		g_assert_cmpstr(
		    mail + hisho_wire_body(wire), ==, cases[i].body);
		g_assert_false(hisho_wire_is_cut(wire));
	}
}

static void
test_nul_bytes_are_bytes_like_others(void)
{
	static const char mail[] = "A: 1\0002\nB\0: 3\nC: 4\n\nx\0y\n";
	g_autoptr(HishoWire) wire = mail_wire(mail, sizeof mail - 1, NULL);
	size_t length;

	const HishoWireField *a = hisho_wire_next(wire, "a", NULL);
	hisho_wire_value(wire, a, &length);
	g_assert_cmpuint(length, ==, 4);
	g_assert_null(hisho_wire_next(wire, "B", NULL));
	g_assert_nonnull(hisho_wire_next(wire, "C", NULL));
	g_autoptr(GBytes) out = hisho_wire_splice(wire, NULL);
	g_assert_cmpmem(g_bytes_get_data(out, NULL), g_bytes_get_size(out),
	    mail, sizeof mail - 1);
}

static void
test_names_are_found_in_any_case_and_in_order(void)
{
	g_autoptr(HishoWire) wire =
	    mail_wire("Received: 1\nRECEIVED : 2\nReceivedX: 3\nReceive: 4\n"
		      "received: 5\n\nReceived: 6\n",
		-1, NULL);
	const HishoWireField *field = NULL;
	g_autoptr(GString) found = g_string_new(NULL);

	while ((field = hisho_wire_next(wire, "Received", field)) != NULL) {
		size_t length;
		const char *value = hisho_wire_value(wire, field, &length);
		g_string_append_len(found, value, (gssize)length);
	}
	g_assert_cmpstr(found->str, ==, " 1 2 5");
	g_assert_null(hisho_wire_next(wire, "Subject", NULL));
}

static void
test_a_limit_cuts_the_index_not_the_bytes(void)
{
	static const char mail[] =
	    "A: 1\nB: 2\nX-Hisho-Folder: main\nC: 3\n\nx";
	HishoLimits few = HISHO_LIMITS_DEFAULT, small = HISHO_LIMITS_DEFAULT;

	few.fields = 2;
	small.header_bytes = 12;
	const HishoLimits *const both[] = { &few, &small };
	for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
		g_autoptr(HishoWire) wire = mail_wire(mail, -1, both[i]);
		g_autofree char *fields = dup_fields(wire);
		g_autoptr(GBytes) out = hisho_wire_splice(wire, NULL);
		g_assert_true(hisho_wire_is_cut(wire));
		g_assert_cmpstr(fields, ==, "A= 1|B= 2|");
		g_assert_cmpmem(g_bytes_get_data(out, NULL),
		    g_bytes_get_size(out), "A: 1\nB: 2\nC: 3\n\nx", 17);
	}
	few.fields = 4;
	g_autoptr(HishoWire) whole = mail_wire(mail, -1, &few);
	g_assert_false(hisho_wire_is_cut(whole));
}

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
test_a_mail_is_the_same_mail_everywhere(void)
{
	static const char mail[] =
	    "From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
	    "From here on\n>From there\n\nend\n";
	static const char *const same[] = {
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		">From here on\n>>From there\n\nend\n",
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"From here on\n>From there\n\nend",
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"From here on\n>From there\n\nend\n\n\r\n\n",
		"From x@y Thu Jan  1 00:00:00 1970\nReceived: x\nFrom: "
		"a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"From here on\n>From there\n\nend\n",
		"TO: c@d.example\nX-Hisho-Folder: main\nsubject: one\r\n two \n"
		"from : a@b.example\n\nFrom here on\n>From there\n\nend\n",
	};
	static const char *const others[] = {
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"From here on\n>From there\nend\n",
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"\nFrom here on\n>From there\n\nend\n",
		"From: a@b.example\nSubject: one\n  two\nTo: c@d.example\n\n"
		"From here on\n>From there\n\nend\n",
		"From: a@b.example\nSubject: one\n two\nCc: c@d.example\n\n"
		"From here on\n>From there\n\nend\n",
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n\n"
		"From here on\n>From there\n\nEnd\n",
		"From: a@b.example\nSubject: one\n two\nTo: c@d.example\n"
		"To: c@d.example\n\nFrom here on\n>From there\n\nend\n",
	};
	static const char *const ends[] = { "\r\n", "\r" };
	g_autofree char *digest = mail_digest(mail, -1);

	g_assert_cmpuint(strlen(digest), ==, 64);
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *text = mail_with_ends(mail, ends[i]);
		g_autofree char *found = mail_digest(text, -1);
		g_assert_cmpstr(found, ==, digest);
	}
	for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
		g_autofree char *found = mail_digest(same[i], -1);
		g_test_message("%s", same[i]);
		g_assert_cmpstr(found, ==, digest);
	}
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autofree char *found = mail_digest(others[i], -1);
		g_test_message("%s", others[i]);
		g_assert_cmpstr(found, !=, digest);
	}
}

static void
test_the_digest_covers_what_follows_a_nul(void)
{
	static const char mails[][20] = { "Subject: a\0b\n\nx\0y",
		"Subject: a\0c\n\nx\0y", "Subject: a\0b\n\nx\0z" };
	g_autofree char *first = mail_digest(mails[0], 17);

	for (guint i = 1; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *other = mail_digest(mails[i], 17);
		g_assert_cmpstr(other, !=, first);
	}
}

static void
test_the_digest_does_not_move(void)
{
	/* printf "From: a@b\nSubject: s\n\nx\n" | sha256sum: fields as
	 * name, colon, value: votes of today must hold in ten years. */
	g_autofree char *sum = g_compute_checksum_for_string(
	    G_CHECKSUM_SHA256, "From: a@b\nSubject: s\n\nx\n", -1);
	g_autofree char *digest =
	    mail_digest("Subject: s\nFrom: a@b\n\nx\n", -1);

	g_assert_cmpstr(digest, ==, sum);
}

static void
test_a_hostile_header_takes_linear_time(void)
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
		g_autoptr(GBytes) out = hisho_wire_splice(wire, BLOCK);
		g_autofree char *digest =
		    g_strdup(hisho_wire_digest(wire));
		g_assert_nonnull(out);
		g_assert_nonnull(digest);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wire/the-header-is-indexed-whatever-stands-in-it",
	    test_the_header_is_indexed_whatever_stands_in_it);
	g_test_add_func("/wire/nul-bytes-are-bytes-like-others",
	    test_nul_bytes_are_bytes_like_others);
	g_test_add_func("/wire/names-are-found-in-any-case-and-in-order",
	    test_names_are_found_in_any_case_and_in_order);
	g_test_add_func("/wire/a-limit-cuts-the-index-not-the-bytes",
	    test_a_limit_cuts_the_index_not_the_bytes);
	g_test_add_func("/wire/a-block-stands-on-top-in-the-mails-own-line-end",
	    test_a_block_stands_on_top_in_the_mails_own_line_end);
	g_test_add_func("/wire/no-own-field-survives-however-it-is-spelled",
	    test_no_own_field_survives_however_it_is_spelled);
	g_test_add_func("/wire/a-mail-is-the-same-mail-everywhere",
	    test_a_mail_is_the_same_mail_everywhere);
	g_test_add_func("/wire/the-digest-covers-what-follows-a-nul",
	    test_the_digest_covers_what_follows_a_nul);
	g_test_add_func(
	    "/wire/the-digest-does-not-move", test_the_digest_does_not_move);
	g_test_add_func("/wire/a-hostile-header-takes-linear-time",
	    test_a_hostile_header_takes_linear_time);
	return g_test_run();
}
