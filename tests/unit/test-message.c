#include <string.h>

#include "libhisho/mail/message.h"

#include "tests/unit/mail.h"

static const HishoLimits defaults = HISHO_LIMITS_DEFAULT;

typedef struct {
	HishoWire *wire;
	HishoMessage *message;
} Parsed;

static Parsed
parse(const char *text, gssize length, const HishoLimits *limits)
{
	const HishoLimits *used = limits != NULL ? limits : &defaults;
	Parsed parsed = { .wire = mail_wire(text, length, used) };

	parsed.message = hisho_message_parse(parsed.wire, used);
	return parsed;
}

static void
parsed_clear(Parsed *parsed)
{
	hisho_message_free(parsed->message);
	hisho_wire_free(parsed->wire);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parsed, parsed_clear)

/* The tree as "0 multipart/mixed, 1 text/plain*": * is a leaf. */
static char *
dup_tree(const HishoMessage *message)
{
	GString *tree = g_string_new(NULL);

	for (guint i = 0; i < hisho_message_n_parts(message); i++) {
		const HishoPart *part = hisho_message_part(message, i);
		g_string_append_printf(tree, "%s%u %s%s", i > 0 ? ", " : "",
		    part->depth, part->type, part->is_leaf ? "*" : "");
	}
	return g_string_free(tree, FALSE);
}

static char *
dup_content(const HishoMessage *message, guint i)
{
	g_autoptr(GBytes) content = hisho_message_dup_content(message, i);
	gsize size;
	const char *data = g_bytes_get_data(content, &size);

	return g_strndup(data != NULL ? data : "", size);
}

static void
test_every_mail_has_a_tree(void)
{
	static const struct {
		const char *mail, *tree;
	} cases[] = {
		{ "", "0 text/plain*" },
		{ "\n", "0 text/plain*" },
		{ "junk", "0 text/plain*" },
		{ "A: b\n\nx\n", "0 text/plain*" },
		{ "Content-Type: TEXT/HTML; charset=x\n\nx\n", "0 text/html*" },
		{ "Content-Type:\n\nx\n", "0 text/plain*" },
		{ "Content-Type: rubbish\n\nx\n", "0 text/plain*" },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
		  "--b\nContent-Type: text/html\n\ny\n--b--\n",
		    "0 multipart/mixed, 1 text/plain*, 1 text/html*" },
		{ "Content-Type: multipart/mixed;\n boundary=\"b c\"\n\n"
		  "--b c\n\nx\n--b c--\n",
		    "0 multipart/mixed, 1 text/plain*" },
		{ "Content-Type: multipart/mixed; boundary=b\n\nno part\n",
		    "0 multipart/mixed" },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n",
		    "0 multipart/mixed, 1 text/plain*" },
		{ "Content-Type: multipart/digest; boundary=b\n\n--b\n\n"
		  "Subject: s\n\nx\n--b--\n",
		    "0 multipart/digest, 1 message/rfc822, 2 text/plain*" },
		{ "Content-Type: message/rfc822\n\nSubject: s\n"
		  "Content-Type: text/html\n\nx\n",
		    "0 message/rfc822, 1 text/html*" },
		{ "Content-Type: multipart/mixed; boundary=a\n\n--a\n"
		  "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n"
		  "x\n--b\nContent-Type: text/html\n\ny\n--b--\n--a\n"
		  "Content-Type: image/png\n\nz\n--a--\n",
		    "0 multipart/mixed, 1 multipart/alternative, "
		    "2 text/plain*, 2 text/html*, 1 image/png*" },
	};
	static const char *const ends[] = { "\n", "\r\n", "\r" };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		for (guint j = 0; j < G_N_ELEMENTS(ends); j++) {
			g_autofree char *mail =
			    mail_with_ends(cases[i].mail, ends[j]);
			g_auto(Parsed) parsed = parse(mail, -1, NULL);
			g_autofree char *tree = dup_tree(parsed.message);
			g_test_message("%u, %u: %s", i, j, cases[i].mail);
			g_assert_cmpstr(tree, ==, cases[i].tree);
			g_assert_false(hisho_message_is_cut(parsed.message));
		}
}

