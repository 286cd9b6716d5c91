/* Hosts that vote, each by its own clock, and tell each other. */
#include "libhisho/store/expire.h"
#include "libhisho/store/folded.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"

#include <string.h>

#include "tests/unit/exchange.h"

enum { HOSTS = 3, USERS = 2, MAILS = 4, COPIES = 2, ROUNDS = 60, DEEDS = 6 };

/* A host and what it takes for the time. */
typedef struct {
	char *directory;
	gint64 clock;
} Host;

static HishoReceipt *
make_receipt(int user, int mail, int copy)
{
	HishoReceipt *made = hisho_receipt_new();

	made->user = g_strdup_printf("uid:%d", user);
	made->digest = g_strdup_printf("%064x", mail);
	made->host = g_strdup_printf("192.0.2.%d", 1 + mail % 2 + 2 * copy);
	made->host_net = g_strdup("192.0.2.0/24");
	made->from = g_strdup_printf("a%d@b.example", mail % 3);
	made->from_domain = g_strdup("b.example");
	return made;
}

static const char *const words[] = { "trust", "distrust", "receive", "delete" };

static HishoChange
vote(HishoDatabase *database, gint64 now, GError **error)
{
	g_autoptr(HishoReceipt) receipt = make_receipt(
	    g_test_rand_int_range(0, USERS), g_test_rand_int_range(0, MAILS),
	    g_test_rand_int_range(0, COPIES));
	int kind = g_test_rand_int_range(0, 7);

	if (kind == 0)
		return hisho_ledger_undo(
		    database, receipt->user, receipt->digest, error);
	/* Not all hosts find out the same of a mail. */
	if (g_test_rand_int_range(0, 2) == 0)
		receipt->helo = g_strdup_printf("h%d", (int)(now % 3));
	receipt->received = now;
	if (kind < 3)
		return hisho_ledger_record(database, receipt, error);
	receipt->vote = g_strdup(words[kind - 3]);
	receipt->voted = now;
	return hisho_ledger_vote(database, receipt, error);
}

static HishoChange
permit(HishoDatabase *database, gint64 now, GError **error)
{
	g_autofree char *user =
	    g_strdup_printf("uid:%d", g_test_rand_int_range(0, USERS));
	g_autofree char *address =
	    g_strdup_printf("a%d@b.example", g_test_rand_int_range(0, 3));
	g_autoptr(HishoPermit) permit = hisho_permit_new(address);

	if (g_test_rand_int_range(0, 3) == 0)
		return hisho_permits_remove(database, user, address, error);
	permit->since = now;
	if (g_test_rand_int_range(0, 4) > 0) {
		g_ptr_array_add(permit->hosts,
		    g_strdup_printf("192.0.2.%d", g_test_rand_int_range(1, 4)));
		g_ptr_array_add(permit->nets, g_strdup("192.0.2.0/24"));
		g_ptr_array_add(permit->organizations,
		    g_strdup_printf(
			"h%d.example", g_test_rand_int_range(0, 2)));
	}
	return hisho_permits_add(database, user, permit, error);
}

static HishoChange
list(HishoDatabase *database, gint64 now, GError **error)
{
	g_autofree char *user =
	    g_strdup_printf("uid:%d", g_test_rand_int_range(0, USERS));
	g_autofree char *name =
	    g_strdup_printf("x%d.example", g_test_rand_int_range(0, 3));
	const HishoListEntry entry = { (HishoList)g_test_rand_int_range(0, 3),
		user, name, now };

	return g_test_rand_int_range(0, 2) == 0
	    ? hisho_lists_remove(database, &entry, error)
	    : hisho_lists_add(database, &entry, error);
}

/* The clock goes on, stands still, or is put back. */
static void
tick(Host *host)
{
	host->clock += g_test_rand_int_range(0, 4) == 0
	    ? -g_test_rand_int_range(0, 30)
	    : g_test_rand_int_range(0, 10);
	host->clock = MAX(host->clock, 1);
}

static void
do_deed(HishoDatabase *database, Host *host)
{
	static HishoChange (*const deeds[])(
	    HishoDatabase *, gint64, GError **) = { vote, vote, permit, list };
	g_autoptr(GError) error = NULL;

	tick(host);
	hisho_database_set_time(database, host->clock);
	deeds[g_test_rand_int_range(0, G_N_ELEMENTS(deeds))](
	    database, host->clock, &error);
	g_assert_no_error(error);
}

