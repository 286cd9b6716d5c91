#include "libhisho/base/error.h"
#include "libhisho/base/pack.h"
#include "libhisho/cell/facts.h"
#include "libhisho/mail/mailbox.h"
#include "libhisho/route/received.h"

#include "tests/unit/mail.h"

static const char mail[] =
    "Received: from a.example (a.example [192.0.2.1]) by mx.example; x\n"
    "Authentication-Results: mx.example; spf=pass\n"
    "Return-Path: <bounce@b.example>\n"
    "Received: from b.example by a.example; x\n"
    "Return-Path: <second@b.example>\n"
    "From: \"\xe2\x80\xae\033[1m\" <taro@example.com>\nTo: x@y.example\n"
    "Subject: \xff\xfe\x80 =?iso-2022-jp?B?GyRCSGs9cRsoQg==?=\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: text/html\n\n<a href='http://www.example.com/'>enter your "
    "PIN</a>\n"
    "--b\nContent-Type: application/x; name=a.exe\n\nMZ\n--b--\n";

/* What the cell answers for TEXT. */
static GBytes *
answer(const char *text, HishoFactsDepth depth, const HishoLimits *limits)
{
	HishoLimits used = HISHO_LIMITS_DEFAULT;

	if (limits != NULL)
		used = *limits;
	g_autoptr(HishoWire) wire = mail_wire(text, -1, &used);
	g_autoptr(GBytes) request = hisho_facts_new_request(wire, depth, &used);
	return hisho_facts_find(request, &used);
}

static HishoFacts *
find(const char *text, HishoFactsDepth depth, const HishoLimits *limits)
{
	g_autoptr(GBytes) packed = answer(text, depth, limits);
	g_autoptr(GError) error = NULL;
	HishoFacts *facts = hisho_facts_read(packed, &error);

	g_assert_no_error(error);
	return facts;
}

static void
test_a_request_holds_no_more_than_is_asked(void)
{
	HishoLimits small = HISHO_LIMITS_DEFAULT;
	const HishoLimits defaults = HISHO_LIMITS_DEFAULT;
	static const char text[] = "A: b\n\nbody of some length\n";

	small.mail_bytes = 10;
	const struct {
		HishoFactsDepth depth;
		const HishoLimits *limits;
		size_t size;
		guint8 first;
	} cases[] = {
		{ HISHO_FACTS_HEADER, &defaults, 6, HISHO_FACTS_HEADER },
		{ HISHO_FACTS_PARTS, &defaults, 26, HISHO_FACTS_PARTS },
		{ HISHO_FACTS_LINKS, &defaults, 26, HISHO_FACTS_LINKS },
		{ HISHO_FACTS_PARTS, &small, 6, HISHO_FACTS_HEADER },
		{ HISHO_FACTS_LINKS, &small, 26, HISHO_FACTS_RAW },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoWire) wire =
		    mail_wire(text, -1, cases[i].limits);
		g_autoptr(GBytes) request = hisho_facts_new_request(
		    wire, cases[i].depth, cases[i].limits);
		gsize size;
		const guint8 *data = g_bytes_get_data(request, &size);
		g_assert_cmpuint(size, ==, cases[i].size + 1);
		g_assert_cmpuint(data[0], ==, cases[i].first);
		g_assert_cmpmem(data + 1, size - 1, text, cases[i].size);
	}
}

static void
test_facts_grow_with_the_depth(void)
{
	for (guint depth = HISHO_FACTS_HEADER; depth <= HISHO_FACTS_WORDS;
	     depth++) {
		g_autoptr(HishoFacts) facts = find(mail, depth, NULL);
		bool has_parts = depth >= HISHO_FACTS_PARTS;
		bool has_links = depth >= HISHO_FACTS_LINKS;
		g_assert_cmpuint(facts->letter->from->len, ==, 1);
		g_assert_cmpuint(facts->hops->len, ==, 2);
		g_assert_cmpuint(
		    facts->letter->parts->len, ==, has_parts ? 3 : 0);
		g_assert_cmpuint(
		    facts->letter->attachments->len, ==, has_parts ? 1 : 0);
		g_assert_cmpuint(
		    facts->found->links->len, ==, has_links ? 1 : 0);
		g_assert_cmpuint(facts->asking->secrets->len, ==,
		    depth == HISHO_FACTS_WORDS ? 1 : 0);
	}
}

