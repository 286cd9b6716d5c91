/* sha256.h - SHA-256, by instructions of the processor where it has them */
#pragma once

#include <glib.h>

typedef struct HishoSha256 HishoSha256;

/* The sum of nothing yet (FIPS 180-4). */
HishoSha256 *hisho_sha256_new(void);
void hisho_sha256_free(HishoSha256 *sum);

/* Goes on with LENGTH bytes of DATA. */
void hisho_sha256_update(HishoSha256 *sum, const void *data, size_t length);

/* The sum in hex; with it SUM is at its end and may only be freed. */
char *hisho_sha256_end_dup_hex(HishoSha256 *sum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HishoSha256, hisho_sha256_free)
