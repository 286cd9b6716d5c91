/* inquiry.h - what the DNS is asked about one mail, and what that means
 *
 * Values in, values out: who answers is the oracle's business. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "libhisho/route/answer.h"

/* What is known of the mail; NULL where nothing is. */
typedef struct {
	const char *ip;
	const char *helo;
	const char *from_domain;
	const char *reply_domain;
	const char *envelope_domain;
	/* Of TXT records "ASN | network | country | ..." below the address
	 * back to front: for IPv4, and for IPv6 if there is a second. */
	const char *const *origin_zones;
	guint names_max; /* so many names are asked for */
} HishoInquiry;

/* Who is asked.  `look` yields NULL while there is no answer. */
typedef struct {
	void *context;
	void (*ask)(void *context, const char *name, HishoDnsType type);
	const HishoAnswer *(*look)(
	    void *context, const char *name, HishoDnsType type);
} HishoOracle;

/* Asks all that can be asked by now; to be called again as answers come,
 * since the names of the host are among them. */
void hisho_inquiry_ask(const HishoInquiry *inquiry, const HishoOracle *oracle);

/* What the answers mean that are there. */
HishoDns *hisho_inquiry_conclude(
    const HishoInquiry *inquiry, const HishoOracle *oracle);
