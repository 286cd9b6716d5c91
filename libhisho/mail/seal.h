/* seal.h - which X-Hisho-* fields are our own: an HMAC over them
 *
 * A seal serves the running pipeline only.  It covers the user, the time,
 * the message's digest, its trace and MIME fields and every hisho value in
 * order:
 * moved to another mail, resent by another host, kept for a while or made
 * for another user it is no seal. */
#pragma once

#include <glib.h>

#include "libhisho/mail/wire.h"

#define HISHO_SEAL_KEY_BYTES 32
#define HISHO_SEAL_LIFETIME_S 600

/* The key in the file PATH, made on first use (mode 0600) if its directory
 * is there.  A file that others can read or write, or of another size, is
 * HISHO_ERROR_CONFIG; one that cannot be read is HISHO_ERROR_TEMPORARY. */
GBytes *hisho_seal_load_key(const char *path, GError **error);

/* Who seals, and when. */
typedef struct {
	GBytes *key; /* NULL: fields go unsealed, and none is believed */
	const char *user;
	gint64 now; /* unix time */
} HishoSealer;

/* A mail that is sealed. */
typedef struct {
	const HishoWire *wire;
	const char *digest; /* of it, see hisho_digest_dup() */
} HishoSealedMail;

/* Appends the Seal of MAIL to FIELDS (HishoField), which are sorted first. */
void hisho_seal_add(
    GPtrArray *fields, const HishoSealedMail *mail, const HishoSealer *sealer);

/* The X-Hisho-* fields of MAIL (HishoField), the Seal last, if it is valid;
 * else NULL. */
GPtrArray *hisho_seal_read(
    const HishoSealedMail *mail, const HishoSealer *sealer);
