#include "libhisho/store/suspects.h"

#include "tests/unit/store.h"

static void
put(HishoDatabase *database, HishoList list, const char *user,
    const char *entry, gint64 since)
{
	g_autoptr(GError) error = NULL;
	const HishoListEntry listed = { list, user, entry, since };

	hisho_lists_add(database, &listed, &error);
	g_assert_no_error(error);
}

static GPtrArray *
split(const char *text)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(texts, g_strdup(*word));
	return texts;
}

/* "ENTRY own+others first-last" of each, "expired" or "allowed" behind it. */
static char *
describe(const GPtrArray *found)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < found->len; i++) {
		const HishoReports *one = found->pdata[i];
		g_string_append_printf(text, "%s %d+%d %d-%d%s%s\n", one->entry,
		    one->own, (int)one->others, (int)one->first, (int)one->last,
		    one->is_expired ? " expired" : "",
		    one->is_allowed ? " allowed" : "");
	}
	return g_string_free(text, FALSE);
}

static char *
ask(const char *directory, const char *hosts, const char *urls, gint64 after)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoDatabase) database = store_read(directory);
	g_autoptr(GPtrArray) host_list = split(hosts);
	g_autoptr(GPtrArray) url_list = split(urls);
	g_autoptr(HishoSuspects) suspects =
	    hisho_suspects_new(host_list, url_list);
	const HishoSuspectsReader reader = { "1", after };
	g_autoptr(GPtrArray) found =
	    hisho_suspects_read(suspects, database, &reader, &error);

	g_assert_no_error(error);
	return describe(found);
}

static void
test_reports_are_counted_by_users(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);

	put(database, HISHO_LIST_REPORT, "2", "evil.example", 20);
	put(database, HISHO_LIST_REPORT, "1", "evil.example", 10);
	put(database, HISHO_LIST_REPORT, "3", "evil.example", 30);
	put(database, HISHO_LIST_REPORT, "3", "evil.example", 40);
	put(database, HISHO_LIST_REPORT, "2", "common.example/evil/", 5);
	put(database, HISHO_LIST_REPORT, "2", "evil.example.net", 5);
	put(database, HISHO_LIST_BLOCK, "2", "none.example", 5);
	put(database, HISHO_LIST_REPORT, "2", "co.jp", 5);
	put(database, HISHO_LIST_REPORT, "2", "sakura.ne.jp", 5);
	store_commit(database);
	g_autofree char *found = ask(directory,
	    "www.evil.example none.example common.example evil.example "
	    "www.honest.co.jp honest.sakura.ne.jp co.jp",
	    "https://common.example/evil/x https://common.example/good/", 0);
	g_assert_cmpstr(found, ==,
	    "common.example/evil/ 0+1 5-5\n"
	    "evil.example 1+2 10-30\n");
	g_autofree char *empty = ask(directory, "", "", 0);
	g_assert_cmpstr(empty, ==, "");
}

static void
test_an_entry_expires_with_its_last_registration(void)
{
	static const struct {
		gint64 after;
		const char *found;
	} cases[] = {
		{ 0, "evil.example 0+2 100-200\n" },
		{ 199, "evil.example 0+2 100-200\n" },
		{ 200, "evil.example 0+2 100-200 expired\n" },
	};
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);

	put(database, HISHO_LIST_REPORT, "2", "evil.example", 100);
	put(database, HISHO_LIST_REPORT, "3", "evil.example", 200);
	store_commit(database);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *found =
		    ask(directory, "evil.example", "", cases[i].after);
		g_assert_cmpstr(found, ==, cases[i].found);
	}
}

