#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"

#include "tests/unit/store.h"

static HishoPermit *
permit(const char *address, gint64 since, const char *host)
{
	HishoPermit *made = hisho_record_new(&hisho_permit_type);

	made->address = g_strdup(address);
	made->since = since;
	g_ptr_array_add(made->hosts, g_strdup(host));
	g_ptr_array_add(made->nets, g_strdup("192.0.2.0/24"));
	g_ptr_array_add(made->organizations, g_strdup("host.example"));
	return made;
}

static HishoChange
add_permit(HishoDatabase *database, const char *user, const char *address,
    const char *host)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(HishoPermit) made = permit(address, 1000, host);
	HishoChange change = hisho_permits_add(database, user, made, &error);

	g_assert_no_error(error);
	return change;
}

/* "ADDRESS SINCE HOSTS..." of each permit. */
static char *
list_permits(HishoDatabase *database, const char *user)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) permits =
	    hisho_permits_list(database, user, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < permits->len; i++) {
		const HishoPermit *one = permits->pdata[i];
		g_string_append_printf(
		    text, "%s %d", one->address, (int)one->since);
		for (guint j = 0; j < one->hosts->len; j++)
			g_string_append_printf(
			    text, " %s", (const char *)one->hosts->pdata[j]);
		g_string_append(text, "\n");
	}
	return g_string_free(text, FALSE);
}

static void
test_permits_are_pinned_and_taken_off(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);

	g_assert_cmpint(add_permit(database, "1", "a@b.example", "192.0.2.1"),
	    ==, HISHO_CHANGE_MADE);
	g_assert_cmpint(add_permit(database, "1", "a@b.example", "192.0.2.1"),
	    ==, HISHO_CHANGE_NONE);
	g_assert_cmpint(add_permit(database, "1", "a@b.example", "192.0.2.2"),
	    ==, HISHO_CHANGE_MADE);
	add_permit(database, "2", "a@b.example", "192.0.2.3");
	add_permit(database, "1", "\"x y\"@b.example", "192.0.2.3");
	store_commit(database);
	database = store_write(directory);
	g_autofree char *all = list_permits(database, "1");
	g_assert_cmpstr(all, ==,
	    "\"x y\"@b.example 1000 192.0.2.3\n"
	    "a@b.example 1000 192.0.2.1 192.0.2.2\n");
	g_assert_cmpint(
	    hisho_permits_remove(database, "1", "a@b.example", NULL), ==,
	    HISHO_CHANGE_MADE);
	g_assert_cmpint(
	    hisho_permits_remove(database, "1", "a@b.example", NULL), ==,
	    HISHO_CHANGE_NONE);
	g_assert_null(hisho_permits_find(database, "1", "a@b.example", NULL));
	g_autoptr(HishoPermit) other =
	    hisho_permits_find(database, "2", "a@b.example", NULL);
	g_assert_cmpstr(other->hosts->pdata[0], ==, "192.0.2.3");
	g_assert_cmpstr(other->nets->pdata[0], ==, "192.0.2.0/24");
	g_assert_cmpstr(other->organizations->pdata[0], ==, "host.example");
	store_commit(database);
}

static void
test_pins_are_bounded(void)
{
	g_autoptr(ScratchDirectory) directory = scratch_new();
	HishoDatabase *database = store_write(directory);
	g_autoptr(HishoPermit) many = permit("a@b.example", 1, "192.0.2.1");

	for (int i = 0; i < 1500; i++)
		g_ptr_array_add(many->hosts, g_strdup_printf("host%d", i));
	hisho_permits_add(database, "1", many, NULL);
	g_autoptr(HishoPermit) kept =
	    hisho_permits_find(database, "1", "a@b.example", NULL);
	g_assert_cmpuint(kept->hosts->len, ==, 1000);
	g_assert_cmpint(add_permit(database, "1", "a@b.example", "more"), ==,
	    HISHO_CHANGE_NONE);
	store_commit(database);
}

static HishoChange
change(HishoDatabase *database, bool add, HishoListEntry entry)
{
	g_autoptr(GError) error = NULL;
	HishoChange made = add ? hisho_lists_add(database, &entry, &error)
			       : hisho_lists_remove(database, &entry, &error);

	g_assert_no_error(error);
	return made;
}

static gint64
since(HishoDatabase *database, HishoListEntry entry)
{
	return hisho_lists_since(database, &entry, NULL);
}

static char *
list_entries(HishoDatabase *database, HishoList list, const char *user)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) entries =
	    hisho_lists_entries(database, list, user, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < entries->len; i++) {
		const HishoListed *one = entries->pdata[i];
		g_string_append_printf(
		    text, "%s %d,", one->entry, (int)one->since);
	}
	return g_string_free(text, FALSE);
}

static void
test_entries_are_added_once_and_taken_off(gconstpointer data)
{
	HishoList list = GPOINTER_TO_INT(data);
	g_autoptr(ScratchDirectory) directory = scratch_new();
	g_autoptr(HishoDatabase) database = store_write(directory);
	HishoListEntry entry = { list, "1", "evil.example", 1000 };

	g_assert_cmpint(since(database, entry), ==, 0);
	g_assert_cmpint(change(database, true, entry), ==, HISHO_CHANGE_MADE);
	entry.since = 2000;
	g_assert_cmpint(change(database, true, entry), ==, HISHO_CHANGE_NONE);
	g_assert_cmpint(since(database, entry), ==, 1000);
	change(database, true, (HishoListEntry){ list, "1", "a b", 7 });
	change(database, true, (HishoListEntry){ list, "12", "x", 8 });
	g_autofree char *own = list_entries(database, list, "1");
	g_assert_cmpstr(own, ==, "a b 7,evil.example 1000,");
	g_autofree char *other = list_entries(database, list, "12");
	g_assert_cmpstr(other, ==, "x 8,");
	g_assert_cmpint(change(database, false, entry), ==, HISHO_CHANGE_MADE);
	g_assert_cmpint(change(database, false, entry), ==, HISHO_CHANGE_NONE);
	g_assert_cmpint(since(database, entry), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/permits/permits-are-pinned-and-taken-off",
	    test_permits_are_pinned_and_taken_off);
	g_test_add_func("/permits/pins-are-bounded", test_pins_are_bounded);
	g_test_add_data_func("/lists/blocks-are-added-once-and-taken-off",
	    GINT_TO_POINTER(HISHO_LIST_BLOCK),
	    test_entries_are_added_once_and_taken_off);
	g_test_add_data_func("/lists/allowed-links-are-added-once",
	    GINT_TO_POINTER(HISHO_LIST_ALLOW_LINK),
	    test_entries_are_added_once_and_taken_off);
	g_test_add_data_func("/lists/reports-are-added-once-and-taken-off",
	    GINT_TO_POINTER(HISHO_LIST_REPORT),
	    test_entries_are_added_once_and_taken_off);
	return g_test_run();
}