static GPtrArray *
export_from(const Host *host)
{
	HishoDatabase *database = store_write(host->directory);

	hisho_database_set_time(database, host->clock);
	GPtrArray *lines = exchange_export(database);
	store_commit(database);
	return lines;
}

static void
shuffle(GPtrArray *lines)
{
	for (guint i = 1; i < lines->len; i++) {
		guint j = (guint)g_test_rand_int_range(0, (gint)i + 1);
		gpointer kept = lines->pdata[i];
		lines->pdata[i] = lines->pdata[j];
		lines->pdata[j] = kept;
	}
}

/* How many lines of FROM, in any order, were new TO it. */
static guint
import_to(const Host *to, GPtrArray *lines)
{
	HishoDatabase *database = store_write(to->directory);
	guint n_new = 0;

	hisho_database_set_time(database, to->clock);
	shuffle(lines);
	for (guint i = 0; i < lines->len; i++)
		n_new += exchange_import(database, lines->pdata[i]);
	store_commit(database);
	return n_new;
}

static guint
tell(const Host *from, const Host *to)
{
	g_autoptr(GPtrArray) lines = export_from(from);

	return import_to(to, lines);
}

static char *
text_of(const Host *host)
{
	g_autoptr(GPtrArray) lines = export_from(host);

	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

/* Everybody tells everybody, until there is nothing new. */
static void
gossip(const Host *hosts)
{
	guint n_new = 1;

	for (int round = 0; n_new > 0; round++) {
		g_assert_cmpint(round, <, 6);
		n_new = 0;
		for (int i = 0; i < HOSTS * HOSTS; i++)
			if (i / HOSTS != i % HOSTS)
				n_new +=
				    tell(&hosts[i / HOSTS], &hosts[i % HOSTS]);
	}
}

static void
assert_agreement(const Host *hosts)
{
	g_autofree char *first = text_of(&hosts[0]);

	for (int i = 0; i < HOSTS; i++) {
		g_autofree char *text = text_of(&hosts[i]);
		HishoDatabase *database = store_write(hosts[i].directory);
		g_assert_cmpstr(text, ==, first);
		exchange_assert_sums(database);
		hisho_database_close(database);
	}
}

static void
test_hosts_agree_in_the_end(void)
{
	Host hosts[HOSTS];

	for (int i = 0; i < HOSTS; i++)
		hosts[i] = (Host){ scratch_new(), 1000 + 20 * i };
	for (int round = 0; round < ROUNDS; round++) {
		Host *host = &hosts[g_test_rand_int_range(0, HOSTS)];
		HishoDatabase *database = store_write(host->directory);
		for (int i = 0; i < DEEDS; i++)
			do_deed(database, host);
		store_commit(database);
		if (g_test_rand_int_range(0, 2) == 0)
			tell(&hosts[g_test_rand_int_range(0, HOSTS)], host);
		if (round % 20 == 19) {
			gossip(hosts);
			assert_agreement(hosts);
		}
	}
	for (int i = 0; i < HOSTS; i++)
		scratch_free(hosts[i].directory);
}

/* A database that has met another remembers; undone is undone. */
static void
test_an_import_of_ones_own_past_brings_nothing_back(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	Host host = { directory, 1000 };
	HishoDatabase *database = store_write(directory);

	for (int i = 0; i < 100; i++)
		do_deed(database, &host);
	store_commit(database);
	g_autoptr(GPtrArray) before = export_from(&host);
	g_autofree char *then = text_of(&host);
	for (int i = 0; i < 5; i++) {
		database = store_write(directory);
		for (int j = 0; j < 40; j++)
			do_deed(database, &host);
		store_commit(database);
		g_autofree char *now = text_of(&host);
		g_assert_cmpuint(import_to(&host, before), ==, 0);
		g_autofree char *still = text_of(&host);
		g_assert_cmpstr(still, ==, now);
		g_assert_cmpstr(now, !=, then);
	}
}

#define ONE "0000000000000000000000000000000000000000000000000000000000000001"

/* A vote with the receipt on which it was made. */
#define VOTE                                                                   \
	"{\"kind\":\"vote\",\"user\":\"uid:0\",\"digest\":\"" ONE "\","        \
	"\"host\":\"192.0.2.2\",\"from\":\"a1@b.example\",\"vote\":\"trust\"," \
	"\"voted\":20,\"received\":"

/* What is empty is not kept, and must not count either. */
static void
test_an_empty_fact_is_none(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);

	exchange_import(database, VOTE "10,\"tls\":\"\",\"helo\":\"\"}");
	exchange_assert_sums(database);
}

