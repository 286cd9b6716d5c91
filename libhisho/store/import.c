#include "libhisho/store/import.h"

#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/permits.h"

static HishoChange
join_vote(HishoDatabase *database, const HishoForeign *foreign, GError **error)
{
	const HishoReceipt *receipt = foreign->receipt;
	HishoLedgerNews news = {
		.receipt = receipt,
		.has_facts = !foreign->is_withdrawn,
		.opinion = hisho_opinion_of(receipt->vote, receipt->voted),
	};

	if (foreign->is_withdrawn)
		news.opinion.withdrawn = foreign->time;
	return hisho_ledger_join(database, &news, error);
}

static HishoChange
join_listed(
    HishoDatabase *database, const HishoForeign *foreign, GError **error)
{
	static const HishoList lists[HISHO_FOREIGN_KINDS] = {
		[HISHO_FOREIGN_BLOCK] = HISHO_LIST_BLOCK,
		[HISHO_FOREIGN_ALLOW_LINK] = HISHO_LIST_ALLOW_LINK,
		[HISHO_FOREIGN_REPORT] = HISHO_LIST_REPORT,
	};
	const HishoListEntry entry = { lists[foreign->kind], foreign->user,
		foreign->name, foreign->time };

	return hisho_lists_join(database, &entry, foreign->is_withdrawn, error);
}

HishoChange
hisho_import(
    HishoDatabase *database, const HishoForeign *foreign, GError **error)
{
	switch (foreign->kind) {
	case HISHO_FOREIGN_VOTE:
		return join_vote(database, foreign, error);
	case HISHO_FOREIGN_PERMIT:
		return hisho_permits_join(
		    database, foreign->user, foreign->permit, error);
	default:
		return join_listed(database, foreign, error);
	}
}
