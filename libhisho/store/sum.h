/* sum.h - what the mails on one key add up to
 *
 * Pure; sums.h tells which keys there are. */
#pragma once

#include "libhisho/store/berkeley.h"

#define HISHO_SUM_NUMBERS 5

/* What one user's mails add up to.  Shared is what others are told: votes on
 * mail really received, without implicit trust. */
typedef struct {
	gint64 messages; /* received */
	gint64 trusted;
	gint64 distrusted;
	gint64 shared_trusted;
	gint64 shared_distrusted;
} HishoShare;

/* What is known of several users: each is one user, on the side that more of
 * his shared votes are on. */
typedef struct {
	gint64 messages;
	gint64 trusted;
	gint64 distrusted;
	gint64 users_trusted;
	gint64 users_distrusted;
} HishoCounts;

/* The sum of one user, or of all, on one key. */
typedef union {
	HishoShare own;
	HishoCounts all;
	gint64 numbers[HISHO_SUM_NUMBERS];
} HishoSum;

/* A and SIGN (1 or -1) times B. */
HishoSum hisho_sum_add(HishoSum a, HishoSum b, int sign);

/* The sum of one user as it goes into the sum of all. */
HishoSum hisho_sum_as_others_see(HishoSum own);

bool hisho_sum_is_zero(const HishoSum *sum);

/* SUM as it is stored: its numbers with a space between. */
char *hisho_sum_dup_text(const HishoSum *sum);

/* The sum that VALUE is; false if it is none. */
bool hisho_sum_parse(HishoSlice value, HishoSum *sum);
