#include <string.h>

#include "libhisho/base/sha256.h"

#define LONGEST 300

static void
expect_sum(const guint8 *data, size_t length, size_t step)
{
	g_autoptr(HishoSha256) sum = hisho_sha256_new();
	g_autofree char *due =
	    g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length);

	for (size_t at = 0; at < length; at += step)
		hisho_sha256_update(sum, data + at, MIN(step, length - at));
	g_autofree char *hex = hisho_sha256_end_dup_hex(sum);
	g_assert_cmpstr(hex, ==, due);
}

/* FIPS 180-4 has blocks of 64 bytes, the last with 8 for the length. */
static void
test_every_length_in_pieces_of_every_length(void)
{
	guint8 data[LONGEST];

	for (size_t i = 0; i < LONGEST; i++)
		data[i] = (guint8)(i * 151 + 7);
	for (size_t length = 0; length <= LONGEST; length++)
		for (size_t step = 1; step <= LONGEST; step++)
			expect_sum(data, length, step);
}

static void
test_what_the_standard_says_of_abc(void)
{
	g_autoptr(HishoSha256) sum = hisho_sha256_new();

	hisho_sha256_update(sum, "abc", 3);
	hisho_sha256_update(sum, NULL, 0);
	g_autofree char *hex = hisho_sha256_end_dup_hex(sum);
	g_assert_cmpstr(hex, ==,
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
}

static void
test_a_million_bytes(void)
{
	size_t length = 1000000;
	g_autofree guint8 *data = g_malloc(length);

	memset(data, 'a', length);
	expect_sum(data, length, length);
	expect_sum(data, length, 4097);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sha256/every-length-in-pieces-of-every-length",
	    test_every_length_in_pieces_of_every_length);
	g_test_add_func("/sha256/what-the-standard-says-of-abc",
	    test_what_the_standard_says_of_abc);
	g_test_add_func("/sha256/a-million-bytes", test_a_million_bytes);
	return g_test_run();
}
