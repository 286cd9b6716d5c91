#include "libhisho/store/ledger.h"
#include "libhisho/store/routes.h"
#include "libhisho/store/tally.h"

#include "tests/unit/store.h"

#include <string.h>

/* One mail of a story: who received it (or only voted on it: "-" before the
 * user), from whom, by which host, and how he voted. */
struct mail {
	const char *user;
	const char *from;
	const char *host;
	const char *vote;
	int copies; /* of it, each another mail */
};

static const HishoPool no_pool;

static HishoReceipt *
make_receipt(const struct mail *mail, int number)
{
	HishoReceipt *made = hisho_receipt_new();
	g_auto(GStrv) octets = g_strsplit(mail->host, ".", 4);
	const char *at = strchr(mail->from, '@');

	made->user = g_strdup(mail->user + (mail->user[0] == '-'));
	made->digest = g_strdup_printf("%d", number);
	made->host = g_strdup(mail->host);
	made->host_net =
	    g_strdup_printf("%s.%s.%s.0/24", octets[0], octets[1], octets[2]);
	made->host_organization =
	    g_strdup(g_str_equal(octets[0], "192") ? "provider.example" : NULL);
	made->from = g_strdup(mail->from);
	made->from_domain = g_strdup(at + 1);
	made->from_organization = g_strdup(at + 1);
	made->sender = g_strdup_printf("bounce@%s", at + 1);
	made->sender_domain = g_strdup(at + 1);
	made->received = mail->user[0] != '-';
	made->vote = g_strdup(mail->vote);
	return made;
}

static void
tell_mail(HishoDatabase *database, const struct mail *mail, int number)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoReceipt) receipt = make_receipt(mail, number);

	if (receipt->received)
		hisho_ledger_record(database, receipt, &error);
	g_assert_no_error(error);
	if (receipt->vote != NULL)
		hisho_ledger_vote(database, receipt, &error);
	g_assert_no_error(error);
}

/* Tells STORY, up to a mail without user. */
static void
tell(const char *directory, const struct mail *story)
{
	HishoDatabase *database = store_write(directory);
	int number = 0;

	for (; story->user != NULL; story++)
		for (int i = 0; i < story->copies; i++)
			tell_mail(database, story, number++);
	store_commit(database);
}

/* "KEY LEVEL MESSAGES/TRUSTED/DISTRUSTED USERS-FOR/AGAINST" of the
 * row of AXIS in SCOPE, for one more mail like MAIL. */
static char *
find_row(const char *directory, const struct mail *mail, const char *scope,
    const char *axis)
{
	const HishoPool pool = { false,
		g_str_has_prefix(mail->host, "192.0.7."), false };
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(HishoReceipt) receipt = make_receipt(mail, 0);
	HishoAxes axes = hisho_receipt_axes(receipt);
	g_autoptr(GPtrArray) rows =
	    hisho_tally_rows(database, &axes, pool, &error);

	g_assert_no_error(error);
	for (guint i = 0; i < rows->len; i++) {
		const HishoRow *row = rows->pdata[i];
		if (g_str_equal(row->scope, scope) &&
		    g_str_equal(row->axis, axis))
			return g_strdup_printf("%s %s %d/%d/%d %d/%d", row->key,
			    row->level, (int)row->messages, (int)row->trusted,
			    (int)row->distrusted, (int)row->users_trusted,
			    (int)row->users_distrusted);
	}
	return NULL;
}

