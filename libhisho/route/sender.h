/* sender.h - the party an envelope sender stands for */
#pragma once

#include "libhisho/base/edits.h"

/* The address behind ENVELOPE, of which one mail's marks are taken off:
 * SRS0/SRS1 and BATV (prvs=) give back the original address, VERP the list
 * or service without the recipient, and owner-x, x-bounces, x-request give
 * x.  NULL for the null sender and for what is no address; an address whose
 * whole local part is one mail's mark gives "@domain". */
char *hisho_sender_reduce(const char *envelope);

/* Who may be meant; each may be NULL.  The addresses are bare. */
typedef struct {
	const char *list_id;  /* the identifier of List-Id, without brackets */
	const char *envelope; /* as the boundary recorded it */
	const char *sender;
	const char *from;
} HishoSenderClaims;

/* The key of who really sends: the list (its identifier, without an @),
 * else the reduced envelope sender, else Sender, else From.  Lower case,
 * A-labels.  NULL when nothing of that is there.  PROVIDERS are edits of
 * freemail.h, or NULL. */
char *hisho_sender_key(
    const HishoSenderClaims *claims, const HishoEdits *providers);
