#include <glib.h>
#include <string.h>

#include "libhisho/route/answer.h"

#define OWNER "\xc0\x0c" /* the name of the question */

/* A DNS message as a string of bytes, with what makes it an answer. */
typedef struct {
	const char *name;
	HishoDnsType type;
	guint rcode;
	guint n_records;
	const char *records; /* OWNER TYPE CLASS TTL, then length and data */
	gsize n_bytes;
} Message;

#define RECORDS(text) text, sizeof(text) - 1
#define RR(type, ttl, data)                                                    \
	OWNER "\x00" type "\x00\x01\x00\x00\x00" ttl "\x00" data

static void
append_number(GByteArray *bytes, guint number)
{
	const guint8 pair[] = { (guint8)(number >> 8), (guint8)number };

	g_byte_array_append(bytes, pair, 2);
}

static GByteArray *
write_message(const Message *message)
{
	GByteArray *bytes = g_byte_array_new();
	g_auto(GStrv) labels = g_strsplit(message->name, ".", -1);

	append_number(bytes, 0x1234);
	append_number(bytes, 0x8180 | message->rcode);
	append_number(bytes, 1);
	append_number(bytes, message->n_records);
	append_number(bytes, 0);
	append_number(bytes, 0);
	for (char **label = labels; *label != NULL; label++) {
		const guint8 n = (guint8)strlen(*label);
		g_byte_array_append(bytes, &n, 1);
		g_byte_array_append(bytes, (const guint8 *)*label, n);
	}
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	append_number(bytes, message->type);
	append_number(bytes, 1);
	g_byte_array_append(
	    bytes, (const guint8 *)message->records, (guint)message->n_bytes);
	return bytes;
}

static HishoAnswer *
read_message(const Message *message)
{
	g_autoptr(GByteArray) bytes = write_message(message);
	const HishoReply reply = { message->name, message->type, bytes->data,
		bytes->len };

	return hisho_answer_read(&reply);
}

