#include <string.h>

#include "libhisho/mail/mimeline.h"

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

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/mimeline/a-mail-ends-before-the-part-that-is-one-too-many",
	    test_a_mail_ends_before_the_part_that_is_one_too_many);
	return g_test_run();
}
