#include "bin/mylists.h"

#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"

static void
say_entry(GString *said, const char *what, const HishoListed *listed,
    const char *remark)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(listed->since);
	g_autofree char *since = day != NULL
	    ? g_date_time_format(day, "%Y-%m-%d")
	    : g_strdup("long ago");

	ballot_add(
	    said, "%-9s %s  since %s%s", what, listed->entry, since, remark);
}

static bool
say_permits(const Ballot *ballot, GString *said, GError **error)
{
	g_autoptr(GPtrArray) permits =
	    hisho_permits_list(ballot->database, ballot->receipt->user, error);

	for (guint i = 0; permits != NULL && i < permits->len; i++) {
		const HishoPermit *permit = permits->pdata[i];
		const HishoListed listed = { permit->address, permit->since };
		say_entry(said, "permitted", &listed, "");
	}
	return permits != NULL;
}

static bool
say_list(const Ballot *ballot, HishoList list, GString *said, GError **error)
{
	static const char *const words[] = {
		[HISHO_LIST_BLOCK] = "blocked",
		[HISHO_LIST_ALLOW_LINK] = "allowed",
		[HISHO_LIST_REPORT] = "reported",
	};
	const Tool *tool = ballot->tool;
	gint64 after = list == HISHO_LIST_REPORT
	    ? hisho_config_reports_after(tool->config, tool->now)
	    : 0;
	g_autoptr(GPtrArray) entries = hisho_lists_entries(
	    ballot->database, list, ballot->receipt->user, error);

	for (guint i = 0; entries != NULL && i < entries->len; i++) {
		const HishoListed *listed = entries->pdata[i];
		say_entry(said, words[list], listed,
		    listed->since <= after
			? "; expired, unless others reported it since"
			: "");
	}
	return entries != NULL;
}

bool
mylists_say(const Ballot *ballot, GString *said, GError **error)
{
	gsize before = said->len;

	if (!say_permits(ballot, said, error) ||
	    !say_list(ballot, HISHO_LIST_BLOCK, said, error) ||
	    !say_list(ballot, HISHO_LIST_ALLOW_LINK, said, error) ||
	    !say_list(ballot, HISHO_LIST_REPORT, said, error))
		return false;
	if (said->len == before)
		ballot_add(said, "nothing is on your lists");
	return true;
}