static void
test_values_are_read_by_their_type(void)
{
	static const struct {
		Message message;
		HishoAnswerKind kind;
		const char *values;
	} cases[] = {
		{ { "a.example", HISHO_DNS_A, 0, 1,
		      RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_VALUES, "192.0.2.7" },
		/* The same twice is one. */
		{ { "a.example", HISHO_DNS_A, 0, 2,
		      RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")
			      RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_VALUES, "192.0.2.7" },
		/* An address of three bytes is none. */
		{ { "a.example", HISHO_DNS_A, 0, 1,
		      RECORDS(RR("\x01", "\x3c", "\x03\xc0\x00\x02")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		{ { "a.example", HISHO_DNS_AAAA, 0, 1,
		      RECORDS(RR("\x1c", "\x3c",
			  "\x10\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07")) },
		    HISHO_ANSWER_VALUES, "2001:db8::7" },
		{ { "7.2.0.192.in-addr.arpa", HISHO_DNS_PTR, 0, 1,
		      RECORDS(RR("\x0c", "\x3c", "\x0a\x04MAIL\x03Jp1\x00")) },
		    HISHO_ANSWER_VALUES, "mail.jp1" },
		/* Names that no host has are not passed on. */
		{ { "7.2.0.192.in-addr.arpa", HISHO_DNS_PTR, 0, 3,
		      RECORDS(RR("\x0c", "\x3c",
			  "\x0b\x05"
			  "a\x1b[2J\x03"
			  "b.c\x00") RR("\x0c", "\x3c",
			  "\x0b\x05"
			  "a;b=c\x03"
			  "com\x00") RR("\x0c", "\x3c", "\x04\x02jp\x00")) },
		    HISHO_ANSWER_VALUES, "invalid" },
		{ { "b.example", HISHO_DNS_MX, 0, 1,
		      RECORDS(RR("\x0f", "\x3c", "\x04\x00\x0a\xc0\x0c")) },
		    HISHO_ANSWER_VALUES, "b.example" },
		/* A null MX (RFC 7505). */
		{ { "b.example", HISHO_DNS_MX, 0, 1,
		      RECORDS(RR("\x0f", "\x3c", "\x03\x00\x00\x00")) },
		    HISHO_ANSWER_VALUES, "" },
		{ { "t.example", HISHO_DNS_TXT, 0, 1,
		      RECORDS(RR("\x10", "\x3c",
			  "\x08\x02"
			  "64\x04\x1b | ")) },
		    HISHO_ANSWER_VALUES, "64? | " },
		{ { "t.example", HISHO_DNS_TXT, 0, 1,
		      RECORDS(RR("\x10", "\x3c", "\x02\x09x")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		/* Of another type, and of another name. */
		{ { "a.example", HISHO_DNS_AAAA, 0, 1,
		      RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_NOTHING, "" },
		{ { "a.example", HISHO_DNS_A, 0, 1,
		      RECORDS("\x01z\x00\x00\x01\x00\x01\x00\x00\x00\x3c\x00"
			      "\x04\xc0\x00\x02\x07") },
		    HISHO_ANSWER_NOTHING, "" },
		/* Aliases: a.example is z, which has the address. */
		{ { "a.example", HISHO_DNS_A, 0, 2,
		      RECORDS(RR("\x05", "\x3c",
			  "\x03\x01z\x00") "\x01Z\x00\x00\x01\x00\x01\x00\x00"
					   "\x00\x3c\x00"
					   "\x04\xc0\x00\x02\x07") },
		    HISHO_ANSWER_VALUES, "192.0.2.7" },
		/* An alias of itself. */
		{ { "a.example", HISHO_DNS_A, 0, 2,
		      RECORDS(RR("\x05", "\x3c", "\x02\xc0\x0c")
			      RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		/* A damaged alias. */
		{ { "a.example", HISHO_DNS_A, 0, 1,
		      RECORDS(RR("\x05", "\x3c", "\x02\xc0\xff")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		/* A name does not end in a NUL. */
		{ { "7.2.0.192.in-addr.arpa", HISHO_DNS_PTR, 0, 1,
		      RECORDS(RR("\x0c", "\x3c",
			  "\x0a\x04"
			  "ab.c\x03"
			  "d\x00x\x00")) },
		    HISHO_ANSWER_VALUES, "invalid" },
		{ { "7.2.0.192.in-addr.arpa", HISHO_DNS_PTR, 0, 1,
		      RECORDS(RR("\x0c", "\x3c",
			  "\x0a\x04mail\x03"
			  "d\x00x\x00")) },
		    HISHO_ANSWER_VALUES, "invalid" },
		{ { "z", HISHO_DNS_A, 0, 1,
		      RECORDS("\x03z\x00y\x00\x00\x01\x00\x01\x00\x00\x00"
			      "\x3c\x00\x04\xc0\x00\x02\x07") },
		    HISHO_ANSWER_NOTHING, "" },
		/* A name that is not there has no address. */
		{ { "a.example", HISHO_DNS_A, 3, 1,
		      RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		{ { "a.example", HISHO_DNS_A, 3, 0, RECORDS("") },
		    HISHO_ANSWER_NO_NAME, "" },
		{ { "a.example", HISHO_DNS_A, 0, 0, RECORDS("") },
		    HISHO_ANSWER_NOTHING, "" },
		{ { "a.example", HISHO_DNS_A, 2, 0, RECORDS("") },
		    HISHO_ANSWER_TEMPERROR, "" },
		{ { "a.example", HISHO_DNS_A, 5, 0, RECORDS("") },
		    HISHO_ANSWER_TEMPERROR, "" },
		/* A record more than there is; a name that leads to itself. */
		{ { "a.example", HISHO_DNS_A, 0, 2,
		      RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) },
		    HISHO_ANSWER_TEMPERROR, "" },
		{ { "a.example", HISHO_DNS_A, 0, 1,
		      RECORDS("\xc0\x1b\x00\x01\x00\x01\x00\x00\x00\x3c\x00"
			      "\x04\xc0\x00\x02\x07") },
		    HISHO_ANSWER_TEMPERROR, "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoAnswer) answer = read_message(&cases[i].message);
		g_test_message("case %u", i);
		g_assert_cmpint(answer->kind, ==, cases[i].kind);
		g_ptr_array_add(answer->values, NULL);
		g_autofree char *values =
		    g_strjoinv(" ", (char **)answer->values->pdata);
		g_assert_cmpstr(values, ==, cases[i].values);
	}
}

static void
test_answers_to_other_questions_are_none(void)
{
	const Message message = { "a.example", HISHO_DNS_A, 0, 1,
		RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")) };
	g_autoptr(GByteArray) bytes = write_message(&message);
	const HishoReply replies[] = {
		{ "b.example", HISHO_DNS_A, bytes->data, bytes->len },
		{ "a.example", HISHO_DNS_AAAA, bytes->data, bytes->len },
		{ "a.example.jp", HISHO_DNS_A, bytes->data, bytes->len },
		{ "a.example", HISHO_DNS_A, bytes->data, 11 },
		{ "a.example", HISHO_DNS_A, NULL, 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(replies); i++) {
		g_autoptr(HishoAnswer) answer = hisho_answer_read(&replies[i]);
		g_assert_cmpint(answer->kind, ==, HISHO_ANSWER_TEMPERROR);
	}
	bytes->data[2] &= 0x7f; /* a question is no answer */
	const HishoReply question = { "A.EXAMPLE", HISHO_DNS_A, bytes->data,
		bytes->len };
	g_autoptr(HishoAnswer) none = hisho_answer_read(&question);
	g_assert_cmpint(none->kind, ==, HISHO_ANSWER_TEMPERROR);
	bytes->data[2] |= 0x80;
	g_autoptr(HishoAnswer) answer = hisho_answer_read(&question);
	g_assert_cmpint(answer->kind, ==, HISHO_ANSWER_VALUES);
}

static void
test_an_answer_holds_as_long_as_its_shortest_record(void)
{
	const Message message = { "a.example", HISHO_DNS_A, 0, 2,
		RECORDS(RR("\x01", "\x3c", "\x04\xc0\x00\x02\x07")
			RR("\x01", "\x07", "\x04\xc0\x00\x02\x08")) };
	g_autoptr(HishoAnswer) answer = read_message(&message);
	const Message endless = { "a.example", HISHO_DNS_A, 0, 1,
		RECORDS(OWNER "\x00\x01\x00\x01\xff\xff\xff\xff\x00\x04"
			      "\xc0\x00\x02\x07") };
	g_autoptr(HishoAnswer) hour = read_message(&endless);

	g_assert_cmpuint(answer->ttl_s, ==, 7);
	g_assert_cmpuint(hour->ttl_s, ==, 3600);
}

/* Cut anywhere, and with any byte changed: never a crash, nor a value that
 * no host has. */
static void
test_damaged_answers_are_survived(void)
{
	const Message message = { "7.2.0.192.in-addr.arpa", HISHO_DNS_PTR, 0, 3,
		RECORDS(RR(
		    "\x05", "\x3c", "\x03\x01z\x00") "\x01z\x00\x00\x0c\x00\x01"
						     "\x00\x00\x00\x3c\x00"
						     "\x0a\x04mail\x03jp1\x00"
						     "\x01z\x00\x00\x0c\x00\x01"
						     "\x00\x00\x00\x3c\x00"
						     "\x04\x01x\xc0\x0c") };
	g_autoptr(GByteArray) whole = write_message(&message);

	for (guint turn = 0; turn < 100000; turn++) {
		guint length = turn < 4 * whole->len ? turn % (whole->len + 1)
						     : whole->len;
		g_autofree guint8 *bytes = g_memdup2(whole->data, length);
		for (guint i = turn % 4; length > 0 && i > 0; i--)
			bytes[g_test_rand_int_range(0, (gint32)length)] =
			    (guint8)g_test_rand_int_range(0, 256);
		const HishoReply reply = { message.name, message.type, bytes,
			length };
		g_autoptr(HishoAnswer) answer = hisho_answer_read(&reply);
		for (guint i = 0; i < answer->values->len; i++) {
			const char *name = answer->values->pdata[i];
			g_assert_true(*name == '\0' ||
			    strcmp(name, "invalid") == 0 ||
			    hisho_dns_is_host_name(name));
		}
	}
}

static void
test_a_host_name_is_letters_digits_hyphens(void)
{
	g_autofree char *long_label = g_strnfill(64, 'a');
	g_autofree char *label = g_strconcat(long_label, ".jp", NULL);
	g_autofree char *many = g_strnfill(254, 'a');
	static const char *const good[] = { "a.jp", "1.2.0.192.in-addr.arpa",
		"xn--r8jz45g.jp", "a-b.c-d.example" };
	const char *bad[] = { "", "jp", ".jp", "a..jp", "a.jp.", "a_b.jp",
		"a b.jp", "a\n.jp", "\xe3\x81\x82.jp", "a/b.jp", "[192.0.2.1]",
		"2001:db8::1", label, many, NULL };

	for (guint i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(hisho_dns_is_host_name(good[i]));
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(hisho_dns_is_host_name(bad[i]));
	for (guint i = 0; i < 253; i += 2)
		many[i + 1] = '.';
	many[253] = '\0';
	g_assert_true(hisho_dns_is_host_name(many));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/answer/values-are-read-by-their-type",
	    test_values_are_read_by_their_type);
	g_test_add_func("/answer/answers-to-other-questions-are-none",
	    test_answers_to_other_questions_are_none);
	g_test_add_func("/answer/it-holds-as-long-as-its-shortest-record",
	    test_an_answer_holds_as_long_as_its_shortest_record);
	g_test_add_func("/answer/damaged-ones-are-survived",
	    test_damaged_answers_are_survived);
	g_test_add_func("/answer/a-host-name-is-letters-digits-hyphens",
	    test_a_host_name_is_letters_digits_hyphens);
	return g_test_run();
}
