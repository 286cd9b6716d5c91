/* memory.h - what the database knows about one mail, in one read */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/store/ledger.h"
#include "libhisho/store/lists.h"
#include "libhisho/store/reports.h"
#include "libhisho/store/routes.h"
#include "libhisho/store/tally.h"

/* Without a database everything in it is empty and UNAVAILABLE says why. */
typedef struct {
	bool is_damaged;   /* ... because the database is beyond a retry */
	char *unavailable; /* NULL: the database was read */
	GPtrArray *rows;   /* HishoRow, own before others */
	HishoStanding standing;
	bool is_received;   /* this mail, by this host, is counted in it */
	char *vote;	    /* mine on this mail, NULL for none */
	bool is_permitted;  /* From is on my list ... */
	bool permits_route; /* ... pinned to this host ... */
	bool permits_net;   /* ... or its network */
	bool permits_organization; /* ... or its organisation */
	char *blocked;		   /* the entry of my block list that holds */
	GPtrArray *reports; /* HishoReports of this mail's links, those that
			     * do not hold, too: see hisho_reports_hold() */
	GPtrArray *routes;  /* HishoKnownRoute: this From by other hosts */
} HishoMemory;

void hisho_memory_free(HishoMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoMemory, hisho_memory_free)

/* What is asked: the mail as RECEIPT would record it for its user, and the
 * link hosts and URLs of the mail, any number. */
typedef struct {
	const HishoReceipt *receipt;
	const GPtrArray *hosts;	   /* texts */
	const GPtrArray *urls;	   /* texts */
	gint64 reports_after;	   /* reports not later have expired */
	const HishoConfig *config; /* of our lists; NULL for none */
} HishoMemoryQuestion;

/* Reads the database in DIRECTORY, waiting at most WAIT_MS for its lock.
 * Never fails: see `unavailable`. */
HishoMemory *hisho_memory_read(
    const char *directory, int wait_ms, const HishoMemoryQuestion *question);

/* The same by *DATABASE, NULL before the first time: between two mails it is
 * at rest, and the caller's to close. */
HishoMemory *hisho_memory_read_on(HishoDatabase **database,
    const char *directory, int wait_ms, const HishoMemoryQuestion *question);

/* The same of DATABASE, which is open already. */
HishoMemory *hisho_memory_read_from(
    HishoDatabase *database, const HishoMemoryQuestion *question);

/* What entry of a block list the mail of RECEIPT would fall under (char *): its
 * From and its sender, each by address, domain, and domains above that. */
GPtrArray *hisho_memory_block_entries(const HishoReceipt *receipt);

/* How many of the mails that COUNT counts (of `standing`, mine) came before
 * this one. */
gint64 hisho_memory_before(const HishoMemory *memory, gint64 count);

/* The same without a database: WHY is what it says. */
HishoMemory *hisho_memory_new_unavailable(const char *why);