static const struct {
	const char *promise;
	struct mail story[6];
	struct mail mail; /* that is looked at */
	const char *scope;
	const char *axis;
	const char *row;
} cases[] = {
	{ "an-unknown-mail-has-empty-rows", { { NULL, NULL, NULL, NULL, 0 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "route",
	    "a@b.example 192.0.2.1 exact 0/0/0 0/0" },
	{ "own-votes-are-in-own-rows",
	    { { "1", "a@b.example", "192.0.2.1", "receive", 1 },
		{ "1", "a@b.example", "192.0.2.1", "distrust", 2 },
		{ "1", "a@b.example", "192.0.2.1", NULL, 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "route",
	    "a@b.example 192.0.2.1 exact 4/1/2 0/0" },
	{ "others-are-without-me",
	    { { "1", "a@b.example", "192.0.2.1", "trust", 5 },
		{ "2", "a@b.example", "192.0.2.1", "distrust", 1 },
		{ "3", "a@b.example", "192.0.2.1", "trust", 2 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "route",
	    "a@b.example 192.0.2.1 exact 3/2/1 1/1" },
	{ "a-thousand-votes-of-one-user-are-one-user",
	    { { "2", "a@b.example", "192.0.2.1", "trust", 1000 },
		{ "3", "a@b.example", "192.0.2.1", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "from",
	    "a@b.example exact 1001/1000/1 1/1" },
	{ "a-user-stands-where-most-of-his-votes-are",
	    { { "2", "a@b.example", "192.0.2.1", "trust", 2 },
		{ "2", "a@b.example", "192.0.2.1", "delete", 3 },
		{ "3", "a@b.example", "192.0.2.1", "trust", 1 },
		{ "3", "a@b.example", "192.0.2.1", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "from",
	    "a@b.example exact 7/3/4 0/1" },
	{ "implicit-trust-of-others-is-not-told",
	    { { "2", "a@b.example", "192.0.2.1", "receive", 3 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "from",
	    "a@b.example exact 3/0/0 0/0" },
	{ "votes-of-others-without-receipt-are-not-told",
	    { { "-2", "a@b.example", "192.0.2.1", "distrust", 3 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "from",
	    "a@b.example exact 0/0/0 0/0" },
	{ "own-votes-without-receipt-count-for-me",
	    { { "-1", "a@b.example", "192.0.2.1", "distrust", 3 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "from",
	    "a@b.example exact 0/0/3 0/0" },
	{ "a-route-stands-for-its-net-when-only-that-has-votes",
	    { { "1", "a@b.example", "192.0.2.9", "trust", 2 },
		{ "1", "a@b.example", "192.0.2.1", NULL, 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "route",
	    "a@b.example 192.0.2.0/24 net 3/2/0 0/0" },
	{ "one-vote-on-the-exact-route-beats-the-net",
	    { { "1", "a@b.example", "192.0.2.9", "trust", 2 },
		{ "1", "a@b.example", "192.0.2.1", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "route",
	    "a@b.example 192.0.2.1 exact 1/0/1 0/0" },
	{ "levels-are-chosen-for-each-scope",
	    { { "1", "a@b.example", "192.0.2.1", "trust", 1 },
		{ "2", "a@b.example", "192.0.2.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "host",
	    "192.0.2.0/24 net 1/0/1 0/1" },
	{ "a-route-stands-for-its-organisation-when-only-that-has-votes",
	    { { "1", "a@b.example", "192.0.9.9", "trust", 2 },
		{ "1", "a@b.example", "192.0.2.1", NULL, 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "route",
	    "a@b.example provider.example organization 3/2/0 0/0" },
	{ "so-does-a-host",
	    { { "1", "x@y.example", "192.0.9.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "host",
	    "provider.example organization 1/0/1 0/0" },
	{ "the-net-is-nearer-than-the-organisation",
	    { { "2", "x@y.example", "192.0.9.9", "distrust", 1 },
		{ "2", "x@y.example", "192.0.2.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "others", "host",
	    "192.0.2.0/24 net 1/0/1 0/1" },
	{ "a-shared-net-gives-way-to-an-organisation-that-is-not",
	    { { "1", "x@y.example", "192.0.7.9", "distrust", 1 },
		{ "1", "x@y.example", "192.0.8.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.7.1", NULL, 1 }, "own", "host",
	    "provider.example organization 2/0/2 0/0" },
	{ "but-a-shared-host-of-ones-own-does-not",
	    { { "1", "x@y.example", "192.0.7.1", "distrust", 1 },
		{ "1", "x@y.example", "192.0.8.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.7.1", NULL, 1 }, "own", "host",
	    "192.0.7.1 exact 1/0/1 0/0" },
	{ "a-route-is-of-one-from-and-stays-with-the-net",
	    { { "1", "a@b.example", "192.0.7.9", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.7.1", NULL, 1 }, "own", "route",
	    "a@b.example 192.0.7.0/24 net 1/0/1 0/0" },
	{ "a-host-without-a-name-has-no-organisation",
	    { { "1", "x@y.example", "198.51.9.9", "distrust", 1 } },
	    { "1", "a@b.example", "198.51.100.1", NULL, 1 }, "own", "host",
	    "198.51.100.1 exact 0/0/0 0/0" },
	{ "another-from-by-the-host-is-on-the-host",
	    { { "1", "x@y.example", "192.0.2.1", "distrust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "host",
	    "192.0.2.1 exact 1/0/1 0/0" },
	{ "the-domain-has-all-its-addresses",
	    { { "1", "x@b.example", "198.51.100.1", "distrust", 1 },
		{ "1", "z@b.example", "198.51.100.2", "trust", 1 } },
	    { "1", "a@b.example", "192.0.2.1", NULL, 1 }, "own", "from-domain",
	    "b.example exact 2/1/1 0/0" },
};

static void
test_case(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	g_autoptr(ScratchDirectory) directory = scratch_new();

	tell(directory, cases[i].story);
	g_autofree char *row =
	    find_row(directory, &cases[i].mail, cases[i].scope, cases[i].axis);
	g_assert_cmpstr(row, ==, cases[i].row);
}

static char *
list_rows(HishoDatabase *database, const HishoAxes *axes)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows =
	    hisho_tally_rows(database, axes, no_pool, &error);
	GString *names = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < rows->len; i++) {
		const HishoRow *row = rows->pdata[i];
		g_string_append_printf(names, "%s-%s ", row->scope, row->axis);
	}
	return g_string_free(names, FALSE);
}

static void
test_rows_are_in_the_order_of_judgement(void)
{
	static const struct mail mail = { "1", "a@b.example", "192.0.2.1", NULL,
		1 };
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(HishoReceipt) receipt = make_receipt(&mail, 0);
	HishoAxes axes = hisho_receipt_axes(receipt);
	g_autofree char *full = list_rows(database, &axes);

	g_assert_cmpstr(full, ==,
	    "own-route own-sender own-from own-host own-sender-domain "
	    "own-from-domain others-route others-sender others-from "
	    "others-host others-sender-domain others-from-domain ");
	axes.host = axes.from_domain = axes.sender_domain = NULL;
	g_autofree char *some = list_rows(database, &axes);
	g_assert_cmpstr(
	    some, ==, "own-sender own-from others-sender others-from ");
}

static void
test_standing_tells_what_proves_a_route(void)
{
	static const struct mail story[] = {
		{ "1", "a@b.example", "192.0.2.1", "receive", 1 },
		{ "1", "a@b.example", "192.0.2.9", "trust", 1 },
		{ "1", "a@b.example", "192.0.99.1", NULL, 1 },
		{ "2", "a@b.example", "192.0.2.1", "trust", 2 },
		{ "2", "x@y.example", "192.0.2.1", NULL, 1 },
		{ "3", "x@z.example", "192.0.2.1", NULL, 1 },
		{ "3", "x@net.example", "192.0.2.200", NULL, 2 },
		{ "3", "x@far.example", "192.0.99.1", NULL, 1 },
		{ "3", "x@else.example", "198.51.100.1", NULL, 1 },
		{ "-3", "x@never.example", "192.0.2.1", "trust", 1 },
		{ NULL, NULL, NULL, NULL, 0 },
	};
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	HishoStanding standing;

	tell(directory, story);
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(HishoReceipt) receipt = make_receipt(&story[0], 0);
	HishoAxes axes = hisho_receipt_axes(receipt);
	g_assert_true(hisho_tally_standing(database, &axes, &standing, &error));
	g_assert_no_error(error);
	g_assert_cmpint(standing.from.own.messages, ==, 3);
	g_assert_cmpint(standing.route.own.trusted, ==, 1);
	g_assert_cmpint(standing.route_net.own.trusted, ==, 2);
	g_assert_cmpint(standing.route_organization.own.messages, ==, 3);
	g_assert_cmpint(standing.route.others.users_trusted, ==, 1);
	g_assert_cmpint(standing.host.others.messages, ==, 4);
	g_assert_cmpint(standing.organizations, ==, 3);
	g_assert_cmpint(standing.organizations_by_net, ==, 4);
	g_assert_cmpint(standing.organizations_by_organization, ==, 5);
}

static void
test_standing_of_nothing_is_zero(void)
{
	static const HishoStanding zero;
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_read(directory);
	HishoAxes axes = { .user = "1" };
	HishoStanding standing;

	g_assert_true(hisho_tally_standing(database, &axes, &standing, NULL));
	g_assert_cmpmem(&standing, sizeof standing, &zero, sizeof zero);
}

static void
test_routes_of_a_from_are_listed(void)
{
	static const struct mail story[] = {
		{ "1", "a@b.example", "192.0.2.1", "distrust", 2 },
		{ "1", "a@b.example", "192.0.2.7", NULL, 3 },
		{ "2", "a@b.example", "192.0.2.1", "trust", 1 },
		{ "2", "a@b.example", "198.51.100.1", "distrust", 2 },
		{ "1", "a@b.example.net", "203.0.113.1", "trust", 1 },
		{ "1", "aa@b.example", "203.0.113.2", "trust", 1 },
		{ "-1", "a@b.example", "203.0.113.3", "trust", 1 },
		{ NULL, NULL, NULL, NULL, 0 },
	};
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	HishoAxes axes = { .user = "1", .from = "a@b.example" };

	tell(directory, story);
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(GPtrArray) routes =
	    hisho_routes_find(database, &axes, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < routes->len; i++) {
		const HishoKnownRoute *route = routes->pdata[i];
		g_string_append_printf(text, "%s %d/%d/%d %d %d/%d\n",
		    route->host, (int)route->messages, (int)route->trusted,
		    (int)route->distrusted, (int)route->others_messages,
		    (int)route->users_trusted, (int)route->users_distrusted);
	}
	g_assert_cmpstr(text->str, ==,
	    "192.0.2.7 3/0/0 0 0/0\n"
	    "192.0.2.1 2/0/2 1 1/0\n"
	    "198.51.100.1 0/0/0 2 0/1\n"
	    "203.0.113.3 0/1/0 0 0/0\n");
}

static void
put(HishoDatabase *database, const char *value, const char *prefix, int i)
{
	g_autofree char *host = g_strdup_printf("10.0.%d.%d", i / 256, i % 256);
	g_autofree char *key = g_strconcat(prefix, host, NULL);

	g_assert_true(hisho_database_put(
	    database, hisho_slice(key), hisho_slice(value), NULL));
}

/* Where both walks end early, what one found the other has not seen. */
static void
test_counts_of_many_routes_are_right(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoAxes axes = { .user = "1", .from = "a@b.example" };
	g_autoptr(HishoDatabase) database = store_write(directory);

	for (int i = 0; i < 3000; i++) {
		if (i % 2 == 0)
			put(database, "2 1 0 1 0", "own 1 route a@b.example ",
			    i);
		put(database, i % 2 == 0 ? "5 1 2 1 1" : "3 0 2 0 1",
		    "all route a@b.example ", i);
	}
	g_autoptr(GPtrArray) routes = hisho_routes_find(database, &axes, NULL);
	g_assert_cmpuint(routes->len, >, 1000);
	for (guint i = 0; i < routes->len; i++) {
		HishoKnownRoute *route = routes->pdata[i];
		const HishoSumPlace place = { &axes, HISHO_AXIS_ROUTE };
		HishoTally tally;
		axes.host = route->host;
		g_assert_true(
		    hisho_sums_read_tally(database, place, &tally, NULL));
		g_assert_cmpint(route->messages, ==, tally.own.messages);
		g_assert_cmpint(route->trusted, ==, tally.own.trusted);
		g_assert_cmpint(
		    route->others_messages, ==, tally.others.messages);
		g_assert_cmpint(
		    route->users_trusted, ==, tally.others.users_trusted);
		g_assert_cmpint(
		    route->users_distrusted, ==, tally.others.users_distrusted);
	}
}

static void
test_routes_refuse_what_is_no_sum(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	HishoAxes axes = { .user = "1", .from = "a@b.example" };
	g_autoptr(HishoDatabase) database = store_write(directory);

	put(database, "5 1 2 1 1", "all route a@b.example ", 1);
	put(database, "five", "all route a@b.example ", 2);
	g_assert_null(hisho_routes_find(database, &axes, &error));
	g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
}

/* Whoever forges a From can do so from any number of hosts. */
static void
test_routes_and_pools_are_bounded(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(GError) error = NULL;
	HishoAxes axes = {
		.user = "1", .from = "a@b.example", .host = "192.0.2.1"
	};
	HishoStanding standing;
	g_autoptr(HishoDatabase) database = store_write(directory);

	for (int i = 0; i < 1500; i++) {
		g_autofree char *route = g_strdup_printf(
		    "all route a@b.example 10.0.%d.%d", i / 256, i % 256);
		g_autofree char *pool =
		    g_strdup_printf("all pool 192.0.2.1 o%d.example", i);
		hisho_database_put(database, hisho_slice(route),
		    hisho_slice("1 0 0 0 0"), NULL);
		hisho_database_put(database, hisho_slice(pool),
		    hisho_slice("1 0 0 0 0"), NULL);
	}
	g_autoptr(GPtrArray) routes =
	    hisho_routes_find(database, &axes, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(routes->len, ==, 1000);
	g_assert_true(hisho_tally_standing(database, &axes, &standing, &error));
	g_assert_cmpint(standing.organizations, ==, 100);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/tally/", cases[i].promise, NULL);
		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func("/tally/rows-are-in-the-order-of-judgement",
	    test_rows_are_in_the_order_of_judgement);
	g_test_add_func("/tally/standing-tells-what-proves-a-route",
	    test_standing_tells_what_proves_a_route);
	g_test_add_func("/tally/standing-of-nothing-is-zero",
	    test_standing_of_nothing_is_zero);
	g_test_add_func("/routes/routes-of-a-from-are-listed",
	    test_routes_of_a_from_are_listed);
	g_test_add_func("/routes/counts-of-many-routes-are-right",
	    test_counts_of_many_routes_are_right);
	g_test_add_func("/routes/what-is-no-sum-is-refused",
	    test_routes_refuse_what_is_no_sum);
	g_test_add_func("/routes/routes-and-pools-are-bounded",
	    test_routes_and_pools_are_bounded);
	return g_test_run();
}
