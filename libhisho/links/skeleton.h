/* skeleton.h - what a name looks like
 *
 * After UTS 39, 4, with the tricks of ASCII besides: 0 and o, 1 and l and i,
 * rn and m, vv and w, cl and d. */
#pragma once

/* The skeleton of LABEL (UTF-8, lower case, in U-labels): two labels that a
 * reader may take for each other have the same one.  Diacritics do not
 * count.  Only for comparing. */
char *hisho_skeleton_dup(const char *label);
