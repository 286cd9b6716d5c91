#include <string.h>

#include "libhisho/mail/digest.h"
#include "libhisho/mail/splice.h"
#include "libhisho/mail/wire.h"

#include "tests/unit/mail.h"

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
	g_autoptr(GBytes) out = hisho_splice(wire, NULL);
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
		g_autoptr(GBytes) out = hisho_splice(wire, NULL);
		g_assert_true(hisho_wire_is_cut(wire));
		g_assert_cmpstr(fields, ==, "A= 1|B= 2|");
		g_assert_cmpmem(g_bytes_get_data(out, NULL),
		    g_bytes_get_size(out), "A: 1\nB: 2\nC: 3\n\nx", 17);
	}
	few.fields = 4;
	few.header_bytes = 36; /* to the end of C */
	g_autoptr(HishoWire) whole = mail_wire(mail, -1, &few);
	g_assert_false(hisho_wire_is_cut(whole));
	few.header_bytes = 35;
	g_autoptr(HishoWire) less = mail_wire(mail, -1, &few);
	g_assert_true(hisho_wire_is_cut(less));
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
	return g_test_run();
}