static void
test_a_part_shows_its_fields(void)
{
	g_auto(Parsed) parsed =
	    parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		  "Content-Type: image/PNG; name=x.png\n"
		  "Content-Disposition: attachment; filename=y.png\n"
		  "Content-Transfer-Encoding: BASE64\nContent-ID: <i@d>\n"
		  "Content-Description: a picture\n\neA==\n--b--\n",
		-1, NULL);
	const HishoPart *part = hisho_message_part(parsed.message, 1);
	const HishoPart *root = hisho_message_part(parsed.message, 0);

	g_assert_cmpstr(part->type, ==, "image/png");
	g_assert_nonnull(strstr(part->content_type, "name=x.png"));
	g_assert_nonnull(strstr(part->disposition, "filename=y.png"));
	g_assert_nonnull(strstr(part->encoding, "BASE64"));
	g_assert_nonnull(strstr(part->id, "<i@d>"));
	g_assert_nonnull(strstr(part->description, "a picture"));
	g_assert_null(root->disposition);
	g_assert_null(root->encoding);
}

static void
test_transfer_encodings_are_taken_off(void)
{
	static const struct {
		const char *encoding, *body, *content;
	} cases[] = {
		{ "7bit", "x=41\n", "x=41\n" },
		{ "8bit", "\xe7\xa7\x98\n", "\xe7\xa7\x98\n" },
		{ "binary", "a\nb\n", "a\nb\n" },
		{ "base64", "aGVsbG8s\nIHdvcmxk\n", "hello, world" },
		{ "BASE64", "aGVs\n*!bG8=\n", "hello" },
		{ "quoted-printable", "a=3Db=\nc =E7=A7=98\n",
		    "a=bc \xe7\xa7\x98\n" },
		{ "quoted-printable", "a=zz=\n", "a=zz" },
		{ "quoted-printable", "a= \t\nb=\r\nc= d=4\n=", "abc= d=4\n" },
		/* What was encoded in pieces is read to its end. */
		{ "base64", "YQ==YmM=\nZA==", "abcd" },
		{ "base64", "YWI", "ab" },
		{ "x-uuencode", "begin 644 f\n%:&5L;&\\ \n`\nend\n", "hello" },
		{ "uuencode", "begin 644 f\n%:&5L;&\\ \n`\nend\n", "hello" },
		{ "unheard-of", "eA==\n", "eA==\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail =
		    g_strdup_printf("Content-Transfer-Encoding: %s\n\n%s",
			cases[i].encoding, cases[i].body);
		g_auto(Parsed) parsed = parse(mail, -1, NULL);
		g_autofree char *content = dup_content(parsed.message, 0);
		g_test_message("%s", mail);
		g_assert_cmpstr(content, ==, cases[i].content);
	}
}

static void
test_only_a_multipart_without_parts_has_text(void)
{
	static const struct {
		const char *mail, *text;
	} cases[] = {
		{ "Content-Type: multipart/mixed; boundary=b\n\npre\n--b\n\n"
		  "x\n--b--\npost\n",
		    "" },
		{ "Content-Type: multipart/mixed; boundary=never\n\n"
		  "--b\n\nx\n",
		    "--b\n\nx\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Parsed) parsed = parse(cases[i].mail, -1, NULL);
		g_autofree char *root = dup_content(parsed.message, 0);
		g_autofree char *text =
		    hisho_message_dup_text(parsed.message, 0, 100, NULL);
		g_assert_cmpstr(root, ==, "");
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

static void
test_text_is_utf_8_by_its_charset(void)
{
	static const struct {
		const char *type, *body, *text;
	} cases[] = {
		{ "text/plain; charset=iso-2022-jp", "\x1b$BHk=q\x1b(B",
		    "秘書" },
		{ "text/plain; charset=shift_jis", "\x94\xe9\x8f\x91", "秘書" },
		{ "text/plain; charset=utf-8", "秘書", "秘書" },
		{ "text/plain", "秘書", "秘書" },
		{ "text/plain; charset=nonsense", "abc", "abc" },
		{ "text/plain; charset=iso-8859-1", "\xe9", "é" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *mail = g_strdup_printf(
		    "Content-Type: %s\n\n%s", cases[i].type, cases[i].body);
		g_auto(Parsed) parsed = parse(mail, -1, NULL);
		bool cut = true;
		g_autofree char *text =
		    hisho_message_dup_text(parsed.message, 0, 1000, &cut);
		g_test_message("%s", mail);
		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_false(cut);
	}
}

static void
test_no_more_text_is_read_than_the_limit(void)
{
	static const struct {
		size_t length, limit;
		bool cut;
	} cases[] = { { 10, 10, false }, { 11, 10, true }, { 9, 10, false },
		{ 100000, 50000, true }, { 50000, 50000, false },
		{ 100000, 16384, true }, { 0, 10, false } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *body = g_strnfill(cases[i].length, 'x');
		g_autofree char *mail = g_strconcat("A: b\n\n", body, NULL);
		g_auto(Parsed) parsed = parse(mail, -1, NULL);
		bool cut = !cases[i].cut;
		g_autofree char *text = hisho_message_dup_text(
		    parsed.message, 0, cases[i].limit, &cut);
		g_assert_cmpuint(
		    strlen(text), ==, MIN(cases[i].length, cases[i].limit));
		g_assert_cmpint(cut, ==, cases[i].cut);
	}
}

/* N parts of nothing under one boundary. */
static GString *
many_parts(guint n)
{
	GString *mail =
	    g_string_new("Content-Type: multipart/mixed; boundary=\"b\"\n\n");

	for (guint i = 0; i < n; i++)
		g_string_append(mail, "--b\n\n");
	return mail;
}

static void
test_parts_are_limited_and_a_million_cost_little(void)
{
	static const struct {
		guint n, seen;
		bool cut;
	} cases[] = { { 10, 11, false }, { 999, 1000, false },
		{ 1000, 1000, true }, { 1000000, 1000, true } };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) mail = many_parts(cases[i].n);
		g_auto(Parsed) parsed =
		    parse(mail->str, (gssize)mail->len, NULL);
		g_test_message("%u", cases[i].n);
		g_assert_cmpuint(
		    hisho_message_n_parts(parsed.message), ==, cases[i].seen);
		g_assert_cmpint(
		    hisho_message_is_cut(parsed.message), ==, cases[i].cut);
	}
}

static void
test_nesting_is_limited(void)
{
	static const struct {
		const char *level;
		guint n, seen;
		bool cut;
	} cases[] = {
		{ "Content-Type: message/rfc822\n\n", 10, 11, false },
		{ "Content-Type: message/rfc822\n\n", 65, 65, true },
		{ "Content-Type: message/rfc822\n\n", 100000, 65, true },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 64, 65,
		    false },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 900, 65,
		    true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) mail = g_string_new(NULL);
		for (guint j = 0; j < cases[i].n; j++)
			g_string_append(mail, cases[i].level);
		g_string_append(mail, "\nx\n");
		g_auto(Parsed) parsed =
		    parse(mail->str, (gssize)mail->len, NULL);
		g_test_message("%u: %s", i, cases[i].level);
		g_assert_cmpuint(
		    hisho_message_n_parts(parsed.message), ==, cases[i].seen);
		g_assert_cmpint(
		    hisho_message_is_cut(parsed.message), ==, cases[i].cut);
	}
}

static void
test_a_mail_beyond_the_size_limit_is_not_parsed(void)
{
	HishoLimits small = HISHO_LIMITS_DEFAULT;
	g_autofree char *body = g_strnfill(2000, 'x');
	g_autofree char *mail =
	    g_strconcat("Content-Type: text/html\n\n", body, NULL);

	small.mail_bytes = 1000;
	g_auto(Parsed) parsed = parse(mail, -1, &small);
	g_autofree char *content = dup_content(parsed.message, 0);
	g_assert_true(hisho_message_is_cut(parsed.message));
	g_assert_cmpuint(hisho_message_n_parts(parsed.message), ==, 1);
	g_assert_cmpstr(content, ==, "");
}

/* A boundary of invalid UTF-8 in an attribute of 68 letters: asked for it,
 * GMime 3.2.13 never answers. */
static void
test_a_boundary_that_hangs_gmime_is_not_asked_for(void)
{
	g_autofree char *attribute = g_strnfill(54, 'a');
	g_autofree char *mail = g_strconcat("From: a@b\n",
	    "Content-Type: multipart/mixed;\n ", attribute,
	    "=\"\xd1\x9c\xd1\x9c\xd1\x9c\xd1\x9c\"\n\nhi\n", NULL);
	g_auto(Parsed) parsed = parse(mail, -1, NULL);

	g_assert_cmpuint(hisho_message_n_parts(parsed.message), >=, 1);
}

static void
test_hostile_bytes_leave_a_tree(void)
{
	static const char *const headers[] = {
		"Content-Type: multipart/mixed",
		"Content-Type: multipart/mixed; boundary=\"\"",
		"Content-Type: multipart/mixed; boundary=\"",
		"Content-Type: multipart/mixed; boundary*0=a; boundary*1=b",
		"Content-Type: multipart/mixed; boundary=b; boundary=c",
		"Content-Type: text/plain\nContent-Type: multipart/mixed; "
		"boundary=b",
		"Content-Type: text/plain; charset*=x'y'%00%ff",
		"Content-Type: /;;;=;\"\\",
		"Content-Transfer-Encoding: base64\n"
		"Content-Type: multipart/mixed; boundary=b",
		"Content-Type: message/partial; id=x; number=1; total=9",
		"Content-Type: message/external-body; access-type=anon-ftp",
	};
	static const char body[] =
	    "\n\n--b\n--b\n\0\xff\r\r\n--\n----\n--b--\n--b\nContent-Type";

	for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
		g_autoptr(GString) mail = g_string_new(headers[i]);
		g_string_append_len(mail, body, sizeof body - 1);
		g_auto(Parsed) parsed =
		    parse(mail->str, (gssize)mail->len, NULL);
		g_test_message("%s", headers[i]);
		guint n = hisho_message_n_parts(parsed.message);
		g_assert_cmpuint(n, >=, 1);
		for (guint j = 0; j < n; j++) {
			g_autofree char *content =
			    dup_content(parsed.message, j);
			g_assert_nonnull(content);
		}
	}
}