static void
test_only_links_are_the_same_links(void)
{
	g_autoptr(HishoFacts) all = find(mail, HISHO_FACTS_LINKS, NULL);
	g_autoptr(HishoFacts) facts = find(mail, HISHO_FACTS_ONLY_LINKS, NULL);

	g_assert_cmpuint(facts->letter->from->len, ==, 0);
	g_assert_cmpuint(facts->letter->parts->len, ==, 0);
	g_assert_cmpuint(facts->hops->len, ==, 0);
	g_assert_cmpuint(facts->found->links->len, ==, all->found->links->len);
	g_assert_cmpuint(facts->found->hosts->len, ==, all->found->hosts->len);
	const HishoLink *link = facts->found->links->pdata[0];
	g_assert_true(link->visible);
	g_assert_null(link->url);
}

static void
test_trace_fields_keep_their_order(void)
{
	g_autoptr(HishoFacts) facts = find(mail, HISHO_FACTS_HEADER, NULL);
	const HishoHop *hop = facts->hops->pdata[0];
	const HishoTraceField *result = facts->results->pdata[0];

	g_assert_cmpstr(hop->ip, ==, "192.0.2.1");
	g_assert_cmpuint(facts->results->len, ==, 1);
	g_assert_cmpint(result->hops_above, ==, 1);
	g_assert_nonnull(strstr(result->value, "spf=pass"));
	g_assert_cmpint(facts->return_path_hops, ==, 1);
	g_assert_cmpstr(facts->letter->return_path, ==, "bounce@b.example");
}

static void
test_nothing_is_lost_on_the_way(void)
{
	g_autoptr(GBytes) first = answer(mail, HISHO_FACTS_WORDS, NULL);
	g_autoptr(HishoFacts) facts = hisho_facts_read(first, NULL);
	g_autoptr(GBytes) again = hisho_pack_record(&hisho_facts_type, facts);
	const HishoMailbox *from = facts->letter->from->pdata[0];

	g_assert_true(g_bytes_equal(first, again));
	g_assert_cmpstr(from->address, ==, "taro@example.com");
	g_assert_true(g_utf8_validate(facts->letter->subject, -1, NULL));
	g_assert_nonnull(strstr(facts->letter->subject, "秘書"));
	HishoFacts *copy = hisho_record_dup(&hisho_facts_type, facts);
	g_assert_cmpuint(copy->hops->len, ==, facts->hops->len);
	hisho_facts_free(copy);
}

static void
test_their_json_is_one_line_without_tricks(void)
{
	g_autoptr(HishoFacts) facts = find(mail, HISHO_FACTS_LINKS, NULL);
	g_autoptr(HishoJson) json =
	    hisho_record_to_json(&hisho_facts_type, facts);
	g_autofree char *line = hisho_json_dup_line(json);

	g_assert_null(strchr(line, '\n'));
	g_assert_null(strchr(line, '\033'));
	g_assert_null(strstr(line, "\xe2\x80\xae"));
}

/* The texts as one, with blanks between. */
static char *
dup_joined(const GPtrArray *texts)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < texts->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
		    (const char *)texts->pdata[i]);
	return g_strdup(out->str);
}

/* A mail in which HTML is nested DEPTH multiparts deep. */
static char *
dup_deep(guint depth, const char *html)
{
	g_autoptr(GString) out = g_string_new("From: a@b.example\n");

	for (guint i = 0; i < depth; i++)
		g_string_append_printf(out,
		    "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
		    i);
	g_string_append_printf(out, "Content-Type: text/html\n\n%s\n", html);
	for (guint i = depth; i-- > 0;)
		g_string_append_printf(out, "--b%u--\n", i);
	return g_strdup(out->str);
}

