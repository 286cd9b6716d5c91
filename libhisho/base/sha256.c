#include "libhisho/base/sha256.h"

#include <string.h>

#include "libhisho/base/shablock.h"

struct HishoSha256 {
	GChecksum *plain; /* NULL: by the processor, with what follows */
	guint32 state[8];
	guint8 block[HISHO_SHABLOCK_BYTES];
	size_t in_block;
	guint64 length;
};

HishoSha256 *
hisho_sha256_new(void)
{
	/* FIPS 180-4, 5.3.3 */
	static const guint32 first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
		0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	HishoSha256 *sum = g_new0(HishoSha256, 1);

	if (!hisho_shablock_is_there())
		sum->plain = g_checksum_new(G_CHECKSUM_SHA256);
	memcpy(sum->state, first, sizeof first);
	return sum;
}

void
hisho_sha256_free(HishoSha256 *sum)
{
	if (sum == NULL)
		return;
	g_clear_pointer(&sum->plain, g_checksum_free);
	g_free(sum);
}

/* As much of LENGTH bytes of DATA as completes a block begun before, or keeps
 * it waiting; how much that is. */
static size_t
fill_block(HishoSha256 *sum, const guint8 *data, size_t length)
{
	size_t n = MIN(length, sizeof sum->block - sum->in_block);

	memcpy(sum->block + sum->in_block, data, n);
	sum->in_block += n;
	if (sum->in_block == sizeof sum->block) {
		hisho_shablock_add(sum->state, sum->block, 1);
		sum->in_block = 0;
	}
	return n;
}

void
hisho_sha256_update(HishoSha256 *sum, const void *data, size_t length)
{
	const guint8 *next = data;

	if (sum->plain != NULL) {
		g_checksum_update(sum->plain, data, (gssize)length);
		return;
	}
	if (length == 0)
		return;
	sum->length += length;
	if (sum->in_block > 0) {
		size_t n = fill_block(sum, next, length);
		next += n;
		length -= n;
	}
	size_t n_whole = length / HISHO_SHABLOCK_BYTES;
	hisho_shablock_add(sum->state, next, n_whole);
	next += n_whole * HISHO_SHABLOCK_BYTES;
	length -= n_whole * HISHO_SHABLOCK_BYTES;
	if (length > 0)
		fill_block(sum, next, length);
}

/* FIPS 180-4, 5.1.1 */
static void
pad(HishoSha256 *sum)
{
	static const guint8 padding[HISHO_SHABLOCK_BYTES] = { 0x80 };
	guint64 bits = GUINT64_TO_BE(sum->length * 8);
	size_t room = sizeof padding - sizeof bits;
	size_t n = sum->in_block < room ? room - sum->in_block
					: sizeof padding + room - sum->in_block;

	hisho_sha256_update(sum, padding, n);
	hisho_sha256_update(sum, &bits, sizeof bits);
}

char *
hisho_sha256_end_dup_hex(HishoSha256 *sum)
{
	if (sum->plain != NULL)
		return g_strdup(g_checksum_get_string(sum->plain));
	pad(sum);
	GString *hex = g_string_sized_new(2 * sizeof sum->state);
	for (size_t i = 0; i < G_N_ELEMENTS(sum->state); i++)
		g_string_append_printf(hex, "%08x", sum->state[i]);
	return g_string_free(hex, FALSE);
}
