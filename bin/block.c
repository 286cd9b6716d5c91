#include "bin/block.h"

#include <string.h>

#include "libhisho/mail/domain.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/memory.h"
#include "libhisho/store/permits.h"

/* An address or, without "@", a domain, which other programs call "@domain",
 * ".domain", "*.domain" or "*@domain". */
static char *
dup_named(const Ballot *ballot, GError **error)
{
	const char *text = ballot->address;
	const char *domain = text + strspn(text, "*.@");
	char *entry = strchr(domain, '@') == NULL
	    ? hisho_domain_to_ascii(domain)
	    : ballot_dup_address(text);

	if (entry == NULL)
		ballot_refuse(error,
		    "--address: '%s' is neither an address nor a domain", text);
	return entry;
}

static char *
dup_entry(const Ballot *ballot, GError **error)
{
	if (ballot->address != NULL)
		return dup_named(ballot, error);
	if (ballot->receipt->from == NULL)
		ballot_refuse(error, "%s",
		    "this mail has not exactly one From address; name whom"
		    " you mean with --address");
	return g_strdup(ballot->receipt->from);
}

static HishoListEntry
entry_of(const Ballot *ballot, const char *entry)
{
	return (HishoListEntry){ HISHO_LIST_BLOCK, ballot->receipt->user, entry,
		ballot->tool->now };
}

/* A permit stands above a block. */
static bool
say_permit(
    const Ballot *ballot, const char *entry, GString *said, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(HishoPermit) permit = hisho_permits_find(
	    ballot->database, ballot->receipt->user, entry, &reason);

	if (permit != NULL)
		ballot_add(said,
		    "  but it is on your permit list, which comes first:"
		    " hisho-vote forbid takes it off");
	if (reason != NULL)
		g_propagate_error(error, g_steal_pointer(&reason));
	return error == NULL || *error == NULL;
}

HishoChange
block_add(const Ballot *ballot, GString *said, GError **error)
{
	g_autofree char *entry = dup_entry(ballot, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	const HishoListEntry listed = entry_of(ballot, entry);
	HishoChange change = hisho_lists_add(ballot->database, &listed, error);
	if (change == HISHO_CHANGE_FAILED)
		return change;
	ballot_say(said, change, "blocked", entry);
	return say_permit(ballot, entry, said, error) ? change
						      : HISHO_CHANGE_FAILED;
}

static HishoChange
unblock(const Ballot *ballot, const char *entry, GString *said, GError **error)
{
	const HishoListEntry listed = entry_of(ballot, entry);
	HishoChange change =
	    hisho_lists_remove(ballot->database, &listed, error);

	if (change == HISHO_CHANGE_MADE)
		ballot_say(said, change, "no longer blocked", entry);
	return change;
}

static HishoChange
unblock_named(const Ballot *ballot, GString *said, GError **error)
{
	g_autofree char *entry = dup_named(ballot, error);

	if (entry == NULL)
		return HISHO_CHANGE_FAILED;
	HishoChange change = unblock(ballot, entry, said, error);
	if (change == HISHO_CHANGE_NONE)
		ballot_say(said, HISHO_CHANGE_MADE, "was not blocked", entry);
	return change;
}

HishoChange
block_remove(const Ballot *ballot, GString *said, GError **error)
{
	if (ballot->address != NULL)
		return unblock_named(ballot, said, error);
	g_autoptr(GPtrArray) entries =
	    hisho_memory_block_entries(ballot->receipt);
	HishoChange all = HISHO_CHANGE_NONE;
	for (guint i = 0; i < entries->len; i++) {
		HishoChange change =
		    unblock(ballot, entries->pdata[i], said, error);
		if (change == HISHO_CHANGE_FAILED)
			return change;
		all = ballot_graver(all, change);
	}
	if (all == HISHO_CHANGE_NONE)
		ballot_add(said, "you had blocked no sender of this mail");
	return all;
}
