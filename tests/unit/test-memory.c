#include "libhisho/store/memory.h"
#include "libhisho/store/permits.h"

#include "tests/unit/store.h"

#define USER "uid:1000"

static HishoReceipt *
new_receipt(const char *user, const char *from, const char *host)
{
	HishoReceipt *receipt = hisho_receipt_new();
	const char *at = strchr(from, '@');

	receipt->user = g_strdup(user);
	receipt->digest = g_strnfill(64, 'a');
	receipt->host = g_strdup(host);
	receipt->host_net = g_strdup("192.0.2.0/24");
	receipt->received = 1700000000;
	receipt->from = g_strdup(from);
	receipt->from_domain = g_strdup(at + 1);
	receipt->from_organization = g_strdup(at + 1);
	receipt->sender = g_strdup(from);
	receipt->sender_domain = g_strdup(at + 1);
	return receipt;
}

static HishoMemory *
ask(const char *directory, const HishoReceipt *receipt, const char *host,
    const char *url)
{
	g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(HishoConfig) config = hisho_config_new();
	const HishoMemoryQuestion question = {
		.receipt = receipt,
		.hosts = hosts,
		.urls = urls,
		.config = config,
	};

	if (host != NULL)
		g_ptr_array_add(hosts, g_strdup(host));
	if (url != NULL)
		g_ptr_array_add(urls, g_strdup(url));
	return hisho_memory_read(directory, STORE_WAIT_MS, &question);
}

static void
add_entry(HishoDatabase *database, HishoList list, const char *user,
    const char *entry)
{
	const HishoListEntry listed = { list, user, entry, 1700000000 };
	g_autoptr(GError) error = NULL;

	hisho_lists_add(database, &listed, &error);
	g_assert_no_error(error);
}

static char *
dup_axes(const GPtrArray *rows)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < rows->len; i++) {
		const HishoRow *row = rows->pdata[i];
		if (strcmp(row->scope, "own") == 0)
			g_string_append_printf(text, "%s ", row->axis);
	}
	return g_string_free(text, FALSE);
}

static void
test_no_database_is_an_empty_memory(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoReceipt) receipt =
	    new_receipt(USER, "a@example.com", "192.0.2.1");
	g_autoptr(HishoMemory) memory =
	    ask(directory, receipt, "evil.org", "http://evil.org/");

	g_assert_null(memory->unavailable);
	g_assert_cmpint(memory->standing.from.own.messages, ==, 0);
	g_assert_false(memory->is_received || memory->is_permitted ||
	    memory->permits_route);
	g_assert_null(memory->vote);
	g_assert_null(memory->blocked);
	g_assert_cmpuint(memory->reports->len + memory->routes->len, ==, 0);
}

static void
test_a_database_that_cannot_be_had_says_why(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoReceipt) receipt =
	    new_receipt(USER, "a@example.com", "192.0.2.1");

	store_put_and_commit(directory, "key", "value");
	scratch_write(directory, "DB_CONFIG", "");
	g_autoptr(HishoMemory) memory = ask(directory, receipt, NULL, NULL);
	g_assert_nonnull(memory->unavailable);
	g_assert_cmpuint(memory->rows->len, ==, 0);
	g_autoptr(HishoMemory) given = hisho_memory_new_unavailable("why");
	g_assert_cmpstr(given->unavailable, ==, "why");
	hisho_memory_free(NULL);
}

static void
test_all_of_one_mail_is_read_at_once(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoReceipt) receipt =
	    new_receipt(USER, "a@example.com", "192.0.2.1");
	g_autoptr(HishoReceipt) older =
	    new_receipt(USER, "a@example.com", "192.0.2.9");
	HishoPermit permit = { .address = receipt->from, .since = 1 };
	HishoDatabase *database = store_write(directory);

	older->digest[0] = 'b';
	hisho_ledger_record(database, receipt, NULL);
	hisho_ledger_record(database, older, NULL);
	receipt->vote = g_strdup("trust");
	receipt->voted = 1700000001;
	hisho_ledger_vote(database, receipt, NULL);
	permit.hosts = g_ptr_array_new();
	permit.nets = g_ptr_array_new();
	permit.organizations = g_ptr_array_new();
	g_ptr_array_add(permit.organizations, (char *)(gsize) "host.example");
	g_ptr_array_add(permit.hosts, receipt->host);
	hisho_permits_add(database, USER, &permit, NULL);
	g_ptr_array_unref(permit.hosts);
	g_ptr_array_unref(permit.nets);
	g_ptr_array_unref(permit.organizations);
	add_entry(database, HISHO_LIST_BLOCK, USER, "example.com");
	store_commit(database);

	g_autoptr(HishoMemory) memory = ask(directory, receipt, NULL, NULL);
	g_assert_null(memory->unavailable);
	g_assert_true(memory->is_received);
	g_assert_cmpstr(memory->vote, ==, "trust");
	g_assert_cmpint(memory->standing.from.own.messages, ==, 2);
	g_assert_cmpint(hisho_memory_before(memory, 2), ==, 1);
	g_assert_cmpint(hisho_memory_before(memory, 0), ==, 0);
	g_assert_cmpint(memory->standing.route.own.trusted, ==, 1);
	g_assert_true(memory->is_permitted && memory->permits_route);
	g_assert_cmpstr(memory->blocked, ==, "example.com");
	/* The host itself is no other route. */
	g_assert_cmpuint(memory->routes->len, ==, 1);
	const HishoKnownRoute *route = memory->routes->pdata[0];
	g_assert_cmpstr(route->host, ==, "192.0.2.9");

	g_autoptr(HishoReceipt) elsewhere =
	    new_receipt(USER, "a@example.com", "203.0.113.1");
	g_free(elsewhere->host_net);
	elsewhere->host_net = g_strdup("203.0.113.0/24");
	g_autoptr(HishoMemory) forged = ask(directory, elsewhere, NULL, NULL);
	g_assert_true(forged->is_permitted);
	g_assert_false(forged->permits_route);
	g_assert_false(forged->permits_organization);
	elsewhere->host_organization = g_strdup("host.example");
	g_autoptr(HishoMemory) sister = ask(directory, elsewhere, NULL, NULL);
	g_assert_true(sister->permits_organization);
	g_assert_false(sister->permits_net);
	g_assert_false(forged->is_received);
	g_autoptr(HishoReceipt) other =
	    new_receipt("uid:1001", "a@example.com", "192.0.2.1");
	g_autoptr(HishoMemory) theirs = ask(directory, other, NULL, NULL);
	g_assert_false(theirs->is_permitted);
	g_assert_null(theirs->vote);
	g_assert_null(theirs->blocked);
}

