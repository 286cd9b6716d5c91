/* expire.h - old receipts without votes, folded into summaries
 *
 * No sum and no time changes by it; records with votes stay whole.  The work
 * is done in many small transactions, so that no mail has to wait for it, and
 * may be cut short between any two. */
#pragma once

#include "libhisho/store/stroll.h"

/* Adds up over several deeds. */
typedef struct {
	gint64 receipts;  /* folded, or that would be */
	gint64 summaries; /* that were made for them */
	gint64 bytes;	  /* that all of these had */
	gint64 marks;	  /* of withdrawals, deleted */
} HishoExpired;

typedef struct {
	const char *directory;
	gint64 before; /* receipts earlier than this unix time go */
	bool only_count;
} HishoExpiry;

/* The bytes that one pair has in the file, in pages that are full. */
gint64 hisho_expire_pair_bytes(HishoSlice key, HishoSlice value);

/* When the receipt at KEY came, if it may be folded; else 0.  One that cannot
 * be read is HISHO_ERROR_CONFIG. */
gint64 hisho_expire_time(HishoSlice key, HishoSlice value, GError **error);

/* Folds the receipts that EXPIRY says, and adds to EXPIRED. */
bool hisho_expire_receipts(
    const HishoExpiry *expiry, HishoExpired *expired, GError **error);

/* Deletes the marks of withdrawals (withdrawn.h) that EXPIRY says. */
bool hisho_expire_marks(
    const HishoExpiry *expiry, HishoExpired *expired, GError **error);