static void
test_many_boundaries_are_looked_up_quickly(void)
{
	g_autoptr(GString) mail = g_string_new("A: b\n\n");

	for (guint i = 0; i < 100000; i++)
		g_string_append_printf(mail, "boundary=%u\n--%u\n", i, i);
	g_auto(Parsed) parsed = parse(mail->str, (gssize)mail->len, NULL);
	g_assert_true(hisho_message_is_cut(parsed.message));
}

static void
test_dates_are_read_as_unix_time(void)
{
	static const struct {
		const char *date;
		gint64 time;
	} cases[] = {
		{ "Tue, 11 Jul 2023 08:00:00 +0900", 1689030000 },
		{ "11 Jul 2023 08:00:00 +0900 (JST)", 1689030000 },
		{ "Mon, 10 Jul 2023 23:00:00 GMT", 1689030000 },
		{ "Thu, 01 Jan 1960 00:00:00 +0000", 0 },
		{ "", 0 },
		{ "yesterday", 0 },
		{ "99 Foo 99999 99:99:99 +9999", 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].date);
		g_assert_cmpint(
		    hisho_message_parse_date(cases[i].date), ==, cases[i].time);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/message/every-mail-has-a-tree", test_every_mail_has_a_tree);
	g_test_add_func(
	    "/message/a-part-shows-its-fields", test_a_part_shows_its_fields);
	g_test_add_func("/message/transfer-encodings-are-taken-off",
	    test_transfer_encodings_are_taken_off);
	g_test_add_func("/message/only-a-multipart-without-parts-has-text",
	    test_only_a_multipart_without_parts_has_text);
	g_test_add_func("/message/text-is-utf-8-by-its-charset",
	    test_text_is_utf_8_by_its_charset);
	g_test_add_func("/message/no-more-text-is-read-than-the-limit",
	    test_no_more_text_is_read_than_the_limit);
	g_test_add_func("/message/parts-are-limited-and-a-million-cost-little",
	    test_parts_are_limited_and_a_million_cost_little);
	g_test_add_func("/message/nesting-is-limited", test_nesting_is_limited);
	g_test_add_func("/message/a-mail-beyond-the-size-limit-is-not-parsed",
	    test_a_mail_beyond_the_size_limit_is_not_parsed);
	g_test_add_func("/message/a-boundary-that-hangs-gmime-is-not-asked-for",
	    test_a_boundary_that_hangs_gmime_is_not_asked_for);
	g_test_add_func("/message/hostile-bytes-leave-a-tree",
	    test_hostile_bytes_leave_a_tree);
	g_test_add_func("/message/many-boundaries-are-looked-up-quickly",
	    test_many_boundaries_are_looked_up_quickly);
	g_test_add_func("/message/dates-are-read-as-unix-time",
	    test_dates_are_read_as_unix_time);
	return g_test_run();
}
