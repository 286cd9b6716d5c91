#include <string.h>

#include "libhisho/links/form.h"
#include "libhisho/links/links.h"

static void
test_what_a_field_wants_is_told(void)
{
	static const struct {
		const char *tag;
		HishoFormField field;
	} cases[] = {
		{ "<input type=PassWord>", HISHO_FORM_SECRET },
		{ "<input type=pass&#119;ord>", HISHO_FORM_SECRET },
		{ "<input type=text name=passwd>", HISHO_FORM_SECRET },
		{ "<input name=user_PASSWORD>", HISHO_FORM_SECRET },
		{ "<input id=pwd>", HISHO_FORM_SECRET },
		{ "<input name=pin>", HISHO_FORM_SECRET },
		{ "<input type=tel autocomplete='cc-number'>",
		    HISHO_FORM_SECRET },
		{ "<input autocomplete='section-a current-password'>",
		    HISHO_FORM_SECRET },
		{ "<input autocomplete=one-time-code>", HISHO_FORM_SECRET },
		{ "<input placeholder='Card  Number'>", HISHO_FORM_SECRET },
		{ "<input placeholder=暗証番号>", HISHO_FORM_SECRET },
		{ "<input aria-label='ﾊﾟｽﾜｰﾄﾞ'>", HISHO_FORM_SECRET },
		{ "<textarea name=seed-phrase>", HISHO_FORM_SECRET },
		{ "<input>", HISHO_FORM_FIELD },
		{ "<input type=email name=address>", HISHO_FORM_FIELD },
		{ "<input name=opinion>", HISHO_FORM_FIELD },
		{ "<input name=compass>", HISHO_FORM_FIELD },
		{ "<textarea name=comment>", HISHO_FORM_FIELD },
		{ "<input type=hidden name=password>", HISHO_FORM_NO_FIELD },
		{ "<input type=submit value=password>", HISHO_FORM_NO_FIELD },
		{ "<input type=checkbox name=pin>", HISHO_FORM_NO_FIELD },
		{ "<input type=search name=q>", HISHO_FORM_NO_FIELD },
		{ "<button name=password>", HISHO_FORM_NO_FIELD },
		{ "<a id=password>", HISHO_FORM_NO_FIELD },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoHtml) html =
		    hisho_html_new(cases[i].tag, strlen(cases[i].tag));
		g_test_message("%s", cases[i].tag);
		g_assert_cmpint(hisho_form_field(hisho_html_next(html)), ==,
		    cases[i].field);
	}
}

static void
test_the_fields_of_the_largest_form_count(void)
{
	static const struct {
		const char *html;
		bool has_form, has_secret;
		gint64 fields;
	} cases[] = {
		{ "<p>none</p>", false, false, 0 },
		{ "<form><input><input></form><form><input></form>", true,
		    false, 2 },
		{ "<form><input></form><form><input></form>", true, false, 1 },
		{ "<input type=password>", false, true, 1 },
		{ "<svg><foreignObject><form><input type=password>", true, true,
		    1 },
		{ "<iframe src='data:text/html,<form><input name=pin>'>", true,
		    true, 1 },
		{ "<a href='data:text/html;base64,"
		  "PGZvcm0+PGlucHV0IHR5cGU9cGFzc3dvcmQ+'>x</a>",
		    true, true, 1 },
		{ "<script>document.write(unescape('%3Cform%3E%3Cinput%20"
		  "type=password%3E'))</script>",
		    false, true, 0 },
		{ "<script>w(\"<INPUT TYPE=\\\"password\\\">\")</script>",
		    false, true, 0 },
		{ "<script>w('\\x3cinput name=pin>')</script>", false, true,
		    0 },
		{ "<script>/* password */ w('<input name=q>')</script>", false,
		    false, 0 },
		{ "<!-- <form><input type=password></form> -->", false, false,
		    0 },
		{ "<textarea><form><input type=password></textarea>", false,
		    false, 1 },
	};
	const HishoLimits limits = HISHO_LIMITS_DEFAULT;

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoLinks) links = hisho_links_new(&limits);
		const HishoLinksFound *found = hisho_links_found(links);
		hisho_links_add_html(
		    links, cases[i].html, strlen(cases[i].html));
		g_test_message("%s", cases[i].html);
		g_assert_cmpint(found->has_form, ==, cases[i].has_form);
		g_assert_cmpint(
		    found->has_password_input, ==, cases[i].has_secret);
		g_assert_cmpint(found->form_fields, ==, cases[i].fields);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/form/what-a-field-wants-is-told",
	    test_what_a_field_wants_is_told);
	g_test_add_func("/form/the-fields-of-the-largest-form-count",
	    test_the_fields_of_the_largest_form_count);
	return g_test_run();
}
