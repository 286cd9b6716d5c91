#include <string.h>

#include "libhisho/mail/message.h"
#include "libhisho/mail/mimeline.h"
#include "libhisho/parse/letter.h"

#include "tests/unit/mail.h"

static void
test_a_mail_ends_before_the_part_that_is_one_too_many(void)
{
	static const struct {
		const char *mail;
		size_t limit, left; /* bytes; 0 for all */
	} cases[] = {
		{ "", 0, 0 },
		{ "no boundary\n--b\n", 0, 0 },
		{ "boundary=b\n\n--b\nx\n--b\ny\n", 2, 0 },
		{ "boundary=b\n\n--b\nx\n--b\ny\n", 1, 18 },
		{ "boundary=b\n\n--b\nx\n--b\ny\n", 0, 12 },
		{ "BOUNDARY=\"b c\"\r\n\r\n--b c\r\nx", 0, 18 },
		{ "boundary=b; x=y\n\n--b \t\nx", 0, 17 },
		{ "boundary=b\n\n--b--\n--bb\n -- b\n--\n", 0, 0 },
		{ "boundary=a\n boundary=b\n\n--a\n--b\n--a", 2, 32 },
		{ "boundary=b \n\n--b\n", 0, 13 },
		{ "boundary=", 0, 0 },
		{ "boundary=\"", 0, 0 },
		{ "=boundary=b\n--b", 0, 12 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t length = strlen(cases[i].mail);
		g_autoptr(GByteArray) mail = g_byte_array_new();
		g_byte_array_append(
		    mail, (const guint8 *)cases[i].mail, (guint)length);
		g_test_message("%s", cases[i].mail);
		g_assert_cmpint(hisho_mimeline_cut(mail, cases[i].limit), ==,
		    cases[i].left != 0);
		g_assert_cmpuint(
		    mail->len, ==, cases[i].left != 0 ? cases[i].left : length);
	}
}

static void
test_only_endless_fields_are_tamed(void)
{
	static const char *const fields[] = { "Content-Type: (",
		"content-disposition: x\n (", "X-Content-Type: (",
		" Content-Type: (" };

	for (guint i = 0; i < 2 * G_N_ELEMENTS(fields); i++) {
		bool is_long = i >= G_N_ELEMENTS(fields);
		guint which = i % G_N_ELEMENTS(fields);
		g_autofree char *row = g_strnfill(is_long ? 9000 : 100, '(');
		g_autofree char *text = g_strconcat("--b\n", fields[which], row,
		    "\nContent-ID: (x)\n\n(y)", NULL);
		size_t length = strlen(text);
		g_autoptr(GByteArray) mail =
		    g_byte_array_new_take((guint8 *)g_strdup(text), length);
		hisho_mimeline_tame(mail);
		g_assert_cmpuint(mail->len, ==, length);
		g_assert_cmpint(memmem(mail->data, length, "((", 2) == NULL, ==,
		    is_long && which < 2);
		g_assert_nonnull(memmem(mail->data, length, "(x)\n\n(y)", 8));
	}
}

/* This once took all of the stack. */
static void
test_groups_in_groups_are_no_danger(void)
{
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;
	g_autoptr(GString) mail =
	    g_string_new("Content-Type: message/rfc822\n\nTo: ");

	while (mail->len < 900000)
		g_string_append(mail, "a:");
	g_string_append(mail, "\nContent-Type: text/html\n\nx\n");
	g_autoptr(HishoWire) wire =
	    mail_wire(mail->str, (gssize)mail->len, &limits);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &limits);
	g_assert_cmpuint(hisho_message_n_parts(message), ==, 2);
}

/* Each of these once took seconds. */
static void
test_brackets_without_end_take_linear_time(void)
{
	static const char *const fields[] = { "Content-Type: ",
		"Content-Disposition: ", "Content-Transfer-Encoding: " };
	static const char *const rows[] = { "(", "(()", "((\\", "()" };
	static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

	for (guint i = 0; i < G_N_ELEMENTS(fields) * G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) mail = g_string_new(
		    "Content-Type: multipart/mixed; boundary=b\n\n");
		for (int n = 0; n < 4; n++) {
			g_string_append_printf(
			    mail, "--b\n%s", fields[i % G_N_ELEMENTS(fields)]);
			size_t end = mail->len + 900000;
			while (mail->len < end)
				g_string_append(
				    mail, rows[i / G_N_ELEMENTS(fields)]);
			g_string_append(mail, "\n\nx\n");
		}
		g_autoptr(HishoWire) wire =
		    mail_wire(mail->str, (gssize)mail->len, &limits);
		gint64 start = g_get_monotonic_time();
		g_autoptr(HishoMessage) message =
		    hisho_message_parse(wire, &limits);
		g_autoptr(HishoLetter) letter =
		    hisho_letter_read_header(wire, &limits);
		hisho_letter_add_parts(letter, message);
		g_assert_cmpuint(hisho_message_n_parts(message), ==, 5);
		g_test_message("%s%s: %d ms", fields[i % 3],
		    rows[i / G_N_ELEMENTS(fields)],
		    (int)((g_get_monotonic_time() - start) / 1000));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/mimeline/a-mail-ends-before-the-part-that-is-one-too-many",
	    test_a_mail_ends_before_the_part_that_is_one_too_many);
	g_test_add_func("/mimeline/only-endless-fields-are-tamed",
	    test_only_endless_fields_are_tamed);
	g_test_add_func("/mimeline/groups-in-groups-are-no-danger",
	    test_groups_in_groups_are_no_danger);
	g_test_add_func("/mimeline/brackets-without-end-take-linear-time",
	    test_brackets_without_end_take_linear_time);
	return g_test_run();
}
