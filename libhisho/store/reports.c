#include "libhisho/store/reports.h"

#include "libhisho/store/linkentry.h"

#define FIELD(type, member, kind)                                              \
	HISHO_RECORD_##kind, G_STRUCT_OFFSET(type, member), NULL

static const HishoRecordField reports_fields[] = {
	{ "entry", FIELD(HishoReports, entry, TEXT) },
	{ "own", FIELD(HishoReports, own, TRUTH) },
	{ "others", FIELD(HishoReports, others, NUMBER) },
	{ "first", FIELD(HishoReports, first, NUMBER) },
	{ "last", FIELD(HishoReports, last, NUMBER) },
	{ "is_expired", FIELD(HishoReports, is_expired, TRUTH) },
	{ "is_allowed", FIELD(HishoReports, is_allowed, TRUTH) },
	{ NULL, 0, 0, NULL },
};

const HishoRecordType hisho_reports_type = {
	sizeof(HishoReports),
	reports_fields,
	hisho_reports_free,
};

void
hisho_reports_free(void *reports)
{
	hisho_record_free(&hisho_reports_type, reports);
}

bool
hisho_reports_hold(const HishoReports *reports, gint64 others_red)
{
	if (reports->is_expired)
		return false;
	return reports->own ||
	    (!reports->is_allowed && reports->others >= others_red);
}

gint64
hisho_reports_users(const HishoReports *reports)
{
	return reports->others + (reports->own ? 1 : 0);
}

GHashTable *
hisho_reports_index(const GPtrArray *reports)
{
	GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < reports->len; i++) {
		HishoReports *one = reports->pdata[i];
		g_hash_table_insert(index, one->entry, one);
	}
	return index;
}

/* How much REPORTS says of a link. */
static gint64
weight(const HishoReports *reports)
{
	gint64 grade = reports->is_expired	   ? 0
	    : reports->own || !reports->is_allowed ? 2
						   : 1;

	return grade << 32 | (reports->own + reports->others);
}

const HishoReports *
hisho_reports_find(GHashTable *index, const char *host, const char *url)
{
	const HishoReports *best = NULL;

	if (g_hash_table_size(index) == 0)
		return NULL;
	g_autoptr(GPtrArray) entries = hisho_linkentry_list(host, url);
	for (guint i = 0; i < entries->len; i++) {
		const HishoReports *reports =
		    g_hash_table_lookup(index, entries->pdata[i]);
		if (reports != NULL &&
		    (best == NULL || weight(reports) > weight(best)))
			best = reports;
	}
	return best;
}
