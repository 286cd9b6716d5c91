#include <string.h>

#include "libhisho/parse/attachment.h"
#include "libhisho/parse/letter.h"
#include "libhisho/parse/mark.h"

#include "tests/unit/mail.h"

static const HishoLimits defaults = HISHO_LIMITS_DEFAULT;

static HishoLetter *
read_header(const char *header, const HishoLimits *limits)
{
	const HishoLimits *used = limits != NULL ? limits : &defaults;
	g_autoptr(HishoWire) wire = mail_wire(header, -1, used);

	return hisho_letter_read_header(wire, used);
}

static char *
dup_joined(const GPtrArray *texts)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < texts->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
		    (const char *)texts->pdata[i]);
	return g_string_free(text, FALSE);
}

#define TO "To: x@y.example\n"

static void
test_one_from_is_one_field_with_one_address(void)
{
	static const struct {
		const char *header;
		bool has_one_from;
		const char *findings;
	} cases[] = {
		{ "From: a@b.example\n" TO, true, "" },
		{ "From: Taro <a@b.example>\n" TO, true, "" },
		{ "From: \"A, B\" <a@b.example>\n" TO, true, "" },
		{ "From: a..b.@docomo.ne.jp\n" TO, true, "" },
		{ TO, false, "from-missing" },
		{ "From:\n" TO, false, "from-missing" },
		{ "From: Taro\n" TO, false, "from-missing" },
		{ "From: a@b.example, c@d.example\n" TO, false,
		    "from-multiple" },
		{ "From: a@b.example\nFrom: a@b.example\n" TO, false,
		    "from-multiple" },
		{ "From: a@b.example\nFrom:\n" TO, false, "from-multiple" },
		{ "From: a@b.example\nfrom : c@d.example\n" TO, false,
		    "from-multiple" },
		{ "From: a..b.@docomo.ne.jp, good@friend.example\n" TO, false,
		    "from-multiple" },
		{ "From: \"bank@bank.example\" <a@evil.example>\n" TO, true,
		    "from-name-address" },
		{ "From: \"A@B.example\" <a@b.example>\n" TO, true, "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoLetter) letter =
		    read_header(cases[i].header, NULL);
		g_autofree char *findings = dup_joined(letter->findings);
		g_test_message("%s", cases[i].header);
		g_assert_cmpint(
		    letter->has_one_from, ==, cases[i].has_one_from);
		g_assert_cmpstr(findings, ==, cases[i].findings);
	}
}

static void
test_fields_that_stand_once_are_missed_twice(void)
{
	static const char *const once[] = { "Sender", "Reply-To", "To", "Cc",
		"Date", "Message-ID", "Subject", "Content-Type",
		"Content-Transfer-Encoding" };

	for (guint i = 0; i < G_N_ELEMENTS(once); i++) {
		g_autofree char *header = g_strdup_printf(
		    "From: a@b.example\n%s: x@y.example\n%s: x@y.example\n%s",
		    once[i], once[i],
		    g_str_equal(once[i], "To") || g_str_equal(once[i], "Cc")
			? ""
			: TO);
		g_autoptr(HishoLetter) letter = read_header(header, NULL);
		g_autofree char *findings = dup_joined(letter->findings);
		g_test_message("%s", header);
		g_assert_cmpstr(findings, ==, "duplicate-field");
	}
	g_autoptr(HishoLetter) received = read_header(
	    "Received: a\nReceived: b\nFrom: a@b.example\n" TO, NULL);
	g_assert_cmpuint(received->findings->len, ==, 0);
}

static void
test_the_header_is_told(void)
{
	g_autoptr(HishoLetter) letter = read_header(
	    "Return-Path: <bounce@b.example>\nMessage-ID: <1@b.example>\n"
	    "Date: Tue, 11 Jul 2023 08:00:00 +0900\n"
	    "Subject: =?utf-8?B?56eY5pu4?=\nFrom: a@b.example\n"
	    "Sender: s@b.example\nReply-To: r@b.example\nTo: t@y.example\n"
	    "Cc: c@y.example, d@y.example\nIn-Reply-To: <0@y.example>\n"
	    "References: <9@y.example> <0@y.example>\nUser-Agent: ua\n"
	    "List-Id: The list <the.list.example>\nPrecedence: BULK\n"
	    "Auto-Submitted: Auto-Generated\nX-Spam-Flag: YES\n\n",
	    NULL);
	g_autofree char *references = dup_joined(letter->references);

	g_assert_null(letter->digest);
	g_assert_cmpstr(letter->return_path, ==, "bounce@b.example");
	g_assert_cmpstr(letter->message_id, ==, "<1@b.example>");
	g_assert_cmpstr(letter->date, ==, "2023-07-10T23:00:00Z");
	g_assert_cmpint(letter->time, ==, 1689030000);
	g_assert_cmpstr(letter->subject, ==, "秘書");
	g_assert_cmpuint(letter->sender->len, ==, 1);
	g_assert_cmpuint(letter->reply_to->len, ==, 1);
	g_assert_cmpuint(letter->to->len, ==, 1);
	g_assert_cmpuint(letter->cc->len, ==, 2);
	g_assert_cmpuint(letter->in_reply_to->len, ==, 1);
	g_assert_cmpstr(references, ==, "<9@y.example> <0@y.example>");
	g_assert_cmpstr(letter->mailer, ==, "ua");
	g_assert_cmpstr(letter->list->id, ==, "the.list.example");
	g_assert_cmpstr(letter->list->precedence, ==, "bulk");
	g_assert_cmpstr(letter->list->auto_submitted, ==, "auto-generated");
	g_assert_null(letter->list->post);
	g_assert_cmpuint(letter->marks->len, ==, 1);
	g_assert_cmpuint(letter->findings->len, ==, 0);
	g_assert_cmpuint(letter->limits->len, ==, 0);
}

static void
test_a_header_that_says_nothing_is_empty(void)
{
	static const char *const headers[] = { "", "\n", "junk\n\n",
		"From a@b.example Thu Jan  1 00:00:00 1970\n\n" };

	for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
		g_autoptr(HishoLetter) letter = read_header(headers[i], NULL);
		g_autofree char *findings = dup_joined(letter->findings);
		g_assert_cmpstr(findings, ==, "from-missing no-recipients");
		g_assert_null(letter->subject);
		g_assert_null(letter->date);
		g_assert_cmpint(letter->time, ==, 0);
		g_assert_null(letter->list);
		g_assert_null(letter->return_path);
	}
}

