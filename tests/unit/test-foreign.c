/* Lines that another host, or somebody in its name, wrote. */
#include "libhisho/base/error.h"
#include "libhisho/store/foreign.h"

#include <string.h>

#define DIGEST                                                                 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define MAIL "\"user\":\"uid:1\",\"digest\":\"" DIGEST "\""
#define VOTE "{\"kind\":\"vote\"," MAIL ",\"vote\":\"trust\",\"voted\":10"
#define PERMIT                                                                 \
	"{\"kind\":\"permit\",\"user\":\"uid:1\",\"address\":\"a@b.example\""
#define BLOCK "{\"kind\":\"block\",\"user\":\"uid:1\""

/* What a line says, and what of it is refused; NULL for nothing. */
static const struct {
	const char *promise;
	const char *line;
	const char *refused;
} cases[] = {
	{ "a-vote", VOTE "}", NULL },
	{ "a-vote-with-all-facts",
	    VOTE ",\"host\":\"192.0.2.1\",\"host_net\":\"192.0.2.0/24\","
		 "\"received\":5,\"from\":\"a@x.b.example\","
		 "\"from_domain\":\"b.example\","
		 "\"from_organization\":\"b.example\","
		 "\"sender\":\"list.b.example\","
		 "\"sender_domain\":\"b.example\",\"links\":[\"l.example\"],"
		 "\"aligned\":1,\"measured\":6}",
	    NULL },
	{ "an-ipv6-host", VOTE ",\"host\":\"2001:db8::1\"}", NULL },
	{ "a-virtual-user",
	    "{\"kind\":\"withdrawn\",\"of\":\"vote\",\"user\":"
	    "\"name:a.b+c@d-e_f\",\"digest\":\"" DIGEST "\",\"time\":1}",
	    NULL },
	{ "a-permit", PERMIT ",\"since\":1}", NULL },
	{ "a-permit-with-ways",
	    PERMIT ",\"since\":1,\"hosts\":[\"192.0.2.1\"],\"nets\":"
		   "[\"192.0.2.0/24\",\"2001:db8::/48\"],"
		   "\"organizations\":[\"h.example\"],\"added\":"
		   "[\"2 192.0.2.1\"],\"changed\":2,\"withdrawn\":1}",
	    NULL },
	{ "a-block", BLOCK ",\"entry\":\"b.example\",\"since\":1}", NULL },
	{ "a-blocked-address",
	    BLOCK ",\"entry\":\"\\\"x y\\\"@b.example\",\"since\":1}", NULL },
	{ "a-withdrawn-block",
	    "{\"kind\":\"withdrawn\",\"of\":\"block\",\"user\":\"uid:1\","
	    "\"entry\":\"b.example\",\"time\":1}",
	    NULL },
	{ "a-report",
	    "{\"kind\":\"report\",\"user\":\"uid:0\",\"entry\":"
	    "\"b.example/p?q\",\"since\":1}",
	    NULL },
	{ "members-to-come", VOTE ",\"new\":[{}]}", NULL },

	{ "nothing", "", "not JSON" },
	{ "no-object", "[1]", "an object was expected" },
	{ "half-an-object", VOTE, "not JSON" },
	{ "two-objects", VOTE "}{}", "not JSON" },
	{ "a-member-twice", VOTE ",\"vote\":\"trust\"}", "not JSON" },
	{ "a-NUL", VOTE ",\"helo\":\"a\\u0000b\"}", "not JSON" },
	{ "bytes-that-are-no-text", VOTE ",\"helo\":\"\xff\"}", "not JSON" },
	{ "a-kind-unknown", "{\"kind\":\"sum\",\"user\":\"uid:1\"}", "'kind'" },
	{ "no-kind", "{" MAIL "}", "'kind'" },
	{ "withdrawn-what",
	    "{\"kind\":\"withdrawn\",\"of\":\"withdrawn\"," MAIL "}", "'of'" },
	{ "the-wrong-type", VOTE ",\"received\":\"5\"}", "'received'" },
	{ "a-type-within", VOTE ",\"links\":[5]}", "'links'" },
	{ "no-user", "{\"kind\":\"block\",\"entry\":\"b\",\"since\":1}",
	    "'user'" },
	{ "a-user-with-a-blank",
	    "{\"kind\":\"block\",\"user\":\"uid:1 2\",\"entry\":\"b\","
	    "\"since\":1}",
	    "'user'" },
	{ "a-user-beyond-all",
	    "{\"kind\":\"block\",\"user\":\"uid:4294967295\",\"entry\":\"b\","
	    "\"since\":1}",
	    "'user'" },
	{ "one-user-spelled-twice",
	    "{\"kind\":\"block\",\"user\":\"uid:01\",\"entry\":\"b\","
	    "\"since\":1}",
	    "'user'" },
	{ "a-user-by-path",
	    "{\"kind\":\"block\",\"user\":\"name:../a\",\"entry\":\"b\","
	    "\"since\":1}",
	    "'user'" },
	{ "a-short-digest",
	    "{\"kind\":\"vote\",\"user\":\"uid:1\",\"digest\":\"0123\","
	    "\"vote\":\"trust\",\"voted\":1}",
	    "'digest'" },
	{ "a-digest-in-capitals",
	    "{\"kind\":\"withdrawn\",\"of\":\"vote\",\"user\":\"uid:1\","
	    "\"digest\":\"0123456789ABCDEF0123456789abcdef0123456789abcdef"
	    "0123456789abcdef\",\"time\":1}",
	    "'digest'" },
	{ "no-digest",
	    "{\"kind\":\"vote\",\"user\":\"uid:1\",\"vote\":\"trust\","
	    "\"voted\":1}",
	    "'digest'" },
	{ "again-without-a-receipt", VOTE ",\"again\":5}", "'again'" },
	{ "again-before-the-receipt", VOTE ",\"received\":5,\"again\":5}",
	    "'again'" },
	{ "a-host-by-name", VOTE ",\"host\":\"b.example\"}", "'host'" },
	{ "a-host-otherwise-spelled", VOTE ",\"host\":\"192.0.2.01\"}",
	    "'host'" },
	{ "a-host-in-long", VOTE ",\"host\":\"2001:DB8::1\"}", "'host'" },
	{ "a-net-of-another-size", VOTE ",\"host_net\":\"192.0.2.0/25\"}",
	    "'host_net'" },
	{ "a-from-without-domain", VOTE ",\"from\":\"a\"}", "'from'" },
	{ "a-from-with-a-line-end", VOTE ",\"from\":\"a\\n@b.example\"}",
	    "'from'" },
	{ "somebody-elses-domain",
	    VOTE ",\"from\":\"a@evil.example\",\"from_domain\":"
		 "\"b.example\"}",
	    "'from_domain'" },
	{ "half-a-label",
	    VOTE ",\"from\":\"a@ab.example\",\"from_domain\":\"b.example\"}",
	    "'from_domain'" },
	{ "a-domain-of-nobody", VOTE ",\"from_domain\":\"b.example\"}",
	    "'from_domain'" },
	{ "an-organization-of-nobody",
	    VOTE ",\"from_organization\":\"b.example\"}",
	    "'from_organization'" },
	{ "another-senders-domain",
	    VOTE ",\"sender\":\"a.example\",\"sender_domain\":\"b.example\"}",
	    "'sender_domain'" },
	{ "no-vote", "{\"kind\":\"vote\"," MAIL ",\"voted\":1}", "'vote'" },
	{ "a-vote-unknown",
	    "{\"kind\":\"vote\"," MAIL ",\"vote\":\"like\",\"voted\":1}",
	    "'vote'" },
	{ "a-vote-at-no-time",
	    "{\"kind\":\"vote\"," MAIL ",\"vote\":\"trust\"}", "'voted'" },
	{ "a-time-before-time", VOTE ",\"received\":-1}", "'received'" },
	{ "a-measurement-before-time", VOTE ",\"measured\":-1}", "'measured'" },
	{ "neither-true-nor-false", VOTE ",\"aligned\":2}", "'aligned'" },
	{ "nor-of-this-system", VOTE ",\"local\":-1}", "'local'" },
	{ "a-permit-of-nobody",
	    "{\"kind\":\"permit\",\"user\":\"uid:1\",\"since\":1}",
	    "'address'" },
	{ "a-permit-at-no-time", PERMIT "}", "'since'" },
	{ "a-permit-withdrawn", PERMIT ",\"since\":1,\"withdrawn\":2}",
	    "'withdrawn'" },
	{ "a-pin-that-is-none", PERMIT ",\"since\":1,\"hosts\":[\"x\"]}",
	    "'hosts'" },
	{ "a-net-among-hosts",
	    PERMIT ",\"since\":1,\"hosts\":[\"192.0.2.0/24\"]}", "'hosts'" },
	{ "a-host-among-nets", PERMIT ",\"since\":1,\"nets\":[\"192.0.2.1\"]}",
	    "'nets'" },
	{ "a-host-among-organizations",
	    PERMIT ",\"since\":1,\"organizations\":[\"192.0.2.1\"]}",
	    "'organizations'" },
	{ "a-pin-added-twice",
	    PERMIT ",\"since\":1,\"hosts\":[\"192.0.2.1\"],\"changed\":3,"
		   "\"added\":[\"2 192.0.2.1\",\"3 192.0.2.1\"]}",
	    "'added'" },
	{ "a-pin-added-and-not-there",
	    PERMIT ",\"since\":1,\"added\":[\"2 192.0.2.1\"],\"changed\":2}",
	    "'added'" },
	{ "a-pin-later-than-all",
	    PERMIT ",\"since\":1,\"hosts\":[\"192.0.2.1\"],"
		   "\"added\":[\"2 192.0.2.1\"]}",
	    "'changed'" },
	{ "a-pin-at-no-time",
	    PERMIT ",\"since\":1,\"hosts\":[\"192.0.2.1\"],"
		   "\"added\":[\"x 192.0.2.1\"]}",
	    "'added'" },
	{ "a-block-of-nothing", BLOCK ",\"since\":1}", "'entry'" },
	{ "a-block-with-a-blank", BLOCK ",\"entry\":\"b c\",\"since\":1}",
	    "'entry'" },
	{ "a-block-at-no-time", BLOCK ",\"entry\":\"b.example\"}", "time" },
	{ "a-link-with-a-blank",
	    "{\"kind\":\"report\",\"user\":\"uid:1\",\"entry\":\"b c\","
	    "\"since\":1}",
	    "'entry'" },
	{ "a-withdrawal-at-no-time",
	    "{\"kind\":\"withdrawn\",\"of\":\"vote\"," MAIL "}", "time" },
};