static void
test_all_links_must_be_allowed(void)
{
	static const struct {
		const char *allowed, *hosts, *urls;
		bool is_allowed;
	} cases[] = {
		{ "evil.example", "www.evil.example", "", true },
		{ "www.evil.example", "www.evil.example", "", true },
		{ "www.evil.example", "www.evil.example x.evil.example", "",
		    false },
		{ "other.example", "www.evil.example", "", false },
		{ "evil.example/a", "evil.example", "https://evil.example/a/b",
		    true },
		{ "evil.example/a", "evil.example",
		    "https://evil.example/a https://evil.example/b", false },
		{ "evil.example/a", "evil.example x.evil.example",
		    "https://evil.example/a", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		HishoDatabase *database = store_write(directory);
		put(database, HISHO_LIST_REPORT, "2", "evil.example", 1);
		put(database, HISHO_LIST_ALLOW_LINK, "1", cases[i].allowed, 1);
		put(database, HISHO_LIST_ALLOW_LINK, "3", "evil.example", 1);
		store_commit(database);
		g_autofree char *found =
		    ask(directory, cases[i].hosts, cases[i].urls, 0);
		g_test_message("%u: %s", i, found);
		g_assert_true(g_str_has_suffix(found, "allowed\n") ==
		    cases[i].is_allowed);
	}
}

static void
test_what_holds(void)
{
	static const struct {
		bool own;
		gint64 others, others_red;
		bool is_expired, is_allowed, holds;
	} cases[] = {
		{ true, 0, 3, false, false, true },
		{ true, 0, 3, false, true, true },
		{ true, 9, 1, true, false, false },
		{ false, 1, 1, false, false, true },
		{ false, 1, 2, false, false, false },
		{ false, 2, 2, false, false, true },
		{ false, 9, 1, false, true, false },
		{ false, 9, 1, true, false, false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const HishoReports reports = {
			.own = cases[i].own,
			.others = cases[i].others,
			.is_expired = cases[i].is_expired,
			.is_allowed = cases[i].is_allowed,
		};
		g_assert_true(hisho_reports_hold(&reports,
				  cases[i].others_red) == cases[i].holds);
	}
}

/* Some of many, in every order of lengths: the search must neither skip nor
 * stop early, however many pairs lie between. */
static void
test_many_links_meet_many_entries(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);
	g_autoptr(GString) hosts = g_string_new(NULL);
	g_autoptr(GString) urls = g_string_new(NULL);
	guint n_expected = 0;

	for (int i = 0; i < 3000; i++) {
		g_autofree char *host = g_strdup_printf("h%d.example", i);
		g_autofree char *page =
		    g_strdup_printf("p%d.example/a/%d", i, i);
		put(database, HISHO_LIST_REPORT, "2", host, 1);
		put(database, HISHO_LIST_REPORT, i % 2 ? "1" : "3", page, 1);
	}
	store_commit(database);
	for (int i = 0; i < 6000; i += 7) {
		g_string_append_printf(hosts, "w.h%d.example ", i);
		g_string_append_printf(
		    urls, "https://p%d.example/a/%d?x ", i, i);
		n_expected += i < 3000 ? 2 : 0;
	}
	g_autofree char *found = ask(directory, hosts->str, urls->str, 0);
	g_auto(GStrv) lines = g_strsplit(found, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines) - 1, ==, n_expected);
	g_assert_nonnull(strstr(found, "p7.example/a/7 1+0 1-1\n"));
	g_assert_nonnull(strstr(found, "p14.example/a/14 0+1 1-1\n"));
}

static void
test_reporters_are_bounded_and_long_pages_found(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);
	g_autofree char *letters = g_strnfill(600, 'x');
	g_autofree char *page = g_strconcat("z.example/", letters, NULL);
	g_autofree char *url = g_strconcat("http://", page, "?q", NULL);

	for (int i = 0; i < 1500; i++) {
		g_autofree char *user = g_strdup_printf("u%d", i);
		put(database, HISHO_LIST_REPORT, user, "a.example", 1);
	}
	put(database, HISHO_LIST_REPORT, "2", page, 1);
	store_commit(database);
	g_autofree char *found = ask(directory, "a.example", url, 0);
	g_autofree char *expected =
	    g_strconcat(page, " 0+1 1-1\na.example 0+1000 1-1\n", NULL);
	g_assert_cmpstr(found, ==, expected);
}

static void
test_the_gravest_is_told_of_a_link(void)
{
	HishoReports reports[] = {
		{ .entry = (char *)(gsize) "evil.example",
		    .others = 9,
		    .is_expired = true },
		{ .entry = (char *)(gsize) "a.evil.example",
		    .others = 5,
		    .is_allowed = true },
		{ .entry = (char *)(gsize) "a.evil.example/x", .others = 1 },
	};
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	for (guint i = 0; i < G_N_ELEMENTS(reports); i++)
		g_ptr_array_add(all, &reports[i]);
	g_autoptr(GHashTable) index = hisho_reports_index(all);
	g_assert_true(
	    hisho_reports_find(index, "evil.example", NULL) == &reports[0]);
	g_assert_true(
	    hisho_reports_find(index, "b.a.evil.example", NULL) == &reports[1]);
	g_assert_true(hisho_reports_find(index, "a.evil.example",
			  "http://a.evil.example/x/y") == &reports[2]);
	g_assert_null(hisho_reports_find(index, "good.example", NULL));
	g_assert_null(hisho_reports_find(index, NULL, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/suspects/reports-are-counted-by-users",
	    test_reports_are_counted_by_users);
	g_test_add_func("/suspects/an-entry-expires-with-its-last-registration",
	    test_an_entry_expires_with_its_last_registration);
	g_test_add_func("/suspects/all-links-must-be-allowed",
	    test_all_links_must_be_allowed);
	g_test_add_func("/suspects/what-holds", test_what_holds);
	g_test_add_func("/suspects/many-links-meet-many-entries",
	    test_many_links_meet_many_entries);
	g_test_add_func("/suspects/reporters-are-bounded-and-long-pages-found",
	    test_reporters_are_bounded_and_long_pages_found);
	g_test_add_func("/suspects/the-gravest-is-told-of-a-link",
	    test_the_gravest_is_told_of_a_link);
	return g_test_run();
}
