/* sums.h - what records of the ledger add up to, per axis and user
 *
 * Two sums are kept for each axis of a mail: its user's own, and all's. */
#pragma once

#include "libhisho/store/database.h"
#include "libhisho/store/sum.h"

/* Under what a mail of USER is counted; NULL for what it has not. */
typedef struct {
	const char *user;
	const char *from; /* address */
	const char *from_domain;
	const char *from_organization;
	const char *sender;
	const char *sender_domain;
	const char *host; /* IP address */
	const char *host_net;
	const char *host_organization; /* confirmed */
	const char *tls_host; /* the host, if it sent the mail encrypted */
} HishoAxes;

/* A route is From and host together; the pools count From organisations by
 * host, by its net, by its organisation.  Each axis but these has one key. */
typedef enum {
	HISHO_AXIS_ROUTE,
	HISHO_AXIS_ROUTE_NET,
	HISHO_AXIS_ROUTE_ORGANIZATION,
	HISHO_AXIS_ROUTE_TLS,
	HISHO_AXIS_SENDER,
	HISHO_AXIS_FROM,
	HISHO_AXIS_HOST,
	HISHO_AXIS_HOST_NET,
	HISHO_AXIS_HOST_ORGANIZATION,
	HISHO_AXIS_SENDER_DOMAIN,
	HISHO_AXIS_FROM_DOMAIN,
	HISHO_AXIS_POOL,
	HISHO_AXIS_POOL_NET,
	HISHO_AXIS_POOL_ORGANIZATION,
	HISHO_AXES_COUNT
} HishoAxis;

/* Where the sum of AXIS is kept: the user's own, all's.  NULL when AXES lack
 * a part of it. */
char *hisho_sums_dup_own_key(const HishoAxes *axes, HishoAxis axis);
char *hisho_sums_dup_all_key(const HishoAxes *axes, HishoAxis axis);

/* The key of AXIS alone, for people; NULL as above. */
char *hisho_sums_dup_shown_key(const HishoAxes *axes, HishoAxis axis);

/* The sum under KEY; zeros if there is none.  One that is no sum is
 * HISHO_ERROR_CONFIG and asks for a rebuild. */
bool hisho_sums_read(
    HishoDatabase *database, const char *key, HishoSum *sum, GError **error);

/* What the user of the axes said, and what all others did. */
typedef struct {
	HishoShare own;
	HishoCounts others;
} HishoTally;

/* Which sum of which mail. */
typedef struct {
	const HishoAxes *axes;
	HishoAxis axis;
} HishoSumPlace;

/* The tally at PLACE; zeros where the axes lack it.  Fails as above. */
bool hisho_sums_read_tally(HishoDatabase *database, HishoSumPlace place,
    HishoTally *tally, GError **error);

typedef struct {
	HishoAxes axes;
	HishoShare share;
} HishoContribution;

/* Takes BEFORE out of all its sums and puts AFTER in; zeros for nothing.
 * Sums below zero are HISHO_ERROR_CONFIG, as above. */
bool hisho_sums_change(HishoDatabase *database, const HishoContribution *before,
    const HishoContribution *after, GError **error);

/* Sums of contributions, added one by one, in memory. */
typedef struct HishoSums HishoSums;

HishoSums *hisho_sums_new(void);
void hisho_sums_free(HishoSums *sums);
void hisho_sums_add(HishoSums *sums, const HishoContribution *contribution);

/* What the database should hold: values (text) by keys, both the table's. */
GHashTable *hisho_sums_dup_table(const HishoSums *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSums, hisho_sums_free)
