#include "bin/dbcase.h"
#include "libhisho/store/ledger.h"

typedef struct {
	gint64 mails, receipts, votes;
	gint64 oldest;
} Counts;

static bool
count_record(const HishoReceipt *receipt, void *context)
{
	Counts *counts = context;

	counts->mails++;
	counts->receipts += receipt->received > 0;
	counts->votes += receipt->vote != NULL;
	if (receipt->received > 0 &&
	    (counts->oldest == 0 || receipt->received < counts->oldest))
		counts->oldest = receipt->received;
	return true;
}

static void
append_time(GString *text, const char *label, gint64 time)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
	g_autofree char *shown = time > 0 && moment != NULL
	    ? g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ")
	    : g_strdup("never");

	g_string_append_printf(text, "%s\t%s\n", label, shown);
}

bool
db_stat(const DbCase *about, GError **error)
{
	int wait_ms = (int)about->tool->config->database_ms;
	Counts counts = { 0 };
	HishoDatabaseState state;
	const HishoLedgerWalk walk = { NULL, count_record, &counts };
	g_autoptr(GString) text = g_string_new(NULL);

	if (!hisho_database_inspect(
		about->tool->database, wait_ms, &state, error))
		return false;
	g_autoptr(HishoDatabase) database =
	    hisho_database_open_copy(about->tool->database, wait_ms, error);
	if (database == NULL || !hisho_ledger_walk(database, &walk, error))
		return false;
	g_string_append_printf(text, "directory\t%s\n", about->tool->database);
	const struct {
		const char *label;
		gint64 number;
	} numbers[] = { { "records", counts.mails },
		{ "receipts", counts.receipts }, { "votes", counts.votes },
		{ "database-bytes", state.database_bytes },
		{ "log-bytes", state.log_bytes } };
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		g_string_append_printf(text, "%s\t%" G_GINT64_FORMAT "\n",
		    numbers[i].label, numbers[i].number);
	append_time(text, "oldest-receipt", counts.oldest);
	append_time(text, "last-recovery", state.recovered);
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