static void
assert_own(HishoDatabase *database, const char *expected)
{
	g_autofree char *sum =
	    store_get(database, "own uid:0 from a1@b.example");

	g_assert_cmpstr(sum, ==, expected);
	exchange_assert_sums(database);
}

static void
test_a_vote_brings_its_receipt(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);

	g_assert_true(exchange_import(database, VOTE "10}"));
	assert_own(database, "1 1 0 1 0");
	g_assert_false(exchange_import(database, VOTE "10}"));
	assert_own(database, "1 1 0 1 0");
}

/* With the time of the last, whichever is heard first. */
static void
test_of_two_receipts_the_earlier_is_kept(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);

	exchange_import(database, VOTE "10}");
	g_assert_true(exchange_import(database, VOTE "15}"));
	g_assert_false(exchange_import(database, VOTE "10,\"again\":12}"));
	g_assert_true(exchange_import(database, VOTE "5}"));
	g_assert_false(exchange_import(database, VOTE "5,\"again\":15}"));
	assert_own(database, "1 1 0 1 0");
	g_autofree char *seen =
	    store_get(database, "seen own uid:0 from a1@b.example");
	g_assert_cmpstr(seen, ==, "5 15");
}

/* Nor is the time of the last lost when it is folded. */
static void
test_a_receipt_of_two_hosts_is_folded(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(ScratchDirectory) directory = scratch_new();
	const HishoExpiry expiry = { directory, 100, false, 0 };
	HishoExpired expired = { 0 };
	HishoDatabase *database = store_write(directory);

	hisho_database_set_time(database, 30);
	exchange_import(database, VOTE "10}");
	exchange_import(database, VOTE "15}");
	hisho_ledger_undo(database, "uid:0", ONE, &error);
	g_assert_no_error(error);
	store_commit(database);
	hisho_expire_receipts(&expiry, &expired, &error);
	g_assert_no_error(error);
	g_assert_cmpint(expired.receipts, ==, 1);
	database = store_write(directory);
	assert_own(database, "1 0 0 0 0");
	hisho_database_close(database);
}

static void
test_what_a_summary_counts_is_not_counted_again(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);
	g_autoptr(HishoReceipt) receipt = make_receipt(0, 1, 0);

	hisho_folded_add(database, receipt, &error);
	g_assert_no_error(error);
	g_assert_true(exchange_import(database, VOTE "10}"));
	assert_own(database, "0 1 0 0 0");
	g_assert_false(exchange_import(database, VOTE "10}"));
}

/* Of one time adding holds, whichever is heard first. */
static void
test_adding_comes_before_removing(void)
{
	static const char added[] = "{\"kind\":\"block\",\"user\":\"uid:0\","
				    "\"entry\":\"b.example\",\"since\":20}";
	static const char removed[] =
	    "{\"kind\":\"withdrawn\",\"of\":\"block\",\"user\":\"uid:0\","
	    "\"entry\":\"b.example\",\"time\":20}";

	for (int first = 0; first < 2; first++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(HishoDatabase) database = store_write(directory);
		exchange_import(database, first == 0 ? added : removed);
		exchange_import(database, first == 0 ? removed : added);
		g_autofree char *since =
		    store_get(database, "block uid:0 b.example");
		g_assert_cmpstr(since, ==, "20");
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func(
	    "/exchange/hosts-agree-in-the-end", test_hosts_agree_in_the_end);
	g_test_add_func(
	    "/exchange/an-import-of-ones-own-past-brings-nothing-back",
	    test_an_import_of_ones_own_past_brings_nothing_back);
	g_test_add_func(
	    "/exchange/an-empty-fact-is-none", test_an_empty_fact_is_none);
	g_test_add_func("/exchange/a-vote-brings-its-receipt",
	    test_a_vote_brings_its_receipt);
	g_test_add_func("/exchange/of-two-receipts-the-earlier-is-kept",
	    test_of_two_receipts_the_earlier_is_kept);
	g_test_add_func("/exchange/a-receipt-of-two-hosts-is-folded",
	    test_a_receipt_of_two_hosts_is_folded);
	g_test_add_func("/exchange/what-a-summary-counts-is-not-counted-again",
	    test_what_a_summary_counts_is_not_counted_again);
	g_test_add_func("/exchange/adding-comes-before-removing",
	    test_adding_comes_before_removing);
	return g_test_run();
}
