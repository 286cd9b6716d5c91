/* spelling.h - how many slips of the pen lie between two words */
#pragma once

#include <stddef.h>

/* Letters (bytes) added, left out, replaced, or neighbours swapped, each pair
 * once, to make B of A; MAX + 1 where it takes more than MAX, or a word is
 * longer than 63 bytes. */
unsigned hisho_spelling_distance(const char *a, const char *b, unsigned max);
