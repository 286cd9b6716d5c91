/* suspects.h - which links of a mail were reported, in one read
 *
 * The links are prepared without the database, and looked up in the order in
 * which it keeps the reports: time goes with the shorter of the two. */
#pragma once

#include "libhisho/store/lists.h"
#include "libhisho/store/reports.h"

/* The links of a mail, by all that they can be listed under. */
typedef struct HishoSuspects HishoSuspects;

/* Those to HOSTS and of URLS (texts, both borrowed while it lives), however
 * many. */
HishoSuspects *hisho_suspects_new(
    const GPtrArray *hosts, const GPtrArray *urls);
void hisho_suspects_free(HishoSuspects *suspects);

/* The reports that cover one of SUSPECTS (NULL for no links), as HishoReports
 * by entry; USER says who I am.  One whose last registration is not later than AFTER (0: none) has
 * expired; one that covers only links which I allow is allowed. */
typedef struct {
	const char *user;
	gint64 after;
} HishoSuspectsReader;

GPtrArray *hisho_suspects_read(const HishoSuspects *suspects,
    HishoDatabase *database, const HishoSuspectsReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSuspects, hisho_suspects_free)