static void
test_no_limit_hides_a_host(void)
{
	static const char link[] = "<a href='http://evil.example.com/x'>x</a>";
	g_autofree char *deep = dup_deep(70, link);
	g_autoptr(GString) many =
	    g_string_new("From: a@b.example\n"
			 "Content-Type: multipart/mixed; boundary=b\n\n");
	g_autoptr(GString) full =
	    g_string_new("From: a@b.example\nContent-Type: text/html\n\n");
	g_autoptr(GString) tag =
	    g_string_new("From: a@b.example\nContent-Type: text/html\n\n<a ");
	g_autoptr(GString) large =
	    g_string_new("From: a@b.example\nContent-Type: text/html\n"
			 "Content-Transfer-Encoding: base64\n\n");
	g_autofree char *code =
	    g_base64_encode((const guchar *)link, strlen(link));
	const HishoLimits small = { .mail_bytes = 100,
		.header_bytes = 1 << 20,
		.fields = 2000,
		.addresses = 1000,
		.depth = 64,
		.parts = 1000,
		.html_bytes = 2 << 20,
		.links = 1000 };

	for (int i = 0; i < 1100; i++)
		g_string_append_printf(many, "--b\n\nx\n");
	g_string_append_printf(
	    many, "--b\nContent-Type: text/html\n\n%s\n--b--\n", link);
	while (full->len < 3 << 20)
		g_string_append(full, "<p>x</p>\n");
	g_string_append(full, link);
	for (int i = 0; i < 1001; i++)
		g_string_append_printf(tag, "a%d ", i);
	g_string_append(tag, link + 3);
	g_string_append_printf(large, "%s\n", code);
	const struct {
		const char *mail;
		const HishoLimits *limits;
		HishoFactsDepth depth;
	} cases[] = {
		{ deep, NULL, HISHO_FACTS_LINKS },
		{ many->str, NULL, HISHO_FACTS_LINKS },
		{ full->str, NULL, HISHO_FACTS_LINKS },
		{ tag->str, NULL, HISHO_FACTS_LINKS },
		{ large->str, &small, HISHO_FACTS_LINKS },
		{ large->str, NULL, HISHO_FACTS_RAW },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(HishoFacts) facts =
		    find(cases[i].mail, cases[i].depth, cases[i].limits);
		g_autofree char *hosts =
		    dup_joined(facts->found->further_hosts);
		g_autofree char *urls = dup_joined(facts->found->further_urls);
		g_test_message("%u: %s", i, hosts);
		g_assert_nonnull(strstr(hosts, "evil.example.com"));
		g_assert_nonnull(strstr(urls, "http://evil.example.com/x"));
		g_assert_false(facts->found->is_lost);
	}
}

static void
test_any_request_is_answered(void)
{
	static const char *const requests[] = { "", "\0", "\1", "\2", "\377",
		"\2From", "\2\n", "\2\r\r\r" };

	for (guint i = 0; i < G_N_ELEMENTS(requests); i++) {
		size_t length = i == 1 ? 1 : strlen(requests[i]);
		HishoLimits limits = HISHO_LIMITS_DEFAULT;
		g_autoptr(GBytes) request = g_bytes_new(requests[i], length);
		g_autoptr(GBytes) packed = hisho_facts_find(request, &limits);
		g_autoptr(HishoFacts) facts = hisho_facts_read(packed, NULL);
		g_assert_nonnull(facts);
		g_assert_nonnull(facts->letter);
		g_assert_nonnull(facts->found);
	}
}

static void
test_facts_are_never_without_letter_and_links(void)
{
	const HishoFacts empty = { .letter = NULL, .found = NULL };
	g_autoptr(GBytes) packed = hisho_pack_record(&hisho_facts_type, &empty);
	g_autoptr(HishoFacts) facts = hisho_facts_read(packed, NULL);

	g_assert_nonnull(facts->letter->from);
	g_assert_nonnull(facts->found->links);
	g_assert_cmpuint(facts->hops->len, ==, 0);
}

