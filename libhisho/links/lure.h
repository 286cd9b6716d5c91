/* lure.h - words that lend a name weight, suffixes that lend it none */
#pragma once

#include <stdbool.h>

/* Whether WORD is one that asks for trust or haste: "login", "secure". */
bool hisho_lure_is(const char *word);

/* Whether WORD, a lure, a number, "www", makes no other name of one that it
 * stands beside. */
bool hisho_lure_is_addition(const char *word);

/* Whether a name like ORGANIZATION (registrable) costs next to nothing; or is
 * given to real bodies only. */
bool hisho_lure_is_cheap(const char *organization);
bool hisho_lure_is_registered(const char *organization);
