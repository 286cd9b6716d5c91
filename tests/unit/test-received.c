#include <string.h>
#include <time.h>

#include "libhisho/base/network.h"
#include "libhisho/route/received.h"

static void
append(GString *text, const char *key, const char *value)
{
	if (value == NULL)
		return;
	g_string_append(text, text->len > 0 ? "; " : "");
	g_string_append_printf(text, "%s=%s", key, value);
}

/* HOP as the case file writes it: what is not there is not named. */
static char *
dup_tuple(const HishoHop *hop)
{
	GString *text = g_string_new(NULL);
	g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT, hop->time);

	append(text, "ip", hop->ip);
	append(text, "rdns", hop->rdns);
	append(text, "helo", hop->helo);
	append(text, "by", hop->by);
	append(text, "with", hop->with);
	append(text, "id", hop->id);
	append(text, "for", hop->recipient);
	append(text, "tls", hop->tls);
	append(text, "kind", hop->kind);
	append(text, "login", hop->authenticated ? "yes" : NULL);
	append(text, "time", hop->time != 0 ? time : NULL);
	return g_string_free(text, FALSE);
}

static void
test_every_dialect_is_read(void)
{
	g_autofree char *text = NULL;
	guint count = 0;

	g_assert_true(
	    g_file_get_contents("tests/cases/received", &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL && line[1] != NULL; line++) {
		if (**line == '#' || **line == '\0')
			continue;
		g_autoptr(HishoHop) hop =
		    hisho_received_parse(*line, strlen(*line));
		g_autofree char *tuple = dup_tuple(hop);
		g_test_message("%s", *line++);
		g_assert_cmpstr(tuple, ==, *line);
		count++;
	}
	g_assert_cmpuint(count, >=, 190);
}

static void
test_folding_changes_nothing(void)
{
	static const char folded[] =
	    " from mail.example.com\r\n\t(mx1.example.com [192.0.2.1])\r\n"
	    "\tby mx.example.jp (Postfix)\r\n with Microsoft\r\n SMTP Server"
	    "\r\n id A1;\r\n\tTue, 6 Feb 2024\r\n 10:20:30 +0900 (JST)\r\n";
	g_autoptr(HishoHop) hop = hisho_received_parse(folded, strlen(folded));

	g_assert_cmpstr(hop->ip, ==, "192.0.2.1");
	g_assert_cmpstr(hop->with, ==, "Microsoft SMTP Server");
	g_assert_cmpstr(hop->date, ==, "Tue, 6 Feb 2024 10:20:30 +0900 (JST)");
	g_assert_cmpint(hop->time, ==, 1707182430);
}

static void
test_hostile_bytes_are_survived(void)
{
	static const char *const seeds[] = { "(", ")", "[", "((a", ";", "<",
		"from ", "from (", "(\\", "helo=", "from a (HELO ", "@[",
		"by [", "\377\0(", "with TLS", "(TLSv1." };

	for (guint i = 0; i < G_N_ELEMENTS(seeds); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		while (text->len < 200000)
			g_string_append_len(
			    text, seeds[i], (gssize)MAX(strlen(seeds[i]), 2));
		g_autoptr(HishoHop) hop =
		    hisho_received_parse(text->str, text->len);
		g_assert_null(hop->ip);
	}
}

static void
test_nothing_is_read_behind_the_end(void)
{
	static const char text[] =
	    "from a (b [192.0.2.1] (may be forged)) by c (TLSv1.2) "
	    "with ESMTPSA id d for <e@f>; Tue, 6 Feb 2024 10:20:30 +0900";

	for (size_t length = 0; length < sizeof(text); length++) {
		g_autofree char *exact = g_memdup2(text, length);
		g_autoptr(HishoHop) hop = hisho_received_parse(exact, length);
		g_assert_nonnull(hop);
	}
}

/* Pieces of real and of hostile fields, to be put together at random. */
static const char *const pieces[] = { "from ", "by ", "with ", "id ", "for ",
	"via ", "(", ")", "((", "[", "]", ";", "; ", "\r\n\t", "\\", "\"", " ",
	"mail.example.com", "(mx1.example.com [192.0.2.1])", "[192.0.2.1]",
	"192.0.2.1:25", "[IPv6:2001:db8::1]", "(HELO a b)", "helo=x", "@",
	"(qmail 1 invoked by uid 89)", "ESMTPSA", "esmtp", "(Exim 4.96)",
	"1rXAbC-000ABC-1D", "<taro@example.jp>", "(TLSv1.2)", "unknown",
	"Tue, 6 Feb 2024 10:20:30 +0900", "99999999999", ":::::", "\377\376",
	"(may be forged)", "(account a [192.0.2.1] verified)", "localhost" };

static GString *
generate(guint n_pieces)
{
	GString *text = g_string_new("from ");

	while (n_pieces-- > 0) {
		gint i = g_test_rand_int_range(0, G_N_ELEMENTS(pieces));
		g_string_append(text, pieces[i]);
		if (g_test_rand_int_range(0, 50) == 0)
			g_string_append_c(text, '\0');
	}
	return text;
}

static void
check_text(const char *text)
{
	if (text == NULL)
		return;
	g_assert_true(g_utf8_validate(text, -1, NULL));
	g_assert_cmpuint(strlen(text), <=, 3 * 255);
	g_assert_cmpuint(strlen(text), >, 0);
}

/* What a field tells may be wrong, but it has its form. */
static void
check_form(const HishoHop *hop)
{
	static const char *const kinds[] = { "smtp", "lmtp", "http", "fetch",
		"local", "queue", NULL };
	HishoIp ip;

	for (const HishoRecordField *field = hisho_hop_type.fields;
	     field->key != NULL; field++)
		if (field->kind == HISHO_RECORD_TEXT)
			check_text(
			    *(char *const *)(const void *)((const char *)hop +
				field->offset));
	g_assert_true(hop->kind == NULL || g_strv_contains(kinds, hop->kind));
	if (hop->ip == NULL)
		return;
	g_assert_true(hisho_network_parse_ip(hop->ip, strlen(hop->ip), &ip));
	g_autofree char *canonical = hisho_network_dup_ip_text(&ip);
	g_assert_cmpstr(hop->ip, ==, canonical);
}

static void
test_generated_fields_keep_their_form(void)
{
	for (guint i = 0; i < 100000; i++) {
		g_autoptr(GString) text =
		    generate((guint)g_test_rand_int_range(1, 40));
		g_autofree char *exact = g_memdup2(text->str, text->len);
		g_autoptr(HishoHop) hop =
		    hisho_received_parse(exact, text->len);
		check_form(hop);
	}
}

/* The least of three, in nanoseconds of this thread's own time. */
static gint64
measure(const char *text, size_t length)
{
	gint64 least = G_MAXINT64;

	for (guint i = 0; i < 3; i++) {
		struct timespec start, end;
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
		g_autoptr(HishoHop) hop = hisho_received_parse(text, length);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
		least = MIN(least,
		    (end.tv_sec - start.tv_sec) *
			    G_GINT64_CONSTANT(1000000000) +
			end.tv_nsec - start.tv_nsec);
	}
	return least;
}

/* Sixteen times the length may take sixteen times the time, with room; a
 * quadratic reader would take 256 times. */
static void
test_time_grows_with_length_only(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new("from a (");
		while (text->len < 64000)
			g_string_append(text, pieces[i]);
		g_assert_cmpint(measure(text->str, text->len), <,
		    100 * (measure(text->str, text->len / 16) + 10000));
	}
}

static void
test_a_hop_survives_json(void)
{
	static const char text[] = "from a (b.example [192.0.2.1]) by c";
	g_autoptr(HishoHop) hop = hisho_received_parse(text, strlen(text));
	g_autoptr(HishoHop) copy = hisho_record_dup(&hisho_hop_type, hop);

	g_assert_cmpstr(copy->ip, ==, "192.0.2.1");
	g_assert_cmpstr(copy->rdns, ==, "b.example");
	g_assert_null(copy->with);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/received/every-dialect-is-read", test_every_dialect_is_read);
	g_test_add_func(
	    "/received/folding-changes-nothing", test_folding_changes_nothing);
	g_test_add_func("/received/hostile-bytes-are-survived",
	    test_hostile_bytes_are_survived);
	g_test_add_func("/received/nothing-is-read-behind-the-end",
	    test_nothing_is_read_behind_the_end);
	g_test_add_func("/received/generated-fields-keep-their-form",
	    test_generated_fields_keep_their_form);
	g_test_add_func("/received/time-grows-with-length-only",
	    test_time_grows_with_length_only);
	g_test_add_func(
	    "/received/a-hop-survives-json", test_a_hop_survives_json);
	return g_test_run();
}
