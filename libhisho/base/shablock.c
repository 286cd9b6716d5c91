#include "libhisho/base/shablock.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

#define BY_SHA __attribute__((target("sha,sse4.1")))

/* FIPS 180-4, 4.2.2 */
static const guint32 constants[] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf,
	0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
	0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
	0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
	0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
	0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
	0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
	0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };

static bool
ask_processor(void)
{
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) &&
	    (c & bit_SSE4_1) && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
	    (b & bit_SHA);
}

/* Asked once: a virtual machine takes as long to answer as for a mail. */
bool
hisho_shablock_is_there(void)
{
	static gsize answer;

	if (g_once_init_enter(&answer))
		g_once_init_leave(&answer, ask_processor() ? 2 : 1);
	return answer == 2;
}

/* The words of the schedule that come four after those in NOW. */
BY_SHA static inline __m128i
schedule(__m128i now, __m128i next, __m128i third, __m128i last)
{
	__m128i sum = _mm_add_epi32(
	    _mm_sha256msg1_epu32(now, next), _mm_alignr_epi8(last, third, 4));

	return _mm_sha256msg2_epu32(sum, last);
}

BY_SHA static inline __m128i
load(const void *from, int i)
{
	return _mm_loadu_si128((const __m128i *)from + i);
}

/* Four rounds at a time; the words of the state stand as a, b, e, f and c, d,
 * g, h. */
BY_SHA static inline void
add_block(__m128i *abef, __m128i *cdgh, const guint8 *block)
{
	const __m128i big_endian =
	    _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
	__m128i first = *abef, second = *cdgh, words[4];

#pragma GCC unroll 4
	for (int i = 0; i < 4; i++)
		words[i] = _mm_shuffle_epi8(load(block, i), big_endian);
#pragma GCC unroll 16
	for (int i = 0; i < 16; i++) {
		__m128i round = _mm_add_epi32(words[i % 4], load(constants, i));
		second = _mm_sha256rnds2_epu32(second, first, round);
		round = _mm_shuffle_epi32(round, 0x0e);
		first = _mm_sha256rnds2_epu32(first, second, round);
		words[i % 4] = schedule(words[i % 4], words[(i + 1) % 4],
		    words[(i + 2) % 4], words[(i + 3) % 4]);
	}
	*abef = _mm_add_epi32(*abef, first);
	*cdgh = _mm_add_epi32(*cdgh, second);
}

BY_SHA void
hisho_shablock_add(guint32 state[8], const guint8 *data, size_t n_blocks)
{
	__m128i badc = _mm_shuffle_epi32(load(state, 0), 0xb1);
	__m128i hgfe = _mm_shuffle_epi32(load(state, 1), 0x1b);
	__m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
	__m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);

	for (; n_blocks > 0; n_blocks--, data += HISHO_SHABLOCK_BYTES)
		add_block(&abef, &cdgh, data);
	__m128i feba = _mm_shuffle_epi32(abef, 0x1b);
	__m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
	__m128i *to = (__m128i *)(void *)state;
	_mm_storeu_si128(to, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128(to + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool
hisho_shablock_is_there(void)
{
	return false;
}

void
hisho_shablock_add(guint32 state[8], const guint8 *data, size_t n_blocks)
{
	(void)state;
	(void)data;
	(void)n_blocks;
}

#endif
