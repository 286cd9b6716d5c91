#include <string.h>

#include "libhisho/mail/mailbox.h"
#include "libhisho/parse/identity.h"

#include "tests/unit/mail.h"

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

static char *
dup_addresses(const GPtrArray *mailboxes)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < mailboxes->len; i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
		    mailbox->address != NULL ? mailbox->address : "-");
	}
	return g_string_free(text, FALSE);
}

static void
test_all_fields_of_a_name_count(void)
{
	static const struct {
		const char *header, *addresses;
		guint n_fields;
		bool has_remainder;
	} cases[] = {
		{ "To: a@b.example\n", "", 0, false },
		{ "From: a@b.example\n", "a@b.example", 1, false },
		{ "From: a@b.example\nFROM : c@d.example\n",
		    "a@b.example c@d.example", 2, false },
		{ "From: a@b.example,\n c@d.example\n",
		    "a@b.example c@d.example", 1, false },
		{ "From: a..b.@docomo.ne.jp\n", "a..b.@docomo.ne.jp", 1,
		    false },
		{ "From:\n", "", 1, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoWire) wire =
		    mail_wire(cases[i].header, -1, NULL);
		HishoIdentity identity =
		    hisho_identity_read(wire, "From", &limits);
		g_autoptr(GPtrArray) mailboxes = identity.mailboxes;
		g_autofree char *addresses = dup_addresses(mailboxes);
		g_test_message("%s", cases[i].header);
		g_assert_cmpstr(addresses, ==, cases[i].addresses);
		g_assert_cmpuint(identity.n_fields, ==, cases[i].n_fields);
		g_assert_cmpint(
		    identity.has_remainder, ==, cases[i].has_remainder);
	}
}

static void
test_the_limit_holds_over_all_fields(void)
{
	HishoLimits few = HISHO_LIMITS_DEFAULT;

	few.addresses = 3;
	g_autoptr(HishoWire) wire = mail_wire(
	    "To: a@b.example, c@d.example\nTo: e@f.example, g@h.example\n"
	    "To: i@j.example\n",
	    -1, NULL);
	HishoIdentity identity = hisho_identity_read(wire, "To", &few);
	g_autoptr(GPtrArray) mailboxes = identity.mailboxes;
	g_assert_cmpuint(mailboxes->len, ==, 3);
	g_assert_cmpuint(identity.n_fields, ==, 3);
	g_assert_true(identity.has_remainder);
}

static void
test_the_topmost_return_path_is_the_envelope_sender(void)
{
	static const struct {
		const char *header, *path;
	} cases[] = {
		{ "From: a@b.example\n", NULL },
		{ "Return-Path: <a@b.example>\n", "a@b.example" },
		{ "Return-Path: a@b.example\n", "a@b.example" },
		{ "Return-Path: <>\n", "" },
		{ "Return-Path:\n", "" },
		{ "Return-Path: <x@y.example>\nReturn-Path: <a@b.example>\n",
		    "x@y.example" },
		{ "return-path:\n <a@b.example>\n", "a@b.example" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoWire) wire =
		    mail_wire(cases[i].header, -1, NULL);
		g_autofree char *path =
		    hisho_identity_dup_return_path(wire, &limits);
		g_test_message("%s", cases[i].header);
		g_assert_cmpstr(path, ==, cases[i].path);
	}
}

static void
test_texts_are_one_line_of_utf_8(void)
{
	static const struct {
		const char *header, *text;
	} cases[] = {
		{ "To: x\n", NULL },
		{ "Subject: one\n two\n", "one two" },
		{ "Subject: =?utf-8?B?56eY5pu4?=\n", "秘書" },
		{ "Subject: first\nSubject: second\n", "first" },
		{ "Subject: \n", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoWire) wire =
		    mail_wire(cases[i].header, -1, NULL);
		g_autofree char *text =
		    hisho_identity_dup_text(wire, "Subject");
		g_test_message("%s", cases[i].header);
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

static void
test_message_ids_keep_their_brackets(void)
{
	static const struct {
		const char *header, *ids;
	} cases[] = {
		{ "To: x\n", "" },
		{ "References: <a@b> <c@d>\n\t<e@f>\n", "<a@b>|<c@d>|<e@f>|" },
		{ "References: text <a@b> text\nReferences: <c@d>\n",
		    "<a@b>|<c@d>|" },
		{ "References: <a@b\n", "" },
		{ "References: <><<a>>\n", "<>|<<a>|" },
		{ "References: a@b\n", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoWire) wire =
		    mail_wire(cases[i].header, -1, NULL);
		g_autoptr(GPtrArray) ids =
		    hisho_identity_message_ids(wire, "References");
		g_autoptr(GString) text = g_string_new(NULL);
		for (guint j = 0; j < ids->len; j++)
			g_string_append_printf(
			    text, "%s|", (const char *)ids->pdata[j]);
		g_test_message("%s", cases[i].header);
		g_assert_cmpstr(text->str, ==, cases[i].ids);
	}
}

static void
test_message_ids_are_limited(void)
{
	g_autoptr(GString) header = g_string_new("References:");

	for (guint i = 0; i < 20000; i++)
		g_string_append_printf(header, " <%u@example>\n", i);
	g_autoptr(HishoWire) wire =
	    mail_wire(header->str, (gssize)header->len, NULL);
	g_autoptr(GPtrArray) ids =
	    hisho_identity_message_ids(wire, "References");
	g_assert_cmpuint(ids->len, ==, 100);
}

static void
test_an_address_in_a_name_is_found(void)
{
	static const struct {
		const char *name, *address;
	} cases[] = {
		{ NULL, NULL },
		{ "", NULL },
		{ "Taro", NULL },
		{ "service@bank.example", "service@bank.example" },
		{ "Bank (service@bank.example) Ltd", "service@bank.example" },
		{ "銀行service@bank.example様", "service@bank.example" },
		{ "write to service@bank.example.", "service@bank.example" },
		{ "a@b", NULL },
		{ "@bank.example", NULL },
		{ "me @ home.example", NULL },
		{ "a@b and c@d.example", "c@d.example" },
		{ "@@@@x@y.example@", "x@y.example" },
		{ "x@.", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *address =
		    hisho_identity_dup_address_in_name(cases[i].name);
		g_test_message("%s", cases[i].name);
		g_assert_cmpstr(address, ==, cases[i].address);
	}
	g_autofree char *signs = g_strnfill(1 << 20, '@');
	g_assert_null(hisho_identity_dup_address_in_name(signs));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/identity/all-fields-of-a-name-count",
	    test_all_fields_of_a_name_count);
	g_test_add_func("/identity/the-limit-holds-over-all-fields",
	    test_the_limit_holds_over_all_fields);
	g_test_add_func(
	    "/identity/the-topmost-return-path-is-the-envelope-sender",
	    test_the_topmost_return_path_is_the_envelope_sender);
	g_test_add_func("/identity/texts-are-one-line-of-utf-8",
	    test_texts_are_one_line_of_utf_8);
	g_test_add_func("/identity/message-ids-keep-their-brackets",
	    test_message_ids_keep_their_brackets);
	g_test_add_func(
	    "/identity/message-ids-are-limited", test_message_ids_are_limited);
	g_test_add_func("/identity/an-address-in-a-name-is-found",
	    test_an_address_in_a_name_is_found);
	return g_test_run();
}
