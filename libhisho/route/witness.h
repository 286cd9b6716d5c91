/* witness.h - what else our own server wrote about the host's address
 *
 * SPF is checked for an address, and who checks it writes that down: in
 * Received-SPF (RFC 7208 section 9.1), in Authentication-Results (RFC 8601,
 * smtp.remote-ip, and Microsoft's and Google's comments). */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "libhisho/route/authres.h"

/* The address that LENGTH bytes of VALUE tell of, canonical, or NULL. */
char *hisho_witness_dup_ip(const char *value, size_t length);

typedef enum {
	HISHO_WITNESS_NONE,
	HISHO_WITNESS_AGREES,
	HISHO_WITNESS_DIFFERS,
} HishoWitness;

/* Whether one of FIELDS (HishoAuthField) that the server of hop HOP wrote,
 * or BELOW it where the provider does, names IP as its client; those of other
 * hops speak of other clients, and private addresses of none. */
HishoWitness hisho_witness_ask(
    const GArray *fields, guint hop, bool below, const char *ip);
