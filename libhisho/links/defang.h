/* defang.h - links written so that no program may follow them */
#pragma once

#include <glib.h>
#include <stddef.h>

/* How many bytes at the start of LENGTH bytes of TEXT stand for a dot: of
 * "[.]", "(dot)" and their like; 0 for none. */
size_t hisho_defang_dot_length(const char *text, size_t length);

/* LENGTH bytes of TEXT, host first, with its dots as dots and without white
 * space, which a line end brought in. */
char *hisho_defang_dup_plain(const char *text, size_t length);
