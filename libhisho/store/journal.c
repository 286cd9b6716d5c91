#include "libhisho/store/journal.h"

#include "libhisho/base/error.h"

/* Its name, and until when it is kept (unix time). */
#define JOURNAL "journal"
#define NOTE "changed "

/* No copy takes that long. */
#define LIFE_S (24 * 60 * 60)

static gint64
now(void)
{
	return g_get_real_time() / G_USEC_PER_SEC;
}

static bool
begins_with(HishoSlice key, const char *text)
{
	size_t length = strlen(text);

	return key.length >= length && memcmp(key.data, text, length) == 0;
}

bool
hisho_journal_owns(HishoSlice key)
{
	return begins_with(key, NOTE) ||
	    (key.length == strlen(JOURNAL) && begins_with(key, JOURNAL));
}

bool
hisho_journal_begin(HishoBerkeley *berkeley, const char *name, GError **error)
{
	g_autofree char *text =
	    g_strdup_printf("%s %" G_GINT64_FORMAT, name, now() + LIFE_S);

	return hisho_berkeley_put(
	    berkeley, hisho_slice(JOURNAL), hisho_slice(text), error);
}

/* Which journal there is, and until when; NULL for none. */
static char *
dup_name(HishoBerkeley *berkeley, gint64 *until, GError **error)
{
	g_autoptr(GBytes) value =
	    hisho_berkeley_get(berkeley, hisho_slice(JOURNAL), error);
	HishoSlice slice = { "", 0 };

	if (value == NULL)
		return NULL;
	slice = hisho_slice_bytes(value);
	g_autofree char *text = g_strndup(slice.data, slice.length);
	g_auto(GStrv) words = g_strsplit(text, " ", 2);
	*until = words[0] == NULL || words[1] == NULL
	    ? 0
	    : g_ascii_strtoll(words[1], NULL, 10);
	return g_strdup(words[0] == NULL ? "" : words[0]);
}

/* *IS_IT tells whether the journal there is NAME. */
static bool
compare_name(
    HishoBerkeley *berkeley, const char *name, bool *is_it, GError **error)
{
	GError *reason = NULL;
	gint64 until;
	g_autofree char *found = dup_name(berkeley, &until, &reason);

	*is_it = g_strcmp0(found, name) == 0;
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL;
}

static bool
end(HishoBerkeley *berkeley, GError **error)
{
	return hisho_berkeley_delete(berkeley, hisho_slice(JOURNAL), error) !=
	    HISHO_CHANGE_FAILED;
}

bool
hisho_journal_end(HishoBerkeley *berkeley, const char *name, GError **error)
{
	bool is_it;

	return compare_name(berkeley, name, &is_it, error) &&
	    (!is_it || end(berkeley, error));
}

/* One that lasts longer than it may is of a clock that was wrong. */
bool
hisho_journal_is_kept(HishoBerkeley *berkeley, bool *kept, GError **error)
{
	GError *reason = NULL;
	gint64 until;
	g_autofree char *name = dup_name(berkeley, &until, &reason);

	*kept = name != NULL && until >= now() && until <= now() + LIFE_S;
	if (reason != NULL)
		g_propagate_error(error, reason);
	return reason == NULL &&
	    (name == NULL || *kept || end(berkeley, error));
}

bool
hisho_journal_note(HishoBerkeley *berkeley, HishoSlice key, GError **error)
{
	g_autoptr(GString) note = g_string_new(NOTE);

	g_string_append_len(note, key.data, (gssize)key.length);
	return hisho_berkeley_put(berkeley,
	    (HishoSlice){ note->str, note->len }, hisho_slice(""), error);
}

struct notes {
	GPtrArray *keys; /* GBytes: as they stand in the journal */
	guint most;
};

static bool
collect(HishoSlice key, HishoSlice value, void *context)
{
	struct notes *notes = context;

	(void)value;
	g_ptr_array_add(notes->keys, g_bytes_new(key.data, key.length));
	return notes->keys->len < notes->most;
}

static bool
copy_pair(const HishoCatchUp *catch_up, HishoSlice key, GError **error)
{
	GError *reason = NULL;
	g_autoptr(GBytes) value =
	    hisho_berkeley_get(catch_up->from, key, &reason);

	if (reason != NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	return value == NULL ? hisho_berkeley_delete(catch_up->copy, key,
				   error) != HISHO_CHANGE_FAILED
			     : hisho_berkeley_put(catch_up->copy, key,
				   hisho_slice_bytes(value), error);
}

static bool
settle(const HishoCatchUp *catch_up, HishoSlice note, GError **error)
{
	const HishoSlice key = { note.data + strlen(NOTE),
		note.length - strlen(NOTE) };

	return (catch_up->copy == NULL || copy_pair(catch_up, key, error)) &&
	    (!catch_up->is_change ||
		hisho_berkeley_delete(catch_up->from, note, error) !=
		    HISHO_CHANGE_FAILED);
}

static bool
check_name(const HishoCatchUp *catch_up, GError **error)
{
	bool is_it;

	if (!compare_name(catch_up->from, catch_up->name, &is_it, error))
		return false;
	if (!is_it)
		g_set_error_literal(error, HISHO_ERROR, HISHO_ERROR_TEMPORARY,
		    "somebody else makes the database smaller, or it was "
		    "replaced");
	return is_it;
}

int
hisho_journal_catch_up(const HishoCatchUp *catch_up, GError **error)
{
	g_autoptr(GPtrArray) keys =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	struct notes notes = { keys, catch_up->most };
	const HishoWalk walk = {
		.prefix = hisho_slice(NOTE), .visit = collect, .context = &notes
	};

	if (!check_name(catch_up, error) ||
	    !hisho_berkeley_walk(catch_up->from, &walk, error))
		return -1;
	for (guint i = 0; i < keys->len; i++)
		if (!settle(catch_up, hisho_slice_bytes(keys->pdata[i]), error))
			return -1;
	return (int)keys->len;
}
