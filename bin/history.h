/* history.h - what the database knows of a route, put into it */
#pragma once

#include "libhisho/route/route.h"
#include "libhisho/score/score.h"

/* Fills in ROUTE how new it is, how often and when it, its host and its From
 * were seen, and the other routes of the From, as MEMORY of the mail with
 * RECEIPT has them; CONFIG says what a pool is. */
void history_fill(HishoRoute *route, const HishoReceipt *receipt,
    const HishoMemory *memory, const HishoConfig *config);
