/* own.h - mail of the user's own, and what comes back of it
 *
 * Values in, values out.  A From alone proves nothing: everybody knows it. */
#pragma once

#include <stdbool.h>

#include "libhisho/base/config.h"
#include "libhisho/cell/facts.h"
#include "libhisho/route/route.h"
#include "libhisho/store/receipt.h"

/* Whether ADDRESS (a key, or NULL) is one of the user's own. */
bool hisho_own_has_address(const HishoConfig *config, const char *address);

/* Sets in RECEIPT, of the mail of FACTS come by ROUTE, what
 * hisho_own_find() goes by: `local`, and `bounced` where it is a bounce,
 * unless it shows that our own servers, of which CONFIG must tell, did not
 * send what it returns. */
void hisho_own_note(HishoReceipt *receipt, const HishoFacts *facts,
    const HishoRoute *route, const HishoConfig *config);

typedef enum {
	HISHO_OWN_NOT,
	HISHO_OWN_MAIL,	  /* From is mine, and was made here or is proven */
	HISHO_OWN_BOUNCE, /* it returns a mail that says to be from me */
} HishoOwn;

/* What the mail of RECEIPT is to the user of CONFIG. */
HishoOwn hisho_own_find(const HishoReceipt *receipt, const HishoConfig *config);
