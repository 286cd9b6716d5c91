#include "libhisho/store/pairs.h"

#include "libhisho/store/handle.h"

/* Berkeley DB only reads the keys and values it is given. */
static DBT
to_dbt(HishoSlice slice)
{
	return (DBT){ .data = (void *)(gsize)slice.data, .size = slice.length };
}

GBytes *
hisho_berkeley_get(HishoBerkeley *berkeley, HishoSlice key, GError **error)
{
	DBT wanted = to_dbt(key);
	DBT found = { .flags = DB_DBT_MALLOC };
	int status = berkeley->file->get(
	    berkeley->file, berkeley->change, &wanted, &found, 0);

	if (status == 0)
		return g_bytes_new_with_free_func(
		    found.data, found.size, free, found.data);
	if (status != DB_NOTFOUND)
		hisho_handle_fail(berkeley, status, error);
	return NULL;
}

bool
hisho_berkeley_put(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error)
{
	DBT to = to_dbt(key);
	DBT what = to_dbt(value);
	int status = berkeley->file->put(
	    berkeley->file, berkeley->change, &to, &what, 0);

	return status == 0 || hisho_handle_fail(berkeley, status, error);
}

HishoChange
hisho_berkeley_add(
    HishoBerkeley *berkeley, HishoSlice key, HishoSlice value, GError **error)
{
	DBT to = to_dbt(key);
	DBT what = to_dbt(value);
	int status = berkeley->file->put(
	    berkeley->file, berkeley->change, &to, &what, DB_NOOVERWRITE);

	if (status == 0)
		return HISHO_CHANGE_MADE;
	if (status == DB_KEYEXIST)
		return HISHO_CHANGE_NONE;
	hisho_handle_fail(berkeley, status, error);
	return HISHO_CHANGE_FAILED;
}

HishoChange
hisho_berkeley_delete(HishoBerkeley *berkeley, HishoSlice key, GError **error)
{
	DBT which = to_dbt(key);
	int status =
	    berkeley->file->del(berkeley->file, berkeley->change, &which, 0);

	if (status == 0)
		return HISHO_CHANGE_MADE;
	if (status == DB_NOTFOUND)
		return HISHO_CHANGE_NONE;
	hisho_handle_fail(berkeley, status, error);
	return HISHO_CHANGE_FAILED;
}

/* Moves CURSOR over the pairs of WALK; the status that ended it. */
static int
walk_on(DBC *cursor, const HishoWalk *walk)
{
	DBT key = to_dbt(walk->start.length > 0 ? walk->start : walk->prefix);
	DBT value = { 0 };
	int status = cursor->get(cursor, &key, &value, DB_SET_RANGE);

	while (status == 0 && key.size >= walk->prefix.length &&
	    memcmp(key.data, walk->prefix.data, walk->prefix.length) == 0 &&
	    walk->visit((HishoSlice){ key.data, key.size },
		(HishoSlice){ value.data, value.size }, walk->context))
		status = cursor->get(cursor, &key, &value, DB_NEXT);
	return status == DB_NOTFOUND ? 0 : status;
}

bool
hisho_berkeley_walk(
    HishoBerkeley *berkeley, const HishoWalk *walk, GError **error)
{
	DBC *cursor;
	int status = berkeley->file->cursor(
	    berkeley->file, berkeley->change, &cursor, 0);

	if (status != 0)
		return hisho_handle_fail(berkeley, status, error);
	status = walk_on(cursor, walk);
	int closed = cursor->close(cursor);
	if (status == 0)
		status = closed;
	return status == 0 || hisho_handle_fail(berkeley, status, error);
}