static void
set_list(char ***list, const char *entry)
{
	g_strfreev(*list);
	*list = g_new0(char *, 2);
	**list = g_strdup(entry);
}

static void
test_public_providers_have_no_domain_rows(void)
{
	static const struct {
		const char *from, *added, *removed;
		bool has_domains;
	} cases[] = {
		{ "a@example.com", NULL, NULL, true },
		{ "a@gmail.com", NULL, NULL, false },
		{ "a@docomo.ne.jp", NULL, NULL, false },
		/* What was recorded stays; what is public may change. */
		{ "a@example.com", "example.com", NULL, false },
		{ "a@gmail.com", NULL, "gmail.com", true },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(HishoReceipt) receipt =
		    new_receipt(USER, cases[i].from, "192.0.2.1");
		HishoDatabase *database = store_write(directory);
		hisho_ledger_record(database, receipt, NULL);
		store_commit(database);
		g_autoptr(HishoConfig) config = hisho_config_new();
		set_list(&config->public_providers, cases[i].added);
		set_list(&config->not_public_providers, cases[i].removed);
		g_autoptr(GPtrArray) none = g_ptr_array_new();
		const HishoMemoryQuestion question = {
			.receipt = receipt,
			.hosts = none,
			.urls = none,
			.config = config,
		};
		g_autoptr(HishoMemory) memory =
		    hisho_memory_read(directory, STORE_WAIT_MS, &question);
		g_autofree char *axes = dup_axes(memory->rows);
		g_assert_cmpstr(axes, ==,
		    cases[i].has_domains
			? "route sender from host sender-domain from-domain "
			: "route sender from host ");
	}
}

static void
test_reports_are_found_by_host_organisation_and_prefix(void)
{
	static const struct {
		const char *reported, *allowed, *reporter;
		guint n;
	} cases[] = {
		{ "www.evil.org", NULL, "uid:7", 1 },
		{ "evil.org", NULL, "uid:7", 1 },
		{ "www.evil.org/", NULL, "uid:7", 1 },
		{ "www.evil.org/a/", NULL, "uid:7", 1 },
		{ "www.evil.org/a/b", NULL, "uid:7", 1 },
		{ "www.evil.org/c/", NULL, "uid:7", 0 },
		{ "mail.evil.org", NULL, "uid:7", 0 },
		{ "evil.org", "evil.org", "uid:7", 0 },
		/* A host that I allow, whatever was reported there. */
		{ "www.evil.org/a/", "www.evil.org", "uid:7", 0 },
		/* My own report stands: only those of others do not touch. */
		{ "evil.org", "evil.org", USER, 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(HishoReceipt) receipt =
		    new_receipt(USER, "a@example.com", "192.0.2.1");
		HishoDatabase *database = store_write(directory);
		add_entry(database, HISHO_LIST_REPORT, cases[i].reporter,
		    cases[i].reported);
		if (cases[i].allowed != NULL)
			add_entry(database, HISHO_LIST_ALLOW_LINK, USER,
			    cases[i].allowed);
		store_commit(database);
		g_autoptr(HishoMemory) memory = ask(directory, receipt,
		    "www.evil.org", "http://www.evil.org/a/b");
		g_test_message("%u: %s", i, cases[i].reported);
		g_assert_null(memory->unavailable);
		guint n = 0;
		for (guint j = 0; j < memory->reports->len; j++)
			n += hisho_reports_hold(memory->reports->pdata[j], 1);
		g_assert_cmpuint(n, ==, cases[i].n);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/memory/no-database-is-an-empty-memory",
	    test_no_database_is_an_empty_memory);
	g_test_add_func("/memory/a-database-that-cannot-be-had-says-why",
	    test_a_database_that_cannot_be_had_says_why);
	g_test_add_func("/memory/all-of-one-mail-is-read-at-once",
	    test_all_of_one_mail_is_read_at_once);
	g_test_add_func("/memory/public-providers-have-no-domain-rows",
	    test_public_providers_have_no_domain_rows);
	g_test_add_func(
	    "/memory/reports-are-found-by-host-organisation-and-prefix",
	    test_reports_are_found_by_host_organisation_and_prefix);
	return g_test_run();
}
