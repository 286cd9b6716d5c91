#include "bin/reported.h"

void
reported_note(HishoLinksFound *found, const HishoMemory *memory)
{
	g_autoptr(GHashTable) index = hisho_reports_index(memory->reports);

	for (guint i = 0; i < found->links->len; i++) {
		HishoLink *link = found->links->pdata[i];
		const HishoReports *reports =
		    hisho_reports_find(index, link->host, link->url);
		bool holds = reports != NULL && hisho_reports_hold(reports, 1);
		link->reports = holds ? hisho_reports_users(reports) : 0;
	}
}

void
reported_keep(
    HishoReceipt *receipt, const HishoMemory *memory, gint64 others_red)
{
	const GPtrArray *reports = memory->reports;
	GPtrArray *kept = receipt->reported;

	g_ptr_array_set_size(kept, 0);
	for (guint i = 0; i < reports->len && kept->len < HISHO_RECEIPT_LINKS;
	     i++) {
		const HishoReports *one = reports->pdata[i];
		if (hisho_reports_hold(one, others_red))
			g_ptr_array_add(kept, g_strdup(one->entry));
	}
}
