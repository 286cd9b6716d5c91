#include <string.h>

#include "libhisho/mail/message.h"
#include "libhisho/parse/bounce.h"

#include "tests/unit/mail.h"

static const HishoLimits defaults = HISHO_LIMITS_DEFAULT;

static HishoBounce *
read_bounce(const char *text)
{
	g_autoptr(HishoWire) wire = mail_wire(text, -1, NULL);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &defaults);
	g_autoptr(HishoWire) returned =
	    hisho_bounce_find_returned(wire, message, &defaults);

	return hisho_bounce_read(message, returned, &defaults);
}

/* "of from recipient status", "-" for what is not told, "none" for none. */
static char *
dup_read(const char *text)
{
	g_autoptr(HishoBounce) bounce = read_bounce(text);

	if (bounce == NULL)
		return g_strdup("none");
	const char *members[] = { bounce->of, bounce->from, bounce->recipient,
		bounce->status };
	GString *joined = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		g_string_append_printf(joined, "%s%s", i > 0 ? " " : "",
		    members[i] != NULL ? members[i] : "-");
	return g_string_free(joined, FALSE);
}

#define REPORT                                                                 \
	"From: it@b.example\n"                                                 \
	"Content-Type: multipart/report; report-type=\"Delivery-Status\";\n"   \
	"  boundary=b\n\n--b\n\nIt did not work.\n"
#define STATUS                                                                 \
	"--b\nContent-Type: message/delivery-status\n\n"                       \
	"Reporting-MTA: dns; b.example\n\n"
#define FAILED                                                                 \
	"Final-Recipient: rfc822; no@b.example\nAction: failed\n"              \
	"Status: 5.1.1\n"
#define MINE "From: Me <Me@A.example>\nMessage-ID: <1@a.example>\n"
#define WHOLE "--b\nContent-Type: message/rfc822\n\n" MINE "\nHello\n"
#define HEADERS "--b\nContent-Type: text/rfc822-headers\n\n" MINE
#define END "--b--\n"

