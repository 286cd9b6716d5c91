#include <glib.h>
#include <string.h>

#include "libhisho/links/parts.h"

#include "tests/unit/links.h"
#include "tests/unit/mail.h"

static const HishoLimits limits = HISHO_LIMITS_DEFAULT;

/* What is found in the mail TEXT. */
static HishoLinksFound *
find_links(const char *text)
{
	g_autoptr(HishoWire) wire = mail_wire(text, -1, &limits);
	g_autoptr(HishoMessage) message = hisho_message_parse(wire, &limits);
	g_autoptr(HishoLinks) links = hisho_links_new(&limits);

	if (hisho_parts_read(links, message, &limits))
		hisho_links_catalog(links)->found->limit_reached = true;
	return hisho_links_steal_found(links);
}

static char *
dup_links(const char *text)
{
	g_autoptr(HishoLinksFound) found = find_links(text);

	return links_dup_text(found, "-");
}

static void
test_every_part_is_read_as_what_it_is(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/links/parts", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autofree char *part = g_strcompress(*line);
		g_autofree char *mail = g_strconcat(
		    "Content-Type: multipart/mixed; boundary=b\n\n--b\n", part,
		    "\n--b--\n", NULL);
		g_autofree char *links = dup_links(mail);
		g_test_message("%s", *line++);
		g_assert_cmpstr(links, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 40);
}

static void
test_mails_in_mails_have_an_end(void)
{
	g_autoptr(GString) mail = g_string_new(
	    "Content-Type: text/html\n\n<a href=http://a.example>x</a>");

	for (int i = 0; i < 6; i++) {
		g_autofree char *inner =
		    g_base64_encode((const guchar *)mail->str, mail->len);
		g_string_printf(mail,
		    "Content-Type: message/rfc822\n"
		    "Content-Transfer-Encoding: base64\n\n%s\n",
		    inner);
	}
	g_autoptr(HishoLinksFound) found = find_links(mail->str);
	g_assert_cmpuint(found->links->len, ==, 0);
	g_assert_true(found->limit_reached);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/parts/every-part-is-read-as-what-it-is",
	    test_every_part_is_read_as_what_it_is);
	g_test_add_func("/parts/mails-in-mails-have-an-end",
	    test_mails_in_mails_have_an_end);
	return g_test_run();
}
