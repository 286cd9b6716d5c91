/* reports.h - what was reported of one host or page, and whether it acts */
#pragma once

#include "libhisho/base/record.h"

/* What was reported of one entry (linkentry.h). */
typedef struct {
	char *entry;
	bool own;	 /* by me */
	gint64 others;	 /* other users, counted up to 1,000 */
	gint64 first;	 /* registered, unix time ... */
	gint64 last;	 /* ... and lastly */
	bool is_expired; /* too long ago to count */
	bool is_allowed; /* I allow all links of this mail that it covers */
} HishoReports;

extern const HishoRecordType hisho_reports_type;
void hisho_reports_free(void *reports);

/* Whether REPORTS acts: my own do at once, those of others when OTHERS_RED
 * of them agree and I do not allow it. */
bool hisho_reports_hold(const HishoReports *reports, gint64 others_red);

/* How many users reported it. */
gint64 hisho_reports_users(const HishoReports *reports);

/* REPORTS (HishoReports, borrowed) by entry, for the next function. */
GHashTable *hisho_reports_index(const GPtrArray *reports);

/* What INDEX holds of a link to HOST by URL, either may be NULL: what acts
 * before what is allowed or expired, then the one of more users; NULL for
 * nothing. */
const HishoReports *hisho_reports_find(
    GHashTable *index, const char *host, const char *url);
