#include "libhisho/store/memory.h"

#include "tests/unit/store.h"

static void
report(const char *directory, const char *entry)
{
	g_autoptr(GError) error = NULL;
	HishoDatabase *database = store_write(directory);
	const HishoListEntry listed = { HISHO_LIST_REPORT, "1", entry, 1 };

	hisho_lists_add(database, &listed, &error);
	g_assert_no_error(error);
	store_commit(database);
}

/* What user 1 is told of a mail with one link. */
static HishoMemory *
ask(const char *directory, const char *host, const char *url)
{
	g_autoptr(HishoReceipt) receipt = hisho_receipt_new();
	g_autoptr(GPtrArray) hosts = g_ptr_array_new();
	g_autoptr(GPtrArray) urls = g_ptr_array_new();
	const HishoMemoryQuestion question = { receipt, hosts, urls };

	receipt->user = g_strdup("1");
	receipt->digest = g_strdup("d");
	receipt->host = g_strdup("192.0.2.1");
	if (host != NULL)
		g_ptr_array_add(hosts, (char *)(gsize)host);
	if (url != NULL)
		g_ptr_array_add(urls, (char *)(gsize)url);
	return hisho_memory_read(directory, STORE_WAIT_MS, &question);
}

static void
test_a_report_holds_for_all_below_it(void)
{
	static const struct {
		const char *entry, *host, *url;
		bool holds;
	} cases[] = {
		{ "http://h.example/a", NULL, "http://h.example/a", true },
		{ "http://h.example/a", NULL, "http://h.example/a?x=1", true },
		{ "http://h.example/a", NULL, "http://h.example/a#f", true },
		{ "http://h.example/a", NULL, "http://h.example/a/", true },
		{ "http://h.example/a", NULL, "http://h.example/a/b?x=1",
		    true },
		{ "http://h.example/a/b", NULL, "http://h.example/a/b?x=1",
		    true },
		{ "http://h.example/a/b?x=1", NULL, "http://h.example/a/b?x=1",
		    true },
		{ "http://h.example/a/b?x=1", NULL,
		    "http://h.example/a/b?x=1#f", true },
		{ "http://h.example/a/", NULL, "http://h.example/a/b", true },
		{ "http://h.example/", NULL, "http://h.example/a", true },
		{ "http://h.example/a", NULL, "http://h.example/ab", false },
		{ "http://h.example/a", NULL, "http://h.example/a.b", false },
		{ "http://h.example/a?x", NULL, "http://h.example/a?x=1",
		    false },
		{ "http://h.example/a/", NULL, "http://h.example/a", false },
		{ "http://h.example/a", NULL, "https://h.example/a", false },
		/* The query of a long path is cut off, too. */
		{ "http://h.example/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1",
		    NULL,
		    "http://h.example/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/"
		    "1?q",
		    true },
		{ "h.example", "h.example", "http://h.example/a", true },
		{ "h.example", "www.h.example", "http://www.h.example/", true },
		{ "h.example", "hh.example", "http://hh.example/", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_test_message("%s %s", cases[i].entry, cases[i].url);
		report(directory, cases[i].entry);
		g_autoptr(HishoMemory) memory =
		    ask(directory, cases[i].host, cases[i].url);
		g_assert_cmpstr(memory->unavailable, ==, NULL);
		g_assert_cmpuint(memory->reports->len, ==, cases[i].holds);
		const HishoReports reports = { (char *)(gsize)cases[i].entry,
			true, 0 };
		g_assert_true(hisho_memory_covers(&reports, cases[i].host,
				  cases[i].url) == cases[i].holds);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/memory/a-report-holds-for-all-below-it",
	    test_a_report_holds_for_all_below_it);
	return g_test_run();
}
