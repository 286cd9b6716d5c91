/* What is counted in a database, and what is not passed over. */
#include <string.h>

#include "libhisho/store/inventory.h"

#include "tests/unit/store.h"

static void
test_each_is_counted(void)
{
	static const struct {
		const char *key, *value;
		size_t number;
		gint64 users;
	} pairs[] = {
#define NUMBER(member) G_STRUCT_OFFSET(HishoInventory, member)
		{ "ledger uid:1 a b", "{\"received\":5}", NUMBER(receipts), 1 },
		{ "ledger uid:1 a b", "{\"vote\":\"trust\"}",
		    NUMBER(explicit_votes), 1 },
		{ "ledger uid:1 a b", "{\"vote\":\"delete\"}",
		    NUMBER(implicit_votes), 1 },
		{ "permit uid:1 a", "{}", NUMBER(permits), 1 },
		{ "block uid:1 a", "1", NUMBER(blocks), 1 },
		{ "report a uid:1", "1", NUMBER(reports), 1 },
		{ "allow-link uid:1 a", "1", NUMBER(allowances), 1 },
		{ "withdrawn block uid:1 a", "1", NUMBER(withdrawals), 0 },
		{ "own uid:1 from a", "1 0 0 0 0", NUMBER(sums), 0 },
		{ "folded uid:1 a b", "1 5 {\"received\":5}", NUMBER(summaries),
		    1 },
#undef NUMBER
	};

	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(HishoDatabase) database = store_write(directory);
		HishoInventory got;
		store_put(database, pairs[i].key, pairs[i].value);
		g_assert_true(hisho_inventory_take(database, &got, NULL));
		g_assert_cmpint(
		    G_STRUCT_MEMBER(gint64, &got, pairs[i].number), ==, 1);
		g_assert_cmpint(got.users, ==, pairs[i].users);
		g_assert_cmpint(got.free_bytes, >, 0);
		g_assert_cmpstr(got.schema, ==, "1");
		hisho_inventory_clear(&got);
	}
}

static void
test_damage_is_named(void)
{
	static const char *const keys[] = { "ledger uid:1 a b",
		"folded uid:1 a b" };

	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autoptr(ScratchDirectory) directory = scratch_new();
		g_autoptr(HishoDatabase) database = store_write(directory);
		g_autoptr(GError) error = NULL;
		HishoInventory got;
		store_put(database, keys[i], "trash");
		g_assert_false(hisho_inventory_take(database, &got, &error));
		g_assert_error(error, HISHO_ERROR, HISHO_ERROR_CONFIG);
		g_assert_nonnull(strstr(error->message, keys[i]));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/inventory/each-is-counted", test_each_is_counted);
	g_test_add_func("/inventory/damage-is-named", test_damage_is_named);
	return g_test_run();
}