static void
test_one_from_means_one(void)
{
	HishoLetter letter = { .has_one_from = true };
	const HishoFacts liar = { .letter = &letter };
	g_autoptr(GBytes) packed = hisho_pack_record(&hisho_facts_type, &liar);
	g_autoptr(HishoFacts) facts = hisho_facts_read(packed, NULL);

	g_assert_false(facts->letter->has_one_from);
}

static void
test_what_is_no_answer_is_refused(void)
{
	g_autoptr(GBytes) whole = answer(mail, HISHO_FACTS_LINKS, NULL);
	size_t length = g_bytes_get_size(whole);

	for (size_t i = 0; i < length; i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, i);
		g_assert_null(hisho_facts_read(part, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
	}
}

/* A worker that was taken over may say what it likes. */
static void
test_a_bent_answer_does_no_harm(void)
{
	g_autoptr(GBytes) whole = answer(mail, HISHO_FACTS_LINKS, NULL);
	size_t length = g_bytes_get_size(whole);
	g_autofree char *bytes =
	    g_memdup2(g_bytes_get_data(whole, NULL), length);

	for (size_t bit = 0; bit < 8 * length; bit++) {
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		g_autoptr(GBytes) bent = g_bytes_new(bytes, length);
		g_autoptr(HishoFacts) facts = hisho_facts_read(bent, NULL);
		bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
}

static void
test_a_hundred_hops_are_enough(void)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < 300; i++)
		g_string_append(text, "Received: from a by b; x\n");
	g_autoptr(HishoFacts) facts = find(text->str, HISHO_FACTS_HEADER, NULL);
	g_assert_cmpuint(facts->hops->len, ==, 100);
}

static void
test_a_link_limit_is_told(void)
{
	HishoLimits few = HISHO_LIMITS_DEFAULT;

	few.links = 1;
	g_autoptr(HishoFacts) facts = find(
	    "\nhttp://a.example/ http://b.example/\n", HISHO_FACTS_LINKS, &few);
	g_assert_cmpuint(facts->found->links->len, ==, 1);
	g_assert_cmpuint(facts->found->hosts->len, ==, 2);
	g_assert_cmpstr(facts->letter->limits->pdata[0], ==, "links");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facts/a-request-holds-no-more-than-is-asked",
	    test_a_request_holds_no_more_than_is_asked);
	g_test_add_func(
	    "/facts/facts-grow-with-the-depth", test_facts_grow_with_the_depth);
	g_test_add_func("/facts/trace-fields-keep-their-order",
	    test_trace_fields_keep_their_order);
	g_test_add_func("/facts/nothing-is-lost-on-the-way",
	    test_nothing_is_lost_on_the_way);
	g_test_add_func("/facts/their-json-is-one-line-without-tricks",
	    test_their_json_is_one_line_without_tricks);
	g_test_add_func("/facts/they-are-never-without-letter-and-links",
	    test_facts_are_never_without_letter_and_links);
	g_test_add_func("/facts/only-links-are-the-same-links",
	    test_only_links_are_the_same_links);
	g_test_add_func("/facts/one-from-means-one", test_one_from_means_one);
	g_test_add_func("/facts/a-bent-answer-does-no-harm",
	    test_a_bent_answer_does_no_harm);
	g_test_add_func(
	    "/facts/no-limit-hides-a-host", test_no_limit_hides_a_host);
	g_test_add_func(
	    "/facts/any-request-is-answered", test_any_request_is_answered);
	g_test_add_func("/facts/what-is-no-answer-is-refused",
	    test_what_is_no_answer_is_refused);
	g_test_add_func(
	    "/facts/a-hundred-hops-are-enough", test_a_hundred_hops_are_enough);
	g_test_add_func(
	    "/facts/a-link-limit-is-told", test_a_link_limit_is_told);
	return g_test_run();
}