static void
assert_line(const char *line, const char *refused)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoForeign) foreign =
	    hisho_foreign_parse(line, strlen(line), &error);

	if (refused == NULL) {
		g_assert_no_error(error);
		g_assert_nonnull(foreign);
		return;
	}
	g_assert_null(foreign);
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
	if (strstr(error->message, refused) == NULL)
		g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, refused));
}

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);

	assert_line(cases[i].line, cases[i].refused);
}

/* N of TEXT in a list called MEMBER. */
static char *
many(const char *start, const char *member, const char *text, int n)
{
	GString *line = g_string_new(start);

	g_string_append_printf(line, ",\"%s\":[", member);
	for (int i = 0; i < n; i++)
		g_string_append_printf(
		    line, "%s\"%s\"", i > 0 ? "," : "", text);
	g_string_append(line, "]}");
	return g_string_free(line, FALSE);
}

static void
test_lengths_are_bounded(void)
{
	g_autofree char *most = g_strnfill(1000, 'a');
	g_autofree char *more = g_strnfill(1001, 'a');
	g_autofree char *helo = g_strdup_printf(VOTE ",\"helo\":\"%s\"}", most);
	g_autofree char *long_helo =
	    g_strdup_printf(VOTE ",\"helo\":\"%s\"}", more);
	g_autofree char *links = many(VOTE, "links", "l.example", 50);
	g_autofree char *more_links = many(VOTE, "links", "l.example", 51);
	g_autofree char *long_link = many(VOTE, "links", more, 1);
	g_autofree char *hosts =
	    many(PERMIT ",\"since\":1", "hosts", "192.0.2.1", 1001);
	g_autofree char *entry =
	    g_strdup_printf(BLOCK ",\"entry\":\"%s\",\"since\":1}", more);

	assert_line(helo, NULL);
	assert_line(long_helo, "'helo'");
	assert_line(links, NULL);
	assert_line(more_links, "'links'");
	assert_line(long_link, "'links'");
	assert_line(hosts, "'hosts'");
	assert_line(entry, "'entry'");
}

static void
test_the_first_line_tells_the_version(void)
{
	static const struct {
		const char *line, *refused;
	} lines[] = {
		{ HISHO_FOREIGN_FIRST, NULL },
		{ "{ \"hisho_export\" : 1 , \"host\" : \"a\" }", NULL },
		{ "{\"hisho_export\":2}", "format 2, not 1" },
		{ "{\"hisho_export\":\"1\"}", "no export" },
		{ "{}", "no export" },
		{ "", "no export" },
		{ VOTE "}", "no export" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autoptr(GError) error = NULL;
		bool is_first = hisho_foreign_is_first(
		    lines[i].line, strlen(lines[i].line), &error);
		g_assert_true(is_first == (lines[i].refused == NULL));
		if (is_first)
			continue;
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_INPUT);
		g_assert_nonnull(strstr(error->message, lines[i].refused));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/foreign/",
		    cases[i].refused == NULL ? "takes-" : "refuses-",
		    cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func(
	    "/foreign/lengths-are-bounded", test_lengths_are_bounded);
	g_test_add_func("/foreign/the-first-line-tells-the-version",
	    test_the_first_line_tells_the_version);
	return g_test_run();
}
