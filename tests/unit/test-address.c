#include <string.h>

#include "libhisho/mail/address.h"
#include "libhisho/mail/text.h"

static GString *
unescape(const char *text)
{
	static const char letters[] = "nrt0e\\", bytes[] = "\n\r\t\0\x1b\\";
	GString *value = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		const char *letter = *text == '\\' && text[1] != '\0'
		    ? strchr(letters, text[1])
		    : NULL;
		if (letter != NULL) {
			g_string_append_c(value, bytes[letter - letters]);
			text++;
		} else if (g_str_has_prefix(text, "\\x")) {
			g_string_append_c(value,
			    (char)(g_ascii_xdigit_value(text[2]) << 4 |
				g_ascii_xdigit_value(text[3])));
			text += 3;
		} else {
			g_string_append_c(value, *text);
		}
	}
	return value;
}

static const char *
or_dash(const char *text)
{
	return text == NULL ? "-" : text;
}

/* What is found in VALUE, in the notation of tests/cases/address. */
static char *
describe(const char *value, size_t length, size_t limit)
{
	/* A copy without a final NUL shows a read past the end. */
	g_autofree char *copy = g_memdup2(value, length);
	bool remainder = false;
	g_autoptr(GPtrArray) mailboxes =
	    hisho_address_parse(copy, length, limit, &remainder);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < mailboxes->len; i++) {
		const HishoMailbox *mailbox = mailboxes->pdata[i];
		g_string_append_printf(text, "%s | %s | %s\n",
		    or_dash(mailbox->name), or_dash(mailbox->address),
		    or_dash(mailbox->domain));
	}
	g_string_append(text, remainder ? "remainder\n" : "");
	return g_string_free(text, FALSE);
}

static void
test_addresses_are_read_as_they_are_meant(void)
{
	g_autofree char *cases = NULL;

	g_assert_true(
	    g_file_get_contents("tests/cases/address", &cases, NULL, NULL));
	g_auto(GStrv) blocks = g_strsplit(cases, "\n\n", -1);
	for (char **block = blocks; *block != NULL; block++) {
		const char *p = *block;

		while (*p == '#' || *p == '\n')
			p += strcspn(p, "\n") + (*strchrnul(p, '\n') != 0);
		if (*p == '\0')
			continue;
		size_t length = strcspn(p, "\n");
		g_autofree char *line = g_strndup(p, length);
		g_autofree char *rest = g_strstrip(g_strdup(p + length));
		g_autoptr(GString) value = unescape(line);
		g_autofree char *found =
		    g_strstrip(describe(value->str, value->len, 100));
		g_test_message("%s", line);
		g_assert_cmpstr(found, ==, rest);
	}
}

static void
test_the_organization_comes_along(void)
{
	const char *value = "a@mail.example.co.jp, b@[192.0.2.1]";
	g_autoptr(GPtrArray) mailboxes =
	    hisho_address_parse(value, strlen(value), 10, NULL);
	const HishoMailbox *first = mailboxes->pdata[0];
	const HishoMailbox *second = mailboxes->pdata[1];

	g_assert_cmpstr(first->organization, ==, "example.co.jp");
	g_assert_null(second->organization);
}

static void
test_the_limit_is_told(void)
{
	g_autofree char *all = describe("a@b.c,d@e.f", 11, 2);
	g_autofree char *some = describe("a@b.c,d@e.f", 11, 1);

	g_assert_cmpstr(all, ==, "- | a@b.c | b.c\n- | d@e.f | e.f\n");
	g_assert_cmpstr(some, ==, "- | a@b.c | b.c\nremainder\n");
}

/* What opens and never closes must not take quadratic time: this would run
 * for many minutes. */
static void
test_hostile_fields_take_linear_time(void)
{
	static const char *const units[] = { "(", "\"", "<", "@", ",", ":", ";",
		"\x1b$B", "\x1b$B\x1b(I", "=?", "=?a?q?", "[", "@[", "\\", "()",
		"a@", "a@(", "(a)@", "<>", "a,", "a:", "\"\"", "a.", ". ", "<@",
		"<a@b", "\x83", "a@b ", "(\x1b$B", "\"\\", "=?a?q?b?=" };
	const size_t size = 1 << 18;

	for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
		GString *value = g_string_sized_new(size);

		while (value->len < size)
			g_string_append(value, units[i]);
		g_test_message("%s", units[i]);
		g_free(describe(value->str, value->len, 1000));
		g_string_append(value, ";");
		g_free(describe(value->str, value->len, 1000));
		g_string_free(value, TRUE);
	}
}

static void
test_any_bytes_are_survived(void)
{
	static const char alphabet[] = "ab.@@<>(),;:\"\\[] \n=?Qq_\x1b$B(B"
				       "\x83\xe3\x81\x82\0";

	for (guint i = 0; i < 30000; i++) {
		char value[24];
		size_t length = (size_t)g_test_rand_int_range(0, sizeof value);

		for (size_t j = 0; j < length; j++)
			value[j] =
			    alphabet[g_test_rand_int_range(0, sizeof alphabet)];
		g_autofree char *found = describe(value, length, 5);
		g_assert_true(g_utf8_validate(found, -1, NULL));
	}
}

static void
test_one_address_has_one_key(void)
{
	static const struct {
		const char *address, *key;
	} cases[] = {
		{ "User@Example.COM", "user@example.com" },
		{ "user@example.com.", "user@example.com" },
		{ "\"user\"@example.com", "user@example.com" },
		{ "\"us\\er\"@example.com", "user@example.com" },
		{ "\"A..b.\"@docomo.ne.jp", "a..b.@docomo.ne.jp" },
		{ "\"a b\"@example.com", "\"a b\"@example.com" },
		{ "a@b@example.com", "\"a@b\"@example.com" },
		{ "\"a@b\"@example.com", "\"a@b\"@example.com" },
		{ "ＡÉ@例え.テスト", "ａé@xn--r8jz45g.xn--zckzah" },
		{ "e\u0301@example.com", "é@example.com" },
		{ "a@[192.0.2.1]", "a@[192.0.2.1]" },
		{ "a@[IPv6:::FFFF:192.0.2.1]", "a@[192.0.2.1]" },
		{ "root", NULL },
		{ "a@", NULL },
		{ "@example.com", NULL },
		{ "a@b..c", NULL },
		{ "a\nb@example.com", NULL },
		{ "\xff@example.com", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *key = hisho_address_key(cases[i].address);
		g_autofree char *again = hisho_address_key(key);

		g_assert_cmpstr(key, ==, cases[i].key);
		g_assert_cmpstr(again, ==, key);
	}
	g_autofree char *local = g_strnfill(600, 'a');
	g_autofree char *address = g_strconcat(local, "@example.com", NULL);
	g_assert_null(hisho_address_key(address));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	hisho_text_open_converters();
	g_test_add_func("/address/addresses-are-read-as-they-are-meant",
	    test_addresses_are_read_as_they_are_meant);
	g_test_add_func("/address/the-organization-comes-along",
	    test_the_organization_comes_along);
	g_test_add_func("/address/the-limit-is-told", test_the_limit_is_told);
	g_test_add_func("/address/hostile-fields-take-linear-time",
	    test_hostile_fields_take_linear_time);
	g_test_add_func(
	    "/address/any-bytes-are-survived", test_any_bytes_are_survived);
	g_test_add_func(
	    "/address/one-address-has-one-key", test_one_address_has_one_key);
	return g_test_run();
}
