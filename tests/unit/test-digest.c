#include "libhisho/mail/digest.h"

#include "tests/unit/mail.h"

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
	/* printf 'From: a@b\nSubject: s\n\nx\n' | sha256sum: fields as
	 * name, colon, value: votes of today must hold in ten years. */
	g_autofree char *sum = g_compute_checksum_for_string(
	    G_CHECKSUM_SHA256, "From: a@b\nSubject: s\n\nx\n", -1);
	g_autofree char *digest =
	    mail_digest("Subject: s\nFrom: a@b\n\nx\n", -1);

	g_assert_cmpstr(digest, ==, sum);
}

static void
test_every_field_of_the_writer_counts_and_no_other(void)
{
	static const struct {
		const char *name;
		bool counts;
	} cases[] = { { "From", true }, { "Sender", true },
		{ "Reply-To", true }, { "To", true }, { "Cc", true },
		{ "Date", true }, { "Message-ID", true }, { "Subject", true },
		{ "Received", false }, { "Return-Path", false },
		{ "Bcc", false }, { "X-Hisho-Folder", false },
		{ "Status", false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *one =
		    g_strdup_printf("%s: 1\n\nx\n", cases[i].name);
		g_autofree char *two =
		    g_strdup_printf("%s: 2\n\nx\n", cases[i].name);
		g_autofree char *first = mail_digest(one, -1);
		g_autofree char *second = mail_digest(two, -1);
		g_test_message("%s", cases[i].name);
		g_assert_cmpint(
		    strcmp(first, second) != 0, ==, cases[i].counts);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/digest/a-mail-is-the-same-mail-everywhere",
	    test_a_mail_is_the_same_mail_everywhere);
	g_test_add_func("/digest/the-digest-covers-what-follows-a-nul",
	    test_the_digest_covers_what_follows_a_nul);
	g_test_add_func(
	    "/digest/the-digest-does-not-move", test_the_digest_does_not_move);
	g_test_add_func("/digest/every-field-of-the-writer-counts-and-no-other",
	    test_every_field_of_the_writer_counts_and_no_other);
	return g_test_run();
}