static void
test_a_list_id_is_what_its_brackets_hold(void)
{
	static const struct {
		const char *value, *id;
	} cases[] = { { "The list <a.example>", "a.example" },
		{ "a.example", "a.example" }, { "<a.example>", "a.example" },
		{ "x <y> <a.example>", "a.example" },
		{ "<a.example", "<a.example" }, { "a>b<", "a>b<" } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *header =
		    g_strdup_printf("List-Id: %s\n", cases[i].value);
		g_autoptr(HishoLetter) letter = read_header(header, NULL);
		g_assert_cmpstr(letter->list->id, ==, cases[i].id);
	}
}

static void
test_limits_that_are_reached_are_named(void)
{
	HishoLimits few = HISHO_LIMITS_DEFAULT;
	static const char addresses[] =
	    "From: a@b.example\nTo: a@b.example, c@d.example, e@f.example\n";

	few.addresses = 2;
	g_autoptr(HishoLetter) many = read_header(addresses, &few);
	g_assert_cmpuint(many->to->len, ==, 2);
	g_assert_cmpstr(many->limits->pdata[0], ==, "addresses");

	HishoLimits one = HISHO_LIMITS_DEFAULT;
	one.fields = 1;
	g_autoptr(HishoLetter) cut = read_header(addresses, &one);
	g_assert_cmpstr(cut->limits->pdata[0], ==, "header");

	g_autoptr(GString) marks = g_string_new(NULL);
	for (guint i = 0; i < 200; i++)
		g_string_append(marks, "X-Spam-Flag: YES\n");
	g_autoptr(HishoLetter) marked = read_header(marks->str, NULL);
	g_assert_cmpuint(marked->marks->len, ==, 50);
}

static void
test_parts_and_attachments_are_added(void)
{
	g_autoptr(HishoWire) wire = mail_wire(
	    "From: a@b.example\nTo: x@y.example\n"
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	    "Content-Type: text/plain; charset=ISO-2022-JP\n"
	    "Content-Transfer-Encoding: 7BIT\n\nx\n--b\n"
	    "Content-Type: application/pdf; name=a.pdf\n"
	    "Content-Disposition: Attachment; filename=a.pdf\n\n%PDF-\n"
	    "--b--\n",
	    -1, NULL);
	g_autoptr(HishoLetter) letter =
	    hisho_letter_read_header(wire, &defaults);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &defaults);

	hisho_letter_add_parts(letter, message);
	g_assert_cmpuint(letter->parts->len, ==, 3);
	const HishoLetterPart *text = letter->parts->pdata[1];
	const HishoLetterPart *file = letter->parts->pdata[2];
	g_assert_cmpint(text->depth, ==, 1);
	g_assert_cmpstr(text->charset, ==, "ISO-2022-JP");
	g_assert_cmpstr(text->encoding, ==, "7bit");
	g_assert_null(text->disposition);
	g_assert_cmpstr(file->disposition, ==, "attachment");
	g_assert_cmpuint(letter->attachments->len, ==, 1);
	const HishoAttachment *attachment = letter->attachments->pdata[0];
	g_assert_cmpstr(attachment->name, ==, "a.pdf");
	g_assert_cmpuint(letter->limits->len, ==, 0);
}

static void
test_a_cut_tree_is_told(void)
{
	HishoLimits few = HISHO_LIMITS_DEFAULT;

	few.parts = 2;
	g_autoptr(HishoWire) wire =
	    mail_wire("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
		      "--b\n\ny\n--b\n\nz\n--b--\n",
		-1, NULL);
	g_autoptr(HishoLetter) letter = hisho_letter_read_header(wire, &few);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &few);
	hisho_letter_add_parts(letter, message);
	g_assert_cmpuint(letter->parts->len, ==, 2);
	g_assert_cmpstr(letter->limits->pdata[0], ==, "parts");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/letter/one-from-is-one-field-with-one-address",
	    test_one_from_is_one_field_with_one_address);
	g_test_add_func("/letter/fields-that-stand-once-are-missed-twice",
	    test_fields_that_stand_once_are_missed_twice);
	g_test_add_func("/letter/the-header-is-told", test_the_header_is_told);
	g_test_add_func("/letter/a-header-that-says-nothing-is-empty",
	    test_a_header_that_says_nothing_is_empty);
	g_test_add_func("/letter/a-list-id-is-what-its-brackets-hold",
	    test_a_list_id_is_what_its_brackets_hold);
	g_test_add_func("/letter/limits-that-are-reached-are-named",
	    test_limits_that_are_reached_are_named);
	g_test_add_func("/letter/parts-and-attachments-are-added",
	    test_parts_and_attachments_are_added);
	g_test_add_func("/letter/a-cut-tree-is-told", test_a_cut_tree_is_told);
	return g_test_run();
}
