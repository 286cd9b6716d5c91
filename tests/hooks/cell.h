/* cell.h - damage on demand: what only tests are built with
 *
 * A program linked with this and -Wl,--wrap=hisho_cell_new does in its cell
 * what the field "X-Test-Cell: WORD" of a mail says, and then its work:
 *
 *	crash    signal 11               loop   never ends
 *	eat      all memory              sleep  waits without CPU time
 *	exit     ends without a word     kill   is killed
 *	junk     an answer of no form    flood  an answer without end
 *	early    answers twice           exec   starts a program
 *	open     opens a file */
#pragma once

#include "libhisho/cell/cell.h"

HishoCell *__wrap_hisho_cell_new(const HishoCellPlan *plan, GError **error);
HishoCell *__real_hisho_cell_new(const HishoCellPlan *plan, GError **error);