static void
test_a_report_tells_what_it_returns(void)
{
	static const struct {
		const char *mail, *read;
	} cases[] = {
		{ REPORT STATUS FAILED WHOLE END,
		    "<1@a.example> me@a.example no@b.example 5.1.1" },
		{ REPORT STATUS FAILED HEADERS END,
		    "<1@a.example> me@a.example no@b.example 5.1.1" },
		{ REPORT STATUS FAILED END, "- - no@b.example 5.1.1" },
		{ REPORT WHOLE END, "<1@a.example> me@a.example - -" },
		{ REPORT END, "- - - -" },
		/* The first that failed, not the first of all. */
		{ REPORT STATUS "Final-Recipient: rfc822; late@b.example\n"
				"Action: delayed\nStatus: 4.4.1\n\n" FAILED END,
		    "- - no@b.example 5.1.1" },
		{ REPORT STATUS "Final-Recipient: rfc822; late@b.example\n"
				"Action: delayed\nStatus: 4.4.1\n" END,
		    "- - late@b.example 4.4.1" },
		{ REPORT STATUS "Final-Recipient: none\nStatus: 5.1.1\n" END,
		    "- - - -" },
		{ REPORT STATUS "Final-Recipient: rfc822;<x@b.example>\n"
				"Status: x5.1.1\n" END,
		    "- - x@b.example -" },
		{ REPORT STATUS "Final-Recipient: rfc822;x@b.example\n"
				"Status: 5.1.1 (no such user)\n" END,
		    "- - x@b.example 5.1.1" },
		/* Two senders are none. */
		{ REPORT "--b\nContent-Type: message/rfc822\n\n"
			 "From: me@a.example\nFrom: me@a.example\n\n" END,
		    "- - - -" },
		{ REPORT "--b\nContent-Type: message/rfc822\n\n"
			 "From: me@a.example, you@a.example\n\n" END,
		    "- - - -" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *read = dup_read(cases[i].mail);
		g_autofree char *crlf = mail_with_ends(cases[i].mail, "\r\n");
		g_autofree char *same = dup_read(crlf);
		g_assert_cmpstr(read, ==, cases[i].read);
		g_assert_cmpstr(same, ==, cases[i].read);
	}
}

static void
test_other_mail_returns_nothing(void)
{
	static const char *const mails[] = {
		"From: a@b.example\n\nHello\n",
		"",
		/* A forwarded mail, a report of another kind. */
		"From: a@b.example\n"
		"Content-Type: multipart/mixed; boundary=b\n\n" WHOLE END,
		"From: a@b.example\n"
		"Content-Type: multipart/report; boundary=b;"
		" report-type=disposition-notification\n\n" WHOLE END,
		"From: a@b.example\n"
		"Content-Type: multipart/report; boundary=b\n\n" WHOLE END,
		"From: a@b.example\n\n----- Original message -----\n" MINE,
		/* A whole report within another mail is that mail's. */
		"From: a@b.example\n"
		"Content-Type: multipart/mixed; boundary=c\n\n--c\n"
		"Content-Type: message/rfc822\n\n" REPORT WHOLE END "--c--\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *read = dup_read(mails[i]);
		g_assert_cmpstr(read, ==, "none");
	}
}

static void
test_mail_servers_return_it_in_a_text_too(void)
{
	static const char *const dividers[] = {
		"--- Below this line is a copy of the message.\n\n",
		"------ This is a copy of the message, including all the"
		" headers. ------\n\n",
		"   ----- Unsent message follows -----\n",
		"----- Original message -----\n\n",
		"    Below is a copy of the original message:\n\n",
		"Message headers follow.\n\n",
		"Included is a copy of the message header:\n--------------\n",
	};
	static const char *const daemons[] = {
		"MAILER-DAEMON@b.example",
		"Mail Delivery <Mailer-Daemon@b.example>",
		"MAILER-DAEMON <>",
		"postmaster@b.example",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(dividers); i++) {
		const char *daemon = daemons[i % G_N_ELEMENTS(daemons)];
		g_autofree char *mail =
		    g_strdup_printf("From: %s\n\nSorry.\n\n%s" MINE "\nHello\n",
			daemon, dividers[i]);
		g_autofree char *crlf = mail_with_ends(mail, "\r\n");
		g_autofree char *read = dup_read(mail);
		g_autofree char *same = dup_read(crlf);
		g_assert_cmpstr(read, ==, "<1@a.example> me@a.example - -");
		g_assert_cmpstr(same, ==, read);
	}
	g_autofree char *quoted =
	    dup_read("From: MAILER-DAEMON@b.example\n\nNo.\n"
		     "original message\n" MINE);
	g_assert_cmpstr(quoted, ==, "none");
	g_autofree char *mixed =
	    dup_read("From: MAILER-DAEMON@b.example\n"
		     "Content-Type: multipart/mixed; boundary=b\n\n" WHOLE END);
	g_assert_cmpstr(mixed, ==, "<1@a.example> me@a.example - -");
}

static void
test_a_hostile_report_costs_little(void)
{
	GString *mail = g_string_new(REPORT STATUS);

	for (guint i = 0; i < 200000; i++)
		g_string_append(mail, "\n");
	g_string_append(mail, FAILED);
	for (guint i = 0; i < 200000; i++)
		g_string_append(mail, "Action: failed\n\n");
	g_string_append(mail, WHOLE END);
	g_autofree char *read = dup_read(mail->str);
	g_string_free(mail, TRUE);
	g_assert_cmpstr(read, ==, "<1@a.example> me@a.example - -");
	mail = g_string_new("From: MAILER-DAEMON\n\n");
	for (guint i = 0; i < 200000; i++)
		g_string_append(mail, "--- original message\n");
	g_autofree char *none = dup_read(mail->str);
	g_string_free(mail, TRUE);
	g_assert_cmpstr(none, ==, "- - - -");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bounce/a-report-tells-what-it-returns",
	    test_a_report_tells_what_it_returns);
	g_test_add_func("/bounce/other-mail-returns-nothing",
	    test_other_mail_returns_nothing);
	g_test_add_func("/bounce/mail-servers-return-it-in-a-text-too",
	    test_mail_servers_return_it_in_a_text_too);
	g_test_add_func("/bounce/a-hostile-report-costs-little",
	    test_a_hostile_report_costs_little);
	return g_test_run();
}
