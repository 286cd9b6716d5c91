#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include "bin/dbcase.h"
#include "libhisho/store/inventory.h"

static void
append_text(GString *text, const char *label, const char *what)
{
	g_string_append_printf(
	    text, "%s\t%s\n", label, what != NULL ? what : "none");
}

static void
append_number(GString *text, const char *label, gint64 number)
{
	g_string_append_printf(
	    text, "%s\t%" G_GINT64_FORMAT "\n", label, number);
}

static void
append_time(GString *text, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *shown = time > 0 && moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ")
	    : g_strdup("never");

	append_text(text, label, shown);
}

/* The labels are an interface: none is renamed. */
static const struct {
	const char *label;
	size_t number;
} numbers[] = {
#define NUMBER(member) G_STRUCT_OFFSET(HishoInventory, member)
	{ "records", NUMBER(records) },
	{ "receipts", NUMBER(receipts) },
	{ "votes", NUMBER(votes) },
	{ "votes-explicit", NUMBER(explicit_votes) },
	{ "votes-implicit", NUMBER(implicit_votes) },
	{ "users", NUMBER(users) },
	{ "permits", NUMBER(permits) },
	{ "blocks", NUMBER(blocks) },
	{ "reports", NUMBER(reports) },
	{ "allowances", NUMBER(allowances) },
	{ "summaries", NUMBER(summaries) },
	{ "receipts-folded", NUMBER(folded) },
	{ "sums", NUMBER(sums) },
	{ "withdrawals", NUMBER(withdrawals) },
};

static const struct {
	const char *label;
	size_t time;
} times[] = {
	{ "oldest-receipt", NUMBER(oldest_receipt) },
	{ "newest-receipt", NUMBER(newest_receipt) },
	{ "oldest-vote", NUMBER(oldest_vote) },
	{ "newest-vote", NUMBER(newest_vote) },
#undef NUMBER
};

static void
append_inventory(GString *text, const HishoInventory *inventory)
{
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		append_number(text, numbers[i].label,
		    G_STRUCT_MEMBER(gint64, inventory, numbers[i].number));
	for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
		append_time(text, times[i].label,
		    G_STRUCT_MEMBER(gint64, inventory, times[i].time));
	append_text(text, "schema", inventory->schema);
}

static void
append_state(GString *text, const HishoDatabaseState *state,
    const HishoInventory *inventory)
{
	append_number(text, "database-bytes", state->database_bytes);
	append_number(text, "free-bytes", inventory->free_bytes);
	append_number(text, "bytes-per-record",
	    inventory->records > 0 ? state->database_bytes / inventory->records
				   : 0);
	append_number(text, "log-bytes", state->log_bytes);
	append_time(text, "last-recovery", state->recovered);
}

/* Whose it is, and who may write to it. */
static void
append_set_up(GString *text, const char *directory)
{
	struct stat status;
	bool there = stat(directory, &status) == 0;
	const struct passwd *owner = there ? getpwuid(status.st_uid) : NULL;
	const struct group *group = there ? getgrgid(status.st_gid) : NULL;
	g_autofree char *uid =
	    there ? g_strdup_printf("uid:%lu", (gulong)status.st_uid) : NULL;
	g_autofree char *gid =
	    there ? g_strdup_printf("gid:%lu", (gulong)status.st_gid) : NULL;
	g_autofree char *mode = there
	    ? g_strdup_printf("%04o", (guint)status.st_mode & 07777)
	    : NULL;
	const char *with =
	    there && (status.st_mode & S_IWGRP) != 0 ? "group" : "nobody";

	append_text(text, "owner", owner != NULL ? owner->pw_name : uid);
	append_text(text, "group", group != NULL ? group->gr_name : gid);
	append_text(text, "mode", mode);
	append_text(text, "shared-with", there ? with : NULL);
}

static bool
take_inventory(const DbCase *about, HishoInventory *inventory, GError **error)
{
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database,
		(int)about->tool->config->database_ms, error);

	return database != NULL &&
	    hisho_inventory_take(database, inventory, error);
}

bool
db_stat(const DbCase *about, GError **error)
{
	HishoInventory inventory = { 0 };
	HishoDatabaseState state;
	g_autoptr(GString) text = g_string_new(NULL);

	if (!hisho_database_inspect(about->tool->database,
		(int)about->tool->config->database_ms, &state, error) ||
	    !take_inventory(about, &inventory, error))
		return false;
	append_text(text, "directory", about->tool->database);
	append_set_up(text, about->tool->database);
	append_inventory(text, &inventory);
	append_state(text, &state, &inventory);
	hisho_inventory_clear(&inventory);
	return tool_write(text->str, text->len, error);
}

bool
db_verify(const DbCase *about, GError **error)
{
	int wait_ms = (int)about->tool->config->database_ms;

	if (!hisho_database_verify(about->tool->database, wait_ms, error))
		return false;
	const char said[] = "every page of the database is in order\n";
	return tool_write(said, sizeof said - 1, error);
}
