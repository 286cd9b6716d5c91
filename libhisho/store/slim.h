/* slim.h - as much of the old receipts as is wished, and the room they had */
#pragma once

#include "libhisho/store/expire.h"

/* What is wished for the database in DIRECTORY. */
typedef struct {
	const char *directory;
	gint64 before; /* receipts earlier than this unix time go; 0: none */
	gint64 bytes;  /* of the file, at most; 0: any size */
	bool only_count;
} HishoSlimming;

/* Folds receipts without votes, first those of an age, then the oldest until
 * the file is small enough, and gives the room back to the file system.  A
 * size that cannot be had, because only votes, lists and summaries are left,
 * is HISHO_ERROR_CONFIG, after all receipts are folded.  Where it only counts
 * what a size would take is an estimate. */
bool hisho_slim(
    const HishoSlimming *slimming, HishoExpired *expired, GError **error);
