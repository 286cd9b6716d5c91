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
	gint64 since; /* when adding; later than it was removed */
} HishoListEntry;

HishoChange hisho_lists_add(
    HishoDatabase *database, const HishoListEntry *entry, GError **error);

/* At the time of the DATABASE; see withdrawn.h. */
HishoChange hisho_lists_remove(
    HishoDatabase *database, const HishoListEntry *entry, GError **error);

/* Joins the entry, added or else removed at its time SINCE, with what is
 * here: the later holds, and adding before removing. */
HishoChange hisho_lists_join(HishoDatabase *database,
    const HishoListEntry *entry, bool is_removed, GError **error);

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

/* The time in VALUE, as it stands in the database. */
gint64 hisho_lists_read_since(HishoSlice value);
