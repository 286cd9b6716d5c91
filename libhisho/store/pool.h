/* pool.h - hosts that many organisations send by
 *
 * Whoever is a customer there sends by the same host, so it proves nothing
 * about the From, nor is it to blame for it. */
#pragma once

#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/store/receipt.h"
#include "libhisho/store/tally.h"

/* By a list of well-known senders as CONFIG has edited it, and by what was
 * SEEN: five From organisations, unless CONFIG says that it is none.  Names
 * count when confirmed by DNS.  No RECEIPT, no pool. */
HishoPool hisho_pool_find(const HishoReceipt *receipt,
    const HishoStanding *seen, const HishoConfig *config);
