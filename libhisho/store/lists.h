/* lists.h - blocked senders, reported links, links allowed all the same
 *
 * Addresses and domains come in the form they are compared in, links as in
 * linkentry.h; times are unix times.  Changes are for writers, who then
 * commit; repeated, they change nothing. */
#pragma once

#include "libhisho/base/record.h"
#include "libhisho/store/database.h"

typedef enum {
	HISHO_LIST_BLOCK,      /* addresses and domains of senders */
	HISHO_LIST_ALLOW_LINK, /* links that reports of others do not touch */
	HISHO_LIST_REPORT,     /* links, told to all */
} HishoList;

typedef struct {
	HishoList list;
	const char *user;
	const char *entry;
	gint64 since; /* when adding */
} HishoListEntry;

HishoChange hisho_lists_add(
    HishoDatabase *database, const HishoListEntry *entry, GError **error);
HishoChange hisho_lists_remove(
    HishoDatabase *database, const HishoListEntry *entry, GError **error);

/* When the entry was added, 0 if it is not there; -1 for a failure. */
gint64 hisho_lists_since(
    HishoDatabase *database, const HishoListEntry *entry, GError **error);

/* One entry of a user's list, for people. */
typedef struct {
	char *entry;
	gint64 since;
} HishoListed;

extern const HishoRecordType hisho_listed_type;
void hisho_listed_free(void *listed);

/* USER's HishoListeds on LIST by entry. */
GPtrArray *hisho_lists_entries(
    HishoDatabase *database, HishoList list, const char *user, GError **error);

/* What was reported of one host or page. */
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

/* The time in VALUE, as it stands in the database. */
gint64 hisho_lists_read_since(HishoSlice value);
