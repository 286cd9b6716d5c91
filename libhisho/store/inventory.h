/* inventory.h - how much of what is in a database */
#pragma once

#include "libhisho/store/database.h"

typedef struct {
	gint64 records; /* of the ledger: receipts, votes or both */
	gint64 receipts;
	gint64 votes;
	gint64 explicit_votes;
	gint64 implicit_votes;
	gint64 users; /* who have records, permits, entries or reports */
	gint64 permits;
	gint64 blocks;
	gint64 reports;
	gint64 allowances;
	gint64 summaries;
	gint64 folded; /* receipts that are in them */
	gint64 sums;
	gint64 withdrawals; /* that are remembered */
	gint64 free_bytes;
	gint64 oldest_receipt; /* unix times, 0 for none */
	gint64 newest_receipt;
	gint64 oldest_vote;
	gint64 newest_vote;
	char *schema; /* NULL: there is no database */
} HishoInventory;

/* Goes through all of DATABASE, which should be a copy: it takes long.  What
 * is damaged in it is HISHO_ERROR_CONFIG.  Of the memory only that for the
 * names of users grows with it. */
bool hisho_inventory_take(
    HishoDatabase *database, HishoInventory *inventory, GError **error);
void hisho_inventory_clear(HishoInventory *inventory);
