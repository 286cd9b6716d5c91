/* shablock.h - the blocks of SHA-256 by the instructions of a processor */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define HISHO_SHABLOCK_BYTES 64

/* Whether this processor has such instructions. */
bool hisho_shablock_is_there(void);

/* Adds N_BLOCKS at DATA to STATE, a to h of FIPS 180-4, 6.2.2.  To be called
 * where there are instructions only. */
void hisho_shablock_add(guint32 state[8], const guint8 *data, size_t n_blocks);
